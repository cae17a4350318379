"""Findings as JSON Lines, for batches that are too long to hold: a result a line, and the progress last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jieyue_cli.assessment import Result
from jieyue_cli.report.encoding import encode, progress_row
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.json import encoded

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.batch.run import Written


def render(findings: Findings[Result] | Findings[Written]) -> bytes:
    """Every line."""
    lines = [line(data) for _, data in encoded(findings)]
    if findings.progress:
        lines.append(last_line(findings.progress))
    return b"".join(lines)


def line(result: bytes) -> bytes:
    """An encoded result as one line."""
    return result + b"\n"


def last_line(progress: Progress) -> bytes:
    """The line that ends the results."""
    return encode({"progress": progress_row(progress)}) + b"\n"
