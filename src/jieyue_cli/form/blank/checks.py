"""What may be entered in the blank form's cells, and the colours that follow what is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jieyue_cli.form.agency import LAST_YEAR
from jieyue_cli.form.answers import ABSENT, LARGEST, MOST, UNTRUE
from jieyue_cli.form.blank.canvas import Canvas
from jieyue_cli.form.blank.help_sheet import HelpSheet
from jieyue_cli.form.blank.ranges import Side
from jieyue_cli.form.head import EntryKind, Field, Filler, fields
from jieyue_cli.form.layout import HELP_SHEET, PENDING, Column, FormRow
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType, Asked, Branch
from jieyue_cli.text.numbers import plain
from jieyue_cli.writing.kit import GREEN, LINE, RED

_FAINT = {"font_color": LINE, "bg_color": "#F3F4F6"}
_DAY_0 = dt.date(1899, 12, 30)
"""From which a workbook counts its days."""
_FIRST_DAY = dt.date(1949, 1, 1)
"""No day that anybody is asked for lies before it."""
_LONGEST_LIST = 255
"""Characters a spreadsheet allows in a drop-down list that is written into its cell."""
_LONGEST_TITLE = 32
"""Characters a spreadsheet allows in the title of a prompt."""

_REST = f"…（全文见“{HELP_SHEET}”）"

_Check = dict[str, object]
"""What XlsxWriter calls the options of a data validation."""


def add_checks(canvas: Canvas, help_sheet: HelpSheet) -> None:
    """Say at each cell what to enter, and let nothing else through."""
    rubric, sheet, ranges = canvas.rubric, canvas.sheet, canvas.ranges
    # row by row; what lets any text through comes last
    for field in sorted(fields(rubric), key=lambda field: (field.row, _kind(field) is EntryKind.TEXT)):
        given = canvas.office and field.filler is Filler.AGENCY
        if not given and (check := _field_check(field, rubric, help_sheet)):
            sheet.data_validation(field.cell, check)
    for row in ranges.rows:
        for side in _asked(canvas) if row.question else ():
            sheet.data_validation(row.address(side.answer), _answer_check(row, side, rubric, help_sheet))


def _asked(canvas: Canvas) -> Sequence[Side]:
    """Whose answers are entered."""
    return (canvas.ranges.office,) if canvas.office else canvas.ranges.sides


def _kind(field: Field) -> EntryKind | None:
    return field.entry.kind if field.entry else None


def _field_check(field: Field, rubric: Rubric, help_sheet: HelpSheet) -> _Check | None:
    """The check of a field above the table; None where there is nothing to say."""
    entry, first = field.entry, rubric.issued
    if entry is None:
        return None
    limits: _Check = {}
    prompt = refusal = ""
    match entry.kind:
        case EntryKind.LIST:
            limits = {"source": help_sheet.choices(field)}
            prompt, refusal = "请从下拉列表中选择。", f"请从下拉列表中选择{field.label}。"
        case EntryKind.YEAR:
            limits = {"criteria": "between", "minimum": first.year, "maximum": LAST_YEAR}
            prompt, refusal = f"填四位年份，如 {first.year}。", f"请填写四位年份，如 {first.year}。"
        case EntryKind.DATE:
            limits = {"criteria": ">=", "value": first}
            prompt, refusal = "如 2020-10-20。", "请填写日期，如 2020-10-20。"
    prompt = entry.prompt or prompt
    if not prompt:
        return None
    told = {"input_title": field.label, "input_message": prompt}
    if refusal:
        told |= {"error_title": field.label, "error_message": refusal}
    return {"validate": entry.kind.value, **limits, **told}


def _answer_check(row: FormRow, side: Side, rubric: Rubric, help_sheet: HelpSheet) -> _Check:
    """The check of one side's answer to the question of a row."""
    question = row.question
    assert question is not None, "headings are not answered"  # noqa: S101 -- our own fault
    untrue = side.office and rubric.forfeit is not None
    words = [*((ABSENT[0],) if question.excusable else ()), *((UNTRUE,) if untrue else ())]
    also = f"不涉及填“{ABSENT[0]}”。" if question.excusable else ""
    title = f"编号 {row.id}"[:_LONGEST_TITLE]
    message = f"{question.prompt}{also}"[:_LONGEST_LIST]
    prompt = _guided(message, row.guidance)
    common = {"input_title": title, "input_message": prompt, "error_title": title, "error_message": message}
    asked = question.asked
    if asked.type in (AnswerType.YES_NO, AnswerType.CHOICE):
        choices = [*(("是", "否") if asked.type is AnswerType.YES_NO else asked.offered), *words]
        inline = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
        return {**common, "validate": "list", "source": choices if inline else help_sheet.listed(choices)}
    if asked.type is AnswerType.TEXT:
        return {"validate": "any", "input_title": title, "input_message": message}
    if asked.type is AnswerType.DATE and not words:
        return {**common, "validate": "date", "criteria": ">=", "value": _FIRST_DAY}
    least, most = _bounds(asked)
    if not words:
        kind = "integer" if asked.type is AnswerType.COUNT else "decimal"
        return {**common, "validate": kind, "criteria": "between", "minimum": least, "maximum": most}
    cell = row.address(side.answer)
    whole = f",{cell}=INT({cell})" if asked.type is AnswerType.COUNT else ""
    listed = ",".join(f'{cell}="{word}"' for word in words)
    formula = f"=OR(IF(ISNUMBER({cell}),AND({cell}>={least},{cell}<={most}{whole}),FALSE),{listed})"
    return {**common, "validate": "custom", "value": formula}


