"""Every example standard from its blank form to the batch: scored as its text says, and as its live formulas show."""

from __future__ import annotations

import io
import json
import random
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from any_form import Answers, Filled, at_random, book_of, checked, completions, differences, scored
from first import first
from jieyue_cli.problems import Code, Severity
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.rubric.source import load
from jieyue_cli.scoring import reasons
from jieyue_cli.text.numbers import plain
from program import Call
from soffice import calculated, resaved

FOLDER = Path(__file__).parents[1] / "examples" / "rubrics"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FORMS = 8
"""Random forms of each standard that a spreadsheet program calculates; the office has begun with most of them."""


@cache
def rubric_of(name: str) -> Rubric:
    rubric, problems = load(FOLDER / f"{name}.yaml")
    assert rubric is not None, problems
    return rubric


OWN_BEST: dict[str, Answers] = {
    "smoke_free": {"A1": "否", "A2": 0, "2.2.1-a": None},
    "website_check": {
        "A1": "示例市财政局网站",
        "A2": "2021-05-10",
        "A3": "否",
        "G1": 0.02,
        **dict.fromkeys(("1.1.2", "2.1.1", "3.1.1", "3.1.2"), 0),
    },
    "green_mall": {"2.1.2": 108},
    "performance_review": {
        "A1": "节水改造",
        "A2": "2024-02-01",
        "A3": 200,
        "A4": 200,
        "A5": 150,
        "A6": 2600,
        "A7": 100,
        "A8": 30,
        **dict.fromkeys(("2.1.1/1", "2.1.1/2", "2.1.3/1", "2.1.3/2"), 100),
    },
}
"""Answers that bring full points, where the way of asking does not say which these are."""


def best(rubric: Rubric) -> Answers:
    """Answers that bring full points, as the form asks for them."""
    found: dict[str, object] = {}
    for question in rubric.questions.values():
        match question.asked.type:
            case AnswerType.YES_NO:
                found[question.id] = "否" if "扣分情形" in question.text else "是"
            case AnswerType.COUNT:
                found[question.id] = 0 if "扣分情形" in question.text else 99
            case AnswerType.CHOICE:
                found[question.id] = question.asked.choices[0]
            case AnswerType.PERCENT:
                found[question.id] = 0 if "扣" in question.text else 1
            case AnswerType.POINTS:
                found[question.id] = float(question.asked.most or 0)
            case AnswerType.NUMBER:
                found[question.id] = 100 if question.asked.positive else 1
    return {**found, **OWN_BEST.get(rubric.id, {})}


def test_there_is_one_for_each_published_scheme() -> None:
    assert [
        *("bonus_110", "county_variant", "gate_six_areas", "green_mall", "half_points", "na_dropped", "na_full"),
        *("na_rescaled", "performance_review", "smoke_free", "three_classes", "veto_105", "water_saving_90"),
        "website_check",
    ] == NAMES
    assert all("示例，不是正式文本" in (FOLDER / f"{name}.yaml").read_text("utf-8") for name in NAMES)


@pytest.mark.parametrize("name", first(2, NAMES))
def test_full_answers_bring_full_marks_and_none_bring_nothing(name: str) -> None:
    rubric = rubric_of(name)
    for group in rubric.classes or (None,):
        full = scored(rubric, book_of(rubric, Filled(group, best(rubric), {}))).self
        assert full is not None
        assert full.total == full.at_most == rubric.full
        assert (full.conclusion, full.verdict.chinese) == (rubric.levels[-1][0], "达标")
        nothing = scored(rubric, book_of(rubric, Filled(group, {}, {}))).self
        assert nothing is not None
        assert nothing.total == nothing.at_most == 0
        assert (nothing.conclusion, nothing.verdict.chinese) == (rubric.levels[0][0], "未达标")


