"""What the rules of criteria do at their bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jieyue_cli.rubric.cautions.parts import Caution, every, leaves, listed
from jieyue_cli.rubric.meaning.examples import together
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.rubric.rules import AnswerType, Branch
from jieyue_cli.rubric.rules.bands import Bands
from jieyue_cli.rubric.rules.combined import AllOf, Either
from jieyue_cli.rubric.rules.completion_rate import CompletionRate
from jieyue_cli.rubric.rules.count import Count
from jieyue_cli.rubric.rules.deductions import Deductions
from jieyue_cli.rubric.rules.linear import Linear
from jieyue_cli.rubric.rules.measured import Amount, finer
from jieyue_cli.rubric.rules.ratio import Ratio
from jieyue_cli.text.numbers import plain

_CASE = re.compile("若|如(?![下何期实上此同])|否则|不设|未设")
_BEGINS = re.compile("[（(]?(?:若|如(?![下何期实上此同])|否则)")
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)[%％]?(?:-|—|–|－|～|~|至|到)+([0-9]+(?:\.[0-9]+)?)[%％]?")
_ALL = re.compile("均|全部|都|同时|各项|所有|且|缺一不可|[二两三四五六七八九十]项")
_BEYOND = re.compile("超额|超过100[%％]|高于100[%％]")


def cap_is_no_multiple(rubric: Rubric) -> Iterator[Caution]:
    """The last one that counts brings less than the others."""
    for leaf in leaves(rubric):
        if isinstance(leaf.rule, Count) and leaf.points % leaf.rule.each:
            last = Decimal(math.ceil(Fraction(leaf.points) / Fraction(leaf.rule.each)))
            before, after = (leaf.rule.score((number,), leaf.points) for number in (last - 1, last))
            yield Caution(
                leaf.id,
                f"第 {last} {leaf.rule.measure}只得 {plain(after - before)} 分：填 {last - 1} {leaf.rule.measure}得 "
                f"{plain(before)} 分，填 {last} {leaf.rule.measure}得 {plain(after)} 分",
                "核对 each 和 points",
            )


def blank_is_nothing(rubric: Rubric) -> Iterator[Caution]:
    """A deduction that is left blank brings no points instead of all."""
    found = [leaf for leaf in leaves(rubric) if isinstance(leaf.rule, Deductions)]
    if found:
        yield Caution(
            listed(leaf.id for leaf in found),
            f"扣分情形有一行空着的得 0 分，不是满分：{found[0].id} 没有这些情形的要逐行填“否”或 0，"
            f"才得 {plain(found[0].points)} 分",
            "不能另写，请在 guidance 里提醒",
        )


def part_of_a_step(rubric: Rubric) -> Iterator[Caution]:
    """What is less than a step does not count."""
    found = [(leaf, leaf.rule) for leaf in leaves(rubric) if isinstance(leaf.rule, Linear)]
    for leaf, rule in found[:1]:
        start, per = rule.start, rule.per.value
        near = start.value + (per - finer(per) if rule.above else finer(per) - per)
        at, beside = (rule.score(rule.answering(value), leaf.points) for value in (start.value, near))
        if at == beside:
            yield Caution(
                listed(each.id for each, _ in found),
                f"不满一步的不算：{leaf.id} 为 {Amount(near, start.percent)} 与为 {start} 一样，得 {plain(at)} 分",
                "按比例给分的，写 kind: ratio 或 kind: completion_rate",
            )


def between_bands(rubric: Rubric) -> Iterator[Caution]:
    """A value between two bands as the sentence prints them."""
    for leaf in leaves(rubric):
        rule = leaf.rule
        if not isinstance(rule, Bands) or rule.divided:
            continue
        bounds = sorted({amount.value for _, amount in rule.amounts()})
        for match in _RANGE.finditer(leaf.text):
            end = Decimal(match[2])
            above = next((bound for bound in bounds if bound > end), None)
            if above is not None and end not in bounds:
                value = (end + above) / 2
                answers = rule.answering(value)
                said = Amount(value, rule.in_percent)
                score = plain(rule.score(answers, leaf.points))
                yield Caution(
                    leaf.id,
                    f"条文写到 {match[0]}，下一档从 {plain(above)} 起，中间的 {said} 得 {score} 分",
                    "核对各档的界限",
                )


def best_of_both_cases(rubric: Rubric) -> Iterator[Caution]:
    """若…否则…, written so that the better one counts whatever the case is."""
    for criterion in every(rubric):
        text = "".join(each.text for each in (criterion, *criterion.parts))
        # one part that brings all or nothing makes the others matter only where it does not hold
        sure = any(part.steps == (Decimal(0), criterion.points) for part in criterion.parts)
        if isinstance(criterion.rule, Either) and _CASE.search(text) and not sure:
            yield Caution(
                criterion.id,
                f"几部分都可以填，取得分最高的一部分，不看属于哪种情形：{_shown(criterion)}",
                "按事实只算一种情形的，写 kind: branch",
            )


def _shown(criterion: Criterion) -> str:
    return "；".join(f"{case}，得 {plain(score)} 分" for case, score in together(criterion))


def scored_twice(rubric: Rubric) -> Iterator[Caution]:
    """若… and 若不…, written as two criteria that both count."""
    for item in rubric.items:
        for first, second in pairwise(item.criteria):
            alike = first.points == second.points and not (first.when or second.when)
            if alike and _BEGINS.match(first.text) and _BEGINS.match(second.text):
                both = plain(first.points + second.points)
                yield Caution(
                    f"{first.id}、{second.id}",
                    f"像是同一件事的两种情形，但两条分别计分，都填“是”的共得 {both} 分",
                    "只算一种情形的，合成一条，写 kind: branch",
                )


def decides_and_scores(rubric: Rubric) -> Iterator[Caution]:
    """What decides on a branch brings points itself."""
    for criterion in every(rubric):
        if isinstance(criterion.rule, Branch) and (on := rubric.by_id.get(criterion.rule.on.input or "")):
            yield Caution(
                criterion.id,
                f"{on.id} 自己得 {plain(on.points)} 分，又决定本条按哪种情形计分，两条合计最多 "
                f"{plain(on.points + criterion.points)} 分",
                "只用来分情形的，写成 inputs 里的一项",
            )


def nothing_is_best(rubric: Rubric) -> Iterator[Caution]:
    """Of a reversed ratio, 0 brings all the points."""
    for leaf in leaves(rubric):
        if isinstance(leaf.rule, Ratio) and leaf.rule.reverse:
            score = plain(leaf.rule.score((Decimal(0), Decimal(1)), leaf.points))
            does = f"“{leaf.rule.of.name}”填 0 的得满分 {score} 分"
            yield Caution(leaf.id, does, "没有数据的请不要填 0（写进 guidance）")


def used_by_nothing(rubric: Rubric) -> Iterator[Caution]:
    """An input that no rule works with."""
    kept = {AnswerType.TEXT, AnswerType.DATE}
    idle = [asked.id for asked in rubric.inputs if asked.id not in rubric.used and asked.asked.type not in kept]
    if idle:
        yield Caution(listed(idle), "没有条文用它计分，填什么都不影响得分", "要用来计分的，在 rule 里写它的编号")


def one_missing(rubric: Rubric) -> Iterator[Caution]:
    """One part that is missing takes all the points, of which the sentence does not speak."""
    for criterion in every(rubric):
        if isinstance(criterion.rule, AllOf) and not _ALL.search(criterion.text):
            yield Caution(
                criterion.id, f"差一部分就不得分：{_shown(criterion)}", "分项给分的，去掉 rule 或写 kind: count"
            )


def more_than_all(rubric: Rubric) -> Iterator[Caution]:
    """The sentence speaks of more than 100%."""
    for leaf in leaves(rubric):
        if isinstance(leaf.rule, CompletionRate) and (words := _BEYOND.search(leaf.text)):
            does = f"条文写“{words[0]}”，但完成率最多填 100%，得 {plain(leaf.points)} 分，超过的不收"
            yield Caution(leaf.id, does, "超额另加分的，写在附加分单元")
