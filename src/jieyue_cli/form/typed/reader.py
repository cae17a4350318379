"""The published table typed by hand → Submission: sentences are matched by their text, points are taken as written.

A score may stand beside one sentence, beside a numbered point with several, or once for a whole item. The sentences it
covers make one claim; a note says how many claims are for several sentences. What is not clear is a problem, never a
guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.form import absent
from jieyue_cli.form.answers import written
from jieyue_cli.form.hidden import hidden
from jieyue_cli.form.typed.coverage import Cover, Coverage
from jieyue_cli.form.typed.rows import Rows, read_rows
from jieyue_cli.form.typed.scores import full_points, understand_score
from jieyue_cli.form.typed.sentences import Sentences
from jieyue_cli.form.typed.sums import stated_sums
from jieyue_cli.form.typed.surroundings import Surroundings
from jieyue_cli.form.typed.table import Role, TypedTable
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.submission import (
    UNREADABLE,
    AnswerKind,
    Claim,
    Stated,
    Statement,
    Submission,
    Verification,
    VerificationState,
)
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import address


def read_typed(tables: Sequence[TypedTable], rubric: Rubric) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read the one table among these that holds this rubric's sentences; None where none does, or several do."""
    if not tables:
        return None, (Code.FORM_NOT_FOUND.at(),)
    sentences = Sentences(rubric)
    candidates = [(table, read_rows(table, rubric, sentences)) for table in tables]
    # with less than half of the sentences it is another standard's table that shares some with this one
    fitting = [(table, rows) for table, rows in candidates if 2 * len(rows.missing) <= len(rubric.criteria)]
    if len(fitting) > 1:
        names = "、".join(table.sheet.name for table, _ in fitting)
        return None, (Code.FORM_SEVERAL.at(count=len(fitting), sheets=names),)
    if not fitting:
        table, rows = min(candidates, key=lambda candidate: len(candidate[1].missing))
        facts = {"found": len(rubric.criteria) - len(rows.missing), "all": len(rubric.criteria)}
        return None, (Code.TYPED_OTHER.at(table.place(None), **facts),)
    if rubric.gates or rubric.classes or any(asked.id in rubric.used for asked in rubric.inputs):
        return None, (Code.TYPED_UNFIT.at(fitting[0][0].place(None)),)
    reading = _TypedReading(*fitting[0], rubric)
    submission = reading.submission()
    return submission, tuple(reading.problems)


