"""Findings as JSON, and as JSON Lines for batches that are too long to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.report.contract import ProgressRow, document, progress_row, result_row
from jieyue_cli.report.findings import Findings

if TYPE_CHECKING:
    from jieyue_cli.progress import Progress

_encoder = msgspec.json.Encoder(decimal_format="number")


class _Last(msgspec.Struct, frozen=True):
    progress: ProgressRow


def render(findings: Findings) -> bytes:
    """One document, indented for people who look into it."""
    return msgspec.json.format(_encoder.encode(document(findings)), indent=2) + b"\n"


def line(result: Result) -> bytes:
    """One result as one line."""
    return _encoder.encode(result_row(result)) + b"\n"


def last_line(progress: Progress) -> bytes:
    """The line that ends a stream of results."""
    return _encoder.encode(_Last(progress_row(progress))) + b"\n"


def render_lines(findings: Findings) -> bytes:
    """A whole run as JSON Lines."""
    lines = [line(result) for result in findings.results]
    return b"".join([*lines, last_line(findings.progress)] if findings.progress else lines)
