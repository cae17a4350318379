"""Plans of visits made from forms, without a folder being read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms import RUBRIC
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result, assess
from jieyue_cli.office.candidates import candidates
from jieyue_cli.office.ledger.chain import chain
from jieyue_cli.office.ledger.entry import line
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.office.ledger.recording import Taken, entry_of
from jieyue_cli.office.sampling import Size
from jieyue_cli.office.visits import Plan, plan_of
from office.ledger.recorded import TIME

SEED = "2021年第7号"
WHOLE = Size(share=None, number=1000)


def named(*names: str, together: tuple[str, ...] = ()) -> Roster:
    """A roster of these; those that are ``together`` are one office."""
    return Roster(
        tuple(
            RosterEntry(name, "行政机关", together=tuple(other for other in together if other != name))
            if name in together
            else RosterEntry(name, "行政机关")
            for name in names
        )
    )


def results_of(forms: Mapping[str, bytes]) -> list[Result]:
    return [assess(file, data, RUBRIC) for file, data in sorted(forms.items())]


def planned(
    results: list[Result],
    roster: Roster,
    *,
    year: int | None = None,
    size: Size = WHOLE,
    recheck: bool = False,
    ledger: Ledger | None = None,
    seed: str = SEED,
) -> Plan:
    """The plan over these results, in whatever order they come."""
    tally = Tally()
    for result in results:
        tally.add(result)
    account = account_of(RUBRIC, tally, roster, None, year, record=ledger.record if ledger else None)
    everybody = candidates(RUBRIC, account, tally, results, roster, ledger)
    return plan_of(RUBRIC, everybody, tally.texts(), seed, size, recheck=recheck)


def why(plan: Plan) -> dict[str, list[str]]:
    """Name → the reasons of a certain visit; none for one that was drawn."""
    return {visit.candidate.name: list(visit.reasons) for visit in plan.visits}


def recorded_by(results: list[Result], roster: Roster, year: int) -> Ledger:
    """A ledger whose only entry is the run over these."""
    tally = Tally()
    for result in results:
        tally.add(result)
    taken = Taken(RUBRIC, replace(roster, sha256="0" * 64), [], account_of(RUBRIC, tally, roster, None, year), tally)
    made = chain(line(entry_of(taken, year, TIME, "")) + b"\n")
    return Ledger(made.entries, made.hashes[-1])
