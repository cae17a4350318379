"""The program's own form → Submission: rows by 编号, compared with the standard; columns by header word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from jieyue_cli.form import absent, agency, answers
from jieyue_cli.form.answers import Finding
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.cases import not_due, other_cases
from jieyue_cli.form.returned.evidence import lacking_evidence, texts
from jieyue_cli.form.returned.standard import Standard
from jieyue_cli.form.returned.table import Table
from jieyue_cli.form.returned.verification import blanks_in, lacking, unexplained, written_in
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Criterion, Question
from jieyue_cli.submission import (
    UNREADABLE,
    Agency,
    Claim,
    Completion,
    Stated,
    StatedGrade,
    Statement,
    Submission,
    Sum,
    Verification,
    VerificationState,
)
from jieyue_cli.text.folding import essence
from jieyue_cli.workbook.cells import Cell, CellState


def read_own(
    table: Table, standard: Standard, problems: Iterable[Problem]
) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read the program's own form from its table; ``problems`` are those that ``locate`` reported."""
    reading = _FormReading(table, standard, list(problems))
    submission = reading.submission()
    return submission, tuple(reading.problems)


class _FormReading:
    """One pass over one table; collects the problems on the way."""

    def __init__(self, table: Table, standard: Standard, problems: list[Problem]) -> None:
        self.table = table
        self.rubric = standard.rubric
        self.problems = problems
        self.damaged: set[str] = set()
        """Questions whose row was found by its text under a wrong 编号."""
        self.standard = standard
        self.texts = table.values(Column.TEXT)
        self.group: str | None = None

    def submission(self) -> Submission | None:
        """Read the form, or say that it belongs to another rubric."""
        if not self._of_this_rubric():
            return None
        head = self._head()
        who = msgspec.convert(head, Agency)
        filled_on = head[Field.FILLED_ON.key]
        if filled_on and who.year and filled_on.year != who.year:
            self._note(Code.DATE_OTHER_YEAR, self.table.field(Field.FILLED_ON), date=filled_on, year=who.year)
        self.group = who.group
        rows = self._rows()
        own = self._sum(Field.SELF_TOTAL), self._grade(Field.SELF_VERDICT)
        claimed = self._agreed(self._statement(rows, (Column.ANSWER, Column.SELF_SCORE), *own))
        completion: Completion | None = head[Field.COMPLETION.key]
        verified, verification = self._verified(rows, claimed, completion)
        dates = head[Field.CHECKED_ON.key], filled_on
        beside = (texts(self.table, rows, column) for column in (Column.EVIDENCE, Column.REMARK, Column.OPINION))
        return Submission(who, claimed, verified, verification, completion, head[Field.CHECKED_BY.key], *dates, *beside)

    # -- above the table -------------------------------------------------------------------------------------

    def _of_this_rubric(self) -> bool:
        cell = self.table.field(Field.RUBRIC)
        belongs, findings = agency.read_mark(cell, self.rubric)
        self._tell(cell, findings)
        return belongs

    def _head(self) -> dict[str, Any]:
        """What the fields above the table say, each under the name of its ``Field`` in small letters."""
        values: dict[str, Any] = {}
        for field in Field:
            if field.entry:
                cell = self.table.field(field)
                values[field.key], findings = field.entry.read(cell, self.rubric)
                self._tell(cell, findings)
        return values

    def _tell(self, cell: Cell | None, findings: Iterable[Finding]) -> None:
        for code, facts in findings:
            self._note(code, cell, **facts)

    # -- the table -------------------------------------------------------------------------------------------

    def _rows(self) -> dict[str, int | None]:
        """编号 → physical row, in the standard's order; None where the row is missing, doubled or altered."""
        rows: dict[str, list[int]] = {}
        printed, texts = self.standard.printed, self.standard.texts
        first = self.table.header_row
        for r, value in enumerate(self.table.values(Column.ID)[first:], first + 1):
            written = value if isinstance(value, str) and value in printed else answers.whole(value)
            if written in printed:
                rows.setdefault(written, []).append(r)
            elif (text := self._text(r)) or (written and self._answered(r)):
                self._stray(self.table.cell(r, Column.ID), answers.written(value), texts.get(essence(text)))
        self._drop_misnumbered(rows)
        return {identifier: self._row(identifier, rows.get(identifier, [])) for identifier in self.rubric.questions}

    def _drop_misnumbered(self, rows: dict[str, list[int]]) -> None:
        """Where a 编号 stands twice, drop the row whose text belongs to a 编号 that is nowhere; the other is used."""
        for identifier, doubled in rows.items():
            for r in tuple(doubled) if len(doubled) > 1 else ():
                owner = self.standard.texts.get(essence(self._text(r)))
                if owner and owner not in rows:
                    doubled.remove(r)
                    self._stray(self.table.cell(r, Column.ID), identifier, owner)

    def _text(self, row: int) -> str:
        value = self.texts[row - 1]
        return value if isinstance(value, str) else ""

    def _answered(self, row: int) -> bool:
        cells = (self.table.cell(row, column) for column in (Column.ANSWER, Column.FINDING))
        return any(cell is not None and cell.value is not None for cell in cells)

    def _stray(self, cell: Cell | None, written: str, identifier: str | None) -> None:
        """Report a row with a wrong 编号; ``identifier`` is the right one, where its text tells."""
        if identifier:
            self.damaged.add(identifier)
            place = self.table.place(cell, identifier)
            self.problems.append(Code.ROW_ID_DAMAGED.at(place, seen=written or "空白", criterion=identifier))
        elif written:
            self._note(Code.ROW_UNKNOWN, cell, seen=written)

    def _row(self, identifier: str, rows: list[int]) -> int | None:
        """The one row with this 编号 and the standard's text; else a problem and None."""
        if not rows:
            if identifier not in self.damaged:
                place = self.table.place(None, identifier)
                self.problems.append(Code.ROW_MISSING.at(place, criterion=identifier))
            return None
        if len(rows) > 1:
            cells = [cell.address for row in rows if (cell := self.table.cell(row, Column.ID))]
            place = self.table.place(self.table.cell(rows[1], Column.ID), identifier)
            facts = {"criterion": identifier, "count": len(rows), "cells": "、".join(cells)}
            self.problems.append(Code.ROW_DOUBLED.at(place, **facts))
            return None
        text, expected = self._text(rows[0]), self.rubric.questions[identifier].text
        if text != expected and essence(text) != essence(expected):
            place = self.table.place(self.table.cell(rows[0], Column.TEXT), identifier)
            self.problems.append(Code.ROW_TEXT_CHANGED.at(place, expected=expected[:12]))
            return None
        return rows[0]

    def _sum(self, field: Field) -> tuple[Stated, ...]:
        """The total that the form shows above its table."""
        cell = self.table.field(field)
        points = answers.stored_number(cell.value) if cell else None
        if cell is None or points is None:
            return ()
        return (Stated(Sum.TOTAL.value, self.standard.everything, points, self.table.sheet.name, cell.address),)

    def _grade(self, field: Field) -> tuple[StatedGrade, ...]:
        """The verdict that the form shows beside it."""
        cell = self.table.field(field)
        passing = self.standard.passing
        if cell is None or not isinstance(cell.value, str) or cell.value not in passing:
            return ()
        return (StatedGrade(cell.value, passing[cell.value], self.table.sheet.name, cell.address),)

    def _statement(
        self,
        rows: dict[str, int | None],
        columns: tuple[Column, Column],
        sums: tuple[Stated, ...],
        grades: tuple[StatedGrade, ...],
    ) -> Statement:
        """One side: its answers, and the scores, the total and the verdict that the form shows for them."""
        answer, score = columns
        sheet = self.table.sheet
        claims: list[Claim] = []
        done: list[tuple[Question, int]] = []
        stated: list[Stated] = []
        number, scores_in = self.table.columns.get(answer), self.table.columns.get(score)
        office = answer is Column.FINDING
        column = self.standard.answers(sheet.name, number, office=office) if number else None
        own = self.rubric.of(self.group)
        unsettled = self.standard.grouped if self.group is None and number and not self._blank(number) else ()
        values, states = self.table.values(answer), sheet.states
        for question in self.rubric.questions.values():
            row = rows[question.id]
            if question.id not in own.questions:
                if row is not None and column is not None:
                    self._elsewhere(question, sheet.cell(row, column.number))
            elif row is None or column is None or question.id in unsettled:
                claims.append(Claim((question.id,), UNREADABLE))
            else:
                state = states.get((row, column.number), CellState.TYPED)
                claim, problems = column.read(question.id, row, values[row - 1], state)
                claims.append(claim)
                self.problems += problems
                if answer is Column.ANSWER and (claim.answer.value or claim.answer.text):
                    done.append((question, row))
        self.problems += lacking_evidence(self.table, done, self.standard.unclaiming)
        if scores_in:
            points = self.standard.points(sheet.name, scores_in, score.word)
            values = self.table.values(score)
            for criterion in own.criteria:
                row = rows.get(criterion.id) or self._heading(criterion)
                if row and (sum_stated := points.read(criterion.id, row, values[row - 1])):
                    stated.append(sum_stated)
        return Statement(tuple(claims), (*stated, *sums), grades)

    def _elsewhere(self, question: Question, cell: Cell) -> None:
        """Report an answer in a row that is for another class of agency."""
        if self.group is not None and (seen := answers.written(cell.value)):
            place = self.table.place(cell, question.id)
            self.problems.append(Code.ANSWER_OTHER_CLASS.at(place, group=self.group, seen=seen))

    def _heading(self, criterion: Criterion) -> int | None:
        """The row of a criterion that has no answer of its own, only parts; ``_rows`` leaves such rows out."""
        if criterion.id in self.rubric.questions:
            return None
        first = self.table.header_row
        identifiers = enumerate(self.table.values(Column.ID)[first:], first + 1)
        return next((r for r, value in identifiers if answers.written(value) == criterion.id), None)

    # -- the office's side -----------------------------------------------------------------------------------

    def _verified(
        self, rows: dict[str, int | None], claimed: Statement, completion: Completion | None
    ) -> tuple[Statement | None, Verification]:
        """The office's side, None where there is nothing of it; and how far the office is."""
        asked = len(self.rubric.of(self.group).questions)
        done = completion in (Completion.EACH_FILLED, Completion.BLANK_AS_CLAIMED)
        number = self.table.columns.get(Column.FINDING)
        if number is None:
            self._note(Code.FORM_NO_FINDINGS, None)
        if number is None or (not done and self._blank(number)):
            return None, Verification.judged(0, asked)
        office = self._sum(Field.VERIFIED_TOTAL), self._grade(Field.VERIFIED_VERDICT)
        statement = self._statement(rows, (Column.FINDING, Column.VERIFIED_SCORE), *office)
        elsewhere = not_due(self.standard.branches, statement.claims)
        verification = Verification.judged(written_in(statement) + len(elsewhere), asked, completion)
        if verification.state is VerificationState.NONE:
            return None, verification
        self.problems += lacking(self.table, blanks_in(statement, elsewhere), verification, completion)
        self.problems += unexplained(self.table, rows, claimed, statement)
        if completion is Completion.BLANK_AS_CLAIMED:
            statement = statement.completed_by(claimed)
        return self._agreed(statement), verification

    def _agreed(self, statement: Statement) -> Statement:
        """One side with 不涉及 only for whole criteria; the office's once it has taken over what it left blank."""
        claims = list(statement.claims)
        self.problems += absent.agree(self.standard.joint, claims)
        self.problems += other_cases(self.standard.branches, claims)
        return Statement(tuple(claims), statement.stated, statement.grades)

    def _blank(self, column: int) -> bool:
        """Whether a column is empty below the header: a quick answer for forms that are not verified yet."""
        below = self.table.sheet.column(column)[self.table.header_row :]
        return below.count(None) == len(below) and all(number != column for _, number in self.table.sheet.states)

    def _note(self, code: Code, cell: Cell | None, **facts: object) -> None:
        self.problems.append(code.at(self.table.place(cell), **facts))