class _TypedReading:
    """One pass over one table; collects the problems on the way."""

    def __init__(self, table: TypedTable, rows: Rows, rubric: Rubric) -> None:
        self.table = table
        self.rows = rows
        self.rubric = rubric
        self.problems: list[Problem] = list(rows.problems)
        self.item_of = {criterion.id: item for item in rubric.items for criterion in item.criteria}
        self.order = {identifier: number for number, identifier in enumerate(rubric.by_id)}

    def submission(self) -> Submission:
        """Read the agency's points, and the office's if there are any."""
        table = self.table
        self.problems += hidden(table.sheet, range(table.header_row, table.body.stop), table.meaning)
        for cell in table.unknown:
            self.problems.append(Code.TYPED_COLUMN.at(table.place(cell), seen=written(cell.value)))
        around = Surroundings(table, self.rows, self.rubric)
        self.problems += around.problems
        sides = {}
        for role in (Role.SELF, Role.OFFICE):
            claims, sums = self._side(role, around.totals(role))
            sides[role] = Statement(claims, sums, around.grades(role))
        self._describe(sides[Role.SELF].claims)
        office = sides[Role.OFFICE]
        verification = self._verification(office.claims)
        begun = verification.state is not VerificationState.NONE
        return Submission(around.agency, sides[Role.SELF], office if begun else None, verification)

    def _side(self, role: Role, labelled: Iterable[Stated]) -> tuple[tuple[Claim, ...], tuple[Stated, ...]]:
        """One side's claims, and the sums it states."""
        column = self.table.column(role)
        if column is None:
            return (), tuple(labelled)
        if rival := self.table.rival(role):
            return self._disputed(column, rival), ()
        coverage = Coverage(self.table, self.rows, column, self.item_of)
        if role is Role.SELF:
            self._prices(coverage)
        for cell in coverage.unmatched():
            text = self.rows.foreign.get(cell.row)
            facts = {"seen": written(cell.value), "text": written(text.value) if text else "（空白）"}
            self.problems.append(Code.TYPED_STRANGER.at(self.table.place(cell), **facts))
        claims = [claim for cover in coverage.covers() for claim in self._claims(cover)]
        covered = {identifier for claim in claims for identifier in claim.criteria}
        claims += [Claim((identifier,), UNREADABLE) for identifier in self.order if identifier not in covered]
        sums = (*stated_sums(self.table, self.rows, column, self.rubric), *labelled)
        return tuple(self._leave_open(claims, sums)), sums

    def _disputed(self, column: int, rival: int) -> tuple[Claim, ...]:
        """Leave all claims unreadable where two columns of the same role differ."""
        row, sheet = self.table.header_row, self.table.sheet
        place = Location(sheet=sheet.name, cell=address(row, rival))
        facts = {"column": written(sheet.cell(row, rival).value), "other": address(row, column)}
        self.problems.append(Code.FORM_COLUMN_DOUBLED.at(place, **facts))
        return tuple(
            Claim((identifier,), UNREADABLE, None, sheet.name, address(row, rival)) for identifier in self.order
        )

    def _claims(self, cover: Cover) -> list[Claim]:
        """One claim for the sentences that a score covers, or an unreadable one for each."""
        identifiers = sorted({criterion.id for criterion in cover.criteria}, key=self.order.__getitem__)
        place = self.table.place(cover.cell, identifiers[0] if len(identifiers) == 1 else None)
        seen, sheet, cell = written(cover.cell.value) or None, self.table.sheet.name, cover.cell.address
        if cover.unclear:
            self.problems.append(Code.TYPED_COARSE.at(place, why=cover.unclear))
        trusted = [identifier for identifier in identifiers if identifier not in self.rows.refused]
        if cover.unclear or not trusted:
            return [Claim((identifier,), UNREADABLE, seen, sheet, cell) for identifier in identifiers]
        answer, findings = understand_score(cover.cell, [self.rubric.by_id[identifier] for identifier in trusted])
        self.problems += [code.at(place, **facts) for code, facts in findings]
        if answer.kind is AnswerKind.NOT_APPLICABLE:
            self.problems += self._absent([self.rubric.by_id[identifier] for identifier in trusted], place, seen)
        return [Claim(tuple(trusted), answer, seen, sheet, cell)]

    def _absent(self, criteria: Sequence[Criterion], place: Location, seen: str | None) -> Iterable[Problem]:
        """What there is to tell about 不涉及: nothing in a joint cell says which of its criteria are meant."""
        if len(criteria) > 1 and any(criterion.excusable for criterion in criteria):
            return [Code.TYPED_ABSENT.at(place, seen=seen)]
        return absent.not_allowed(criteria[0], place, seen)

    def _leave_open(self, claims: list[Claim], sums: Sequence[Stated]) -> list[Claim]:
        """Make claims unreadable that have only a sum: all its rows are blank, so its points belong to none of them."""
        blank = {
            identifier for claim in claims if claim.answer.kind is AnswerKind.BLANK for identifier in claim.criteria
        }
        alone = [stated for stated in sums if stated.points and stated.criteria <= blank]
        for stated in alone:
            if not any(other.criteria < stated.criteria for other in alone):
                place = Location(sheet=stated.sheet, cell=stated.cell)
                facts = {"what": stated.what, "seen": plain(stated.points)}
                self.problems.append(Code.TYPED_ONLY_SUM.at(place, **facts))
        summed = {identifier for stated in alone for identifier in stated.criteria}
        return [claim._replace(answer=UNREADABLE) if summed.issuperset(claim.criteria) else claim for claim in claims]

    def _prices(self, coverage: Coverage) -> None:
        """Report a 分值 that is neither the points of its block nor of its first row, unless a sentence is missing."""
        for block in coverage.blocks():
            expected, stated = full_points(block.criteria), block.stated
            if stated is None or stated in {expected, full_points(block.groups[0].criteria)} or coverage.lacks(block):
                continue
            facts = {"seen": plain(stated), "expected": plain(expected)}
            self.problems.append(Code.TYPED_POINTS.at(self.table.place(block.prices[0]), **facts))

    def _describe(self, claims: Iterable[Claim]) -> None:
        """Note that a typed table was read, and how many scores are for several sentences."""
        scores = [claim for claim in claims if claim.answer.kind is AnswerKind.SCORE]
        single = sum(len(claim.criteria) == 1 for claim in scores)
        facts = {"scores": len(scores), "single": single, "several": len(scores) - single}
        self.problems.append(Code.TYPED_TABLE.at(self.table.place(None), **facts))

    def _verification(self, claims: Iterable[Claim]) -> Verification:
        """How far the office is; told where it has begun and points are lacking."""
        placed = [claim for claim in claims if claim.cell]
        of = sum(len(claim.criteria) for claim in placed)
        found = sum(len(claim.criteria) for claim in placed if claim.answer.kind is not AnswerKind.BLANK)
        verification = Verification.judged(found, of)
        if verification.state is VerificationState.PARTIAL:
            facts = {"of": of, "found": found, "cure": "补全核查得分"}
            self.problems.append(Code.VERIFICATION_PARTIAL.at(self.table.place(None), **facts))
        return verification
