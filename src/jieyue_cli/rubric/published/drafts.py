"""The text of an item → drafts of its criteria, with the points that are left over for what has no price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jieyue_cli.rubric.published.patterns import Rule, recognised
from jieyue_cli.rubric.published.splitting import Point, at_prices, by_price, flat, folded, points, priced
from jieyue_cli.rubric.published.table import Block
from jieyue_cli.text.numbers import finest, plain

MOST_TEXT = 500
_SELF_CONTAINED = {"deductions", "completion_rate", "linear", "judged"}
"""Rules whose sentences usually leave the points to the column beside them."""
_EVIDENCE = re.compile(r"提供[^,;。]{0,12}(?:佐证|证明)")
_FOR_ALL = re.compile(r"(?:以上|上述)[^,;。]{0,8}(?:需|须|应|要)?提供")
_MUSTS = (
    (re.compile("※"), "full", "“※”暂按必须得满分、否则不达标"),
    (re.compile("★"), "nonzero", "“★”暂按不得为 0 分、否则不达标"),
    (re.compile("一票否决"), "full", "“一票否决”暂按必须得满分、否则不达标"),
)
_ABSENT = (
    (re.compile(r"(?:没有|无|不涉及|未设)[^,;。]{0,20}(?:不扣分|得满分|按满分|视为满分)"), "full", "暂按不涉及得满分"),
    (
        re.compile(r"(?:(?:没有|无|不涉及|未设)[^;。]{0,20})?(?:不评分|不参与评分|不计入总分)"),
        "dropped",
        "暂按不涉及不评分，达标线不变",
    ),
    (re.compile(r"缺项[^,;。]{0,10}(?:折算|换算)|按比例折算"), "rescaled", "暂按缺项折算"),
)
_ABSENCE = re.compile("|".join(f"[^,;。]*{wording.pattern}[^,;。]*[,;。]?" for wording, _, _ in _ABSENT))
"""The clauses that say what 不涉及 does: they are no part of how the rest is scored."""


@dataclass
class Draft:
    """A criterion, or a part of one."""

    clause: str
    text: str
    points: Decimal | None
    rule: Rule | None = None
    doubts: list[str] = field(default_factory=list)
    parts: list[Draft] = field(default_factory=list)
    must: str = ""
    absent: str = ""
    evidence: bool = False
    note: str = ""
    method: str = ""

    @property
    def leaves(self) -> list[Draft]:
        """Itself, or what it is made of."""
        return [leaf for part in self.parts for leaf in part.leaves] if self.parts else [self]


def marks(text: str) -> tuple[str, str, list[str]]:
    """What must be reached and what 不涉及 does, where a text says so, and the doubts about it."""
    known = folded(text)
    musts = [(must, doubt) for sign, must, doubt in _MUSTS if sign.search(known)]
    absents = [(absent, doubt) for wording, absent, doubt in _ABSENT if wording.search(known)]
    found = [*musts[:1], *absents[:1]]
    return (musts[0][0] if musts else ""), (absents[0][0] if absents else ""), [doubt for _, doubt in found]


def drafted(blocks: Sequence[Block], whole: Decimal | None) -> list[Draft]:
    """The criteria of an item that brings ``whole``."""
    every: list[Draft] = []
    for block in blocks:
        own = _of_block(block)
        if block.points is not None and len(blocks) > 1:
            _fill(own, block.points)
            _check(own, block.points)
        every += own
    if whole is not None:
        _fill(every, whole)
    for leaf in (leaf for draft in every for leaf in draft.leaves):
        _settle(leaf)
    if any(_FOR_ALL.search(folded(block.text)) for block in blocks):
        for draft in every:
            draft.evidence = True
            draft.doubts.append("按“以上需提供佐证”要求佐证材料")
    return every


def _of_block(block: Block) -> list[Draft]:
    """The criteria of one row."""
    own = [draft for point in points(block.text) for draft in _of_point(point)]
    own = own or [_draft("", flat(block.text))]  # numbers, and nothing behind them
    if len(own) > 1 and all(draft.points is None and not draft.parts and not draft.rule for draft in own):
        several = f"{len(own)} 点没有分别写分值，暂合为一条，全得或不得"
        own = [_draft("", flat(block.text))]
        own[0].doubts.append(several)
    for draft in own:
        draft.method = block.method
        if block.columns > 1:
            draft.doubts.append(f"条文由印发的表里 {block.columns} 列合成")
    if block.note:
        own[0].note = block.note
        own[0].doubts.append("备注栏印有文字，看是否影响计分")
    return own


def _settle(leaf: Draft) -> None:
    """What can only be said once the points are known."""
    if leaf.points is None:
        leaf.doubts.append("没有写分值，请填写")
    elif leaf.rule and leaf.rule["kind"] == "judged":
        step = plain(finest([Decimal(1) if leaf.points % 1 == 0 else Decimal("0.5"), leaf.points]))
        leaf.rule["step"] = step
        leaf.doubts.append(f"暂按 {step} 分一档")


def _of_point(point: Point) -> Iterator[Draft]:
    """The criteria of one numbered point."""
    inner = [draft for part in point.inner for draft in _of_point(part)]
    if inner and all(draft.points is not None for draft in inner) and not priced(point.text):
        if not point.text:
            yield from (_within(draft, point.clause) for draft in inner)
            return
        worth = sum((draft.points for draft in inner if draft.points is not None), Decimal(0))
        must, absent, doubts = marks(point.clause + point.text)
        yield Draft(point.clause, point.text, worth, parts=inner, must=must, absent=absent, doubts=doubts)
        return
    if inner:
        draft = _draft(point.clause, point.whole)
        draft.doubts.append("里面分了几点，没有各写分值，暂合为一条")
        yield draft
        return
    for text in by_price(point.text):
        yield from _apart(point.clause, text)


def _within(draft: Draft, clause: str) -> Draft:
    draft.clause = clause + draft.clause
    return draft


def _apart(clause: str, text: str) -> Iterator[Draft]:
    """One sentence; several where it has several prices that no wording joins and that nothing depends on."""
    draft = _draft(clause, text)
    several = at_prices(text)
    free = draft.rule is None and draft.doubts and not re.search("每|扣|最高|最多|满分|其余|否则|其中|再", text)
    if len(several) > 1 and free and all(map(priced, several)):
        for part in several:
            own = _draft(clause, part)
            own.doubts.append("一句里有几个分值，暂按各得各的分；如只取其一，请合为一条，改为选一档")
            yield own
    else:
        yield draft


def _draft(clause: str, text: str) -> Draft:
    must, absent, doubts = marks(clause + text)
    if len(text) > MOST_TEXT:
        return Draft(clause, text, None, None, [*doubts, f"条文超过 {MOST_TEXT} 字，没有认计分方式，请分成几条"])
    found = recognised(_ABSENCE.sub("", folded(text)))
    evidence = bool(_EVIDENCE.search(folded(text)))
    doubts = [*filter(None, [found.doubt]), *doubts]
    return Draft(clause, text, found.points, found.rule, doubts, must=must, absent=absent, evidence=evidence)


def _fill(drafts: Sequence[Draft], whole: Decimal) -> None:
    """Give what is left over to the one that has no price."""
    unpriced = [draft for draft in drafts if draft.points is None]
    left = whole - sum((draft.points for draft in drafts if draft.points is not None), Decimal(0))
    if len(unpriced) != 1 or left <= 0:
        return
    draft = unpriced[0]
    draft.points = left
    if draft.rule and draft.rule["kind"] in _SELF_CONTAINED and len(drafts) == 1:
        return
    if len(drafts) > 1:
        draft.doubts.append(f"没有写分值，得其余各条剩下的 {plain(left)} 分")
    elif not draft.rule:
        draft.doubts.append(f"没有写怎样得分，{plain(left)} 分全得或不得")


def _check(drafts: Sequence[Draft], printed: Decimal) -> None:
    """Say where the text of a row comes to other points than stand beside it."""
    known = [draft.points for draft in drafts if draft.points is not None]
    if len(known) == len(drafts) and (worth := sum(known, Decimal(0))) != printed:
        drafts[0].doubts.append(f"这一行条文合计 {plain(worth)} 分，分值栏印的是 {plain(printed)} 分")
