"""The published table typed by hand → Submission: sentences are matched by their text, points are taken as written.

A score may stand beside one sentence, beside a numbered point with several, or once for a whole item; what it
covers is one claim, and the result says how coarse the table was. Whatever is not clear is a problem, not a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.form.answers import written
from jieyue_cli.form.hidden import hidden
from jieyue_cli.form.typed.coverage import Cover, Coverage
from jieyue_cli.form.typed.notes import read_notes
from jieyue_cli.form.typed.rows import Rows, read_rows
from jieyue_cli.form.typed.scores import points_of, understand_score
from jieyue_cli.form.typed.sentences import Sentences
from jieyue_cli.form.typed.table import Role, TypedTable
from jieyue_cli.form.typed.totals import stated_sums
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import UNREADABLE, AnswerKind, Claim, Stated, Statement, Submission
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import address


def read_typed(tables: Sequence[TypedTable], rubric: Rubric) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read the one table among these that holds this rubric's sentences; None where none does, or several do."""
    if not tables:
        return None, (Code.FORM_NOT_FOUND.at(),)
    sentences = Sentences(rubric)
    every = [(table, read_rows(table, rubric, sentences)) for table in tables]
    # half of the sentences: fewer are another standard's that shares some with this one
    fitting = [(table, rows) for table, rows in every if 2 * len(rows.missing) <= len(rubric.criteria)]
    if len(fitting) > 1:
        names = "、".join(table.sheet.name for table, _ in fitting)
        return None, (Code.FORM_SEVERAL.at(count=len(fitting), sheets=names),)
    if not fitting:
        table, rows = min(every, key=lambda entry: len(entry[1].missing))
        facts = {"found": len(rubric.criteria) - len(rows.missing), "all": len(rubric.criteria)}
        return None, (Code.TYPED_OTHER.at(table.place(None), **facts),)
    if rubric.gates or rubric.classes:
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
        self.order = {criterion.id: number for number, criterion in enumerate(rubric.criteria)}

    def submission(self) -> Submission:
        """Read the agency's points, and the office's where it has begun."""
        table = self.table
        self.problems += hidden(table.sheet, range(table.header_row, table.body.stop), table.meaning)
        for cell in table.unknown:
            self.problems.append(Code.TYPED_COLUMN.at(table.place(cell), seen=written(cell.value)))
        notes = read_notes(table, self.rows, self.rubric)
        self.problems += notes.problems
        sides = {}
        for role in (Role.SELF, Role.OFFICE):
            claims, sums = self._side(role, notes.totals[role])
            sides[role] = Statement(claims, sums, tuple(notes.grades[role]))
        self._describe(sides[Role.SELF].claims)
        office = sides[Role.OFFICE]
        begun = any(claim.cell and claim.answer.kind is not AnswerKind.BLANK for claim in office.claims)
        if begun:
            self._partial(office.claims)
        return Submission(notes.agency, sides[Role.SELF], office if begun else None)

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
            text = self.rows.strangers.get(cell.row)
            facts = {"seen": written(cell.value), "text": written(text.value) if text else "（空白）"}
            self.problems.append(Code.TYPED_STRANGER.at(self.table.place(cell), **facts))
        claims = [claim for cover in coverage.covers() for claim in self._claims(cover)]
        covered = {identifier for claim in claims for identifier in claim.criteria}
        claims += [Claim((each.id,), UNREADABLE) for each in self.rubric.criteria if each.id not in covered]
        sums = (*stated_sums(self.table, self.rows, column, self.rubric), *labelled)
        return tuple(self._held_by_sums(claims, sums)), sums

    def _disputed(self, column: int, rival: int) -> tuple[Claim, ...]:
        """Refuse points of which there are two columns that differ."""
        row, sheet = self.table.header_row, self.table.sheet
        place = Location(sheet=sheet.name, cell=address(row, rival))
        facts = {"column": written(sheet.cell(row, rival).value), "other": address(row, column)}
        self.problems.append(Code.FORM_COLUMN_DOUBLED.at(place, **facts))
        return tuple(
            Claim((criterion.id,), UNREADABLE, None, sheet.name, address(row, rival))
            for criterion in self.rubric.criteria
        )

    def _claims(self, cover: Cover) -> list[Claim]:
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
            self.problems.append(Code.ANSWER_NOT_APPLICABLE.at(place, seen=seen))
        return [Claim(tuple(trusted), answer, seen, sheet, cell)]

    def _held_by_sums(self, claims: list[Claim], sums: Sequence[Stated]) -> list[Claim]:
        """Leave open what only a sum claims: the rows below it are all blank, so nobody can place its points."""
        blank = {each for claim in claims if claim.answer.kind is AnswerKind.BLANK for each in claim.criteria}
        alone = [stated for stated in sums if stated.points and stated.criteria <= blank]
        for stated in alone:
            if not any(other.criteria < stated.criteria for other in alone):
                place = Location(sheet=stated.sheet, cell=stated.cell)
                facts = {"what": stated.what, "seen": plain(stated.points)}
                self.problems.append(Code.TYPED_ONLY_SUM.at(place, **facts))
        held = {each for stated in alone for each in stated.criteria}
        return [claim._replace(answer=UNREADABLE) if held.issuperset(claim.criteria) else claim for claim in claims]

    def _prices(self, coverage: Coverage) -> None:
        """Report a 分值 that is neither its rows' together nor its own row's, where no sentence is missing."""
        for block in coverage.blocks():
            expected, stated = points_of(block.criteria), block.stated
            if stated is None or stated in {expected, points_of(block.groups[0].criteria)} or coverage.lacks(block):
                continue
            facts = {"seen": plain(stated), "expected": plain(expected)}
            self.problems.append(Code.TYPED_POINTS.at(self.table.place(block.prices[0]), **facts))

    def _describe(self, claims: Iterable[Claim]) -> None:
        scores = [claim for claim in claims if claim.answer.kind is AnswerKind.SCORE]
        single = sum(len(claim.criteria) == 1 for claim in scores)
        facts = {"scores": len(scores), "single": single, "several": len(scores) - single}
        self.problems.append(Code.TYPED_TABLE.at(self.table.place(None), **facts))

    def _partial(self, claims: Iterable[Claim]) -> None:
        placed = [claim for claim in claims if claim.cell]
        if blank := sum(claim.answer.kind is AnswerKind.BLANK for claim in placed):
            facts = {"filled": len(placed) - blank, "blank": blank}
            self.problems.append(Code.VERIFICATION_PARTIAL.at(self.table.place(None), **facts))
