"""Findings as JSON, and as JSON Lines for batches that are too long to hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.report.contract import (
    ProgressRow,
    RubricRow,
    encoder,
    problem_row,
    progress_row,
    result_row,
    rubric_row,
)
from jieyue_cli.report.findings import Findings
from jieyue_cli.rubric.model import Rubric

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress


class _Last(msgspec.Struct, frozen=True):
    progress: ProgressRow


class _Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """As ``contract.Document``, with results that are written already."""

    rubric: RubricRow
    results: list[msgspec.Raw]
    progress: ProgressRow | None = None


def render(findings: Findings) -> bytes:
    """One document, indented for people who look into it."""
    rows = ((result.file, line(result)) for result in findings.results)
    return join(findings.rubric, rows, findings.progress, findings.problems)


def join(
    rubric: Rubric, rows: Iterable[tuple[str, bytes]], progress: Progress | None, problems: Iterable[Problem]
) -> bytes:
    """The one document of files with their lines; problems between files join those of the files they name."""
    between: dict[str | None, list[Problem]] = {}
    for problem in problems:
        between.setdefault(problem.location.file, []).append(problem)
    results = [msgspec.Raw(_with(row, between.get(file, ()))) for file, row in rows]
    whole = _Document(rubric_row(rubric), results, progress_row(progress) if progress else None)
    return msgspec.json.format(encoder.encode(whole), indent=2) + b"\n"


def _with(row: bytes, problems: Iterable[Problem]) -> bytes:
    """A line with more problems; the list of them is its last member."""
    start, end = row[:-3], row[-3:]
    for problem in problems:
        start += (b"" if start.endswith(b"[") else b",") + encoder.encode(problem_row(problem))
    return start + end


def line(result: Result) -> bytes:
    """One result as one line."""
    return encoder.encode(result_row(result)) + b"\n"


def last_line(progress: Progress) -> bytes:
    """The line that ends a stream of results."""
    return encoder.encode(_Last(progress_row(progress))) + b"\n"


def render_lines(findings: Findings) -> bytes:
    """A whole run as JSON Lines."""
    return join_lines(map(line, findings.results), findings.progress)


def join_lines(lines: Iterable[bytes], progress: Progress | None) -> bytes:
    """A whole run of lines."""
    return b"".join([*lines, last_line(progress)] if progress else lines)