def filled(name: str) -> list[bytes]:
    """Forms of a standard as agencies and the office may have left them."""
    rubric = rubric_of(name)
    chance = random.Random(name)  # noqa: S311 -- examples, not secrets
    forms = [
        Filled(
            chance.choice(rubric.classes) if rubric.classes else None,
            at_random(rubric, chance, odd=0.06 if number % 3 else 0),
            checked(rubric, chance, number, odd=0.06 if number % 4 == 1 else 0),
            completions(number // 4 + number),
        )
        for number in range(FORMS)
    ]
    return [book_of(rubric, form) for form in forms]


@pytest.fixture(scope="module")
def handed_in() -> dict[str, list[bytes]]:
    """The forms of each standard."""
    return {name: filled(name) for name in NAMES}


@pytest.mark.libreoffice
def test_the_live_formulas_show_the_score(handed_in: dict[str, list[bytes]], tmp_path: Path) -> None:
    cases = [(name, form) for name, forms in handed_in.items() for form in forms]
    shown = calculated([form for _, form in cases], tmp_path)
    wrong = [
        (name, differences(rubric_of(name), form, cells)) for (name, form), cells in zip(cases, shown, strict=True)
    ]
    assert wrong == [(name, []) for name, _ in cases]


@pytest.mark.libreoffice
def test_what_a_spreadsheet_program_saves_disagrees_nowhere(handed_in: dict[str, list[bytes]], tmp_path: Path) -> None:
    saved = resaved([forms[-1] for forms in handed_in.values()], "xlsx", tmp_path)
    disagree = {Code.SCORE_DISAGREES, Code.TOTAL_DISAGREES, Code.GRADE_DISAGREES}
    told = {
        problem.code
        for name, form in zip(NAMES, saved, strict=True)
        for problem in scored(rubric_of(name), form).problems
    }
    assert told.isdisjoint(disagree)


@pytest.mark.parametrize("name", first(2, NAMES))
def test_from_the_blank_form_to_the_batch(name: str, call: Call, tmp_path: Path) -> None:
    path, rubric = FOLDER / f"{name}.yaml", rubric_of(name)
    checked = call("rubric", "check", path)
    assert (checked.code, checked.err) == (0, "")
    blank = call("template", "--rubric", path, "-o", "空表.xlsx")
    assert blank.code == 0
    folder = tmp_path / "交回"
    folder.mkdir()
    group = rubric.classes[0] if rubric.classes else None
    (folder / "甲.xlsx").write_bytes(book_of(rubric, Filled(group, best(rubric), best(rubric))))
    (folder / "乙.xlsx").write_bytes((tmp_path / "空表.xlsx").read_bytes())
    one = call("score", "交回/甲.xlsx", "--rubric", path, "--detail")
    assert one.code == 0, one.err
    assert rubric.levels[-1][0] in one.out
    reports = [part for name in ("汇总.json", "汇总.csv", "汇总.xlsx") for part in ("-o", name)]
    done = call("batch", "交回", "--rubric", path, "--agencies", "4", *reports)
    assert done.code == 1  # one of the two names no agency
    assert "Traceback" not in done.err
    assert rubric.levels[-1][0] in done.out
    document = json.loads((tmp_path / "汇总.json").read_bytes(), parse_float=Decimal)
    assert [(row["file"], row["status"]) for row in document["results"]] == [
        ("交回/乙.xlsx", "fail"),
        ("交回/甲.xlsx", "pass"),
    ]
    assert document["results"][1]["verified"]["total"] == rubric.full
    assert (document["progress"]["recognised"], document["progress"]["agencies"]) == (1, 4)
    assert "甲.xlsx" in (tmp_path / "汇总.csv").read_text("utf-8-sig")
    assert len(openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames) > 1


WITHOUT = {"3.2.2", "3.3.2", "3.4.1", "3.4.2", "4.3.3"}
"""What an agency without canteen and cars has nothing to do with: 12 points."""
POLICIES = [
    ("na_dropped", "79", "88", "未达标", "79"),
    ("na_full", "91", "100", "达标", "91"),
    ("na_rescaled", "89.77", "88", "达标", "79"),
]


@pytest.mark.parametrize(("name", "total", "denominator", "verdict", "raw"), POLICIES)
def test_an_agency_without_canteen_and_cars_that_misses_its_targets(
    name: str, total: str, denominator: str, verdict: str, raw: str
) -> None:
    rubric = rubric_of(name)
    answers = {**best(rubric), **dict.fromkeys(WITHOUT, "不涉及"), "1.1.1": "否"}
    result = scored(rubric, book_of(rubric, Filled(None, answers, {})))
    card = result.self
    assert card is not None
    assert list(map(plain, (card.shown, card.denominator, card.raw))) == [total, denominator, raw]
    assert card.verdict.chinese == verdict
    assert {line.id for line in card.excused} == WITHOUT
    assert not [problem for problem in result.problems if problem.severity is not Severity.NOTE]


def test_exactly_the_mark_after_rescaling_passes() -> None:
    # 76 of 95 is 80: 7 points lost of 95 that are left after a canteen and one of two car criteria are dropped
    rubric = rubric_of("na_rescaled")
    excused = {"3.2.2", "4.3.3"}  # 5 points
    lost = {"1.1.1", "2.2.3", "2.2.4", "2.2.6"}  # 9 + 5 + 3 + 2
    answers = {**best(rubric), **dict.fromkeys(excused, "不涉及"), **dict.fromkeys(lost, "否"), "2.2.3": 0}
    card = scored(rubric, book_of(rubric, Filled(None, answers, {}))).self
    assert card is not None
    assert [str(each) for each in (card.raw, card.denominator, card.total, card.verdict.chinese)] == [
        "76",
        "95",
        "80",
        "达标",
    ]
    less = scored(rubric, book_of(rubric, Filled(None, {**answers, "2.2.8": "否"}, {}))).self
    assert less is not None
    assert (plain(less.shown), less.verdict.chinese) == ("78.94", "未达标")


FINDINGS: list[tuple[str, str | None, dict[str, object], str, str, str]] = [
    ("bonus_110", None, {"A1.1": "否", "A1.2": 0}, "85", "未达标", "A1 目标与制度：没有做到（★不得为0分）"),
    ("bonus_110", None, {"A1.1": "否", "A1.2": 1, "C1.1": "否"}, "84", "未达标", ""),
    ("bonus_110", None, {"A1.1": "否", "A1.2": 1, "C1.2": "否"}, "86", "达标", ""),
    ("bonus_110", None, {"B2.1": "不涉及"}, "110", "达标", ""),
    ("gate_six_areas", None, {"G1-a1": "否", "G1-b": "否"}, "100", "未达标", "G1 "),
    ("gate_six_areas", None, {"G1-a1": "否"}, "100", "达标", ""),
    ("gate_six_areas", None, {"4.1.1": "不涉及", "4.1.2": "不涉及", "2.1.1": 0}, "82.35", "达标", ""),
    ("veto_105", None, {"1.1.1": "否"}, "80", "未达标", "1.1.1 "),
    ("veto_105", None, {"3.1.1": 2, "3.1.2": "是"}, "105", "达标", ""),
    ("veto_105", None, {"3.1.1": 0, "3.1.2": "否", "1.1.2": 0.03}, "94", "达标", ""),
    ("water_saving_90", None, {"1.1.1": 90, "2.2.1-a": "否"}, "98", "达标", ""),
    ("water_saving_90", None, {"1.1.1": 91, "1.2.3": "不涉及"}, "89", "未达标", ""),
    ("three_classes", "集中办公", {"G1": "否"}, "100", "达标", "G1 "),
    ("three_classes", "重点用能单位", {"2.1.1": "否", "2.1.2": "否"}, "40", "未达标", "2.1 "),
    ("half_points", None, {"2.1.1/4": 5, "1.1.3": 12}, "49", "达标", ""),
    ("half_points", None, {"2.1.2-a": "否", "2.1.3": 7}, "47.6", "达标", ""),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "group", "changes", "total", "verdict", "missed"), FINDINGS)
