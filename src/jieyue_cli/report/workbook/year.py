"""Parts of the first sheet: the progress by groups, the year's dates, and by name who did not keep them."""

from __future__ import annotations

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.amounts import shown_rate
from jieyue_cli.report.calendar import LATE, MISSING, called, day, kept
from jieyue_cli.report.groups import called as named
from jieyue_cli.report.groups import groupings
from jieyue_cli.report.workbook.sheet import Look, ReportSheet


def grouped(sheet: ReportSheet, progress: Progress) -> None:
    """Write one table a grouping."""
    for heading, parts in groupings(progress):
        sheet.heading(f"按{heading}的进度")
        for head in (heading, "机关", "已认定", "认定率", "待核查", "已交表"):
            sheet.text(head, Look.HEAD)
        sheet.wide("说明", Look.HEAD)
        sheet.end()
        for part in parts:
            sheet.text(named(part), Look.STRONG)
            sheet.number(part.agencies)
            sheet.number(part.recognised)
            sheet.number(shown_rate(part.rate), Look.PERCENT)
            sheet.number(part.self_assessed)
            sheet.number(part.handed_in)
            sheet.wide(f"未交表 {part.missing} 个" if part.missing else "")
            sheet.end()


def dates(sheet: ReportSheet, account: Account) -> None:
    """Write the dates, and below them who was late and who did not file a plan."""
    if not account.progress.calendar:
        return
    sheet.heading("时间安排")
    for head in ("步骤和期限", "逾期", "未做", "无日期"):
        sheet.text(head, Look.HEAD)
    sheet.wide("情况", Look.HEAD)
    sheet.end()
    for due in account.progress.calendar:
        sheet.lines([called(due), day(due)], Look.STRONG)
        for number in (len(due.late), len(due.missing), due.undated):
            sheet.number(number if due.known else None)
        sheet.wide(kept(due, 0))
        sheet.end()
    for due in account.progress.calendar:
        late = [(standing.name, due.days(standing)) for standing in account.standings]
        entries = [(name, f"{LATE[due.step]} {days} 天") for name, days in late if days]
        sheet.listing(f"{called(due)}：逾期的机关", entries)
        if due.step == "plan":
            sheet.listing(f"{called(due)}：{MISSING[due.step]}的机关", [(name, "") for name in due.missing])
