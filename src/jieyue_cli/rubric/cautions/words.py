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
_WAY = re.compile("酌情|按比例|完成率×|扣完为止|直至扣完")
_EXTRA = re.compile("附加|加分")
_MARK = re.compile("[★※]|一票否决|否决性|否决项")
_ASKED = re.compile("(?:需|须|应当?)(?:提供|提交|附)[^，。；]{0,6}(?:佐证|证明)")
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
        if other:
            yield Caution(leaf.id, f"条文写“每…{plain(other[0])}分”，这里是：{ways}", "核对 each、gain、lose")


def price_is_missing(rubric: Rubric) -> Iterator[Caution]:
    """Of several prices in the sentence, one that no answer brings."""
    for leaf in leaves(rubric):
        prices, ways = _found(_PRICE, leaf.text), leaf.rule.describe(leaf.points)
        missing = [price for price in prices if price not in _found(_AMOUNT, ways)]
        if len(set(prices)) > 1 and missing and not _EACH.search(leaf.text):
            yield Caution(
                leaf.id, f"条文写“得{plain(missing[0])}分”，这里是：{ways}", "分几档的，写 kind: ladder 或 bands"
            )


def way_differs(rubric: Rubric) -> Iterator[Caution]:
    """The sentence grants a share of the points, the rule all or nothing."""
    for leaf in leaves(rubric):
        if (found := _WAY.search(leaf.text)) and leaf.steps == (Decimal(0), leaf.points):
            does = f"条文写“{found[0]}”，这里只有 {plain(leaf.points)} 分和 0 分"
            yield Caution(leaf.id, does, "写 kind: judged、completion_rate、ratio 或 deductions")


def extra_by_name_only(rubric: Rubric) -> Iterator[Caution]:
    """A unit that is called a bonus and counts among the full marks."""
    for unit in rubric.units:
        if _EXTRA.search(unit.name) and not unit.bonus:
            does = f"名称像附加分，但 {plain(unit.points)} 分算在满分 {plain(rubric.points)} 分以内"
            yield Caution(f"{unit.id} {unit.name}", does, "加在满分以外的，写 bonus: true")


def mark_without_must(rubric: Rubric) -> Iterator[Caution]:
    """A mark in the text that requires nothing."""
    named = [(part.id, part.name, part.must) for part in rubric.items]
    named += [(unit.id, unit.name, unit.must) for unit in rubric.units]
    for identifier, text, must in (*named, *((each.id, each.text, each.must) for each in every(rubric))):
        if (found := _MARK.search(text)) and must is None:
            does = f"条文有“{found[0]}”，但没有做到的只少得分，不影响达标"
            yield Caution(identifier, does, "不得为 0 分的写 must: nonzero，要得满分的写 must: full")


def evidence_is_not_asked_for(rubric: Rubric) -> Iterator[Caution]:
    """The sentence asks for 佐证材料, the form does not."""
    for leaf in leaves(rubric):
        if (found := _ASKED.search(leaf.text)) and not leaf.evidence:
            yield Caution(leaf.id, f"条文写“{found[0]}”，但没有写佐证材料的不提醒", "写 evidence: true")


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
