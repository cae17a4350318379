"""Sentences about a result that several reports show, so that they never disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Location
from jieyue_cli.report.amounts import reach, short, shown
from jieyue_cli.rubric.model import GATES, INPUTS, Criterion, NotApplicableLimit, Rubric
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import Advice
from jieyue_cli.scoring.cases import kinds
from jieyue_cli.scoring.mending import unanswered as unanswered_inputs
from jieyue_cli.scoring.scorecard import Requirement, Scorecard, Verdict
from jieyue_cli.submission import AnswerKind, VerificationState
from jieyue_cli.text.numbers import add, plain

_BRIEFEST = 22
"""Characters of a criterion that is told in a few words."""
BLANK = "空表"
"""The conclusion about a form in which nothing is filled in."""


def numbered(rubric: Rubric, line: str) -> str:
    """A line's 编号 for people: ``2.2.1``; ``2.2（10 条）`` where it covers a whole item, else ``2.2.1 等 2 条``."""
    first, *more = line.split("+")
    if not more:
        return line
    covered = {first, *more}
    items = [(item.id, item.criteria) for item in rubric.items]
    units = [(unit.id, [criterion for item in unit.items for criterion in item.criteria]) for unit in rubric.units]
    for identifier, criteria in (*items, *units):
        if covered == {criterion.id for criterion in criteria}:
            return f"{identifier}（{len(covered)} 条）"
    return f"{first} 等 {len(covered)} 条"


def amount(lines: Iterable[str]) -> str:
    """How many lines with these 编号: ``3 条``; ``2 处（共 11 条）`` where one of them covers several criteria."""
    listed = list(lines)
    covered = {criterion for line in listed for criterion in line.split("+")}
    return f"{len(listed)} 处（共 {len(covered)} 条）" if any("+" in line for line in listed) else f"{len(listed)} 条"


def basis(result: Result) -> str:
    """Which side's score decides: 核查 where the office has finished, else 自评; nothing where there is no score."""
    if result.deciding is None:
        return ""
    return "核查" if result.verification.state is VerificationState.COMPLETE else "自评"


def unfinished(result: Result) -> str:
    """``核查未完成 12/42`` where the office has begun and not finished; else nothing."""
    verification = result.verification
    if verification.state is not VerificationState.PARTIAL:
        return ""
    return f"{verification.state.chinese} {verification.found}/{verification.of}"


def finished(result: Result) -> Scorecard | None:
    """The office's side where the office has finished; a partial one decides nothing."""
    return None if unfinished(result) else result.verified


def decided(result: Result, card: Scorecard) -> str:
    """The conclusion with the score it rests on: ``良好（达标）　核查 85 分``; a blank form has none."""
    if result.blank:
        return BLANK
    unchecked = f"（{state}）" if (state := unfinished(result)) else ""
    more = f"（{card.verdict.chinese}）" if card.rubric.grades and card.conclusion != card.verdict.chinese else ""
    return f"{card.conclusion}{more}　{basis(result)} {reach(card)} 分{unchecked}"


def prospect(card: Scorecard) -> str:
    """What follows the conclusion: how far the mark is, or why it is not settled; empty for a pass or a blank."""
    if card.verdict is Verdict.UNDETERMINED:
        return f"，{_undecided(card)}后才能确定"
    if card.verdict is Verdict.PASS or card.blank:
        return ""
    if card.total >= card.rubric.pass_mark:
        return "，分数够了，但有必须做到的没有做到"
    if card.at_most >= card.rubric.pass_mark:
        return "，更正后分数够了，也有必须做到的没有做到"
    if card.at_most > card.total:
        return f"，全部更正也不到 {plain(card.rubric.pass_mark)} 分"
    return f"，还差 {short(card)} 分"


def _undecided(card: Scorecard) -> str:
    """What has to be mended or filled in before it is settled."""
    lines, inputs = _answered(card, AnswerKind.UNREADABLE), "、".join(unanswered_inputs(card))
    mending = [f"更正无法采信的 {lines}"] if lines else []
    return "、".join((*mending, *([f"填清 {inputs} "] if inputs else [])))


