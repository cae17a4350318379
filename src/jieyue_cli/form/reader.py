"""The program's own form → Submission: rows by their 编号, held against the standard, columns by header word."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from jieyue_cli.form import agency, answers
from jieyue_cli.form.folding import essence
from jieyue_cli.form.layout import Column, Field
from jieyue_cli.form.table import Table
from jieyue_cli.form.typed_rows import Sum
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.submission import UNREADABLE, Agency, Claim, Grade, Kind, Stated, Statement, Submission
from jieyue_cli.workbook.cells import Cell


def read_own(
    table: Table, rubric: Rubric, problems: Iterable[Problem]
) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read the program's own form from its table; ``problems`` are those found while locating it."""
    reading = _Reading(table, rubric, list(problems))
    submission = reading.submission()
    return submission, tuple(reading.problems)


class _Reading:
    """One pass over one table; collects the problems on the way."""

    def __init__(self, table: Table, rubric: Rubric, problems: list[Problem]) -> None:
        self.table = table
        self.rubric = rubric
        self.problems = problems
        self.damaged: set[str] = set()
        """Criteria whose row was found by its text under a wrong 编号."""

    def submission(self) -> Submission | None:
        """Read the form, or say that it belongs to another rubric."""
        if not self._of_this_rubric():
            return None
        who = self._agency()
        rows = self._rows()
        own = self._sum(Field.SELF_TOTAL), self._grade(Field.SELF_VERDICT)
        office = self._sum(Field.VERIFIED_TOTAL), self._grade(Field.VERIFIED_VERDICT)
        claimed = self._statement(rows, (Column.ANSWER, Column.SELF_SCORE), *own)
        verified = self._statement(rows, (Column.FINDING, Column.VERIFIED_SCORE), *office)
        return Submission(who, claimed, self._finished(verified))

    # -- above the table -------------------------------------------------------------------------------------

    def _of_this_rubric(self) -> bool:
        cell = self.table.field(Field.RUBRIC)
        seen = answers.written(cell.value) if cell else ""
        identifier, _, version = (part.strip() for part in seen.partition("/"))
        if not seen:
            self._note(Code.FORM_NO_MARK, cell)
        elif identifier != self.rubric.id:
            self._note(Code.FORM_OTHER_RUBRIC, cell, seen=identifier, expected=self.rubric.id)
            return False
        elif version != self.rubric.version:
            self._note(Code.FORM_OTHER_VERSION, cell, seen=version or "？", expected=self.rubric.version)
            return False
        return True

    def _agency(self) -> Agency:
        cells = [self.table.field(field) for field in (Field.NAME, Field.CATEGORY, Field.YEAR, Field.DATE)]
        name, about_name = agency.read_name(cells[0])
        category, about_category = agency.read_category(cells[1], self.rubric)
        year, about_year = agency.read_year(cells[2], self.rubric)
        about_date = agency.read_date(cells[3])[1]
        for cell, findings in zip(cells, (about_name, about_category, about_year, about_date), strict=True):
            for code, facts in findings:
                self._note(code, cell, **facts)
        return Agency(name, category, year)

    # -- the table -------------------------------------------------------------------------------------------

    def _rows(self) -> dict[str, int | None]:
        """编号 → physical row, in the standard's order; None where the row cannot be trusted."""
        seen: dict[str, list[int]] = {}
        texts = {essence(criterion.text): criterion for criterion in self.rubric.criteria}
        column = self.table.columns[Column.ID]
        for r, values in enumerate(self.table.sheet.rows[self.table.header_row :], self.table.header_row + 1):
            written = answers.written(values[column - 1]) if column <= len(values) else ""
            if written in self.rubric.by_id:
                seen.setdefault(written, []).append(r)
            elif (text := self._text(r)) or (written and self._answered(r)):
                self._stray(self.table.cell(r, Column.ID), written, texts.get(essence(text)))
        self._borrowed(seen, texts)
        return {criterion.id: self._row(criterion, seen.get(criterion.id, [])) for criterion in self.rubric.criteria}

    def _borrowed(self, seen: dict[str, list[int]], texts: dict[str, Criterion]) -> None:
        """Take rows out of ``seen`` whose 编号 is another row's, told by their text; that other row then stands."""
        for identifier, found in seen.items():
            for r in tuple(found) if len(found) > 1 else ():
                owner = texts.get(essence(self._text(r)))
                if owner and owner.id not in seen:
                    found.remove(r)
                    self._stray(self.table.cell(r, Column.ID), identifier, owner)

    def _text(self, row: int) -> str:
        cell = self.table.cell(row, Column.TEXT)
        return cell.value if cell and isinstance(cell.value, str) else ""

    def _answered(self, row: int) -> bool:
        cells = (self.table.cell(row, column) for column in (Column.ANSWER, Column.FINDING))
        return any(cell is not None and cell.value is not None for cell in cells)

    def _stray(self, cell: Cell | None, written: str, criterion: Criterion | None) -> None:
        if criterion:
            self.damaged.add(criterion.id)
            place = self.table.place(cell, criterion.id)
            self.problems.append(Code.ROW_ID_DAMAGED.at(place, seen=written or "空白", criterion=criterion.id))
        elif written:
            self._note(Code.ROW_UNKNOWN, cell, seen=written)

    def _row(self, criterion: Criterion, found: list[int]) -> int | None:
        if not found:
            if criterion.id not in self.damaged:
                place = self.table.place(None, criterion.id)
                self.problems.append(Code.ROW_MISSING.at(place, criterion=criterion.id))
            return None
        if len(found) > 1:
            cells = [cell.address for row in found if (cell := self.table.cell(row, Column.ID))]
            place = self.table.place(self.table.cell(found[1], Column.ID), criterion.id)
            facts = {"criterion": criterion.id, "count": len(found), "cells": "、".join(cells)}
            self.problems.append(Code.ROW_DOUBLED.at(place, **facts))
            return None
        text = self._text(found[0])
        if text != criterion.text and essence(text) != essence(criterion.text):
            place = self.table.place(self.table.cell(found[0], Column.TEXT), criterion.id)
            self.problems.append(Code.ROW_TEXT_CHANGED.at(place, expected=criterion.text[:12]))
            return None
        return found[0]

    def _sum(self, field: Field) -> tuple[Stated, ...]:
        """The total that the form shows above its table."""
        cell = self.table.field(field)
        points = _points(cell) if cell else None
        if cell is None or points is None:
            return ()
        everything = frozenset(self.rubric.by_id)
        return (Stated(Sum.TOTAL.value, everything, points, self.table.sheet.name, cell.address),)

    def _grade(self, field: Field) -> tuple[Grade, ...]:
        """The verdict that the form shows beside it."""
        cell = self.table.field(field)
        if cell is None or cell.value not in _GRADES:
            return ()
        written = str(cell.value)
        return (Grade(written, _GRADES[written], self.table.sheet.name, cell.address),)

    def _statement(
        self,
        rows: dict[str, int | None],
        columns: tuple[Column, Column],
        sums: tuple[Stated, ...],
        grades: tuple[Grade, ...],
    ) -> Statement:
        """One side: its answers, and the scores, the total and the verdict that the form shows for them."""
        answer, score = columns
        claims: list[Claim] = []
        stated: list[Stated] = []
        cell = self.table.sheet.cell
        answers_in, scores_in = self.table.columns.get(answer), self.table.columns.get(score)
        for criterion in self.rubric.criteria:
            row = rows[criterion.id]
            if row is None or answers_in is None:
                claims.append(Claim((criterion.id,), UNREADABLE))
                continue
            claims.append(self._claim(criterion, cell(row, answers_in)))
            if scores_in and (sum_stated := self._stated(criterion, score, cell(row, scores_in))):
                stated.append(sum_stated)
        return Statement(tuple(claims), (*stated, *sums), grades)

    def _claim(self, criterion: Criterion, cell: Cell) -> Claim:
        answer, findings = answers.understand(cell, criterion.rule.answer_type)
        written = answers.written(cell.value) or None
        if findings or answer.kind is Kind.NOT_APPLICABLE:
            place = self.table.place(cell, criterion.id)
            self.problems += [code.at(place, **facts) for code, facts in findings]
            if answer.kind is Kind.NOT_APPLICABLE:
                self.problems.append(Code.ANSWER_NOT_APPLICABLE.at(place, seen=written))
        return Claim((criterion.id,), answer, written, self.table.sheet.name, cell.address)

    def _stated(self, criterion: Criterion, column: Column, cell: Cell) -> Stated | None:
        points = _points(cell)
        if points is None:
            return None
        return Stated(column.word, frozenset((criterion.id,)), points, self.table.sheet.name, cell.address)

    def _finished(self, statement: Statement) -> Statement | None:
        """Drop the office's side where nothing was filled in; say so where only some was."""
        if Column.FINDING not in self.table.columns:
            self._note(Code.FORM_NO_FINDINGS, None)
        blank = [claim for claim in statement.claims if claim.answer.kind is Kind.BLANK]
        filled = sum(claim.cell is not None for claim in statement.claims) - len(blank)
        if not filled:
            return None
        if blank:
            place = self.table.place(None)
            self.problems.append(Code.VERIFICATION_PARTIAL.at(place, filled=filled, blank=len(blank)))
        return statement

    def _note(self, code: Code, cell: Cell | None, **facts: object) -> None:
        self.problems.append(code.at(self.table.place(cell), **facts))


_GRADES = {"达标": True, "未达标": False}


def _points(cell: Cell) -> Decimal | None:
    """The points a formula left, to the fifteen digits it means: 3*0.1 is stored as 0.30000000000000004."""
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool) or not math.isfinite(cell.value):
        return None
    return Decimal(f"{cell.value:.15g}")
