"""The main table of one of the office's reports as a CSV file."""

from __future__ import annotations

from jieyue_cli.report.csv.cells import encoded
from jieyue_cli.report.office.model import OfficeReport, shown


def render(report: OfficeReport) -> bytes:
    """The first table: its heads, then its rows."""
    table = report.tables[0]
    return encoded([[head.text for head in table.heads], *(map(shown, row) for row in table.rows)])
