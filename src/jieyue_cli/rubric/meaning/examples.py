"""What answers bring: the examples of a criterion's rule, and the sentences made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from jieyue_cli.rubric.model import Criterion, Gate
from jieyue_cli.rubric.rules import AnswerType, Combination, Rule
from jieyue_cli.text.numbers import plain


class Example(NamedTuple):
    """Answers to a criterion that has a rule of its own, and what they bring."""

    answers: Mapping[str, Decimal]
    """By the 编号 of the question."""
    said: str
    whole: bool
    """Whether it is said in a sentence of its own, because more than one value decides."""
    score: Fraction


def examples(criterion: Criterion) -> list[Example]:
    """The examples of its rule that somebody can enter; none where its parts have the rules."""
    rule = criterion.rule
    if not isinstance(rule, Rule):
        return []
    made = []
    inquiries = rule.asks(criterion.points)
    for values in rule.examples(criterion.points):
        by_id = {question.id: value for question, value in zip(criterion.needs, values, strict=True)}
        agree = all(by_id[question.id] == value for question, value in zip(criterion.needs, values, strict=True))
        if agree and all(inquiry.asked.holds(value) for inquiry, value in zip(inquiries, values, strict=True)):
            several = len(values) > 1 or bool(criterion.borrowed)
            said = rule.why(values, criterion.points) if several else inquiries[0].asked.said(values[0])
            made.append(Example(by_id, said, several, rule.score(values, criterion.points)))
    return made


def brings(criterion: Criterion) -> Iterator[str]:
    """What each answer brings; where not all can be named, first the rule in a few words."""
    rule, shown = criterion.rule, examples(criterion)
    asked = rule.asks(criterion.points) if isinstance(rule, Rule) else ()
    all_named = len(asked) == 1 and len(asked[0].asked.answers) == len(shown)
    if not all_named:
        yield f"计分：{criterion.describe if isinstance(criterion, Gate) else rule.describe(criterion.points)}。"
    yield from dict.fromkeys(f"例如：{each.said}，{worth(criterion, each.score)}。" for each in shown if each.whole)
    if short := [each for each in shown if not each.whole]:
        yield f"{'' if all_named else '例如'}{'，'.join(_told(criterion, short))}。"
    for inquiry in asked:
        if inquiry.asked.type is AnswerType.PERCENT and not inquiry.asked.negative:
            yield "百分数只能填 0% 到 100%，超过的不收。"
    if len(criterion.questions) > 1 and not criterion.parts:
        yield f"要填 {len(criterion.questions)} 行，都填了才计分；有一行空着，整条计 0 分。"


def _told(criterion: Criterion, shown: Sequence[Example]) -> Iterator[str]:
    """``填 0 项得 0 分``, and ``填 7 项也只得 5 分`` where more brings no more."""
    before: Fraction | None = None
    for score, alike in groupby(shown, key=lambda each: each.score):
        first, *others = (each.said for each in alike)
        brought = worth(criterion, score)
        yield f"填{_spaced(first)}{brought}"
        only = "也只" if score == criterion.points and before is not None and before < score else "也"
        yield from (f"填{_spaced(said)}{only}{brought}" for said in others)
        before = score


def _spaced(said: str) -> str:
    before, after = ("" if said[0] == "“" else " "), (" " if said[-1].isascii() else "")
    return f"{before}{said}{after}"


def worth(criterion: Criterion, score: Fraction) -> str:
    """What a score is worth: points, or whether a condition is met."""
    if isinstance(criterion, Gate):
        return "为符合" if score == criterion.points else "为不符合"
    return f"得 {plain(score)} 分"


def together(criterion: Criterion) -> Iterator[tuple[str, Fraction]]:
    """Of a criterion made of parts: which of them are done in full, and what the whole then brings."""
    if isinstance(criterion.rule, Combination):
        parts = [(part.id, part.points) for part in criterion.parts]
        yield from criterion.rule.examples(parts, criterion.points)


def combined(criterion: Criterion, classes: Iterable[str]) -> Iterator[str]:
    """The same in sentences, for each class of agency where its parts differ."""
    differs = any(inner.when for inner in criterion.nested[1:])
    for group in classes if differs else [None]:
        for own in criterion.of(group) if group else [criterion]:
            told = [f"{case}，{worth(criterion, score)}" for case, score in together(own)]
            if told:
                yield f"{f'{group}：' if group else ''}{'；'.join(told)}。"
