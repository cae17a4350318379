"""The charts of the summary: how they look, and the cells beside them that they draw.

Their values are stored in them too, for programs that show a workbook without reading its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jieyue_cli.report.workbook.sheet import Book, ReportSheet
from jieyue_cli.text.cleaning import clean
from jieyue_cli.writing.kit import FONT, INK

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

DARK, LIGHT, LINE = "#166534", "#C7D9CD", "#B45309"
"""Dark and light stay apart in grey print; the line has markers besides."""
_TEXT = {"name": FONT, "size": 10, "color": INK}
_GRID = {"visible": True, "line": {"color": "#D1D5DB", "width": 0.5}}
_EDGE = {"color": "#374151", "width": 0.75}


class Table(NamedTuple):
    """A table of which a chart draws columns."""

    sheet: ReportSheet
    row: int
    """Of its heads, as a reader counts."""
    heads: Sequence[str]
    labels: Sequence[str | int]
    """What stands in its first column."""

    def series(self, column: int, values: Sequence[Decimal | int | None], **look: object) -> dict[str, Any]:
        """A series of the numbers in a column, the first one being 0, named by its head."""
        name, first, last = self.sheet.name, self.row, self.row + len(self.labels) - 1
        return {
            "name": self.heads[column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
            "categories_data": [clean(str(label)) for label in self.labels],
            "values_data": list(values),
            **look,
        }


Shares = Sequence[Decimal | None]


def toward_targets(book: Book, table: Table, targets: Shares, rates: Shares, pending: Shares) -> Chart:
    """Columns for what is recognised, and above it what is not verified yet; a line for the targets.

    They stand in the table's columns 1, 4 and 5.
    """
    chart = book.chart("column", "stacked")
    percent = {"value": True, "num_format": "0.0%;;", "font": _TEXT}
    white = {**percent, "font": {**_TEXT, "color": "#FFFFFF", "bold": True}}
    chart.add_series(table.series(4, rates, fill={"color": DARK}, border=_EDGE, gap=80, data_labels=white))
    chart.add_series(table.series(5, pending, fill={"color": LIGHT}, border=_EDGE, data_labels=percent))
    line = book.chart("line")
    marker = {"type": "diamond", "size": 9, "fill": {"color": LINE}, "border": {"color": LINE}}
    above = {"value": True, "position": "above", "num_format": "0%", "font": {**_TEXT, "color": LINE, "bold": True}}
    above |= {"fill": {"color": "#FFFFFF"}}
    dashed = {"color": LINE, "width": 2.25, "dash_type": "dash"}
    line.add_series(table.series(1, targets, line=dashed, marker=marker, data_labels=above))
    chart.combine(line)
    chart.set_y_axis(
        {"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "num_font": _TEXT, "major_gridlines": _GRID}
    )
    chart.set_x_axis({"num_font": _TEXT})
    return _finished(chart, "各年度认定率和年度目标", legend=True)


def spread(book: Book, table: Table, agencies: Sequence[int], reached: Sequence[bool], title: str) -> Chart:
    """Columns for the bands of totals; those at the mark or above are dark."""
    chart = book.chart("column")
    points = [{"fill": {"color": DARK if dark else LIGHT}, "border": _EDGE} for dark in reached]
    shown = {"value": True, "num_format": "0;;", "font": _TEXT}
    chart.add_series(table.series(1, agencies, points=points, border=_EDGE, gap=15, data_labels=shown))
    chart.set_y_axis({"min": 0, "num_format": "0", "num_font": _TEXT, "major_gridlines": _GRID})
    chart.set_x_axis({"num_font": _TEXT})
    return _finished(chart, title)


def lost(book: Book, table: Table, points: Sequence[Decimal]) -> Chart:
    """Bars for what was lost on each item, most at the top."""
    chart = book.chart("bar")
    shown = {"value": True, "num_format": "General;;", "font": _TEXT}
    chart.add_series(table.series(2, points, fill={"color": DARK}, border=_EDGE, gap=35, data_labels=shown))
    chart.set_y_axis({"reverse": True, "num_font": _TEXT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return _finished(chart, "各评价项目共失分（分）")


def _finished(chart: Chart, title: str, *, legend: bool = False) -> Chart:
    """With its title, and texts in a font that has Chinese letters."""
    chart.set_title({"name": title, "name_font": {**_TEXT, "size": 13, "bold": True}})
    chart.set_legend({"position": "bottom", "font": _TEXT} if legend else {"none": True})
    chart.set_chartarea({"border": {"color": "#D1D5DB"}})
    return chart
