"""Findings as notes in Markdown: one of a batch, or one of each form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jieyue_cli.report.markdown.batch import batch
from jieyue_cli.report.markdown.form import form
from jieyue_cli.report.ranking import rows

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.report.findings import Findings


def render(findings: Findings[Result]) -> bytes:
    """The note of a batch, or the notes of a few forms, one after another."""
    if findings.account:
        return batch(findings, findings.account)
    return b"\n".join(map(form, rows(findings)))