def test_what_each_scheme_is_there_for(
    name: str, group: str | None, changes: dict[str, object], total: str, verdict: str, missed: str
) -> None:
    rubric = rubric_of(name)
    group = group or (rubric.classes[0] if rubric.classes else None)
    card = scored(rubric, book_of(rubric, Filled(group, {**best(rubric), **changes}, {}))).self
    assert card is not None
    assert (plain(card.shown), card.verdict.chinese) == (total, verdict)
    told = [f"{each.id} {each.text}：没有做到（{each.must.chinese}）" for each in card.requirements if not each.met]
    assert [each[: len(missed)] for each in told] == ([missed] if missed else [])


GRADES = [
    ("three_classes", {"G1": "否"}, "合格"),
    ("three_classes", {"1.1.1": "否", "1.1.2": 3}, "良好"),
    ("veto_105", {"1.1.1": "否"}, "未完成"),
    ("veto_105", {"2.1.1": 1, "3.1.1": 0, "3.1.2": "否"}, "完成"),
]


@pytest.mark.parametrize(("name", "changes", "grade"), GRADES)
def test_grades_and_what_holds_them_down(name: str, changes: dict[str, object], grade: str) -> None:
    rubric = rubric_of(name)
    group = rubric.classes[0] if rubric.classes else None
    answers = {**best(rubric), **changes}
    card = scored(rubric, book_of(rubric, Filled(group, answers, {}))).self
    assert card is not None
    assert card.grade == grade


