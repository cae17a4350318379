"""失分统计: on which criteria points are lost, by how many agencies."""

from __future__ import annotations

from decimal import Decimal

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn
from jieyue_cli.rubric.model import Rubric

LOSSES = "失分统计"


def losses(book: Book, rubric: Rubric, progress: Progress) -> None:
    """Write the sheet."""
    line = [ReportColumn("编号", 14), ReportColumn("评价标准", 68), ReportColumn("分值", 8)]
    bars = [ReportColumn("失分机关", 21, full=0), ReportColumn("共失分", 21, full=0)]
    sheet = book.sheet(LOSSES, [*line, *bars], keep=1)
    sheet.title("失分统计")
    sheet.subtitle(f"{progress.year} 年度已计入的表，按失分机关数排列；没有机关失分的条目不列。")
    sheet.filtered_head()
    for lost in progress.lost:
        criteria = [rubric.by_id[part] for part in lost.criterion.split("+")]
        sheet.text(numbered(rubric, lost.criterion), Look.MIDDLE)
        sheet.lines(sentences(criteria))
        sheet.number(sum((criterion.points for criterion in criteria), Decimal(0)))
        sheet.number(lost.agencies)
        sheet.number(lost.points)
        sheet.end()