def _guided(message: str, guidance: str | None) -> str:
    """What is shown at a cell, and the 填报说明 below it as far as there is room."""
    if guidance is None:
        return message
    whole = f"{message}\n{guidance}"
    return whole if len(whole) <= _LONGEST_LIST else f"{whole[: _LONGEST_LIST - len(_REST)]}{_REST}"


def _bounds(asked: Asked) -> tuple[int | Decimal, int | Decimal]:
    """The least and the largest number that may be entered; a percentage's cell holds its share of 1."""
    match asked.type:
        case AnswerType.COUNT:
            return int(asked.positive), MOST
        case AnswerType.DATE:
            return _FIRST_DAY.toordinal() - _DAY_0.toordinal(), LARGEST
        case AnswerType.PERCENT:
            return (-1 if asked.negative else 0), 1
        case AnswerType.POINTS:
            return 0, asked.most or Decimal(0)
    return (-LARGEST if asked.negative else 0), LARGEST


def add_marks(canvas: Canvas) -> None:
    """Colour what is not valid, what passes, rows of another class, and evidence that is lacking."""
    rubric, sheet, ranges = canvas.rubric, canvas.sheet, canvas.ranges
    bad, good, faint = (canvas.kit.mark(**look) for look in (RED, GREEN, _FAINT))
    passing = [name for level, (name, _) in enumerate(rubric.levels) if rubric.passes(level)]
    scores = (side.scores.replace("$", "") for side in ranges.sides)
    for area in (*scores, Field.SELF_VERDICT.cell, Field.VERIFIED_VERDICT.cell):
        for text, look in ((PENDING, bad), *((name, good) for name in passing)):
            sheet.conditional_format(area, {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look})
    group = Field.GROUP.absolute
    elsewhere = dict(_other_cases(canvas))
    for row in ranges.rows:
        if row.groups:
            area = f"{row.address(Column.ID)}:{row.address(Column.OPINION)}"
            listed = ",".join(f'{group}<>"{name}"' for name in row.groups)
            other = f'=AND({group}<>"",{listed})'
            sheet.conditional_format(area, {"type": "formula", "criteria": other, "format": faint})
        if another := elsewhere.get(row.id):
            area = f"{row.address(Column.ID)}:{row.address(Column.OPINION)}"
            sheet.conditional_format(area, {"type": "formula", "criteria": another, "format": faint})
        if row.question and row.question.evidence:
            answer, evidence = row.address(Column.ANSWER), row.address(Column.EVIDENCE)
            lacking = f'=AND({answer}<>"",{answer}<>"否",{answer}<>0,{answer}<>"不涉及",{evidence}="")'
            sheet.conditional_format(evidence, {"type": "formula", "criteria": lacking, "format": bad})


def _other_cases(canvas: Canvas) -> Iterator[tuple[str, str]]:
    """编号 of each row in a part of a branch, with whether another case was answered by the agency."""
    for branch in (inner for top in canvas.rubric.judged for inner in top.nested):
        if not isinstance(branch.rule, Branch):
            continue
        (on,) = branch.borrowed
        cell = canvas.ranges.own.understood_at[on.id]
        for part in branch.parts:
            own = {branch.rule.value(case) for case in part.case}
            others = [f"{_fixed(cell)}={plain(value)}" for value in on.asked.answers.values() if value not in own]
            criteria = f"=AND(ISNUMBER({_fixed(cell)}),OR({','.join(others)}))"
            for inner in part.nested:
                yield inner.id, criteria
            yield from ((question.id, criteria) for question in part.questions)


def _fixed(cell: str) -> str:
    """A cell whose address stays, whatever it is filled into: ``$N$8``."""
    column = cell.rstrip("0123456789")
    return f"${column}${cell.removeprefix(column)}"
