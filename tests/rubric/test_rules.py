"""Each rule kind: what answers bring, to the last hundredth, and the sentence that says so."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, get_args

import pytest

from jieyue_cli.rubric.difference import differences
from jieyue_cli.rubric.meaning.examples import examples
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnyRule, Rule
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Claim
from jieyue_cli.text.numbers import plain
from rubric.sample import Sample, of_one, understood
from rubric.samples import KINDS, SAMPLES

Rows = list[tuple[str, str]]
"""Answers, and what the line says."""


def loaded(text: str) -> Rubric:
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    return rubric


def line_of(rubric: Rubric, said: str) -> Line:
    """The only line, where this is answered."""
    claims = [Claim((key,), answer, "…") for key, answer in zip(rubric.questions, understood(said), strict=True)]
    (line,) = score(rubric, claims).lines
    return line


def test_every_kind_that_stands_alone_has_a_sample() -> None:
    rules = [kind for kind in get_args(get_args(AnyRule)[0]) if issubclass(kind, Rule)]
    assert sorted((*KINDS, "granted")) == sorted(kind.model_fields["kind"].default for kind in rules)


@pytest.mark.parametrize(
    ("sample", "said"),
    [pytest.param(sample, said, id=f"{name}: {said}") for name, sample in SAMPLES.items() for said in sample.answers],
)
def test_what_an_answer_brings(sample: Sample, said: str) -> None:
    assert reasons.why(line_of(loaded(sample.text), said)) == sample.answers[said]


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_sample_is_described_to_its_last_step(sample: Sample) -> None:
    (criterion,) = loaded(sample.text).criteria
    assert criterion.describe == sample.describe
    steps = criterion.steps and " ".join(plain(step) for step in sorted(set(criterion.steps)))
    assert steps == sample.steps


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_its_examples_show_all_the_points_and_fewer(sample: Sample) -> None:
    (criterion,) = loaded(sample.text).criteria
    shown = [example.score for example in examples(criterion)]
    assert max(shown) == criterion.points
    assert min(shown) < criterion.points


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_answers_bring_possible_scores_and_some_bring_all(sample: Sample) -> None:
    rubric = loaded(sample.text)
    (criterion,) = rubric.criteria
    scores = {line_of(rubric, said).score for said in sample.answers}
    assert max(scores) == criterion.points
    assert all(0 <= brought <= criterion.points for brought in scores)
    assert criterion.steps is None or scores <= {*criterion.steps}


@pytest.mark.parametrize(
    ("sample", "said"),
    [pytest.param(sample, said, id=f"{name}: {said}") for name, sample in SAMPLES.items() for said in sample.improve],
)
def test_what_would_bring_the_rest(sample: Sample, said: str) -> None:
    (criterion,) = loaded(sample.text).criteria
    assert isinstance(criterion.rule, Rule)
    values = [answer.value or Decimal(0) for answer in understood(said)] if said else []
    assert criterion.rule.improve(values, criterion.points) == sample.improve[said]


@pytest.mark.parametrize(
    "sample", [sample for name, sample in SAMPLES.items() if not name.startswith("all_or_nothing")]
)
def test_another_rule_is_told_as_a_difference(sample: Sample) -> None:
    plainly = loaded(of_one(sample.points, "{kind: all_or_nothing}", sample.inputs))
    (change,) = differences(plainly, loaded(sample.text))
    assert (change.where, change.what, change.after) == ("C", "计分方式", sample.describe)


DEVICES = {"kind": "count", "each": 1, "measure": "个"}
UNDER = [{"id": "b1", "points": 2, "text": "有制度"}, {"id": "b2", "points": 3, "text": "有器具", "rule": DEVICES}]
WATER: list[dict[str, Any]] = [
    {"id": "a", "text": "被评为节水型单位"},
    {"id": "b", "points": 5, "text": "器具", "parts": UNDER},
]
THREE: list[dict[str, Any]] = [{"id": f"p{at}", "text": text} for at, text in enumerate(("能耗", "电耗", "水耗"), 1)]
COMBINED: list[tuple[str, dict[str, Any], list[dict[str, Any]], Rows]] = [
    (
        "either",
        {"kind": "either"},
        WATER,
        [
            ("1；空；空", "几种情形取最高：a 填“是” → 7 分"),
            ("0；1；2", "几种情形取最高：b b1 填“是” → 2 分；b2 填 2 个，每个 1 分，最高 3 分 → 2 分 → 4 分"),
            ("1；？；空", "几种情形取最高：a 填“是” → 7 分"),
            ("0；？；空", "有填报无法采信，更正后最多 7 分 → 0 分"),
            ("空；空；空", "未填报 → 0 分"),
            ("不涉及；不涉及；不涉及", "各项都填“不涉及”，不涉及不评分 → 0 分"),
            (
                "不涉及；1；0",
                "几种情形取最高：b b1 填“是” → 2 分；b2 填 0 个，每个 1 分，最高 3 分 → 0 分 → 2 分",
            ),
        ],
    ),
    (
        "all of",
        {"kind": "all_of"},
        THREE,
        [
            ("1；1；1", "3 项全部做到 → 7 分"),
            ("1；0；1", "3 项须全部做到：p2 填“否” → 0 分"),
            ("1；0；？", "3 项须全部做到：p2 填“否”；p3 “…”无法采信，更正后最多 7 分 → 0 分"),
            ("1；1；？", "有填报无法采信，更正后最多 7 分 → 0 分"),
            ("1；1；空", "3 项须全部做到：p3 未填报 → 0 分"),
            ("1；1；不涉及", "2 项全部做到 → 7 分"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("rule", "parts", "said", "told"),
    [pytest.param(rule, parts, *row, id=name) for name, rule, parts, rows in COMBINED for row in rows],
)
def test_what_parts_bring_together(rule: dict[str, Any], parts: list[dict[str, Any]], said: str, told: str) -> None:
    rule_and_parts = f"{json.dumps(rule)}, not_applicable: dropped, parts: {json.dumps(parts)}"
    assert reasons.why(line_of(loaded(of_one("7", rule_and_parts)), said)) == told