def compared(result: Result) -> str:
    """Which side decides, and by how much the office differs from the agency."""
    if result.verified is None or result.self is None:
        return "自评（尚未核查，认定以核查得分为准）"
    if unfinished(result):
        verification = result.verification
        counts = f"{verification.of} 条中核查了 {verification.found} 条"
        return f"自评（{verification.state.chinese}：{counts}，认定以核查完成后的得分为准）"
    more = result.verified.total - result.self.total
    if not more:
        return "核查（与自评相同）"
    points = shown(more, result.self, result.verified).removeprefix("-")
    return f"核查（比自评{'多' if more > 0 else '少'} {points} 分）"


def unanswered(result: Result) -> str:
    """What either side left blank or answered so that it cannot be read; empty where nothing is open."""
    open_kinds = {AnswerKind.BLANK: "未填报", AnswerKind.UNREADABLE: "无法采信"}
    sides = []
    for word, card in (("自评", result.self), ("核查", finished(result))):
        counts = [f"{named} {lines}" for kind, named in open_kinds.items() if card and (lines := _answered(card, kind))]
        if counts:
            sides.append(word + "，".join(counts))
    return "；".join(sides)


def _answered(card: Scorecard, kind: AnswerKind) -> str:
    """How many lines have an answer of this kind; empty for none."""
    lines = [line.id for line in card.lines if kind in kinds(line)]
    return amount(lines) if lines else ""


def way(card: Scorecard, advice: Advice) -> str:
    """The heading of the way to the pass mark."""
    gap = f"还差 {short(card)} 分" if advice.gap > 0 else "分数已够"
    if advice.first:
        inputs = "、".join(advice.first)
        if advice.attainable and not advice.enough:
            return f"{gap}，填清 {inputs}、不扣分即可"
        gap = f"{gap}，先填清 {inputs}（以下按不扣分计算）"
    if not advice.attainable:
        return f"{gap}，但{_hindrance(card, advice)}，其余全部做到也不能达标"
    must = "（前面是必须做到的）" if advice.missed else ""
    return f"最省力的达标途径：{gap}，做到以下 {amount(step.line.id for step in advice.enough)}即可{must}"


def _hindrance(card: Scorecard, advice: Advice) -> str:
    """Why not even everything that is open leads to the mark."""
    if any(isinstance(requirement.must, NotApplicableLimit) for requirement in advice.missed):
        return "空项分值超过上限，除非填“不涉及”的条目改为做到"
    if any(line.forfeited for line in (*card.gates, *card.lines)):
        return "弄虚作假扣除的分补不回来"
    deducted = any(limit.lost for unit in card.units for limit in unit.limits)
    excused = ["不涉及的条目不评分"] if not deducted or card.denominator != card.rubric.points else []
    return "，".join([*excused, *(["单元扣分扣去的分补不回来"] if deducted else [])])


def besides(card: Scorecard, advice: Advice) -> str:
    """What else lacks points, and what it could still bring; empty where nothing does."""
    chosen = {step.line.id for step in advice.enough}
    rest = [line.id for line in card.lines if line.lost > 0 and line.id not in chosen]
    if not rest:
        return ""
    gain = card.written(add(step.gain for step in advice.others))
    return f"另有 {amount(rest)}没有得满，{f'还可增 {plain(gain)} 分' if gain else '补上也不再加分'}"


def conclusion(result: Result) -> str:
    """What the deciding score comes to: 达标 is said of a finished verification, 自评达标 of the agency's own score."""
    card = result.deciding
    if card is None:
        return result.status.chinese
    if result.blank:
        return BLANK
    settled = card is result.verified or card.verdict is Verdict.UNDETERMINED
    return card.conclusion if settled else f"自评{card.conclusion}"


def required(card: Scorecard, requirement: Requirement) -> str:
    """What has to be reached and is not, or not yet for certain."""
    if isinstance(requirement.must, NotApplicableLimit):
        return _above(card, requirement, requirement.must)
    lacking, asked = ("不符合", GATES) if requirement.gate else ("没有做到", requirement.must.chinese)
    if not isinstance(requirement.must.reach, str):
        lacking = f"得 {plain(add(line.score for line in requirement.lines))} 分，{lacking}"
    return f"{requirement.id} {requirement.text}：{lacking if requirement.met is False else '尚待更正'}（{asked}）"


