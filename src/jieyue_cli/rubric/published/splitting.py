"""The text of a published cell → its numbered points, and the sentences in them that have prices of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.text.folding import narrow

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STYLES = tuple(
    re.compile(rf"(?:^|(?<=[\s。；;：:分]))\s*(?P<mark>[★※]?{mark})\s*")
    for mark in (
        r"(?P<number>\d{1,2})(?:[.．](?!\d)|、)",
        r"\d{1,2}[.．](?P<number>\d{1,2})(?:[、.．]|(?=\s+[^\d×xX*倍%]))",
        r"[(（](?P<number>\d{1,2})[)）]",
        r"(?P<number>\d{1,2})[)）]",
        rf"(?P<number>[{_CIRCLED}])",
        rf"(?P<number>[{_NUMERALS}])是",
        rf"[(（](?P<number>[{_NUMERALS}])[)）]",
        rf"(?P<number>[{_NUMERALS}])、",
    )
)
"""How points are numbered."""
_ENDS = re.compile(r"[。；;]|分[)）]?\s*\n")
_OPENING, _CLOSING = "（(《“「[【", "）)》”」]】"
_PRICE = re.compile(r"\d+(?:\.\d+)?分(?![钟之以])")
_LOSS = re.compile(r"扣\d+(?:\.\d+)?分")
_TAIL = re.compile(
    "(?:其余|其他|其它|否则|未|不|没有|无|低于|高于|超过|每(?:提?高|低|增加|减少|下降|上升))[^得扣]{0,30}(?:不得分|不计分|不扣分|不评分|不参与评分|得0分|得满分|按满分)"
    "|(?:累计|合计)?(?:最高|最多|满分)|(?:直至)?扣完|不累计|不重复|只取最高|每(?:提?高|低|增加|减少|下降|上升|超过?)"
)
"""The beginning of a sentence that belongs to the one before."""
STEPWISE = re.compile(
    r"[≤≥<>]|不超过|不高于|不低于|不少于|以上|以下|以内|(?:[一二三四五六七八九]|国家|省|市|县|区)级|计量得\d"
)
"""What steps that exclude each other are told by."""
_DEEPEST = 3
"""Levels of numbers inside each other: 4. → (1) → ①."""
_SPACES = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


class Point(NamedTuple):
    """A numbered point, with what is numbered inside it."""

    clause: str
    """The number as it is printed; nothing where there is none."""
    text: str
    """Of a point with others inside, only what stands before them."""
    inner: tuple[Point, ...] = ()

    @property
    def whole(self) -> str:
        """The text with all that is numbered in it."""
        return flat(" ".join((self.text, *(inner.clause + inner.whole for inner in self.inner))))


def flat(text: str) -> str:
    """Text on one line: broken lines joined, without the blanks that typesetting puts beside Chinese characters."""
    return _SPACES.sub("", " ".join(text.split()))


def folded(text: str) -> str:
    """Text as wordings are compared: no blanks, one width."""
    return narrow(text).replace(" ", "")


def priced(text: str) -> bool:
    """Whether there is a price in it."""
    return _PRICE.search(folded(text)) is not None


def starts_anew(before: str, text: str) -> bool:
    """Whether a text is no continuation of the one before, broken off at the end of a page."""
    return bool(re.search(r"[。；;！!]$|分[)）]?$", before)) or any(style.match(text) for style in _STYLES)


def points(text: str, depth: int = 1) -> Iterator[Point]:
    """The numbered points of a text; without numbers, itself."""
    found = _numbered(text) if depth <= _DEEPEST else []
    if not found:
        if flat(text):
            yield Point("", flat(text))
        return
    lead = text[: found[0].start()]
    listed = [
        _nested(match["mark"], text[match.end() : after.start() if after else len(text)], depth + 1)
        for match, after in zip(found, (*found[1:], None), strict=True)
    ]
    if flat(lead) and not priced(lead):
        yield Point("", flat(lead), tuple(listed))
        return
    if flat(lead) and not any(priced(point.whole) for point in listed):
        yield Point("", flat(text))
        return
    if flat(lead):
        yield Point("", flat(lead))
    yield from listed


def _nested(clause: str, text: str, depth: int) -> Point:
    inner = tuple(points(text, depth))
    if len(inner) == 1 and not inner[0].clause:
        return inner[0]._replace(clause=flat(clause))
    if inner and inner[0].clause:  # nothing stands before the inner numbers
        return Point(flat(clause), "", inner)
    return Point(flat(clause), flat(text))


def _numbered(text: str) -> list[re.Match[str]]:
    """Where the outer numbers are: one style, counting up by one."""
    candidates = []
    for style in _STYLES:
        run: list[re.Match[str]] = []
        for match in style.finditer(text):
            number = _value(match["number"])
            if (run and number == _value(run[-1]["number"]) + 1) or (
                not run and (number == 1 or not flat(text[: match.start()]))
            ):
                run.append(match)
        if len(run) > 1 or (run and not flat(text[: run[0].start()])):
            candidates.append(run)
    return min(candidates, key=lambda run: run[0].start(), default=[])


def _value(number: str) -> int:
    for digits in (_NUMERALS, _CIRCLED):
        if number in digits:
            return digits.index(number) + 1
    return int(number)


def sentences(text: str) -> list[str]:
    """A text apart at the ends of its sentences, but not inside brackets."""
    parts, start, seen, depth = [], 0, 0, 0
    for end in _ENDS.finditer(text):
        part = text[seen : end.end()]
        depth += sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING))
        seen = end.end()
        if depth <= 0:
            parts.append(text[start:seen])
            start, depth = seen, 0
    return [part for part in (*parts, text[start:]) if flat(part)]


def by_price(text: str) -> list[str]:
    """A text apart at its prices; what has none goes with what it belongs to."""
    groups: list[str] = []
    waiting = ""
    for sentence in sentences(text):
        known = folded(sentence)
        gains = bool(_PRICE.search(_LOSS.sub("", known)))
        loses = bool(_LOSS.search(known))
        if groups and (_TAIL.match(known) or (loses and not gains) or (gains and _next_step(groups[-1], known))):
            groups[-1] += waiting + sentence
            waiting = ""
        elif gains or loses:
            groups.append(waiting + sentence)
            waiting = ""
        else:
            waiting += sentence
    if waiting and groups:
        groups[-1] += waiting
    elif waiting:
        groups.append(waiting)
    return [flat(group) for group in groups]


def _next_step(before: str, sentence: str) -> bool:
    """Whether a sentence is a lower step of the one before: both are told by a bound or a level, and it brings less."""
    last, own = _PRICE.findall(folded(before)), _PRICE.findall(sentence)
    if not last or len(own) != 1 or Decimal(own[0][:-1]) >= Decimal(last[-1][:-1]):
        return False
    return bool(STEPWISE.search(folded(before)) and STEPWISE.search(sentence))


def at_prices(text: str) -> Sequence[str]:
    """A text apart behind each of its prices."""
    return [flat(part) for part in re.split(r"(?<=分[,，、；;。])", text) if flat(part)]
