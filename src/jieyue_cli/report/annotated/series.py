"""The feedback on all files of a run, each written where it can fail only by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from jieyue_cli.assessment import Result
from jieyue_cli.batch.evidence import refusal
from jieyue_cli.files import output
from jieyue_cli.files.source import Archives, Source, read, read_path
from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.annotated.making import Made, Maker
from jieyue_cli.report.annotated.naming import stems
from jieyue_cli.report.annotated.record import recorded
from jieyue_cli.report.fingerprint import Fingerprint
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.workbook import DEFAULT_LIMITS, read_workbook

_NOT_OF_THE_AGENCY = frozenset(
    {Code.FILE_MISSING, Code.FILE_UNREADABLE, Code.FILE_HELD, Code.FILE_NOT_REGULAR}
    | {Code.FOLDER_GIVEN, Code.FOLDER_UNREADABLE}
)
"""Why a file was not read that no agency can mend."""
_OF_THE_OFFICE = frozenset({Code.FINDING_UNEXPLAINED})
"""What only the office can mend: the agency that gets its findings is not told."""

WHY = {
    Code.FEEDBACK_FORMAT: "格式不能批注",
    Code.FEEDBACK_UNREAD: "没有读成",
    Code.FEEDBACK_LOCKED: "结构受保护",
    Code.FEEDBACK_SIGNED: "有数字签名",
    Code.FEEDBACK_STRICT: "Strict 格式",
    Code.FEEDBACK_ODD: "内部结构特殊",
}
"""In a few words, why a feedback is a workbook of its own."""


class Sent(NamedTuple):
    """What became of the feedback on one file."""

    written: bool
    """Whether it was written now."""
    apart: Code | None
    """Why it is a workbook of its own; None where it is the agency's."""
    problems: tuple[Problem, ...]


class Target(NamedTuple):
    """Where the feedback goes."""

    folder: Path
    inputs: Sequence[Path]
    """What is being read and must not be written to."""
    force: bool
    """Whether files that exist are replaced."""


def answerable(rows: Iterable[FileRow]) -> list[FileRow]:
    """The files whose agency can be told something, with what it is told."""
    return [_for_the_agency(row) for row in rows if refusal(row.result) not in _NOT_OF_THE_AGENCY]


def _for_the_agency(row: FileRow) -> FileRow:
    told = tuple(problem for problem in row.problems if problem.code not in _OF_THE_OFFICE)
    return row if len(told) == len(row.problems) else replace(row, problems=told)


def send(maker: Maker, rows: Sequence[FileRow], sources: Iterable[Source], target: Target, most: int) -> Iterator[Sent]:
    """Make and write the feedback on each of ``rows``, in order; ``most`` is how many bytes a file may have."""
    by_name = {source.name: source for source in sources}
    archives = Archives()
    for row, stem in zip(rows, stems(rows), strict=True):
        data = _data(row.result, by_name.get(row.result.file), archives, most)
        if data is None:
            yield Sent(written=False, apart=None, problems=(Code.FEEDBACK_CHANGED.at().inside(row.result.file),))
        else:
            yield _write(maker.make(row, data), row, stem, target)


def _data(result: Result, source: Source | None, archives: Archives, most: int) -> bytes | None:
    """The bytes that the result is about; none are needed without a score. None where they have changed."""
    if result.self is None:
        return b""
    data = read(source, most, archives)[0] if source else None
    return data if data is not None and hashlib.sha256(data).hexdigest() == result.sha256 else None


def _write(made: Made, row: FileRow, stem: str, target: Target) -> Sent:
    file = row.result.file
    told = [made.apart.inside(file)] if made.apart else []
    told += [Code.FEEDBACK_RENEWED.at().inside(file)] if made.renewed else []
    path = target.folder / f"{stem}{made.suffix}"
    refused = output.check(path, inputs=target.inputs, replace=target.force)
    if refused and refused.code is Code.OUTPUT_EXISTS:
        refused = _existing(path, made.proof)
    if refused is None:
        refused = output.write(path, made.data)
    apart = made.apart.code if made.apart else None
    return Sent(refused is None, apart, (*told, refused) if refused else tuple(told))


def _existing(path: Path, proof: Fingerprint) -> Problem:
    """What is said of a file that exists: whether it tells this result, another one, or none."""
    data, _ = read_path(path, DEFAULT_LIMITS.file_bytes)
    workbook = read_workbook(data)[0] if data else None
    old = recorded(workbook) if workbook else None
    if old is None:
        return Code.OUTPUT_EXISTS.at().inside(str(path))
    code = Code.FEEDBACK_CURRENT if old.fingerprint == proof else Code.FEEDBACK_STALE
    return code.at().inside(str(path))
