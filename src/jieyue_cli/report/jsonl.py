"""Findings as JSON Lines, for batches that are too long to hold: results, agencies, progress."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jieyue_cli.assessment import Result
from jieyue_cli.report.encoding import encode, progress_row, standing_row
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.json import encoded

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.batch.run import Written


def pieces(findings: Findings[Result] | Findings[Written]) -> Iterator[bytes]:
    """Every line."""
    for _, data in encoded(findings):
        yield line(data)
    if findings.account:
        yield from last_lines(findings.account)


def line(result: bytes) -> bytes:
    """An encoded result as one line."""
    return result + b"\n"


def last_lines(account: Account) -> Iterator[bytes]:
    """The lines that end the results: one an agency, then the progress."""
    for standing in account.standings:
        yield encode({"agency": standing_row(standing)}) + b"\n"
    yield encode({"progress": progress_row(account.progress)}) + b"\n"
