"""The sheets about agencies: where each one stands, and the list of the recognised that is ready to be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from operator import attrgetter

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.agencies.standings import Standing
from jieyue_cli.report.agencies import OUTSIDE, published, with_states
from jieyue_cli.report.calendar import called, counted_from, days_late, deadline
from jieyue_cli.report.formats import LIST, PUBLISHED
from jieyue_cli.report.workbook import looks
from jieyue_cli.report.workbook.scores import Lines
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn


def agencies(book: Book, account: Account, lines: Lines, today: dt.date | None) -> None:
    """Write one row an agency, the total of its own answers leading to its scores."""
    progress = account.progress
    groups = _groups(progress)
    plans = any(due.step == "plan" and due.known for due in progress.calendar)
    columns = [
        *(ReportColumn("单位名称", 24), ReportColumn("单位类别", 12), *(column for column, _ in groups)),
        *(ReportColumn("状态", 10), ReportColumn("认定年度", 8), ReportColumn("已交表", 6)),
        *(ReportColumn("自评总分", 8), ReportColumn("核查总分", 8)),
        *(ReportColumn("填报日期", 11), ReportColumn("迟交天数", 7)),
        *([ReportColumn("实施方案", 11)] if plans else []),
        *(ReportColumn("备注", 16), ReportColumn("文件", 21)),
    ]
    sheet = book.sheet(LIST, columns, keep=1)
    sheet.title(f"{_year(account)}机关名单")
    left_out = "，再往后是不参评的，都不计入进度" if account.progress.outside else ""
    sheet.subtitle(
        f"名录中的每个机关一行，不在名录的列在最后{left_out}；进度中的各数都由本表得出。已认定的在撤销前一直有效。"
        "点自评总分转到得分明细。"
    )
    if progress.calendar:
        dates = "；".join(f"{called(due)} {deadline(due, today)}" for due in progress.calendar)
        start = counted_from(progress, today)
        sheet.subtitle(f"期限：{dates}{f'（按 {start} 计）' if start else ''}。")
    sheet.filtered_head()
    for standing, state in with_states(account):
        sheet.text(standing.name, Look.STRONG)
        sheet.text(standing.category or "")
        for _, value in groups:
            sheet.text(str(value(standing) or ""), Look.MIDDLE)
        sheet.text(state, Look.MIDDLE if state == OUTSIDE else looks.STATE[standing.state])
        sheet.number(standing.since)
        sheet.text("是" if standing.handed_in else "", Look.MIDDLE)
        lines.total(sheet, standing.claimed, standing.files)
        sheet.number(standing.verified)
        sheet.text(str(standing.filled_on or ""), Look.MIDDLE)
        sheet.number(days_late(progress, standing) or None)
        if plans:
            sheet.text(str(standing.plan_filed or ""), Look.MIDDLE)
        sheet.text(standing.remark)
        sheet.text("、".join(standing.files))
        sheet.end()


def recognised(book: Book, account: Account) -> None:
    """Write who is recognised: this year's first, then the earlier ones."""
    columns = [
        ReportColumn("序号", 8),
        ReportColumn("单位名称", 44),
        ReportColumn("单位类别", 34),
        ReportColumn("认定年度", 12),
    ]
    sheet = book.sheet(PUBLISHED, columns)
    new, earlier = published(account)
    sheet.title(f"{_year(account)}节约型机关认定名单")
    sheet.subtitle(f"本年认定 {len(new)} 个，以前年度认定 {len(earlier)} 个，共 {len(new) + len(earlier)} 个。")
    sheet.head()
    for number, standing in enumerate((*new, *earlier), 1):
        sheet.number(number)
        sheet.text(standing.name)
        sheet.text(standing.category or "")
        sheet.number(standing.since)
        sheet.end()


def _groups(progress: Progress) -> list[tuple[ReportColumn, Callable[[Standing], object]]]:
    """Columns that only some rosters have, each with what stands in it."""
    return [
        *([(ReportColumn("级别", 8), attrgetter("level"))] if progress.groups.level else []),
        *([(ReportColumn("批次年度", 8), attrgetter("batch"))] if progress.groups.batch else []),
    ]


def _year(account: Account) -> str:
    return f"{account.progress.year} 年度" if account.progress.year else ""
