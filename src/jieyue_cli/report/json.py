"""Findings as one JSON document, indented for people who look into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem
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


def pieces(findings: Findings[Result] | Findings[Written]) -> Iterator[bytes]:
    """The whole document (``contract.Document``), piece by piece: indented, it is twice as large as the results.

    Problems between files join those of the files they are about.
    """
    account = findings.account
    yield b'{\n  "rubric": ' + _indented(encode(rubric_row(findings.rubric)), 1)
    yield from _array("results", _results(findings))
    if account:
        yield from _array("agencies", map(encode, map(standing_row, account.standings)))
        yield b',\n  "progress": ' + _indented(encode(progress_row(account.progress)), 1)
    yield b"\n}\n"


def encoded(findings: Findings[Result] | Findings[Written]) -> Iterable[tuple[str, bytes]]:
    """File and encoded result, in the findings' order."""
    encoder = ResultEncoder()
    for result in findings.results:
        yield result.file, encoder(result) if isinstance(result, Result) else result.data


def _results(findings: Findings[Result] | Findings[Written]) -> Iterator[bytes]:
    """Every result, with what is known only once all of them are."""
    between, account = findings.between(), findings.account
    for file, data in encoded(findings):
        amended = _amended(data, between.get(file, ()))
        yield _remarked(amended, file, account) if account else amended


def _amended(result: bytes, problems: Sequence[Problem]) -> bytes:
    """An encoded result with further problems after its own, which are the last that it says."""
    if not problems:
        return result
    own, more = result.removesuffix(b"]}"), encode([*map(problem_row, problems)])
    return own + (b"" if own.endswith(b"[") else b",") + more[1:] + b"}"


def _remarked(result: bytes, file: str, account: Account) -> bytes:
    """An encoded result with whether it counts: two objects made one."""
    return result[:-1] + b"," + encode(counts_row(account.remark(file)))[1:]


def _array(name: str, rows: Iterable[bytes]) -> Iterator[bytes]:
    """A further member of the document, which holds encoded rows."""
    yield b',\n  "%s": ' % name.encode()
    before = b"["
    for row in rows:
        yield before + b"\n    " + _indented(row, 2)
        before = b","
    yield b"\n  ]" if before == b"," else b"[]"


def _indented(value: bytes, depth: int) -> bytes:
    """An encoded value as it stands so deep in the document; no text in it holds a line break."""
    return msgspec.json.format(value, indent=2).replace(b"\n", b"\n" + b"  " * depth)
