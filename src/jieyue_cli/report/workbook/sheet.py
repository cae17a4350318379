"""One sheet of a report workbook: its title, its heads, its parts and its paper, and nothing of what it says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from jieyue_cli.report.workbook.cells import AROUND, Cells, tidied
from jieyue_cli.report.workbook.looks import Look
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import clean
from jieyue_cli.writing.kit import PAGE_OF_PAGES, SOFT, Kit, landscape
from jieyue_cli.writing.paper import pages_wide
from jieyue_cli.writing.rows import LINE_HEIGHT, line_count

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

__all__ = ["Book", "Look", "ReportColumn", "ReportSheet"]

_LONGEST_FOOT = 60
"""Of the 255 characters that a foot holds together with its codes."""
_WIDEST_REMARK, _WIDEST_OF_SEVERAL = 138, 118
"""Characters: as much as stands on one page, and on the first of several across, whose letters may have full size."""
_STRIP, _STRIPS = 18, 23
"""Points of a row on which a chart lies, and how many of them are less than a page: A4 across has 516 points."""
_CHART_DIGIT = 7
"""Pixels of a digit as XlsxWriter places charts; they grow with the columns."""
_BAR = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#C5D3E0", "min_type": "num"}


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column's head and its width in characters."""

    head: str
    width: float
    full: Decimal | int | None = None
    """Each number has a bar behind it; one of this size, or with 0 the largest one, fills the cell."""


class Book:
    """One workbook in the making; the same calls always give the same bytes."""

    def __init__(self, stream: io.BytesIO, rubric: Rubric, what: str, order: Iterable[str] = ()) -> None:
        """``order`` names the sheets that stand first, in whatever order they are written."""
        title = clean(f"{rubric.title}{what}")
        self._kit = Kit(stream, title=title, subject=rubric.mark, created=rubric.issued, long=True)
        self._reserved = {name: self._kit.sheet(name) for name in order}
        self._sheets: list[ReportSheet] = []

    def sheet(
        self,
        name: str,
        columns: Sequence[ReportColumn],
        *,
        keep: int = 0,
        printed: int | None = None,
        scale: int | None = None,
        foot: str | None = None,
    ) -> ReportSheet:
        """Add a sheet; every page has ``foot``, or the sheet's name, beside its number.

        The first ``keep`` columns stay in sight and on every page; there are then as many pages across as readable
        letters need, otherwise one. Only the first ``printed`` columns are printed. A sheet with page breaks has a
        ``scale`` (per cent) instead of pages across.
        """
        worksheet = self._reserved.pop(name, None) or self._kit.sheet(name)
        across = pages_wide([column.width for column in columns[:printed]], keep) if keep else 1
        sheet = ReportSheet(self._kit, worksheet, columns, keep, printed, margin=keep if across > 1 else 0)
        left = "&A" if foot is None else f" {clean(foot)[:_LONGEST_FOOT].replace('&', '&&')}"
        landscape(worksheet, left=left, right=PAGE_OF_PAGES, pages_wide=across, scale=scale)
        self._sheets.append(sheet)
        return sheet

    def chart(self, kind: str, subtype: str | None = None) -> Chart:
        """A chart for a sheet."""
        return self._kit.chart(kind, subtype)

    def close(self) -> None:
        """Finish every sheet and write the bytes."""
        for sheet in self._sheets:
            sheet.finish()
        self._kit.close()


