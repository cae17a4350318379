"""The office's reports on the console: numbers stand under their head, wherever their column is."""

from __future__ import annotations

import msgspec

from jieyue_cli.report.office.console import office_view
from jieyue_cli.report.office.model import Head, OfficeReport, Table

from .builders import RUBRIC, printed


class Nothing(msgspec.Struct):
    """A document without content."""


def test_numbers_in_the_last_column_are_aligned_as_in_any_other() -> None:
    heads = (Head("年度"), Head("已认定", right=True), Head("认定率", right=True))
    rows = [(2020, 8, "29.6%"), (2021, 13, "100.0%")]
    shown = printed(office_view(OfficeReport(RUBRIC, "台账", Nothing(), [], [Table("各年", heads, rows)])))
    assert [line.rstrip() for line in shown.splitlines()[-2:]] == [
        "2020      8  29.6%",
        "2021     13 100.0%",
    ]
