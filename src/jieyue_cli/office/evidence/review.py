"""A run and the files beside its forms → what evidence there is for the forms that stand for their agencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.remarks import Reason
from jieyue_cli.agencies.roster import key
from jieyue_cli.assessment import Result
from jieyue_cli.batch.run import Run
from jieyue_cli.office.evidence.examine import examine
from jieyue_cli.office.evidence.model import File, Form, Review
from jieyue_cli.office.evidence.owners import Owners


def review_of(run: Run, account: Account, results: Sequence[Result], files: Sequence[File]) -> Review:
    """What the files amount to for the agencies whose form of the year counts; ``run`` has given all its results."""
    year = account.progress.year
    outcomes = sorted(run.tally.outcomes, key=attrgetter("file"))
    names = {run.owners.get(form.key, form.key): form.name for form in reversed(outcomes)}
    offices: dict[str, list[str]] = {}
    for entry in run.roster.entries if run.roster else ():
        names[key(entry.name)] = entry.name
        offices[key(entry.name)] = [key(other) for other in entry.together]
    owners = Owners(run.discovery.places, run.names(), outcomes, run.owners, offices, year)
    forms = {form.key: form for form in _forms(run, account, results, names)}
    ordered = [forms[own] for standing in account.standings if (own := key(standing.name)) in forms]
    return examine(run.rubric, year, ordered, files, owners, names)


def _forms(run: Run, account: Account, results: Sequence[Result], names: Mapping[str, str]) -> Iterator[Form]:
    """The forms of the year that stand for their agencies, whether or not they can be decided already."""
    owner = run.roster.owner_of if run.roster else key
    for result in results:
        agency = result.agency
        if result.submission and result.self and agency and agency.name and agency.year == account.progress.year:
            own = owner(agency.name)
            if account.remark(result.file).reason in {None, Reason.UNDETERMINED}:
                yield Form(own, names[own], agency.category, result.file, result.submission, result.self)
