"""The roster of the fictional city as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jieyue_cli.demo.city import Agency
from jieyue_cli.writing.kit import CELL, HEAD, Kit, landscape

if TYPE_CHECKING:
    from jieyue_cli.rubric.model import Rubric

_TITLE = "示例市机关名录（虚构）"
_COLUMNS: tuple[tuple[str, int, Callable[[Agency], object]], ...] = (
    ("单位名称", 26, lambda agency: agency.name),
    ("单位类别", 34, lambda agency: agency.category),
    ("级别", 8, lambda agency: agency.level),
    ("统一社会信用代码", 21, lambda agency: agency.code),
    ("曾用名", 18, lambda agency: agency.former),
    ("简称", 12, lambda agency: agency.short),
    ("合署", 20, lambda agency: agency.together),
    ("批次年度", 10, lambda agency: agency.batch),
    ("联系人", 12, lambda _: "示例员"),
    ("联系电话", 14, lambda _: "0000-0000000"),
    ("垂管/不参评原因", 32, lambda agency: agency.outside),
    ("实施方案报送日期", 18, lambda agency: agency.plan_filed),
)
"""Header, width in characters, and what it holds of an agency."""


def roster_workbook(agencies: Sequence[Agency], rubric: Rubric) -> bytes:
    """One sheet: a header and a row an agency."""
    stream = io.BytesIO()
    kit = Kit(stream, title=_TITLE, subject=rubric.title, created=rubric.issued)
    sheet = kit.sheet("名录")
    head = kit.format(**CELL, bold=True, bg_color=HEAD, align="center")
    text, date = kit.format(**CELL, align="left"), kit.format(**CELL, align="left", num_format="yyyy-mm-dd")
    for column, (title, width, value) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
        for row, agency in enumerate(agencies, 1):
            sheet.write(row, column, value(agency) or None, date if value(agency) == agency.plan_filed else text)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    landscape(sheet, left=_TITLE)
    kit.close()
    return stream.getvalue()
