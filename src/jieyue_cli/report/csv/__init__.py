"""Results as CSV: one row a file, and beside it one row a line of a score, one an agency, one a recognised agency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jieyue_cli.report.csv.agencies import agencies, recognised
from jieyue_cli.report.csv.cells import encoded
from jieyue_cli.report.csv.files import files
from jieyue_cli.report.csv.lines import lines

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.report.findings import Findings

__all__ = ["beside", "encoded", "render"]


def render(findings: Findings[Result]) -> bytes:
    """One row a file; the same findings always give the same bytes."""
    return encoded(files(findings))


def beside(findings: Findings[Result]) -> Iterator[bytes]:
    """The lines; of a batch also the agencies, and the list of the recognised that is ready to be published."""
    yield encoded(lines(findings))
    if account := findings.account:
        yield encoded(agencies(account))
        yield encoded(recognised(account))
