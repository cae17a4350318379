"""What a feedback records about itself: the day, the file, and the proofs of what it tells; read back from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from jieyue_cli.report.fingerprint import Fingerprint
from jieyue_cli.workbook.cells import Sheet, Workbook

_ANSWERS, _RESULT = "填报内容指纹", "结果指纹"
_PROOFS = {_ANSWERS, _RESULT}
_DIGITS = 64


class Recorded(msgspec.Struct, frozen=True):
    """A feedback that a workbook holds already."""

    sheet: str
    """The name of the sheet that tells it."""
    fingerprint: Fingerprint


def record(day: dt.date, digest: str | None, proof: Fingerprint) -> list[tuple[str, str]]:
    """Label and text of what a feedback says about itself; ``digest`` is the SHA-256 of the form's file."""
    return [
        ("反馈日期", f"{day.year} 年 {day.month} 月 {day.day} 日"),
        *([("表格文件指纹", f"SHA-256 {digest}")] if digest else []),
        (_ANSWERS, proof.answers),
        (_RESULT, proof.result),
        ("何时作废", "填报内容一经改动，填报内容指纹就不同，这份反馈随之作废，请以新的为准。"),
    ]


def recorded(workbook: Workbook) -> Recorded | None:
    """The latest feedback in a workbook, whichever program saved it last; None where there is none."""
    for sheet in reversed(workbook.sheets):
        proofs = dict(_proofs(sheet))
        if proofs.keys() == _PROOFS:
            return Recorded(sheet.name, Fingerprint(proofs[_ANSWERS], proofs[_RESULT]))
    return None


def _proofs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows:
        for label, value in pairwise(row):
            if label in _PROOFS and isinstance(value, str) and len(value) == _DIGITS:
                yield str(label), value
