"""进度报告: how far the city is, for the office above: every rate with its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import Group, groups
from jieyue_cli.report.amounts import exact_percent, percent
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters.placeholders import Letter, Placeholder, worked_out
from jieyue_cli.report.progress import Fact, corrections, facts


def _figure(fact: Fact) -> str:
    return percent(fact.value) if isinstance(fact.value, Fraction) else "" if fact.value is None else str(fact.value)


def _rate(findings: Findings[Result]) -> str:
    progress = findings.progress
    if progress is None or progress.rate is None:
        return ""
    return f"{percent(progress.rate)}（{progress.recognised} / {progress.agencies}）"


def _target(findings: Findings[Result]) -> str:
    progress = findings.progress
    if progress is None or progress.target_rate is None:
        return ""
    return f"{exact_percent(progress.target_rate)}（{progress.agencies} 个机关中至少 {progress.required} 个）"


def _names(group: Group) -> str:
    return "、".join(standing.name for standing in group.standings)


PLACEHOLDERS = (
    Placeholder("年度", "统计年度，如 2020", lambda findings: findings.progress.year),
    Placeholder("评价标准", "评价标准的名称", lambda findings: findings.rubric.title),
    Placeholder("标准文号", "评价标准的文号", lambda findings: findings.rubric.document),
    Placeholder("机关总数", "认定率的分母", lambda findings: findings.progress.agencies),
    Placeholder("分母来源", "机关总数从哪里来", lambda findings: findings.progress.denominator.chinese),
    Placeholder("已认定", "认定率的分子，含以前年度认定的", lambda findings: findings.progress.recognised),
    Placeholder("认定率", "连同分子和分母，如 57.1%（8 / 14）", _rate),
    Placeholder("年度目标", "连同至少几个机关；这一年没有目标就空着", _target),
    Placeholder("还差", "离年度目标还差几个机关", lambda findings: findings.progress.gap),
    Placeholder("自评达标", "自评达标、等待核查的机关数", lambda findings: findings.progress.self_assessed),
    Placeholder(
        "指标",
        "进度的各项数字，核查完成后还有核减的",
        lambda findings: [*facts(findings.progress), *corrections(findings.progress)],
        (
            Placeholder("名称", "指标名称", lambda fact: fact.label),
            Placeholder("数值", "个数或比例；没有就空着", _figure),
            Placeholder("说明", "分子、分母或算法", lambda fact: fact.note),
        ),
    ),
    Placeholder(
        "机关名单",
        "各机关按状态分组，每个机关只在一组",
        lambda findings: groups(findings.account),
        (
            Placeholder("状态", "这一组的状态，如 本年认定、未交表", lambda group: group.heading),
            Placeholder("个数", "这一组有几个机关", lambda group: len(group.standings)),
            Placeholder("名单", "这一组的机关，用顿号隔开", _names),
            Placeholder(
                "机关",
                "这一组的机关",
                lambda group: group.standings,
                (
                    Placeholder("单位名称", "单位全称", lambda standing: standing.name),
                    Placeholder("单位类别", "单位类别，没有就空着", lambda standing: standing.category),
                    Placeholder("备注", "状态以外要说明的，常常空着", lambda standing: standing.remark),
                ),
            ),
        ),
    ),
)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """The one report, unless there is no year to report on."""
    if findings.progress and findings.progress.year:
        yield Letter("进度报告", worked_out(PLACEHOLDERS, findings))
    else:
        yield Letter("进度报告", {}, "没有读到评价年度，请用 --year 指定")
