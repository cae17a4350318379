"""What ``rubric check`` says a standard will do: it says it where it is so, with figures that the scoring proves."""

from __future__ import annotations

from pathlib import Path

import pytest

from jieyue_cli.rubric.cautions import CAUTIONS, cautions, words
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import load
from jieyue_cli.scoring.scoring import score
from jieyue_cli.text.numbers import plain
from program import Call
from rubric.cautions.cases import CASES, Case
from scoring.standards import claims

EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/rubrics/*.yaml"))
NAMES = [case.says.__name__ for case in CASES]


def test_every_statement_has_a_case() -> None:
    assert {case.says for case in CASES} == set(CAUTIONS)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_statement_is_made_where_it_is_so(case: Case) -> None:
    said = [(each.where, each.does) for each in case.says(case.rubric)]
    assert said == [(case.where, case.does)]
    assert list(case.says(case.without)) == []
    assert all(each in cautions(case.rubric) for each in case.says(case.rubric))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_scoring_does_what_a_statement_says(case: Case) -> None:
    cards = [score(case.rubric, claims(said)) for said, _ in case.proof]
    assert [f"{plain(card.total)} {card.conclusion}" for card in cards] == [worth for _, worth in case.proof]


def test_nothing_is_said_of_the_standard_of_2020(rubric: Rubric) -> None:
    assert cautions(rubric) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_figure_of_an_example_is_taken_for_a_mistake(path: Path) -> None:
    rubric, _ = load(path)
    assert rubric is not None
    checks = [check for check in CAUTIONS if check.__module__ == words.__name__]
    assert [caution for check in checks for caution in check(rubric)] == []


def test_they_stand_below_what_the_check_found(call: Call) -> None:
    path = next(path for path in EXAMPLES if path.stem == "bonus_110")
    ran = call("rubric", "check", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.partition("\n\n")[2].replace("\n  ", "") == (
        "请与条文对照（不是错误，是本标准将怎样计分）\n"
        "- C 附加项：附加分能把不够的基础分补到达标线：基础分 75 分 + 附加分 10 分 = 85分，达标。"
        "基础分先要达标的，给 C 写 entry: {at_least: 85}。\n"
    )
