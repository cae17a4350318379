"""问题清单: everything that was found about the files, errors first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jieyue_cli.problems import Problem, Severity
from jieyue_cli.report.workbook import looks
from jieyue_cli.report.workbook.scores import Lines
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn

PROBLEMS = "问题清单"


def problems(book: Book, found: Sequence[Problem], names: Mapping[str, str], lines: Lines) -> None:
    """Write the sheet; ``names``: file → agency."""
    who = [ReportColumn("程度", 6), ReportColumn("单位名称", 22), ReportColumn("文件", 24)]
    where = [ReportColumn("工作表", 12), ReportColumn("单元格", 8), ReportColumn("编号", 9), ReportColumn("得分", 6)]
    sheet = book.sheet(PROBLEMS, [*who, *where, ReportColumn("问题和处理办法", 45)])
    sheet.title("问题清单")
    counts = "，".join(
        f"{severity.chinese} {sum(problem.severity is severity for problem in found)} 个" for severity in Severity
    )
    sheet.subtitle(
        f"{counts}。错误：该处或整份表没有计分；提醒：已计分，请核对；说明：已按惯例读取。"
        "单元格是交回的表中的位置；点“查看”转到这份表的得分明细。"
    )
    sheet.filtered_head()
    for problem in found:
        place = problem.location
        file = place.file or ""
        sheet.text(problem.severity.chinese, looks.SEVERITY[problem.severity])
        sheet.text(names.get(file, ""))
        sheet.text(file)
        sheet.text(place.sheet or "")
        sheet.text(place.cell or "", Look.MIDDLE)
        sheet.text(place.criterion or "", Look.MIDDLE)
        lines.see(sheet, file)
        sheet.text(problem.message)
        sheet.end()
