"""反馈函: what the office found, to each agency whose form is verified."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.placeholders import Letter

PLACEHOLDERS = (*agency.ABOUT, *agency.SCORED, agency.LINES, agency.DIFFERING, agency.LOST, *agency.WAY)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """A letter to every agency whose verification is finished."""
    return agency.letters(findings, PLACEHOLDERS, lambda case: agency.unfit(case) or agency.unverified(case))
