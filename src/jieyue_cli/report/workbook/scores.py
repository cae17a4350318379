"""得分明细: every scored form with what each criterion brings; the other sheets lead to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.report.phrases import basis
from jieyue_cli.report.ranking import Ranked
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import plain

SCORES = "得分明细"


class Lines(NamedTuple):
    """Where the scores of each file stand."""

    sheet: ReportSheet
    rows: Mapping[str, int]

    def total(self, sheet: ReportSheet, total: Fraction | None, files: Iterable[str]) -> None:
        """Write a total that leads to the scores of the first of these files that has any."""
        row = self._row(files)
        if total is None or row is None:
            sheet.number(total)
        else:
            sheet.number_link(total, self.sheet, row)

    def see(self, sheet: ReportSheet, file: str) -> None:
        """Write a word that leads to the scores of a file, where it has any."""
        row = self._row([file])
        if row is None:
            sheet.text("")
        else:
            sheet.link("查看", self.sheet, row)

    def _row(self, files: Iterable[str]) -> int | None:
        return next((self.rows[file] for file in files if file in self.rows), None)


def scores(book: Book, rubric: Rubric, forms: Iterable[Ranked]) -> Lines:
    """Write the sheet; say where each form's row is."""
    criteria = [ReportColumn(f"{criterion.id}\n（{plain(criterion.points)}）", 6.8) for criterion in rubric.criteria]
    noted = [ReportColumn(f"{asked.id}\n{asked.text}", 9) for asked in rubric.inputs]
    who = [ReportColumn("单位名称", 30), ReportColumn("年度", 6.5), ReportColumn("所列得分", 6.5)]
    totals = [ReportColumn("自评总分", 6.5), ReportColumn("核查总分", 6.5)]
    sheet = book.sheet(SCORES, [*who, *totals, *noted, *criteria], keep=1)
    sheet.title("得分明细")
    sheet.subtitle("每列一个得分点（括号内为分值），所列为核查得分，核查没有完成的为自评得分；条文见“失分统计”。")
    sheet.filtered_head()
    rows: dict[str, int] = {}
    for form in forms:
        result = form.row.result
        rows[result.file] = sheet.row
        sheet.text(form.row.name, Look.STRONG)
        sheet.number(form.row.year)
        sheet.text(basis(result), Look.MIDDLE)
        sheet.number(result.self.shown if result.self else None)
        sheet.number(result.verified.shown if result.verified else None)
        _inputs(sheet, rubric, form.card)
        _criteria(sheet, rubric, form.card)
        sheet.end()
    return Lines(sheet, rows)


def _inputs(sheet: ReportSheet, rubric: Rubric, card: Scorecard) -> None:
    """What is answered to each input; a dash for another class's."""
    noted = {asked.id: (asked, claim) for asked, claim in reasons.inputs(card)}
    for asked in rubric.inputs:
        if asked.id not in noted:
            sheet.text("—", Look.MIDDLE)
        elif isinstance(value := reasons.answered(*noted[asked.id]), Decimal):
            sheet.number(Fraction(value))
        else:
            sheet.text(reasons.noted(*noted[asked.id]), Look.MIDDLE)


def _criteria(sheet: ReportSheet, rubric: Rubric, card: Scorecard) -> None:
    """One score a criterion; where several are scored together, at the first of them; a dash for another class's."""
    lines = {line.criteria[0].id: line for line in card.lines}
    first = {criterion.id: line.criteria[0].id for line in card.lines for criterion in line.criteria}
    for criterion in rubric.criteria:
        line = lines.get(criterion.id)
        if line and line.state is LineState.EXCLUDED:
            sheet.text("不涉及", Look.MIDDLE)
        elif line:
            sheet.number(line.score, Look.LOST if line.lost else Look.NUMBER)
        else:
            sheet.text(f"见{first[criterion.id]}" if criterion.id in first else "—", Look.MIDDLE)