def _above(card: Scorecard, requirement: Requirement, limit: NotApplicableLimit) -> str:
    """By how much 不涉及 is above its limit, and what follows."""
    points = plain(add(line.points for line in requirement.lines if line.empty))
    best, _ = card.rubric.levels[card.rubric.held_at(limit)]
    above, then = ("超过", "") if requirement.met is False else ("更正填报后可能超过", "超过的")
    return f"空项分值合计 {points} 分，{above} {plain(limit.points)} 分，{then}最高定为{best}"


def missed(card: Scorecard) -> list[str]:
    """Every requirement that is not met; what takes points instead of a grade is told among these (``uncounted``)."""
    return [required(card, asked) for asked in card.requirements if not asked.met and not asked.must.zero]


def left_out(card: Scorecard) -> list[str]:
    """What 不涉及 did: which criteria, under which policy, and the denominator that is left."""
    phrases = []
    for policy in card.rubric.policies:
        if lines := [line for line in card.excused if line.policy is policy]:
            points = add(line.points for line in lines)
            named = "、".join(numbered(card.rubric, line.id) for line in lines)
            phrases.append(f"{named}，{policy.chinese}，共 {plain(points)} 分")
    full = plain(card.rubric.points)
    if phrases and card.denominator != card.rubric.points:
        phrases.append(f"应得满分 {plain(card.denominator)} 分（原 {full} 分）")
    if card.rescaled:
        total = shown(card.unconverted, card)
        phrases.append(f"{plain(card.raw)} 分折算为 {total} 分（基础得分 ÷ 应得满分 × {full}）")
    return phrases


def converted(card: Scorecard) -> list[str]:
    """How the sum of points became the total (总分换算), where the standard says so."""
    rubric = card.rubric
    if rubric.scale is None:
        return []
    step = rubric.scale.sentence(f"得分 {shown(card.unconverted, card)}", rubric.points)
    return [f"{step} → {shown(card.total, card)} 分"]


def qualified(result: Result, card: Scorecard) -> list[tuple[str, str]]:
    """Label and text of what goes with a total: its conversion, what is open, required, 不涉及 or not counted."""
    gaps = unanswered(result)
    return [
        *([(INPUTS, basic_data(card))] if card.inputs else []),
        *([("注意", gaps)] if gaps else []),
        *(("必须", phrase) for phrase in missed(card)),
        *(("折算" if "÷" in phrase else "不涉及", phrase) for phrase in left_out(card)),
        *(("附加分", phrase) for phrase in capped(card)),
        *(("不计", phrase) for phrase in uncounted(card)),
        *(("换算", phrase) for phrase in converted(card)),
    ]


def basic_data(card: Scorecard) -> str:
    """Every input with its answer: ``年用水量 480 立方米；用水人数 未填``."""
    return "；".join(f"{asked.text} {reasons.noted(asked, claim)}" for asked, claim in reasons.inputs(card))


def capped(card: Scorecard) -> list[str]:
    """Where a bonus unit's cap took points away."""
    return [
        f"{unit.unit.name}最多计 {plain(unit.unit.points)} 分，超出的 {plain(unit.beyond)} 分不计"
        for unit in card.units
        if unit.beyond
    ]


def uncounted(card: Scorecard) -> list[str]:
    """Why units count less than their items bring: a minimum is missed, or an entry condition is not met."""
    return list(dict.fromkeys(limit.reason for unit in card.units for limit in unit.limits))


def sentences(criteria: Sequence[Criterion]) -> list[str]:
    """The standard's words for a line; where several criteria are scored together, each with its 编号."""
    if len(criteria) == 1:
        return [criteria[0].text]
    return [f"{criterion.id} {criterion.text}" for criterion in criteria]


def brief(criteria: Sequence[Criterion]) -> str:
    """A line in a few of the standard's own words, for where its 编号 stands beside it."""
    text = criteria[0].text
    short = next((part for part in re.split(r"[，,。；;（(]", text) if part.strip()), text)
    short = short if len(short) <= _BRIEFEST else f"{short[: _BRIEFEST - 1]}…"
    return short if len(criteria) == 1 else f"{short} 等 {len(criteria)} 条"


def inside(place: Location) -> str:
    """A place within its file: ``自评打分表!G14（2.2.3）``."""
    return str(msgspec.structs.replace(place, file=None))
