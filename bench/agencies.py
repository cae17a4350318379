"""Invented agencies and what they answer: plausible, and the same for the same seed and number."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.rubric.rules.count import Count
from jieyue_cli.scoring.scoring import settled
from jieyue_cli.submission import Answer as Said
from jieyue_cli.submission import AnswerKind
from jieyue_cli.text.numbers import decimal

Answer = bool | int | None
"""是 or 否, a count, or nothing filled in."""

VERIFIED_SHARE = 0.3
_BLANK_SHARE = 0.03
_KINDS = ("档案", "统计", "水务", "林业", "文化", "民政", "教育", "交通", "农业", "体育", "审计", "气象")
_PLACES = ("青云", "白石", "金穗", "长虹", "晨光", "丰年", "碧溪", "松涛")
_FIRST_DAY, _DAYS = 44075, 55
"""2020-09-01 as a spreadsheet counts days, and how many follow until the end of October."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything that one agency, and perhaps the office, wrote into the form."""

    name: str
    category: str
    year: int
    person: str
    phone: str
    day: int
    answers: Mapping[str, Answer]
    """By 编号."""
    evidence: Mapping[str, str]
    findings: Mapping[str, Answer] | None
    """None where the office has not begun; otherwise complete."""


def filling(rubric: Rubric, number: int, seed: int) -> Filling:
    """What agency ``number`` hands in; its name cannot be a real agency's."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 -- plausible, not secret
    diligence = chance.triangular(0.5, 1, 0.95)
    answers = {criterion.id: _answer(criterion, diligence, chance) for criterion in rubric.criteria}
    evidence = {
        identifier: f"佐证材料第 {n} 项"
        for n, (identifier, answer) in enumerate(answers.items(), 1)
        if answer and chance.random() < 0.6
    }
    verified = chance.random() < VERIFIED_SHARE
    return Filling(
        name=f"虚构市{chance.choice(_PLACES)}{chance.choice(_KINDS)}局（测试第{number:06d}号）",
        category=chance.choice(rubric.scope),
        year=min(rubric.targets),
        person=f"填报员{number % 97}",
        phone=f"0000-{number:07d}",
        day=_FIRST_DAY + chance.randrange(_DAYS),
        answers=answers,
        evidence=evidence,
        findings={entry.id: _finding(entry, answers[entry.id], chance) for entry in rubric.criteria}
        if verified
        else None,
    )


def points(criterion: Criterion, answer: Answer) -> Decimal:
    """What an answer brings by the standard's own rule."""
    if answer is None:
        return Decimal(0)
    return decimal(settled(criterion, {criterion.id: Said(AnswerKind.VALUE, Decimal(int(answer)))}).at_least)


def _answer(criterion: Criterion, diligence: float, chance: random.Random) -> Answer:
    if chance.random() < _BLANK_SHARE:
        return None
    if criterion.questions[0].asked.type is AnswerType.YES_NO:
        return chance.random() < diligence
    each = criterion.rule.each if isinstance(criterion.rule, Count) else Decimal(1)
    return round(chance.uniform(0, 1.6) * diligence * float(criterion.points / each))


def _finding(criterion: Criterion, answer: Answer, chance: random.Random) -> Answer:
    """The office confirms most claims and lowers some; it leaves no line open."""
    if criterion.questions[0].asked.type is AnswerType.YES_NO:
        return bool(answer) and chance.random() >= 0.08
    return max(0, (answer or 0) - (chance.random() < 0.08))