def test_a_false_claim_forfeits_its_item() -> None:
    rubric = rubric_of("veto_105")
    answers = best(rubric)
    result = scored(rubric, book_of(rubric, Filled(None, answers, {**answers, "2.1.1": "虚假"})))
    assert result.self is not None
    assert result.verified is not None
    assert [str(card.total) for card in (result.self, result.verified)] == ["105", "70"]
    lost = [line for line in result.verified.lines if line.forfeited]
    assert [(line.id, str(line.score)) for line in lost] == [("2.1.1", "0"), ("2.1.2", "0")]
    assert all("弄虚作假" in reasons.why(line) for line in lost)
    claimed = scored(rubric, book_of(rubric, Filled(None, {**answers, "2.1.1": "虚假"}, {})))
    assert [problem.code for problem in claimed.problems] == [Code.ANSWER_NOT_COUNT]


def test_a_claim_without_its_evidence_is_told() -> None:
    rubric = rubric_of("bonus_110")
    data = book_of(rubric, Filled(None, {**best(rubric), "C1.2": "是"}, {}))
    assert not scored(rubric, data).problems
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["自评打分表"].iter_rows():
        if row[0].value == "C1.2":
            row[8].value = None
    stream = io.BytesIO()
    book.save(stream)
    (problem,) = scored(rubric, stream.getvalue()).problems
    assert (problem.code, problem.location.criterion) == (Code.EVIDENCE_MISSING, "C1.2")


def test_an_agency_without_a_class_is_not_settled() -> None:
    rubric = rubric_of("three_classes")
    result = scored(rubric, book_of(rubric, Filled(None, best(rubric), {})))
    assert result.self is not None
    assert (str(result.self.total), str(result.self.at_most), result.self.conclusion) == ("40", "100", "待更正")
    assert Code.CLASS_BLANK in [problem.code for problem in result.problems]


def test_a_blank_form_without_a_class_is_blank() -> None:
    rubric = rubric_of("three_classes")
    result = scored(rubric, book_of(rubric, Filled(None, {}, {})))
    assert (result.blank, result.verified) == (True, None)
    assert Code.FORM_BLANK in [problem.code for problem in result.problems]


def test_an_answer_for_another_class_is_told_and_not_scored() -> None:
    rubric = rubric_of("three_classes")
    result = scored(rubric, book_of(rubric, Filled("独立办公", best(rubric), {})))
    told = [problem.location.criterion for problem in result.problems if problem.code is Code.ANSWER_OTHER_CLASS]
    assert told == ["2.1.1", "2.1.2", "2.2.3"]
    assert result.self is not None
    assert result.self.total == 100
