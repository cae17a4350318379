"""The standard as the printed table has it: facts above and rows below, for the console and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.model import GATES, INPUTS, Criterion, Input, Item, NotApplicable, Rubric, Unit
from jieyue_cli.text.numbers import plain


class Level(Enum):
    """What a row of the table stands for."""

    UNIT = "unit"
    ITEM = "item"
    CRITERION = "criterion"


class PrintedRow(NamedTuple):
    """One line of the printed table."""

    level: Level
    depth: int
    """Of a criterion: how many headings stand above it inside its item."""
    id: str
    text: str
    rule: str
    points: str
    """Empty for a condition without points."""


def facts(rubric: Rubric) -> list[tuple[str, str]]:
    """Who issued it, full marks and pass mark, targets, scope and dates."""
    lines = [
        ("文号", f"{rubric.document}，{rubric.issued:%Y-%m-%d}"),
        ("印发", "、".join(rubric.issuers)),
        ("分数", f"满分 {rubric.full_marks}，{plain(rubric.pass_mark)} 分（含）以上达标"),
        *provisions.around(rubric).items(),
        ("目标", "，".join(f"{year} {share}" for year, share in provisions.targets(rubric).items())),
        ("范围", "、".join(rubric.scope)),
        *(("期限", f"{deadline.by}：{deadline.what}") for deadline in rubric.calendar),
    ]
    return [fact for fact in lines if fact != ("不涉及", NotApplicable.NOT_ALLOWED.chinese)]


def rows(rubric: Rubric) -> Iterator[PrintedRow]:
    """Inputs and gates, then unit by unit every item and criterion, headings before their parts."""
    policy = rubric.not_applicable
    if rubric.inputs:
        yield PrintedRow(Level.UNIT, 0, "", INPUTS, "只填一次，不计分，供计分使用", "")
        for asked in rubric.inputs:
            yield PrintedRow(Level.CRITERION, 0, asked.id, asked.text, provisions.asked(asked), "")
            yield from _remarks(asked, 0)
    if rubric.gates:
        yield PrintedRow(Level.UNIT, 0, "", GATES, "有一条不符合就不能达标，不计分", "")
        yield from _nested(rubric.gates, policy, 0, priced=False)
    for unit in rubric.units:
        counted = provisions.unit_terms(rubric, unit)
        yield PrintedRow(Level.UNIT, 0, unit.id, unit.name, counted, plain(unit.points))
        yield from _remarks(unit, 0)
        for item in unit.items:
            yield PrintedRow(Level.ITEM, 0, item.id, item.name, provisions.terms(item, None), plain(item.points))
            yield from _remarks(item, 0)
            yield from _nested(item.outline, policy, 0, priced=True)


def _nested(criteria: Iterable[Criterion], policy: NotApplicable, depth: int, *, priced: bool) -> Iterator[PrintedRow]:
    for criterion in criteria:
        rule = provisions.terms(criterion, policy)
        points = plain(criterion.points) if priced else ""
        yield PrintedRow(Level.CRITERION, depth, criterion.id, criterion.text, rule, points)
        yield from _remarks(criterion, depth)
        yield from _nested(criterion.parts, policy, depth + 1, priced=priced)


def _remarks(part: Unit | Item | Criterion | Input, depth: int) -> Iterator[PrintedRow]:
    """What is told beside the published words, each in a row of its own below them."""
    for label, words in provisions.remarks(part).items():
        yield PrintedRow(Level.CRITERION, depth + 1, "", f"{label}：{words}", "", "")
