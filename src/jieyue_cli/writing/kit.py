"""What all written workbooks share: font and colours, formats, line heights, paper, properties.

Written with XlsxWriter because it stores a value beside each formula (a telephone's preview shows 0, not a blank)
and, with the creation date pinned, writes the same bytes every time (docs/hazards.md, 29).
"""

from __future__ import annotations

import datetime as dt
import io
from contextlib import suppress

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jieyue_cli.files import scratch

INK, SOFT = "#1F2937", "#6B7280"
"""Colours of text, and of text that matters less."""
LINE, HEAD = "#9CA3AF", "#E5EDE8"
"""Colours of borders, and behind headings."""
CELL = {"border": 1, "border_color": LINE}
GREEN = {"font_color": "#166534", "bg_color": "#DCFCE7"}
RED = {"font_color": "#B91C1C", "bg_color": "#FEE2E2"}
AMBER = {"font_color": "#92400E", "bg_color": "#FEF3C7"}
BLUE = {"font_color": "#1D4ED8", "underline": 1}
A4 = 9
PAGE_OF_PAGES = "第 &P 页，共 &N 页"
FONT = "宋体"
_BASE = {"font_name": FONT, "font_size": 10}
"""The font by whose digits spreadsheet programs measure the columns."""
_FONT = {**_BASE, "valign": "vcenter", "font_color": INK}


class Kit:
    """A workbook in the making; the same calls always give the same bytes.

    A ``long`` one keeps only the row of each sheet that is being written, and the others in files that are gone when it
    is closed: rows are then written from top to bottom.
    """

    def __init__(
        self,
        stream: io.BytesIO,
        *,
        title: str,
        subject: str,
        created: dt.date,
        author: str = "",
        long: bool = False,
    ) -> None:
        self._scratch = scratch.folder() if long else None
        where = {"constant_memory": True, "tmpdir": self._scratch.name} if self._scratch else {"in_memory": True}
        plain = {"strings_to_formulas": False, "strings_to_urls": False}
        base = {"default_format_properties": dict(_BASE)}  # it changes them
        self._book = xlsxwriter.Workbook(stream, {**where, **plain, **base})
        pinned = dt.datetime.combine(created, dt.time(), tzinfo=dt.UTC)
        self._book.set_properties({"title": title, "subject": subject, "author": author, "created": pinned})
        self._book.set_size(24000, 14000)
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet."""
        with scratch.blamed():
            sheet = self._book.add_worksheet(name)
        if self._scratch:
            sheet.fh = sheet.row_data_fh = scratch.Scratch(sheet.row_data_fh)
        return sheet

    def format(self, **properties: object) -> Format:
        """The format with these properties on top of the base font; one for all cells that ask for the same."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **properties})
        return self._formats[key]

    def mark(self, **properties: object) -> Format:
        """What a conditional format changes in a cell."""
        return self._book.add_format(properties)

    def chart(self, kind: str, subtype: str | None = None) -> Chart:
        """A chart that can be put into a sheet."""
        return self._book.add_chart({"type": kind, "subtype": subtype})

    def close(self) -> None:
        """Write the bytes; raise ScratchError where the disk that holds the rows is full."""
        fault: OSError | None = None
        try:
            self._book.close()
        except (FileCreateError, OSError) as error:
            # without its traceback, which would keep a half-written archive until its stream is gone
            fault = error if isinstance(error, OSError) else error.args[0]
            fault = fault.with_traceback(None)
        finally:
            if self._scratch:
                for sheet in self._book.worksheets():
                    with suppress(OSError):
                        sheet.row_data_fh.close()  # still open where writing failed
                self._scratch.cleanup()
        if fault:
            raise scratch.ScratchError(fault.errno, fault.strerror)


def landscape(
    sheet: Worksheet, *, left: str, centre: str = "", right: str = "", pages_wide: int = 1, scale: int | None = None
) -> None:
    """Print on A4, as many pages long as it takes, with these texts at the foot of each.

    With ``scale`` (per cent) the sheet is as many pages wide as it takes, too.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    if scale:
        sheet.set_print_scale(scale)
    else:
        sheet.fit_to_pages(pages_wide, 0)
    texts = {"L": left, "C": centre, "R": right}
    # the blank ends the size: a text may begin with a digit
    sheet.set_footer("".join(f"&{side}&10 {text}" for side, text in texts.items() if text))
