"""公示: who is recognised this year, and who was before, as a list to be published."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import published
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters.placeholders import LEDGER, Letter, Placeholder, worked_out

_AGENCY = (
    Placeholder("单位名称", "单位全称", lambda standing: standing.name),
    Placeholder("单位类别", "单位类别，没有就空着", lambda standing: standing.category),
    Placeholder("认定年度", "从哪一年起认定", lambda standing: standing.since),
)

PLACEHOLDERS = (
    Placeholder("年度", "统计年度，如 2020", lambda findings: findings.progress.year),
    Placeholder("评价标准", "评价标准的名称", lambda findings: findings.rubric.title),
    Placeholder("标准文号", "评价标准的文号", lambda findings: findings.rubric.document),
    Placeholder(*LEDGER, lambda findings: findings.account.ledger),
    Placeholder("达标线", "达标的最低分，如 80", lambda findings: findings.rubric.pass_mark),
    Placeholder("本年认定数", "本年认定几个机关", lambda findings: len(published(findings.account)[0])),
    Placeholder("以前认定数", "以前年度认定、现在仍有效的几个", lambda findings: len(published(findings.account)[1])),
    Placeholder("本年认定", "本年认定的机关", lambda findings: published(findings.account)[0], _AGENCY),
    Placeholder("以前认定", "以前年度认定、现在仍有效的机关", lambda findings: published(findings.account)[1], _AGENCY),
)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """The one list, unless nobody is recognised."""
    account = findings.account
    if account and any(published(account)):
        yield Letter("公示", worked_out(PLACEHOLDERS, findings))
    else:
        yield Letter("公示", {}, "没有已认定的机关")
