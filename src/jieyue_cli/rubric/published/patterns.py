"""The usual wordings of prices, one entry each: what it looks like, the rule made of it, and what it leaves open.

An entry without a doubt says all that its rule says. Everything else is marked, also what stands beside a wording that
is known: 请核对 costs a look, a wrong rule costs points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.rubric.published.splitting import folded
from jieyue_cli.rubric.published.steps import stepwise
from jieyue_cli.rubric.tree import Node

Rule = dict[str, Node]

_N = r"\d+(?:\.\d+)?"
_MEASURE = "人次|[项次类个种处台份人篇期条场户套块张例名家间盏辆]"
_DOING = "有|开展|完成|举办|组织|制定|建立|报道|发布|获得|符合"
_ONE = (
    rf"(?:每(?:{_DOING})?[1一]?|(?:{_DOING})[1一])(?P<measure>{_MEASURE})[^,;。\d每]{{0,15}}?"
    rf",?(?:得|加|计)(?P<each>(?!0分){_N})分"
)
_MOST = rf"(?:累计|合计)?(?:最高|最多|满分|上限)(?:不超过)?(?:可?得|加|计|为)?(?P<most>{_N})分"
_RISES, _FALLS = "(?:提?高|增加|上升|增长|超过?)", "(?:降?低|减少|下降|少)"
_PER = rf"(?:出)?(?P<per>{_N})(?:个百分点|%)"
_OUT = "[,;。]?(?:直至扣完|扣完)(?:为止)?"


class Recognised(NamedTuple):
    """What a sentence was taken for."""

    points: Decimal | None
    """None where the sentence does not say how many there are in all."""
    rule: Rule | None = None
    """None for all or nothing."""
    doubt: str = ""
    """What to look at; nothing where the wording leaves nothing open."""


class Pattern(NamedTuple):
    """One usual wording."""

    wording: re.Pattern[str]
    rule: Callable[[re.Match[str]], Rule | None]
    doubt: str = ""


def _count(found: re.Match[str]) -> Rule:
    rule: Rule = {"kind": "count", "each": found["each"], "measure": found["measure"]}
    return {**rule, "distinct": "true"} if found["measure"] == "类" else rule


def _linear(found: re.Match[str], *, start: str, steps: str, negative: bool = False) -> Rule:
    rule: Rule = {"kind": "linear", start: "0%" if negative else found["start"], "per": f"{found['per']}%"}
    rule[steps] = found["each"]
    return {**rule, "negative": "true"} if negative else rule


def _judged(_: re.Match[str]) -> Rule:
    return {"kind": "judged"}


def _within(way: str, turn: str) -> str:
    start = rf"{way}(?P<start>{_N}%)(?:以内|以上|以下)?(?:的|\(含\))?,?得(?:满分|(?P<most>{_N})分)"
    return rf"{start}[,;。]每{turn}{_PER}扣(?P<each>{_N})分(?:{_OUT})?"


def _last_year(turn: str, steps: str) -> str:
    return rf"上[一]?年(?:度|同期)?[^,;。\d]{{0,8}}每{turn}{_PER}{steps}(?P<each>{_N})分(?:{_OUT}|[,;。]?{_MOST})?"


_LAST_YEAR = "按与上年相比的变化率填报，持平为 0%"
_STEP = "没有写几分一档"
PATTERNS = (
    Pattern(re.compile(rf"{_ONE}[,;。]?{_MOST}"), _count),
    Pattern(re.compile(_ONE), _count, "没有写最高得几分，按分值封顶"),
    Pattern(
        re.compile(
            rf"(?:低于|不足|达不到|未达到)(?P<start>{_N}%)的?不得分[,;。]每{_RISES}{_PER}(?:得|加)(?P<each>{_N})分(?:[,;。]?{_MOST})?"
        ),
        lambda found: _linear(found, start="above", steps="gain"),
    ),
    Pattern(
        re.compile(
            rf"(?:高于|超过)(?P<start>{_N}%)的?不得分[,;。]每{_FALLS}{_PER}(?:得|加)(?P<each>{_N})分(?:[,;。]?{_MOST})?"
        ),
        lambda found: _linear(found, start="below", steps="gain"),
    ),
    Pattern(
        re.compile(_within("(?:在|不超过|不高于|控制在)", _RISES)),
        lambda found: _linear(found, start="above", steps="lose"),
    ),
    Pattern(
        re.compile(_within("(?:达到|不低于)", _FALLS)),
        lambda found: _linear(found, start="below", steps="lose"),
    ),
    Pattern(
        re.compile(_last_year(_RISES, "扣")),
        lambda found: _linear(found, start="above", steps="lose", negative=True),
        _LAST_YEAR,
    ),
    Pattern(
        re.compile(_last_year(_FALLS, "得")),
        lambda found: _linear(found, start="below", steps="gain", negative=True),
        _LAST_YEAR,
    ),
    Pattern(re.compile(r"完成率[×xX*](?:本项)?分值|按完成率(?:打|计|得)分"), lambda _: {"kind": "completion_rate"}),
    Pattern(
        re.compile(r"按照?完成(?:的?比例|情况的?比例)(?:打|计|得|给)分"),
        lambda _: {"kind": "completion_rate"},
        "按完成率×分值计",
    ),
    Pattern(re.compile(rf"酌情[得给计打]?(?:分\()?0分?[-~至到—](?P<most>{_N})分\)?"), _judged, _STEP),
    Pattern(re.compile(r"(?:酌情|视情)(?:[得给计打]|评)分"), _judged, f"没有写从几分到几分，按 0 到分值；{_STEP}"),
)
"""In the order in which they are tried."""

_LOSES = re.compile(rf"扣({_N})分")
_ONCE = "".join(f"(?<!每{verb})" for verb in ("", "发现", "缺", "缺少", "有", "出现", "少", "漏报", "迟报"))
_UNLIKE = re.compile(
    rf"酌情|总分|单元|倒扣|{_ONCE}[1一](?:{_MEASURE})|最[高多](?:可)?扣|加倍|每\D{{0,6}}?(?!1\D|1$)\d+(?:\.\d+)?(?:{_MEASURE}|%|个百分点)|扣\d+[-~至]|[-~至]\d+分"
)
"""What deductions of this language cannot do."""
_FULL = re.compile(rf"(?:满分|共)({_N})分")
_FAULT = re.compile(
    rf"(?P<before>.*?)[,、]?(?:每(?P<verb>发现|缺少?|有|出现|少|漏报|迟报)?[1一]?(?P<measure>{_MEASURE})(?P<after>[^,;。]{{0,20}}?))?的?,?扣(?P<lose>{_N})分"
)
_SOME = "发现问题"
_NEGATIVE = re.compile("^(?:未|无|没有?|缺|少|不|漏|迟|违|超)")
_PLAIN = re.compile(rf"^(?P<text>.*?)[,;:。]?\(?(?:可?得|加|计|记)?({_N})分(?![钟之以])\)?[,;。]?(?P<rest>.*)$")
_NO_PRICE = re.compile("[满高多共总各低于过达约第每为超分]$")
"""What makes of the points behind it something else than the price of the sentence."""
_PRICES = re.compile(rf"({_N})分(?![钟之以])")
_GAP = "…"
"""Where a wording was taken out of its sentence."""
_SUSPECT = (
    (re.compile(rf"每[^,;。]{{0,12}}(?:得|扣|加)\d|每[增高低减]|每[^,;。]{{1,3}}{_GAP}"), "每"),
    (re.compile(r"扣\d|扣完"), "扣"),
    (re.compile(r"酌情|视情|根据[^,;。]{0,12}(?:情况|程度)[^,;。]{0,4}[得给打计]分"), "酌情"),
    (re.compile(r"比例[得计打给]?分|完成率"), "比例"),
    (re.compile(r"最[高多]|满分|上限"), "最高"),
    (re.compile(r"否则|其余|其他情况|(?:部分|基本)(?:完成|达到|实现|符合)"), "其余"),
    (re.compile(r"(?:^|[,;。:(])(?:若|如果|如有|如无|如未|如不)"), "若"),
    (re.compile(r"[≤≥<>]"), "大小比较"),
    (re.compile(r"不得分|不计分|得0分"), "不得分"),
    (re.compile(r"(?:分别|各|均)[得计加]"), "各得"),
    (re.compile(rf"\d[-~至]{_N}分"), "几分到几分"),
)
"""What a sentence that is simply all or nothing does not say."""
_ALLOWED = re.compile(
    r"(?:[,;。]*(?:否则|未达到|不符合|未完成|没有)的?不得分)?[,;。]*(?:(?:以上|上述|均)*(?:需|须|应|要)?提供[^,;。]{0,12}(?:佐证|证明)[^,;。]{0,6})?[,;。]*"
)


def recognised(text: str) -> Recognised:
    """What a sentence with at most one way of scoring was taken for."""
    known = folded(text)
    for pattern in PATTERNS:
        found = pattern.wording.search(known)
        if found and not _PRICES.search(rest := f"{known[: found.start()]}{_GAP}{known[found.end() :]}"):
            rule, most = pattern.rule(found), found.groupdict().get("most")
            doubt = "；".join(filter(None, (pattern.doubt, _suspicion(rest))))
            return Recognised(Decimal(most) if most else None, rule, doubt)
    if by_steps := stepwise(known):
        rule, doubt = by_steps
        tops = rule["bands"] if "bands" in rule else rule["steps"]
        assert isinstance(tops, list) and isinstance(tops[0], dict)  # noqa: S101, PT018 -- as ``stepwise`` makes it
        return Recognised(Decimal(str(tops[0]["points"])), rule, doubt)
    return _deductions(known) or _all_or_nothing(known)


def _deductions(known: str) -> Recognised | None:
    full = _FULL.search(known)
    stripped = re.sub(_OUT, "", _FULL.sub("", known, count=1))
    prices = _PRICES.findall(stripped)
    if not prices or len(prices) != len(_LOSES.findall(stripped)) or _UNLIKE.search(stripped):
        return None
    *parts, tail = re.split(r"(?<=\d分)[,;。]*(?![钟之以])", stripped)
    faults = [fault for part in parts if part and (fault := _fault(part.strip(",;。:")))]
    if len(faults) != len(prices):
        return None
    names = [str(fault["text"]) for fault in faults]
    odd = len(set(names)) < len(names) or (_SOME in names and len(names) > 1) or any(len(name) > 60 for name in names)  # noqa: PLR2004 -- as Words allows
    doubt = "；".join(filter(None, ("扣分情形的名称请核对" if odd else "", _suspicion(_LOSES.sub("", tail)))))
    rule: Rule = {"kind": "deductions", "faults": [{**fault, "text": str(fault["text"])[:60]} for fault in faults]}
    return Recognised(Decimal(full[1]) if full else None, rule, doubt)


def _fault(part: str) -> Mapping[str, Node] | None:
    found = _FAULT.fullmatch(part)
    if not found:
        return None
    before = re.split("[,;。:]", found["before"])[-1].removesuffix("的")
    fault: dict[str, Node] = {"text": before, "lose": found["lose"]}
    if found["measure"]:
        fault["measure"] = found["measure"]
        if found["after"]:
            fault["text"] = (before or found["verb"] or "") + found["after"].removesuffix("的")
        elif not _NEGATIVE.match(before):
            fault["text"] = found["verb"] if _NEGATIVE.match(found["verb"] or "") else _SOME
    return fault if fault["text"] else {**fault, "text": _SOME}


def _all_or_nothing(known: str) -> Recognised:
    prices = _PRICES.findall(known)
    found = _PLAIN.fullmatch(known)
    if not prices or not found:
        return Recognised(None, None, _suspicion(known))
    losing = re.search(r"扣\d", known)
    if len(prices) > 1 or losing:
        most = re.search(_MOST, known)
        points = Decimal(most["most"]) if most else None
        why = "扣分的写法没有认出" if losing else "一句里有几个分值，没有认出计分方式"
        return Recognised(points, None, f"{why}，暂按全得或不得")
    rest = "" if _ALLOWED.fullmatch(found["rest"]) else found["rest"]
    if _NO_PRICE.search(found["text"]) or not Decimal(prices[0]):
        return Recognised(Decimal(prices[0]) or None, None, "分值的写法没有认出，暂按全得或不得")
    doubt = _suspicion(known if rest else known.removesuffix(found["rest"])) or (
        f"分值后面还有“{rest[:20]}”，没有照办" if rest else ""
    )
    return Recognised(Decimal(prices[0]), None, doubt)


def _suspicion(text: str) -> str:
    """Why a sentence, or the rest of one, may say more than what was made of it."""
    words = [word for wording, word in _SUSPECT if wording.search(text)]
    return f"句中有“{'”“'.join(words)}”一类的话，没有照办" if words else ""
