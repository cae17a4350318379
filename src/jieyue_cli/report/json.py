"""Findings as one JSON document, indented for people who look into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.report.contract import Document, ResultRow
from jieyue_cli.report.encoding import ResultEncoder, encode, problem_row, progress_row, rubric_row
from jieyue_cli.report.findings import Findings

if TYPE_CHECKING:
    from jieyue_cli.batch.run import Written


def render(findings: Findings[Result] | Findings[Written]) -> bytes:
    """The whole document; problems between files join those of the files they are about."""
    between = findings.between()
    results = [_amended(data, between.get(file, ())) for file, data in encoded(findings)]
    progress = progress_row(findings.progress) if findings.progress else None
    document = Document(rubric_row(findings.rubric), results, progress)
    return msgspec.json.format(encode(document), indent=2) + b"\n"


def encoded(findings: Findings[Result] | Findings[Written]) -> Iterable[tuple[str, bytes]]:
    """File and encoded result, in the findings' order."""
    encoder = ResultEncoder()
    for result in findings.results:
        yield result.file, encoder(result) if isinstance(result, Result) else result.data


def _amended(result: bytes, problems: Sequence[Problem]) -> ResultRow | msgspec.Raw:
    """An encoded result with further problems after its own."""
    if not problems:
        return msgspec.Raw(result)
    members = msgspec.json.decode(result, type=dict[str, msgspec.Raw])
    own = msgspec.json.decode(members["problems"], type=list[msgspec.Raw])
    return msgspec.Raw(encode(members | {"problems": [*own, *map(problem_row, problems)]}))
