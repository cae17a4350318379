"""What one agency is sent: its own workbook with what it is told, or, where that is not safe, a workbook apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from jieyue_cli.annotation.annotate import Annotation, annotate, suffix_of
from jieyue_cli.assessment import Assessor
from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.annotated.notes import notes
from jieyue_cli.report.annotated.record import record, recorded
from jieyue_cli.report.annotated.sheet import TITLE, sheet
from jieyue_cli.report.feedback import feedback_of
from jieyue_cli.report.fingerprint import Fingerprint, fingerprint
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.report.workbook import feedback as apart
from jieyue_cli.workbook import read_workbook
from jieyue_cli.workbook.cells import FileKind

_OURS = re.compile(rf"{TITLE}(（\d+）)?")
"""What the sheet is called that an earlier run added; whoever gave it another name wants to keep it."""


class Made(NamedTuple):
    """A file to be sent."""

    data: bytes
    suffix: str
    proof: Fingerprint
    """Of the result that it tells."""
    apart: Problem | None = None
    """Why it is not the agency's own workbook; None where it is."""
    renewed: bool = False
    """Whether the workbook held a feedback on other answers than it has now."""


class Maker:
    """Makes the feedback on one file after another."""

    def __init__(self, assessor: Assessor, day: dt.date) -> None:
        self._assessor = assessor
        self._rubric = assessor.rubric
        self._day = day

    def make(self, row: FileRow, data: bytes) -> Made:
        """The feedback on a file; its bytes are not looked at where it has no score."""
        result = row.result
        proof = fingerprint(self._rubric, result)
        proofs = record(self._day, result.sha256, proof)
        workbook = read_workbook(data, self._assessor.limits)[0] if result.self else None
        if workbook is None:
            return self._apart(row, proofs, proof, Code.FEEDBACK_UNREAD.at())
        if workbook.kind is not FileKind.XLSX:
            return self._apart(row, proofs, proof, Code.FEEDBACK_FORMAT.at())
        feedback, old = feedback_of(row), recorded(workbook)
        page = sheet(self._rubric, feedback, proofs)
        added = Annotation(TITLE, notes(feedback), page, old.sheet if old and _OURS.fullmatch(old.sheet) else None)
        copy, why = annotate(data, added, self._assessor.limits)
        if copy is None:
            return self._apart(row, proofs, proof, why)
        if not self._tells(copy, proof):
            return self._apart(row, proofs, proof, Code.FEEDBACK_ODD.at(detail="批注后读出的内容与原表不同"))
        renewed = old is not None and old.fingerprint.answers != proof.answers
        return Made(copy, suffix_of(copy, self._assessor.limits), proof, renewed=renewed)

    def _tells(self, copy: bytes, proof: Fingerprint) -> bool:
        """Whether the copy reads as the form does: what comes back from an agency is scored again."""
        return fingerprint(self._rubric, self._assessor.assess("", copy)) == proof

    def _apart(self, row: FileRow, proofs: Sequence[tuple[str, str]], proof: Fingerprint, why: Problem | None) -> Made:
        more = [("说明", why.message)] if why and row.result.self else []  # otherwise the reason is told anyway
        return Made(apart.alone(self._rubric, row, [*more, *proofs]), ".xlsx", proof, why)
