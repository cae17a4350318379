"""Forms and files → what evidence there is for what, pure: the order of files and forms changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter

from jieyue_cli.batch.evidence import Trail
from jieyue_cli.office.evidence.citing import Cited, Index, Kind, says_something, without_suffix
from jieyue_cli.office.evidence.criteria import Finder
from jieyue_cli.office.evidence.model import AgencyEvidence, File, Form, Loose, Placed, Review, Same
from jieyue_cli.office.evidence.owners import Owners
from jieyue_cli.office.evidence.telling import told
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.scoring.scoring import Scorer
from jieyue_cli.submission import BLANK
from jieyue_cli.text.cleaning import in_utf8


def examine(
    rubric: Rubric,
    year: int | None,
    forms: Sequence[Form],
    files: Iterable[File],
    owners: Owners,
    names: Mapping[str, str],
) -> Review:
    """Put every file to its agency and its criteria, and say what is missing.

    ``forms`` are those of ``year`` that count, one an agency, in the order of the report; ``names`` are all agencies'
    by their ``roster.key``.
    """
    examination = _Examination(rubric, year, sorted(files, key=attrgetter("name")), owners)
    agencies = [examination.agency(form) for form in forms]
    placed = examination.placed(names)
    finder = examination.finder
    shared, reused = _shared(placed, finder), _reused(placed, year, finder)
    problems = told(year, placed, agencies, shared, reused)
    return Review(year, placed, agencies, shared, reused, problems)


class _Examination:
    """One pass over the files and the forms."""

    def __init__(self, rubric: Rubric, year: int | None, files: Sequence[File], owners: Owners) -> None:
        self.finder = Finder(rubric)
        self._files = files
        self._owners = [owners.of(file.name) for file in files]
        self._criteria: list[tuple[str, ...]] = []
        self._cited: set[int] = set()
        self._own: dict[str, list[int]] = {}
        self._scorer = cache(lambda group: Scorer(rubric.of(group)))
        for number, (file, owner) in enumerate(zip(files, self._owners, strict=True)):
            name = file.name.rpartition("/")[2]
            self._criteria.append(self.finder.of((without_suffix(name), *owner.folders)))
            if owner.key and owner.year == year:
                self._own.setdefault(owner.key, []).append(number)

    def agency(self, form: Form) -> AgencyEvidence:
        """What the evidence of one agency comes to; marks the files that its form cites."""
        own = self._own.get(form.key, [])
        parts = list(self._citations(form.submission.cited, own))
        for criterion, part in parts:
            self._cited.update(part.files)
            for number in part.files:
                self._criteria[number] = self.finder.ordered((*self._criteria[number], criterion))
        shown = {criterion for criterion, part in parts if part.kind is not Kind.OUTSIDE}
        shown |= {criterion for number in own if self._files[number].size != 0 for criterion in self._criteria[number]}
        claimed = [line for line in form.card.lines if line.score > 0 and not line.excused]
        lacking = [line for line in claimed if shown.isdisjoint(_shown_for(line))]
        uncited = [number for number in own if number not in self._cited and not self._is_form(number)]
        return AgencyEvidence(
            form,
            self._without(form, lacking),
            [line.id for line in claimed],
            [line.id for line in lacking],
            _of(Kind.MISSING, parts),
            _of(Kind.OUTSIDE, parts),
            _of(Kind.DOCUMENT, parts),
            _of(Kind.WORDS, parts),
            len(own),
            [in_utf8(self._files[number].name) for number in uncited],
            sum(not self._criteria[number] for number in uncited),
        )

    def placed(self, names: Mapping[str, str]) -> list[Placed]:
        """Every file, once all forms have been read."""
        return [
            Placed(
                in_utf8(file.name),
                names.get(owner.key, owner.key) if owner.key else None,
                owner.year,
                self._criteria[number],
                number in self._cited,
                self._is_form(number),
                file.size,
                file.sha256,
            )
            for number, (file, owner) in enumerate(zip(self._files, self._owners, strict=True))
        ]

    def _citations(self, cited: Mapping[str, str], own: Sequence[int]) -> Iterator[tuple[str, Cited]]:
        """编号 with each part of what is cited for it."""
        entries = (
            (number, name.rpartition("/")[2], self._owners[number].folders, self._criteria[number])
            for number in own
            for name in (self._files[number].name,)
        )
        index = Index(entries)
        for question, text in cited.items():
            if says_something(text):
                criterion = self.finder.criterion_of.get(question, question)
                yield from ((criterion, part) for part in index.read(text, criterion))

    def _without(self, form: Form, lacking: Sequence[Line]) -> Scorecard:
        """The score of the form as if these lines had not been answered."""
        blank = {claim.criteria for line in lacking for claim in line.answers}
        claims = form.submission.self.claims
        left = (claim._replace(answer=BLANK, written=None) if claim.criteria in blank else claim for claim in claims)
        return self._scorer(form.submission.agency.group).score(left)

    def _is_form(self, number: int) -> bool:
        return Trail("", (), self._files[number].name.rpartition("/")[2]).says_form


def _shown_for(line: Line) -> Iterator[str]:
    """The 编号 under which evidence for a line stands: its own; that of the inputs where it asks for nothing itself."""
    yield from (criterion.id for criterion in line.criteria)
    if not line.answers:
        yield from (claim.criteria[0] for claim in line.claims)


def _of(kind: Kind, parts: Iterable[tuple[str, Cited]]) -> list[Loose]:
    return [Loose(criterion, in_utf8(part.text)) for criterion, part in parts if part.kind is kind]


def _same(files: Iterable[Placed], finder: Finder) -> list[Same]:
    """Files of agencies with the same bytes; empty ones, and those that could not be read, are like no other."""
    groups: dict[str, list[Placed]] = {}
    for placed in files:
        if placed.agency and placed.size and placed.sha256:
            groups.setdefault(placed.sha256, []).append(placed)
    return [
        Same(
            sha256,
            sorted({placed.agency for placed in group if placed.agency}),
            finder.ordered(criterion for placed in group for criterion in placed.criteria),
            [placed.file for placed in group],
        )
        for sha256, group in groups.items()
    ]


def _shared(files: Iterable[Placed], finder: Finder) -> list[Same]:
    return [same for same in _same(files, finder) if len(same.agencies) > 1]


def _reused(files: Iterable[Placed], year: int | None, finder: Finder) -> list[Same]:
    """A form or a report may be cited everywhere: it tells of everything."""
    own: dict[str | None, list[Placed]] = {}
    for placed in files:
        if placed.year == year and not placed.form:
            own.setdefault(placed.agency, []).append(placed)
    return [same for group in own.values() for same in _same(group, finder) if len(same.criteria) > 1]
