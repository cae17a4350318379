"""From places on disk to results and progress: discovery, reading under limits, scoring, in a stable order.

For JSON output the workers score and encode; only bytes cross the process boundary. For every other output the
workers only read, and the readings are scored here: a submission is smaller than its scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from jieyue_cli.assessment import Assessor, Reading, Result
from jieyue_cli.batch.discover import Discovery
from jieyue_cli.batch.evidence import (
    DOUBTFUL,
    PAPERS,
    Forms,
    Names,
    Trail,
    folder_of,
    is_form,
    is_paper,
    refusal,
    suffix_of,
    year_in,
)
from jieyue_cli.files.source import Source, read_path
from jieyue_cli.problems import Code, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import Limits, needs_isolation

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.past import Record
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.agencies.tally import Counted, Tally

T = TypeVar("T")
Finish = Callable[[Assessor, Reading], T]
"""What to make of a reading before it leaves its process; known by its name in any process."""


class Written(NamedTuple):
    """A result as bytes."""

    file: str
    data: bytes
    failed: bool
    """As ``Result.failed``."""


class Finished(NamedTuple):
    """What a worker hands over in place of a result; only what is written is kept once it is counted."""

    written: Written
    refusal: Code | None
    """Why the file is no form that counts; None where it is one."""
    counted: Counted


@dataclass
class Run:
    """One pass over the discovered files; ask for ``results`` or ``written`` once, then for ``account``."""

    rubric: Rubric
    discovery: Discovery
    limits: Limits
    roster: Roster | None = None
    agencies: int | None = None
    """The number of all agencies, where there is no roster."""
    year: int | None = None
    record: Record | None = None
    """The ledger that earlier years are taken from."""
    interrupted: bool = False
    """Set from outside to end the run soon; what was finished by then counts."""
    alone: bool = False
    """Whether the system allowed no worker processes, so that this one had to read."""
    evidence: list[str] = field(default_factory=list)
    """Spreadsheets and papers that turned out to be evidence; known after the last result."""
    tally: Tally = field(init=False)
    assessor: Assessor = field(init=False)

    def __post_init__(self) -> None:
        from jieyue_cli.agencies.tally import Tally

        self.tally = Tally()
        self.assessor = Assessor(self.rubric, self.limits)

    def stop(self) -> None:
        """End the run soon."""
        self.interrupted = True

    def results(self, jobs: int) -> Iterator[Result]:
        """Every result as soon as it is ready, each counted: first those for places that could not be searched.

        What may be evidence comes last, for the other files decide it; what is evidence is not among the results.
        """
        from jieyue_cli.agencies.tally import counted

        concluded = ((file, self.assessor.conclude(reading)) for file, reading in self._all(_as_read, jobs))
        return self._settled(concluded, refusal, counted)

    def written(self, jobs: int, encode: Callable[[Result], bytes]) -> Iterator[Written]:
        """As ``results``, each as the bytes that ``encode`` makes of it, a function that can be pickled by its name."""
        finished = self._settled(self._all(_Encoding(encode), jobs), attrgetter("refusal"), attrgetter("counted"))
        return map(attrgetter("written"), finished)

    def beside(self) -> list[Source]:
        """Every file that is no form, by name, where discovery kept them; known after the last result.

        A paper that is told as a return is among them: it may be evidence all the same.
        """
        evidence = set(self.evidence)
        tables = (source for source in self.discovery.sources if source.name in evidence)
        return sorted((*self.discovery.others, *tables), key=attrgetter("name"))

    @property
    def skipped(self) -> int:
        """Files beside the forms that are not reported on; known after the last result."""
        return self.discovery.skipped + len(self.evidence)

    def account(self) -> Account:
        """What all of it amounts to, with what shows only between the files; ask for it after the last result."""
        from jieyue_cli.agencies.account import account_of

        named = self._named()
        account = account_of(self.rubric, self.tally, self.roster, self.agencies, self.year, named, self.record)
        places = [problem for problem in self.discovery.problems if problem.severity is not Severity.ERROR]
        if self.discovery.empty and not self.discovery.problems:
            places.append(Code.NO_WORKBOOKS.at())
        places += [Code.READ_ALONE.at()] if self.alone else []
        places += [Code.FILE_EVIDENCE.at().inside(file) for file in self.evidence if not is_paper(file)]
        return account._replace(problems=[*places, *account.problems])

    def _named(self) -> Callable[[str], tuple[str | None, int | None]]:
        """Which agency and which year a file's name and folders name."""
        names = self.names()
        return lambda file: (Trail.of(file, self.discovery.places).agency(names), year_in(file))

    def names(self) -> Names:
        """Every name of an agency: in the roster, or else recorded, and in the forms; known after the last result."""
        recorded = self.record.names if self.record and not self.roster else ()
        own = {same: same for same in (*recorded, *(form.key for form in self.tally.outcomes))}
        return Names({**own, **self.owners})

    @property
    def owners(self) -> Mapping[str, str]:
        """``key`` of every name in the roster → that of its agency's name."""
        return self.roster.owners if self.roster else {}

    def _all(self, finish: Finish[T], jobs: int) -> Iterator[tuple[str, T]]:
        """What ``finish`` makes of every reading, beside the name of its file."""
        from jieyue_cli.batch.workers import Job, work

        for problem in self.discovery.problems:
            if problem.severity is Severity.ERROR:
                name = problem.location.file or ""
                yield name, finish(self.assessor, Reading(name, None, None, (problem,)))
        if self.discovery.sources:
            job = Job(self.assessor, finish)
            names = (source.name for source in self.discovery.sources)
            results = work(self.discovery.sources, job, jobs, lambda: self.interrupted, self._read_alone)
            yield from zip(names, results, strict=False)
        for paper in self.discovery.papers:
            problem = Code.FILE_FOREIGN.at(what=PAPERS[suffix_of(paper)])
            yield paper, finish(self.assessor, Reading(paper, None, None, (problem,)))

    def _settled(
        self,
        items: Iterable[tuple[str, T]],
        refusal_of: Callable[[T], Code | None],
        counted_of: Callable[[T], Counted],
    ) -> Iterator[T]:
        """Count what is no evidence, and pass it on."""
        doubtful: list[tuple[str, T, Code]] = []
        folders: set[str] = set()
        for file, item in items:
            code = refusal_of(item)
            if code in DOUBTFUL:
                doubtful.append((file, item, code))
                continue
            if is_form(code):
                folders.add(folder_of(file))
            self.tally.count(file, counted_of(item))
            yield item
        forms = self._forms(folders) if doubtful else None
        for file, item, code in doubtful:
            if forms and forms.make_evidence(file, Trail.of(file, self.discovery.places), code):
                self.evidence.append(file)
            else:
                self.tally.count(file, counted_of(item))
                yield item

    def _read_alone(self) -> None:
        self.alone = True

    def _forms(self, folders: set[str]) -> Forms:
        """Where the forms lie that were read."""
        agencies: dict[str, dict[str, int]] = {}
        for form in sorted(self.tally.outcomes, key=attrgetter("year")):
            agencies.setdefault(self.owners.get(form.key, form.key), {})[folder_of(form.file)] = form.year
        return Forms(folders, agencies, self.names())


def assess_few(files: Sequence[Path], rubric: Rubric, limits: Limits) -> Iterator[Result]:
    """A result for every file named; a worker process is started only for one that might harm this one."""
    assessor = Assessor(rubric, limits)
    for file in files:
        name = file.as_posix()
        data, problems = read_path(file, limits.file_bytes)
        if data is None:
            yield assessor.conclude(Reading(name, None, None, problems))
        elif needs_isolation(data):
            from jieyue_cli.batch.workers import Job, work

            yield from map(assessor.conclude, work([Source(name)], Job(assessor, _as_read), 1))
        else:
            yield assessor.assess(name, data)


def _as_read(assessor: Assessor, reading: Reading) -> Reading:
    del assessor
    return reading


class _Encoding(msgspec.Struct, frozen=True):
    """Scores and encodes in a worker."""

    encode: Callable[[Result], bytes]

    def __call__(self, assessor: Assessor, reading: Reading) -> Finished:
        from jieyue_cli.agencies.tally import counted

        result = assessor.conclude(reading)
        written = Written(result.file, self.encode(result), result.failed)
        return Finished(written, refusal(result), counted(result))