class ReportSheet(Cells):
    """A sheet written from its top: title, subtitle, head, then row by row and cell by cell."""

    def __init__(
        self,
        kit: Kit,
        worksheet: Worksheet,
        columns: Sequence[ReportColumn],
        keep: int,
        printed: int | None,
        margin: int,
    ) -> None:
        """``margin``: columns on the left that remarks leave free, because they stand on every page."""
        super().__init__(kit, worksheet, [column.width for column in columns])
        self._kit = kit
        self._columns = columns
        self._keep = keep
        self._printed = printed
        self._margin = margin
        self._filtered_from: int | None = None
        self._breaks: list[int] = []
        self._top = 0
        for index, column in enumerate(columns):
            worksheet.set_column(index, index, column.width)
        worksheet.hide_gridlines(2)

    def title(self, text: str) -> None:
        """The line that names the sheet."""
        self._line(text, 24, bold=True, font_size=16)

    def subtitle(self, text: str) -> None:
        """The lines that say how to read the sheet."""
        self.remark(text)

    def head(self, columns: int | None = None) -> None:
        """The heads of the columns, or of the first so many."""
        shown = self._columns[:columns]
        most = max(line_count(column.head, column.width) for column in shown)
        self._sheet.set_row(self._row, most * LINE_HEIGHT + AROUND)
        for index, column in enumerate(shown):
            text = "\n".join(map(clean, column.head.split("\n")))
            self._sheet.write_string(self._row, index, text, self._looks[Look.HEAD])
        self._row += 1

    def heads(self, texts: Iterable[str]) -> None:
        """The heads of a table that has others than its sheet."""
        for text in texts:
            self.text(text, Look.HEAD)
        self.end()

    def repeated_head(self) -> None:
        """Heads that stand on every page from here on."""
        self._sheet.repeat_rows(self._row)
        self.head()

    def filtered_head(self) -> None:
        """Heads that filter, and stay in sight and on every page, as do the columns to keep."""
        self._filtered_from = self._row
        if self._keep:
            self._sheet.repeat_columns(0, self._keep - 1)
        self.repeated_head()
        self._sheet.freeze_panes(self._row, self._keep)

    def heading(self, text: str) -> None:
        """A blank row, and a line above a part of the sheet."""
        self._row += 1
        self._line(text, 20, bold=True, font_size=11)
        self._top = self._row

    def page_break(self) -> None:
        """Let what follows begin a page, where the sheet is printed at a fixed scale."""
        self._breaks.append(self._row + 1)

    def page(self, text: str) -> None:
        """As ``heading``, on a page of its own."""
        self.page_break()
        self.heading(text)

    def remark(self, text: str) -> None:
        """Lines of their own over the width of a page, without borders, as high as they need."""
        look = self._kit.format(text_wrap=True, font_color=SOFT, align="left")
        widest = _WIDEST_OF_SEVERAL if self._margin else _WIDEST_REMARK
        last = max(n for n in range(len(self._widths)) if not n or sum(self._widths[: n + 1]) <= widest)
        for _ in range(self._margin):
            self._add(self._sheet.write_blank, None, self._kit.format())
        tidy = tidied(text)
        self._add(self._sheet.write_string, tidy, look, needs=tidy, last=last)
        self.end()

    def chart(self, chart: Chart, description: str, strips: int = _STRIPS) -> None:
        """Put a chart beside the table below the last heading, on the last column, and go on below both."""
        height = strips * _STRIP
        width = int(self._widths[-1] * _CHART_DIGIT) - _STRIP
        chart.set_size({"width": width, "height": height * 4 // 3})
        place = {"x_offset": _STRIP // 2, "object_position": 2, "description": description}
        self._sheet.insert_chart(self._top, len(self._columns) - 1, chart, place)
        while self._row < self._top + strips:
            self._sheet.set_row(self._row, _STRIP)
            self._sheet.write_blank(self._row, 0, None, self._kit.format())  # a row without cells would lose its height
            self._row += 1

    def listing(self, heading: str, entries: Sequence[tuple[str, str]]) -> None:
        """A heading with its number of entries and below it, one a row, what and why; nothing where there are none."""
        if not entries:
            return
        self.heading(f"{heading}：{len(entries)} 个")
        for what, why in entries:
            self.text(what)
            if why:
                self.wide(why)
            self.end()

    def finish(self) -> None:
        """What can only be said when all rows are known."""
        if self._dropped:
            self._line(f"表格已满，另有 {self._dropped} 行没有列出，请用 json 格式输出。", 18, bold=True)
        last = max(self._row - 1, self._filtered_from or 0)
        if self._filtered_from is not None:
            self._sheet.autofilter(self._filtered_from, 0, last, len(self._columns) - 1)
            self._bars(self._filtered_from + 1, last)
        if self._printed:
            self._sheet.print_area(0, 0, last, self._printed - 1)
        self._sheet.set_h_pagebreaks(self._breaks)

    def _bars(self, first: int, last: int) -> None:
        for index, column in enumerate(self._columns):
            if column.full is not None and first <= last:
                most = {"max_type": "num", "max_value": column.full} if column.full else {}
                self._sheet.conditional_format(first, index, last, index, {**_BAR, **most})

    def _line(self, text: str, height: float, **look: object) -> None:
        self._sheet.set_row(self._row, height)
        self._sheet.write_string(self._row, 0, clean(text), self._kit.format(**look))
        self._row += 1
