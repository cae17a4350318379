"""整改通知: what an agency has to correct in its form, and what to do to reach the mark."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result, Status
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.placeholders import Letter, Placeholder
from jieyue_cli.report.phrases import conclusion, unfinished

PLACEHOLDERS = (
    *agency.ABOUT,
    *agency.SCORED,
    agency.MISTAKES,
    *agency.WAY,
    agency.LOST,
    Placeholder(
        "自评期限", "自评报送的期限和还有几天，如 2020-10-31，还有 3 天；过了期限就空着", lambda case: case.still_open
    ),
    Placeholder(
        "时间安排",
        "评价标准写明的日期",
        lambda case: case.rubric.calendar,
        (
            Placeholder("事项", "做什么", lambda deadline: deadline.what),
            Placeholder("期限", "什么时候以前", lambda deadline: deadline.by),
        ),
    ),
)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """A letter to every agency that has something to mend."""
    return agency.letters(findings, PLACEHOLDERS, _refusal)


def _refusal(case: agency.Case) -> str:
    result = case.told.result
    if not case.standing.listed or not (case.stands or case.mistakes):
        return agency.unfit(case)
    if case.stands and (begun := unfinished(result)):
        return begun
    return f"{conclusion(result)}，表中没有错误" if result.status is Status.PASS and not case.mistakes else ""
