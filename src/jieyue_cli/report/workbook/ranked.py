"""排名: the scored forms of each year by what decides, with a link to each one's scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jieyue_cli.problems import Severity
from jieyue_cli.report.phrases import basis, conclusion, converted, left_out, missed, uncounted, unfinished
from jieyue_cli.report.ranking import Ranked
from jieyue_cli.report.workbook import looks
from jieyue_cli.report.workbook.scores import Lines
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import cut, plain
from jieyue_cli.writing.paper import rest

RANKING = "排名"
_ON_SCREEN = [
    ReportColumn("单位类别", 13),
    ReportColumn("核查状态", 16),
    ReportColumn("错误", 6),
    ReportColumn("提醒", 6),
    ReportColumn("文件", 64),
]
"""Not printed: the rest then fits on one page."""
_REMARK, _WIDEST_REMARK = 12, 60
"""Characters; standards with conditions or 不涉及 have much to remark."""


def ranked(book: Book, rubric: Rubric, forms: Iterable[Ranked], lines: Lines) -> None:
    """Write the sheet."""
    who = [ReportColumn("年度", 6.5), ReportColumn("名次", 5), ReportColumn("单位名称", 25)]
    total = [ReportColumn("总分", 9, full=rubric.full), ReportColumn("最高", 5.5)]
    decision = [ReportColumn("结论", 9), ReportColumn("认定依据", 5.5)]
    sides = [ReportColumn("自评总分", 5.5), ReportColumn("核查总分", 5.5), ReportColumn("差", 5.5)]
    units = [ReportColumn(f"{unit.name}\n{plain(unit.points)} 分", 6.5) for unit in rubric.units]
    scored = [*who, *total, *decision, *sides, *units]
    left = rest([column.width for column in scored], len(who), _REMARK)
    printed = [*scored, ReportColumn("备注", min(left, _WIDEST_REMARK))]
    sheet = book.sheet(RANKING, [*printed, *_ON_SCREEN], keep=len(who), printed=len(printed))
    sheet.title("排名")
    sheet.subtitle(
        "各单元得分和总分：核查完成的按核查，否则按自评。“最高”是无法采信的填报更正后最多可得的总分。"
        "“自评达标”待核查，核查完成后才是“达标”。没有名次的没有计入，原因见备注。点总分转到得分明细。"
    )
    sheet.filtered_head()
    for form in forms:
        _row(sheet, form, lines)


def _row(sheet: ReportSheet, form: Ranked, lines: Lines) -> None:
    row, result = form.row, form.row.result
    sheet.number(row.year)
    sheet.number(form.rank)
    sheet.text(row.name, Look.STRONG)
    lines.total(sheet, form.card.shown, [result.file])
    sheet.number(cut(form.card.at_most))
    sheet.text(conclusion(result), looks.conclusion(form.card, result))
    sheet.text(basis(result), Look.MIDDLE)
    sheet.number(result.self.shown if result.self else None)
    sheet.number(result.verified.shown if result.verified else None)
    checked = result.deciding if result.deciding is result.verified else None
    sheet.number(checked.shown - result.self.shown if checked and result.self else None)
    for unit in form.card.units:
        if unit.items:
            sheet.number(unit.score)
        else:
            sheet.text("—", Look.MIDDLE)
    sheet.text("；".join(filter(None, (row.remark, *_remarks(form.card)))))
    sheet.text((result.agency.category if result.agency else None) or "")
    sheet.text(unfinished(result) or result.verification.state.chinese, Look.MIDDLE)
    sheet.number(row.count(Severity.ERROR) or None)
    sheet.number(row.count(Severity.WARNING) or None)
    sheet.text(result.file)
    sheet.end()


def _remarks(card: Scorecard) -> Iterator[str]:
    """What decides beside the points, and what does not count."""
    yield from (*left_out(card), *converted(card), *missed(card), *uncounted(card))
