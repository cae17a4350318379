"""进度报告: how far the city is, for the office above: every rate with its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import Group, groups, not_assessed
from jieyue_cli.report.amounts import exact_percent, percent
from jieyue_cli.report.calendar import called, counted_from, day, kept, left
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.groups import cells, groupings
from jieyue_cli.report.letters.placeholders import LEDGER, Letter, Placeholder, worked_out
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


def _parts(findings: Findings[Result]) -> list[tuple[str, list[str]]]:
    """Every part of every grouping, with what it is a part of."""
    progress = findings.progress
    made = groupings(progress) if progress else []
    return [(heading, cells(part)) for heading, parts in made for part in parts]


PLACEHOLDERS = (
    Placeholder("年度", "统计年度，如 2020", lambda findings: findings.progress.year),
    Placeholder("评价标准", "评价标准的名称", lambda findings: findings.rubric.title),
    Placeholder("标准文号", "评价标准的文号", lambda findings: findings.rubric.document),
    Placeholder(*LEDGER, lambda findings: findings.account.ledger),
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
        "统计日期",
        "时间安排中的天数按哪一天计；没有天数就空着",
        lambda findings: counted_from(findings.progress, findings.today),
    ),
    Placeholder(
        "时间安排",
        "评价标准写明、能推算的日期，按标准的顺序",
        lambda findings: [(due, left(due, findings.today)) for due in findings.progress.calendar],
        (
            Placeholder("步骤", "报送实施方案、自评报送或核查", lambda row: called(row[0])),
            Placeholder("期限", "如 2020-10-31，期限当天算按时", lambda row: day(row[0])),
            Placeholder("天数", "如 还有 3 天、已过 3 天；早已过去的和还远的空着", lambda row: row[1]),
            Placeholder("迟交数", "迟的机关数", lambda row: len(row[0].late)),
            Placeholder("未交数", "没有报、没有交、交了还没有核查完的机关数", lambda row: len(row[0].missing)),
            Placeholder("情况", "一句话：迟的、没有报的是哪些机关", lambda row: kept(row[0])),
        ),
    ),
    Placeholder(
        "分组进度",
        "按级别、单位类别、批次年度分的进度；名录没有这些列，或只有一组，就空着",
        _parts,
        (
            Placeholder("分组", "级别、单位类别或批次年度", lambda row: row[0]),
            Placeholder("名称", "这一组的名称", lambda row: row[1][0]),
            Placeholder("机关总数", "这一组的机关数", lambda row: row[1][1]),
            Placeholder("已认定", "其中已认定的", lambda row: row[1][2]),
            Placeholder("认定率", "已认定 / 机关总数，如 57.1%", lambda row: row[1][3]),
            Placeholder("待核查", "其中自评达标、等待核查的", lambda row: row[1][4]),
            Placeholder("已交表", "其中交了表并计入的", lambda row: row[1][5]),
            Placeholder("未交表", "其中没有交表的", lambda row: row[1][6]),
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
    Placeholder(
        "不参评",
        "名录写明不参评的单位，按原因分组，不在机关总数中",
        lambda findings: not_assessed(findings.progress),
        (
            Placeholder("原因", "名录写的原因，如 垂管", lambda reason: reason[0]),
            Placeholder("个数", "几个单位", lambda reason: len(reason[1])),
            Placeholder("名单", "这些单位，用顿号隔开", lambda reason: "、".join(reason[1])),
        ),
    ),
)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """The one report, unless there is no year to report on."""
    if findings.progress and findings.progress.year:
        yield Letter("进度报告", worked_out(PLACEHOLDERS, findings))
    else:
        yield Letter("进度报告", {}, "没有读到评价年度，请用 --year 指定")
