"""The office's reports on the console and as workbooks: numbers are aligned, and the same in both."""

from __future__ import annotations

import io
from fractions import Fraction

import msgspec
import openpyxl

from jieyue_cli.report.office.console import office_view
from jieyue_cli.report.office.model import Head, OfficeReport, Rate, Table
from jieyue_cli.report.office.workbook import render

from .builders import RUBRIC, printed


class Nothing(msgspec.Struct):
    """A document without content."""


def report() -> OfficeReport:
    heads = (Head("年度"), Head("已认定", right=True), Head("认定率", right=True))
    rows = [(2020, 8, Rate(Fraction(8, 27))), (2021, 27, Rate(Fraction(1)))]
    return OfficeReport(RUBRIC, "台账", Nothing(), [], [Table("各年", heads, rows)])


def test_numbers_in_the_last_column_are_aligned_as_in_any_other() -> None:
    shown = printed(office_view(report()))
    assert [line.rstrip() for line in shown.splitlines()[-2:]] == [
        "2020      8  29.6%",
        "2021     27 100.0%",
    ]


def test_a_rate_is_the_same_tenth_of_a_per_cent_in_the_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render(report())))["各年"]
    assert [(cell.value, cell.number_format) for cell in list(sheet.columns)[2][-2:]] == [(0.296, "0.0%"), (1, "0.0%")]
