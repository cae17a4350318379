"""Findings as one JSON document, indented for people who look into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
from jieyue_cli.report.contract import Document, ResultRow
from jieyue_cli.report.encoding import (
    ResultEncoder,
    counts_row,
    encode,
    problem_row,
    progress_row,
    rubric_row,
    standing_row,
)
from jieyue_cli.report.findings import Findings

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.batch.run import Written


def render(findings: Findings[Result] | Findings[Written]) -> bytes:
    """The whole document; problems between files join those of the files they are about."""
    between, account = findings.between(), findings.account
    results: list[ResultRow | msgspec.Raw] = [
        msgspec.Raw(_remarked(_amended(data, between.get(file, ())), file, account)) for file, data in encoded(findings)
    ]
    agencies = [*map(standing_row, account.standings)] if account else msgspec.UNSET
    progress = progress_row(account.progress) if account else None
    document = Document(rubric_row(findings.rubric), results, agencies, progress)
    return msgspec.json.format(encode(document), indent=2) + b"\n"


def encoded(findings: Findings[Result] | Findings[Written]) -> Iterable[tuple[str, bytes]]:
    """File and encoded result, in the findings' order."""
    encoder = ResultEncoder()
    for result in findings.results:
        yield result.file, encoder(result) if isinstance(result, Result) else result.data


def _amended(result: bytes, problems: Sequence[Problem]) -> bytes:
    """An encoded result with further problems after its own."""
    if not problems:
        return result
    members = msgspec.json.decode(result, type=dict[str, msgspec.Raw])
    own = msgspec.json.decode(members["problems"], type=list[msgspec.Raw])
    return encode(members | {"problems": [*own, *map(problem_row, problems)]})


def _remarked(result: bytes, file: str, account: Account | None) -> bytes:
    """An encoded result with whether it counts: two objects made one."""
    return result[:-1] + b"," + encode(counts_row(account.remark(file)))[1:] if account else result
