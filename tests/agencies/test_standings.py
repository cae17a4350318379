"""Where each agency stands; and every figure of the progress worked out anew from the document alone."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agencies.test_progress import A, B, C, Form, numbered
from forms import RUBRIC
from jieyue_cli.agencies.account import Account, account_of
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.standings import State
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.problems import Code
from program import Call, run
from published import COUNTED, ORDER
from returns import returned

POOR: dict[str, str | int] = {"1.1.1": "否", "2.2.3": 0, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否"}
PASS, FAIL, OPEN, BEGUN = "达标", "未达标", "待更正", "核查未完"


def account(forms: list[Form], year: int, *names: str) -> Account:
    tally = Tally()
    for number, form in enumerate(forms):
        tally.add(form.result(number))
    return account_of(RUBRIC, tally, Roster(tuple(RosterEntry(name, None) for name in names)), None, year)


STATES: dict[str, tuple[list[Form], State, int | None, bool, str]] = {
    "recognised this year": ([Form(A, 2021, PASS, PASS)], State.RECOGNISED, 2021, True, ""),
    "recognised earlier": ([Form(A, 2020, PASS, PASS)], State.RECOGNISED, 2020, False, "今年没有交表"),
    "recognised twice": ([Form(A, 2020, PASS, PASS), Form(A, 2021, FAIL, PASS)], State.RECOGNISED, 2020, True, ""),
    "recognised, checked again": (
        [Form(A, 2020, PASS, PASS), Form(A, 2021, PASS, BEGUN)],
        State.RECOGNISED,
        2020,
        True,
        "核查未完成 2/42",
    ),
    "withdrawn": (
        [Form(A, 2020, PASS, PASS), Form(A, 2021, PASS, FAIL)],
        State.WITHDRAWN,
        None,
        True,
        "2020 年认定，2021 年核查未达标",
    ),
    "failed": ([Form(A, 2021, PASS, FAIL)], State.FAILED, None, True, ""),
    "verifying": ([Form(A, 2021, PASS, BEGUN)], State.VERIFYING, None, True, "核查未完成 2/42"),
    "verifying what is to be mended": (
        [Form(A, 2021, OPEN, BEGUN)],
        State.VERIFYING,
        None,
        True,
        "核查未完成 2/42",
    ),
    "own score": ([Form(A, 2021)], State.SELF_PASS, None, True, ""),
    "own score, failed before": (
        [Form(A, 2020, PASS, FAIL), Form(A, 2021)],
        State.SELF_PASS,
        None,
        True,
        "2020 年核查未达标",
    ),
    "poor": ([Form(A, 2021, FAIL)], State.SELF_FAIL, None, True, ""),
    "to be mended": ([Form(A, 2021, OPEN)], State.RETURNED, None, False, "待更正，暂未计入"),
    "finding to be mended": ([Form(A, 2021, PASS, OPEN)], State.RETURNED, None, False, "待更正，暂未计入"),
    "contradicting": ([Form(A, 2021), Form(A, 2021, FAIL)], State.RETURNED, None, False, "几份表不同，都未计入"),
    "nothing": ([], State.MISSING, None, False, ""),
    "only an earlier year": ([Form(A, 2020)], State.MISSING, None, False, "只有 2020 年的表"),
}


@pytest.mark.parametrize(("forms", "state", "since", "handed_in", "remark"), STATES.values(), ids=STATES.keys())
def test_where_an_agency_stands(
    forms: list[Form], state: State, since: int | None, handed_in: object, remark: str
) -> None:
    (standing,) = account(forms, 2021, A).standings
    assert (standing.state, standing.since, standing.handed_in, standing.remark) == (state, since, handed_in, remark)
    assert len(standing.files) == sum(form.year == 2021 for form in forms)


def test_a_later_form_for_an_earlier_year_does_not_undo_what_was_verified_then() -> None:
    made = account([Form(A, 2020, PASS, PASS), Form(A, 2020, FAIL), Form(B, 2021)], 2021, A, B)
    assert [standing.state for standing in made.standings] == [State.RECOGNISED, State.SELF_PASS]


def test_who_is_not_in_the_roster_stands_last_and_counts_for_nothing() -> None:
    made = account([Form(C, 2021, PASS, PASS), Form(B, 2021)], 2021, A, B)
    assert [(standing.name, standing.state.value, standing.listed) for standing in made.standings] == [
        (A, "missing", True),
        (B, "self_pass", True),
        (C, "returned", False),
    ]
    assert (made.standings[2].remark, made.remark("000.xlsx").counts) == ("不在名录，未计入", False)


def test_who_is_left_out_counts_for_nothing_and_has_one_row_where_it_handed_in() -> None:
    out = RosterEntry(C, None, ("旧名",), outside="垂管")
    tally = Tally()
    for number, form in enumerate([Form(C, 2021, PASS, PASS), Form("旧名", 2021), Form(C, 2020, PASS, PASS)]):
        tally.add(form.result(number))
    roster = Roster((RosterEntry(A, None),), (out, RosterEntry(B, None, outside="已撤并")))
    made = account_of(RUBRIC, tally, roster, None, 2021)
    assert [(standing.name, standing.state.value, standing.listed, standing.remark) for standing in made.standings] == [
        (A, "missing", True, ""),
        (C, "returned", False, "不参评，未计入；垂管"),
    ]
    assert made.standings[1].files == ("000.xlsx", "001.xlsx")
    assert {made.remark(f"00{number}.xlsx").text for number in range(3)} == {"不参评，未计入；垂管"}
    progress = made.progress
    assert (progress.agencies, progress.recognised, progress.missing) == (1, 0, (A,))
    assert [(entry.name, entry.outside) for entry in progress.outside] == [(C, "垂管"), (B, "已撤并")]


def test_a_form_of_agencies_that_are_assessed_together_counts_for_both_and_says_so() -> None:
    tally = Tally()
    tally.add(Form("别名", 2021, PASS, PASS).result(0))
    both = Roster((RosterEntry(A, None, ("别名",), (B,)), RosterEntry(B, None, (), (A,)), RosterEntry(C, None)))
    made = account_of(RUBRIC, tally, both, None, None)
    assert [(standing.name, standing.state, standing.remark) for standing in made.standings] == [
        (A, State.RECOGNISED, f"与{B}合署"),
        (B, State.RECOGNISED, f"与{A}合署"),
        (C, State.MISSING, ""),
    ]
    assert made.progress.recognised == 2
    assert [problem.code for problem in made.problems] == [Code.AGENCY_OTHER_NAME, Code.AGENCY_TOGETHER]


BOTH = "单位名称,曾用名,合署\n示例市财政局,示例市老财政局,示例市教育局\n示例市教育局,,\n"
NO_ANSWERS: dict[str, str | int | None] = dict.fromkeys(ORDER)
HANDED_IN: dict[str, tuple[dict[str, bytes], tuple[str, str]]] = {
    "a form of the other agency": ({"教育.xlsx": returned("示例市教育局")}, ("self_pass", "self_pass")),
    "beside a blank one of its own": (
        {"教育.xlsx": returned("示例市教育局"), "财政.xlsx": returned("示例市财政局", NO_ANSWERS)},
        ("self_pass", "self_pass"),
    ),
    "each its own": (
        {"教育.xlsx": returned("示例市教育局", POOR), "财政.xlsx": returned("示例市财政局")},
        ("self_pass", "self_fail"),
    ),
    "a broken form": ({"示例市教育局.xlsx": b"broken"}, ("returned", "returned")),
    "a scan under a former name": ({"示例市老财政局.pdf": b"%PDF"}, ("returned", "returned")),
    "a scan beside the other's form": (
        {"1/示例市老财政局.pdf": b"%PDF", "2/教育.xlsx": returned("示例市教育局")},
        ("self_pass", "self_pass"),
    ),
    "a scan for another year": ({"示例市财政局2019.pdf": b"%PDF"}, ("missing", "missing")),
}


@pytest.mark.parametrize(("files", "states"), HANDED_IN.values(), ids=HANDED_IN.keys())
def test_what_one_agency_of_an_office_hands_in_is_that_of_the_others(
    files: dict[str, bytes], states: tuple[str, str], call: Call, tmp_path: Path
) -> None:
    (tmp_path / "名录.csv").write_text(BOTH, "utf-8")
    for name, data in files.items():
        (tmp_path / "交表" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "交表" / name).write_bytes(data)
    made = json.loads(call("batch", "交表", "--roster", "名录.csv", "--year", "2020", "--format", "json").out)
    assert tuple(agency["state"] for agency in made["agencies"]) == states


def test_last_years_answers_with_another_year_written_are_told() -> None:
    made = account([Form(A, 2020, PASS, PASS), Form(A, 2021)], 2021, A)
    assert [problem.code for problem in made.problems] == [Code.SUBMISSION_REPEATED, Code.YEAR_EARLIER]


def test_last_years_form_handed_in_again_is_told() -> None:
    made = account([Form(A, 2020), Form(A, 2020), Form(B, 2021)], 2021, A, B)
    told = [problem.code for problem in made.problems if problem.code is not Code.YEAR_EARLIER]
    assert told == [Code.SUBMISSION_COPIED, Code.SUBMISSION_LAST_YEARS]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A year with everything in it, as the program tells it."""
    place = tmp_path_factory.mktemp("city")
    names = numbered(14)
    returns = place / "交表"
    (returns / "往年").mkdir(parents=True)
    forms = {
        "往年/1": returned(names[0], findings={}, year=2020),
        "往年/2": returned(names[1], findings={}, year=2020),
        "往年/3": returned(names[2], year=2020),
        "2": returned(
            names[1], findings={"1.1.1": "否", "2.2.3": 0, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否"}, year=2021
        ),
        "4": returned(names[3], findings={}, year=2021),
        "4b": returned(names[3], year=2021),
        "5": returned(names[4], {"1.1.1": "否"}, year=2021),
        "6": returned(names[5], POOR, year=2021),
        "7": returned(names[6], {"1.1.1": "不涉及"}, year=2021),
        "8": returned(names[7], dict.fromkeys(COUNTED, "若干") | {"1.1.1": "否", "2.2.5": "否"}, year=2021),
        "9a": returned(names[8], year=2021),
        "9b": returned(names[8], {"2.2.3": 1}, year=2021),
        names[9]: b"broken",
        "生人": returned("外来单位", findings={}, year=2021),
    }
    for name, data in forms.items():
        (returns / f"{name}.xlsx").write_bytes(data)
    (place / "名录.csv").write_text("单位名称\n" + "\n".join(names), "utf-8")
    ran = run("batch", "交表", "--roster", "名录.csv", "--format", "json", cwd=place)
    made: dict[str, Any] = json.loads(ran.stdout, parse_float=Decimal)
    lines = [
        json.loads(line)
        for line in run("batch", "交表", "--roster", "名录.csv", "--format", "jsonl", cwd=place).stdout.splitlines()
    ]
    assert [line["agency"]["name"] for line in lines if "agency" in line and "file" not in line] == [
        agency["name"] for agency in made["agencies"]
    ]
    assert all("counts" not in line for line in lines)
    return made


def test_every_figure_of_the_progress_follows_from_the_list(document: dict[str, Any]) -> None:
    progress, agencies = document["progress"], document["agencies"]
    by_file = {result["file"]: result for result in document["results"]}
    states = Counter(agency["state"] for agency in agencies)
    assert states == {"recognised": 2, "withdrawn": 1, "self_pass": 2, "self_fail": 1, "returned": 4, "missing": 5}
    listed = [agency for agency in agencies if agency["listed"]]
    assert progress["agencies"] == len(listed) == 14
    assert progress["recognised"] == states["recognised"]
    verifying = [agency for agency in agencies if agency["state"] == "verifying"]
    at_mark = [agency for agency in verifying if agency["self"] >= document["rubric"]["pass_mark"]]
    assert progress["self_assessed"] == states["self_pass"] + len(at_mark)
    assert progress["missing"] == [agency["name"] for agency in agencies if agency["state"] == "missing"]
    assert progress["withdrawn"] == [agency["name"] for agency in agencies if agency["state"] == "withdrawn"]
    assert progress["handed_in"] == sum(agency["handed_in"] for agency in agencies)
    assert progress["required"] == -(-progress["agencies"] * progress["target_rate"] // 1)
    assert progress["gap"] == max(0, progress["required"] - progress["recognised"])
    assert progress["gap_if_confirmed"] == max(0, progress["gap"] - progress["self_assessed"])
    assert progress["rate"] == round(Decimal(progress["recognised"]) / progress["agencies"], 6)
    assert progress["files"] == len(document["results"])
    assert progress["unreadable"] == sum(result["status"] == "unreadable" for result in document["results"])
    counting = [
        result for result in document["results"] if result["counts"] and result["agency"]["year"] == progress["year"]
    ]
    lost: Counter[str] = Counter()
    for result in counting:
        side = result["verified"] if result["verification"]["state"] == "complete" else result["self"]
        lines = [line for unit in side["units"] for item in unit["items"] for line in item["criteria"]]
        lost.update(line["id"] for line in lines if line["score"] < line["points"])
    assert {row["criterion"]: row["agencies"] for row in progress["lost"]} == lost
    assert progress["not_applicable"] == [
        {"criterion": "1.1.1", "policy": "not_allowed", "name": "示例市7局", "file": "交表/7.xlsx"}
    ]
    for agency in agencies:
        counted = [by_file[file] for file in agency["files"] if by_file[file]["counts"]]
        assert len(counted) == (agency["handed_in"] and agency["state"] != "missing")
        assert agency["self"] == counted[0]["self"]["total"] if counted else True


def test_a_file_that_cannot_be_read_is_its_agencys_by_its_name(document: dict[str, Any]) -> None:
    agency = document["agencies"][9]
    assert (agency["state"], agency["files"], agency["remark"]) == ("returned", ["交表/示例市10局.xlsx"], "无法读取")
