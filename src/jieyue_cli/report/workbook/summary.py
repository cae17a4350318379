"""The first sheet: how far the city is, in figures and charts, and who or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import OUTSIDE, asked_for, published, totals
from jieyue_cli.report.amounts import exact_percent, shown_rate
from jieyue_cli.report.figures import Year, bands, by_item, years
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.progress import facts
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.report.workbook import charts
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.report.workbook.year import dates, grouped
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import decimal, plain

SUMMARY = "汇总"
_COLUMNS = [ReportColumn("", 20), *[ReportColumn("", 7.5)] * 5, ReportColumn("", 62)]
"""A table on the left, its chart on the right; together as wide as A4 across at full size, where page breaks hold."""

_FIRST_PAGE = 21
"""Strips of the chart on the first page and the facts above it, together."""


def summary(book: Book, findings: Findings[Result], files: Sequence[FileRow]) -> None:
    """Write the sheet."""
    rubric, account, progress = findings.rubric, findings.account, findings.progress
    sheet = book.sheet(SUMMARY, _COLUMNS, scale=100)
    year = f"{progress.year} 年度" if progress and progress.year else ""
    sheet.title(f"{year}节约型机关评价汇总")
    sheet.subtitle(f"{rubric.title}（{rubric.document}），{rubric.passing}")
    if progress:
        _facts(sheet, progress)
    if account:
        _years(book, sheet, rubric, account)
        _spread(book, sheet, rubric, account)
        _lost(book, sheet, rubric, account.progress)
        sheet.page_break()
        grouped(sheet, account.progress)
        dates(sheet, account)
    unread = [row.result for row in files if row.result.deciding is None]
    reasons = [(result.file, result.problems[0].message if result.problems else "") for result in unread]
    sheet.listing("没能计分的文件", reasons)
    if account:
        _open(sheet, account)


def _facts(sheet: ReportSheet, progress: Progress) -> None:
    sheet.text("项目", Look.HEAD)
    sheet.text("数值", Look.HEAD)
    sheet.wide("说明", Look.HEAD)
    sheet.end()
    for fact in facts(progress):
        sheet.text(fact.label, Look.STRONG)
        if isinstance(fact.value, Fraction):
            sheet.number(shown_rate(fact.value), Look.PERCENT)
        else:
            sheet.number(fact.value)
        sheet.wide(fact.note)
        sheet.end()


def _years(book: Book, sheet: ReportSheet, rubric: Rubric, account: Account) -> None:
    """Every year's target and what is recognised, in a table and a chart."""
    course, progress = years(rubric, account), account.progress
    if not course:
        return
    sheet.heading("历年进度（都按今年的机关总数；已认定的是当年为止、现在仍然有效的）")
    table = _table(sheet, "年度 年度目标 须认定 已认定 认定率 待核查", [year.year for year in course])
    rows = []
    for year in course:
        rate = None if year.recognised is None else shown_rate(Fraction(year.recognised, progress.agencies))
        pending = (
            shown_rate(Fraction(progress.self_assessed, progress.agencies)) if year.year == progress.year else None
        )
        target = None if year.target is None else decimal(year.target)
        rows.append((target, rate, pending))
        sheet.number(year.year, Look.MIDDLE)
        sheet.number(target, Look.PERCENT)
        sheet.number(year.required)
        sheet.number(year.recognised)
        sheet.number(rate, Look.PERCENT)
        sheet.number(pending, Look.PERCENT)
        sheet.end()
    chart = charts.toward_targets(book, table, *zip(*rows, strict=True))
    told = [_told(year, progress) for year in course]
    sheet.chart(
        chart, f"柱形图：各年度认定率，折线为年度目标。{'；'.join(told)}。", strips=_FIRST_PAGE - len(facts(progress))
    )


def _told(year: Year, progress: Progress) -> str:
    """One year of the chart in words."""
    target = "没有目标" if year.target is None else f"目标 {exact_percent(year.target)}"
    known = "" if year.recognised is None else f"，已认定 {year.recognised} / {progress.agencies}"
    return f"{year.year} 年{target}{known}"


def _spread(book: Book, sheet: ReportSheet, rubric: Rubric, account: Account) -> None:
    """How many agencies have which totals, in a table and a chart."""
    spread = bands(rubric, totals(account))
    if not spread:
        return
    known = sum(band.agencies for band in spread)
    sheet.page(f"总分分布（{known} 个交表机关；核查完成的按核查总分，否则按自评总分）")
    table = _table(sheet, "总分（含下限） 机关数 占比", [band.label for band in spread])
    for band in spread:
        sheet.text(band.label, Look.STRONG if band.start >= rubric.pass_mark else Look.TEXT)
        sheet.number(band.agencies)
        sheet.number(shown_rate(Fraction(band.agencies, known)), Look.PERCENT)
        sheet.end()
    reached = [band.start >= rubric.pass_mark for band in spread]
    title = f"总分分布（深色为 {plain(rubric.pass_mark)} 分及以上）"
    chart = charts.spread(book, table, [band.agencies for band in spread], reached, title)
    told = "，".join(f"{band.label} 分 {band.agencies} 个" for band in spread if band.agencies)
    sheet.chart(chart, f"柱形图：{title}。{told}。")


def _lost(book: Book, sheet: ReportSheet, rubric: Rubric, progress: Progress) -> None:
    """What every item lost, in a table and a chart."""
    items = by_item(rubric, progress)
    if not progress.lost:
        return
    total = sum(loss.lost for loss in items)
    sheet.page("各评价项目失分（本年计入的表，逐条见“失分统计”）")
    table = _table(sheet, "评价项目 分值 共失分 占比", [loss.name for loss in items])
    for loss in items:
        sheet.text(loss.name)
        sheet.number(loss.points)
        sheet.number(loss.lost)
        sheet.number(shown_rate(loss.lost / total), Look.PERCENT)
        sheet.end()
    chart = charts.lost(book, table, [decimal(loss.lost) for loss in items])
    told = "，".join(f"{loss.name} {plain(loss.lost)} 分" for loss in items if loss.lost)
    sheet.chart(chart, f"条形图：各评价项目共失分。{told}。")


def _table(sheet: ReportSheet, heads: str, labels: Sequence[str | int]) -> charts.Table:
    """Begin a table that has a chart."""
    table = charts.Table(sheet, sheet.row, heads.split(), labels)
    sheet.heads(table.heads)
    return table


def _open(sheet: ReportSheet, account: Account) -> None:
    """What is left to settle, name by name."""
    progress = account.progress
    doubles = [(double.name, f"{double.year} 年度：{'、'.join(double.files)}") for double in progress.duplicates]
    sheet.listing("交了几份不同的表（都没有计入，请各留一份）", doubles)
    sheet.listing("被撤销的机关（以前认定，后来核查不达标）", [(name, "") for name in progress.withdrawn])
    sheet.listing("还没有交表的机关", [(name, "") for name in progress.missing])
    _, earlier = published(account)
    absent = [(standing.name, f"自 {standing.since}") for standing in earlier if not standing.files]
    sheet.listing("以前认定、今年没有交表的机关", absent)
    sheet.listing("有机关填“不涉及”的条目", asked_for(progress))
    outside = [(entry.name, entry.outside) for entry in progress.outside]
    sheet.listing(f"名录写明{OUTSIDE}的单位（不在机关总数中）", outside)
