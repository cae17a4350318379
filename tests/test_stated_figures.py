"""What a form itself states is held against the score: sums, single scores and grades, of both sides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jieyue_cli.assessment import Assessor, Reading, Result
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Agency, Stated, StatedGrade, Statement, Submission
from scoring.standards import Said, claims, counted, criterion, item, standard, unit

LEVELS = [{"name": "优秀", "from": "9"}, {"name": "合格", "from": "6", "below": "9"}, {"name": "不合格", "from": "0"}]
UNITS = (
    unit("1", item("A", criterion("A1", "4"), counted("A2", "3")), item("B", criterion("B1", "2"))),
    unit("2", item("C", criterion("C1", "1"))),
)
RUBRIC = standard(*UNITS, passing="6")
GRADED = standard(*UNITS, passing="6", grades=LEVELS)
EXCUSING = standard(*UNITS, passing="6", not_applicable="rescaled")
ALONE = standard(unit("1", item("A", counted("A1", "3"))), passing="2")

SURE: Said = {"A1": "1", "A2": "2", "B1": "1", "C1": "0"}
"""8 points."""
OPEN: Said = {**SURE, "A2": "？"}
"""6 points, 9 at most."""
ITEM_A, BOTH = ("A1", "A2"), ("A1", "A2", "B1", "C1")


def told(result: Result) -> list[str]:
    return [f"{problem.code.slug} {problem.location} {problem.message}" for problem in result.problems]


def concluded(
    rubric: Rubric, said: Said, stated: tuple[Stated, ...] = (), grades: tuple[StatedGrade, ...] = ()
) -> Result:
    own = Statement(tuple(claims(said)), stated, grades)
    return Assessor(rubric).conclude(Reading("甲.xlsx", None, Submission(Agency("甲", None, 2030), own, None), ()))


def disagrees(stated: str, computed: str, what: str = "总分") -> list[str]:
    written = f"散总不符：{what}写的是 {stated} 分，各项相加为 {computed} 分，以后者为准，请核对。"
    return [f"total-disagrees 甲.xlsx 表!B5 {written}"]


def score_disagrees(stated: str, computed: str, identifier: str) -> list[str]:
    written = f"表中的自评得分是 {stated} 分，按填报内容应为 {computed} 分，以后者为准，请核对公式是否被改动。"
    return [f"score-disagrees 甲.xlsx 表!B5（{identifier}） {written}"]


SUMS: list[tuple[str, Rubric, Said, str, tuple[str, ...], str, list[str]]] = [
    ("the total", RUBRIC, SURE, "总分", BOTH, "8", []),
    ("a total too high", RUBRIC, SURE, "总分", BOTH, "8.01", disagrees("8.01", "8")),
    ("a total too low", RUBRIC, SURE, "总分", BOTH, "7.99", disagrees("7.99", "8")),
    ("a total that differs beyond two decimals", RUBRIC, SURE, "总分", BOTH, "8.009", []),
    ("the least that is sure", RUBRIC, OPEN, "总分", BOTH, "6", []),
    ("what it could become", RUBRIC, OPEN, "总分", BOTH, "9", []),
    ("less than is sure", RUBRIC, OPEN, "总分", BOTH, "5.99", disagrees("5.99", "6")),
    ("more than it could become", RUBRIC, OPEN, "总分", BOTH, "9.01", disagrees("9.01", "6")),
    ("an item's sum", RUBRIC, SURE, "小计", ITEM_A, "6", []),
    ("an item's sum that is another", RUBRIC, SURE, "小计", ITEM_A, "8", disagrees("8", "6", "小计")),
    ("an item's sum that could become true", RUBRIC, OPEN, "小计", ITEM_A, "7", []),
    ("an item's sum that could not", RUBRIC, OPEN, "小计", ITEM_A, "7.5", disagrees("7.5", "4", "小计")),
    ("the sum of one criterion", RUBRIC, OPEN, "小计", ("A2",), "3", []),
    ("the sum of one criterion that is another", RUBRIC, SURE, "小计", ("A2",), "3", disagrees("3", "2", "小计")),
    ("a stored score", RUBRIC, SURE, "自评得分", ("A2",), "2", []),
    ("a stored score that is another", RUBRIC, SURE, "自评得分", ("A2",), "3", score_disagrees("3", "2", "A2")),
    ("a stored score of what cannot be read", RUBRIC, OPEN, "自评得分", ("A2",), "3", score_disagrees("3", "0", "A2")),
    ("the only criterion's score", ALONE, {"A1": "2"}, "自评得分", ("A1",), "2", []),
    ("the only criterion's sum", ALONE, {"A1": "2"}, "总分", ("A1",), "3", disagrees("3", "2")),
    ("a total after rescaling", EXCUSING, {**SURE, "B1": "不涉及"}, "总分", BOTH, "7.5", []),
    ("a total before rescaling", EXCUSING, {**SURE, "B1": "不涉及"}, "总分", BOTH, "6", disagrees("6", "7.5")),
]


@pytest.mark.parametrize(
    ("rubric", "said", "what", "criteria", "points", "problems"), [pytest.param(*case[1:], id=case[0]) for case in SUMS]
)
def test_a_figure_that_cannot_be_true_is_told(
    rubric: Rubric, said: Said, what: str, criteria: tuple[str, ...], points: str, problems: list[str]
) -> None:
    stated = Stated(what, frozenset(criteria), Decimal(points), "表", "B5")
    assert told(concluded(rubric, said, (stated,))) == problems


FAILING: Said = {"A1": "1", "A2": "1"}
GRADES: list[tuple[str, Rubric, Said, str, bool, str | None]] = [
    ("passes", RUBRIC, SURE, "达标", True, None),
    ("does not", RUBRIC, FAILING, "未达标", False, None),
    ("says less", RUBRIC, SURE, "未达标", False, "按 8 分应为“达标”"),
    ("says more", RUBRIC, FAILING, "达标", True, "按 5 分应为“未达标”"),
    ("may still pass", RUBRIC, {"A1": "1", "A2": "？"}, "达标", True, None),
    ("may still not pass", RUBRIC, {"A1": "1", "A2": "？"}, "未达标", False, None),
    ("its grade", GRADED, SURE, "合格", True, None),
    ("a better grade", GRADED, SURE, "优秀", True, "按 8 分应为“合格”"),
    ("a worse grade", GRADED, SURE, "不合格", False, "按 8 分应为“合格”"),
    ("a grade that may come true", GRADED, OPEN, "优秀", True, None),
]


@pytest.mark.parametrize(
    ("rubric", "said", "written", "passes", "told_as"), [pytest.param(*case[1:], id=case[0]) for case in GRADES]
)
def test_a_grade_that_cannot_be_true_is_told(
    rubric: Rubric,
    said: Said,
    written: str,
    passes: bool,  # noqa: FBT001 -- a case
    told_as: str | None,
) -> None:
    problem = f"grade-disagrees 甲.xlsx 表!D5 评分与等级不符：写的是“{written}”，{told_as}，以后者为准，请核对。"
    result = concluded(rubric, said, grades=(StatedGrade(written, passes, "表", "D5"),))
    assert told(result) == ([problem] if told_as else [])


def test_each_side_is_held_against_its_own_score() -> None:
    everything = frozenset(BOTH)
    own = Statement(tuple(claims(SURE)), (Stated("总分", everything, Decimal(8), "表", "B5"),))
    office = Statement(tuple(claims(FAILING)), (Stated("总分", everything, Decimal(8), "表", "F5"),))
    submission = Submission(Agency("甲", None, 2030), own, office)
    result = Assessor(RUBRIC).conclude(Reading("甲.xlsx", None, submission, ()))
    assert told(result) == [
        "total-disagrees 甲.xlsx 表!F5 散总不符：总分写的是 8 分，各项相加为 5 分，以后者为准，请核对。"
    ]
    assert result.self is not None
    assert (result.deciding, result.status.chinese, result.self.verdict.chinese) == (result.verified, "未达标", "达标")
