"""Where the figures in a sentence are not those of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jieyue_cli.rubric.cautions.parts import Caution, every, leaves
from jieyue_cli.rubric.model import Criterion, Item, Rubric, Unit
from jieyue_cli.text.numbers import plain

_N = r"\s*([0-9]+(?:\.[0-9]+)?)\s*分"
_PRICE = re.compile(rf"(?:得|加|计){_N}")
_CAP = re.compile(rf"(?:最高得?|最多得?|累计最高得?|满分|不超过){_N}")
_EACH = re.compile(rf"每[^，。；,;]{{0,12}}?(?:得|加|扣){_N}")
_AMOUNT = re.compile(_N)
_HEADING = re.compile(rf"[（(]{_N}[）)]")
_EVIDENCE = re.compile(
    "(?:无|没有|未提供|不提供|缺少?)[^，。；]{0,8}(?:佐证|证明|材料)[^。；]{0,6}(?:不得分|不计分|扣)"
)


def _found(pattern: re.Pattern[str], text: str) -> list[Decimal]:
    return [Decimal(match[1]) for match in pattern.finditer(text)]


def price_differs(rubric: Rubric) -> Iterator[Caution]:
    """The only price in the sentence is not the points."""
    for criterion in every(rubric):
        prices = _found(_PRICE, criterion.text)
        if len(prices) == 1 and not _CAP.search(criterion.text) and not _EACH.search(criterion.text):
            yield from _differs(criterion, f"得{plain(prices[0])}分", prices[0])


def cap_differs(rubric: Rubric) -> Iterator[Caution]:
    """The most that the sentence grants is not the points."""
    for criterion in every(rubric):
        caps = _found(_CAP, criterion.text)
        if len(caps) == 1:
            yield from _differs(criterion, f"最高{plain(caps[0])}分", caps[0])


def _differs(criterion: Criterion, words: str, amount: Decimal) -> Iterator[Caution]:
    if amount != criterion.points:
        does = f"条文写“{words}”，这里最高得 {plain(criterion.points)} 分"
        yield Caution(criterion.id, does, f"照条文的，把 points 改为 {plain(amount)}")


def each_differs(rubric: Rubric) -> Iterator[Caution]:
    """What one brings, or costs, is not what the sentence says."""
    for leaf in leaves(rubric):
        amounts, ways = _found(_EACH, leaf.text), leaf.rule.describe(leaf.points)
        other = [amount for amount in amounts if amount not in _found(_AMOUNT, ways)]
        if other and leaf.steps != (Decimal(0), leaf.points):
            yield Caution(leaf.id, f"条文写“每…{plain(other[0])}分”，这里是：{ways}", "核对 each、gain、lose")


def heading_differs(rubric: Rubric) -> Iterator[Caution]:
    """The points printed behind a name are not those of the part."""
    parts: tuple[Unit | Item, ...] = (*rubric.units, *rubric.items)
    for part in parts:
        printed = _found(_HEADING, part.name)
        if len(printed) == 1 and printed[0] != part.points:
            does = f"名称里写 {plain(printed[0])} 分，这里是 {plain(part.points)} 分"
            yield Caution(f"{part.id} {part.name}", does, "核对 points")


def evidence_takes_no_points(rubric: Rubric) -> Iterator[Caution]:
    """The sentence takes points where 佐证材料 is missing."""
    for leaf in leaves(rubric):
        if words := _EVIDENCE.search(leaf.text):
            does = f"条文写“{words[0]}”，但没有佐证材料的只提醒，得分不变"
            yield Caution(leaf.id, does, "核查时按规定填核查情况")
