"""Several prices in one sentence that exclude each other: bands of a measured value, or the steps of a ladder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jieyue_cli.rubric.tree import Node

_N = r"\d+(?:\.\d+)?"
_PIECE = re.compile(rf"(?P<what>.+?)(?:的)?[,:]?(?:得|计|加)?\(?(?P<points>{_N})分\)?")
_TAIL = re.compile(
    r"(?:(?:其余|其他|其它|否则|[^,;。得\d]{0,12}|[^,;。]{0,12}以[上下]|(?:低于|不足|高于|超过|小于|大于)[^,;。]{0,12})的?(?:不得分|不计分|得?0分)|只?取最高(?:档|分|者)?|不(?:累计|重复)(?:计分|得分)?)?[,;。]*"
)
_SIGNS = {
    "up_to": "≤ 不超过 不高于 不大于 小于等于 小于或等于 低于或等于",
    "at_least": "≥ 不低于 不少于 不小于 大于等于 大于或等于 达到",
    "below": "< 低于 小于 少于 不足",
    "above": "> 高于 大于 超过",
}
_BOUNDS = {word: bound for bound, words in _SIGNS.items() for word in words.split()}
_SIGN = "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))
_MEAN = (
    rf"(?:(?!{_SIGN})[^\d,;。≤≥<>×]){{0,12}}?(?:平均值|均值|平均水平|定额值?|限额|基准值|约束值|先进值|准入值|引导值)"
)
_BAND = re.compile(
    rf"(?P<subject>.*?)(?P<sign>{_SIGN})?"
    rf"(?:(?P<times>{_N})倍?[×xX*](?P<mean1>{_MEAN})|(?P<mean2>{_MEAN})(?:的?(?P<share>{_N}%|{_N}(?=倍))倍?)?"
    rf"|(?P<plain>{_N}%?)(?P<unit>[^\d,;。以]{{0,12}}?))(?P<side>\(?含\)?以[上下]|以[上下内](?:\(含\))?)?"
)
_LEVEL = re.compile(
    r"[一二三四五六七八九两\d]级|(?:国家|省|市|县|区)级|优秀?$|良好?$|合格|达标$|[一二三四五]星|[A-D]级|[^,;。]*计量$"
)
_RANGE = re.compile(r"\d%?[-~至到—]\d")
_LOWEST = re.compile("其余|其他|其它|否则|取最高|不累计|不重复|不得分|得0分")
_LONGEST = 60
"""Characters of a step's name."""
_ENDS = {"上": "at_least", "下": "up_to", "内": "up_to"}


class _Bound(NamedTuple):
    bound: str
    value: str
    mean: str
    unit: str
    subject: str
    told: bool
    """Whether the text says on which side the value itself is."""


def stepwise(known: str) -> tuple[dict[str, Node], str] | None:
    """The rule, and what it leaves open; None where these are no steps."""
    *pieces, tail = re.split(r"(?<=\d分)\)?[,;。、]*", known)
    if len(pieces) > 1 and re.search("得?0分$", pieces[-1]) and _TAIL.fullmatch(pieces[-1]):
        tail = pieces.pop() + tail
    found = [_PIECE.fullmatch(piece) for piece in pieces]
    if len(pieces) < 2 or not all(found) or not _TAIL.fullmatch(tail):  # noqa: PLR2004 -- one step is no ladder
        return None
    whats = [match["what"] for match in found if match]
    points = [match["points"] for match in found if match]
    if any(Decimal(above) <= Decimal(below) for above, below in pairwise(points)):
        return None
    joined = re.search(r"\d分[;。].*\d分", known) is None
    return _bands(whats, points) or _ladder(whats, points, tail, joined=joined)


def _bands(whats: Sequence[str], points: Sequence[str]) -> tuple[dict[str, Node], str] | None:
    known = [bound for what in whats if (bound := _bound(what))]
    if len(known) < len(whats) or {bound.subject for bound in known[1:]} - {"", known[0].subject}:
        return None
    if len({(bound.mean, bound.unit, bound.bound in {"up_to", "below"}) for bound in known}) > 1:
        return None
    values = [bound.value for bound in known]
    if known[0].mean and any(value.endswith("%") for value in values):
        values = [value if value.endswith("%") else f"{Decimal(value) * 100:f}%" for value in values]
    if len({value.endswith("%") for value in values}) > 1:
        return None
    rule: dict[str, Node] = {"kind": "bands"}
    rule |= {key: value for key, value in (("unit", known[0].unit), ("relative_to", known[0].mean)) if value}
    rule["bands"] = [
        {bound.bound: value, "points": worth} for bound, value, worth in zip(known, values, points, strict=True)
    ]
    return rule, "" if all(bound.told for bound in known) else "界限写的是“以上”“以下”，暂按含本数"


def _bound(what: str) -> _Bound | None:
    found = _BAND.fullmatch(re.split("[,;。]", what)[-1])
    if not found or not (found["sign"] or found["side"]):
        return None
    side = found["side"] or ""
    bound = _BOUNDS[found["sign"]] if found["sign"] else _ENDS[side.strip("()含以")]
    value = found["plain"] or found["times"] or found["share"] or "1"
    told = not side or "含" in side or found["sign"] == "达到"
    return _Bound(bound, value, found["mean1"] or found["mean2"] or "", found["unit"] or "", found["subject"], told)


def _ladder(
    whats: Sequence[str], points: Sequence[str], tail: str, *, joined: bool
) -> tuple[dict[str, Node], str] | None:
    names = [re.split("[,;。:]", what)[-1].removeprefix("达到") for what in whats]
    lowest = bool(_LOWEST.search(tail))
    alone = all(name == what.removeprefix("达到") for name, what in zip(names[1:], whats[1:], strict=True))
    told = lowest or all(_LEVEL.search(name) for name in names)
    measured = any(re.search(r"\d%|\d倍", name) for name in names)
    if (
        not (told or any(map(_RANGE.search, names)))
        or not alone
        or any(not 0 < len(name) <= _LONGEST for name in names)
    ):
        return None
    steps: list[Node] = [{"name": name, "points": worth} for name, worth in zip(names, points, strict=True)]
    first, *others = (_LEVEL.sub("", name) for name in names)
    unlike = not lowest and (not joined or not {first, ""}.issuperset(others))
    doubts = ("各档写的是数值，暂由单位选是哪一档" if measured else "", "暂按只取最高的一档" if unlike else "")
    return {"kind": "ladder", "steps": steps}, "；".join(filter(None, doubts))
