"""Several files of one agency and year: compared by what they answer, whatever their names and their order."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from agencies.test_progress import A, Form, numbered, progress, roster
from forms import RUBRIC, filled
from jieyue_cli.agencies.account import Account, account_of
from jieyue_cli.agencies.remarks import Reason
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import assess
from jieyue_cli.form.head import Field
from program import Call, run
from published import ORDER
from returns import returned

PASS, FAIL, OPEN, BEGUN = "达标", "未达标", "待更正", "核查未完"

CASES: dict[str, tuple[list[Form], str | None, list[str]]] = {
    "same answers": ([Form(A, 2020), Form(A, 2020)], "self_pass", ["submission-copied"]),
    "same findings": ([Form(A, 2020, PASS, FAIL)] * 3, "failed", ["submission-copied"] * 2),
    "one of them verified": ([Form(A, 2020), Form(A, 2020, PASS, PASS)], "recognised", ["submission-superseded"]),
    "one of them begun": ([Form(A, 2020), Form(A, 2020, PASS, BEGUN)], "verifying", ["submission-superseded"]),
    "complete before partial": (
        [Form(A, 2020), Form(A, 2020, PASS, BEGUN), Form(A, 2020, PASS, FAIL)],
        "failed",
        ["submission-superseded"] * 2,
    ),
    "a further self-assessment": (
        [Form(A, 2020, PASS, PASS), Form(A, 2020, FAIL), Form(A, 2020, OPEN)],
        "recognised",
        ["submission-after-verification"] * 2,
    ),
    "a further one that is being verified": (
        [Form(A, 2020, PASS, PASS), Form(A, 2020, FAIL, BEGUN)],
        "recognised",
        ["submission-after-verification"],
    ),
    "two self-assessments": ([Form(A, 2020), Form(A, 2020, FAIL)], "returned", ["submission-doubled"] * 2),
    "two verifications": (
        [Form(A, 2020, PASS, PASS), Form(A, 2020, PASS, FAIL)],
        "returned",
        ["submission-doubled"] * 2,
    ),
    "one of two self-assessments begun": (
        [Form(A, 2020), Form(A, 2020, FAIL, BEGUN)],
        "returned",
        ["submission-doubled"] * 2,
    ),
}


def account(forms: list[Form], names: dict[Form, str] | None = None) -> Account:
    tally = Tally()
    for number, form in enumerate(forms):
        tally.add(form.result(number))
    return account_of(RUBRIC, tally, roster(*numbered(3)), None, 2020)


def test_a_copy_of_a_contradicting_form_is_not_said_to_count() -> None:
    made = account([Form(A, 2020), Form(A, 2020), Form(A, 2020, FAIL)])
    assert {made.remark(file).reason for file in made.standings[0].files} == {Reason.CONTRADICTING}
    assert made.standings[0].remark == "几份表不同，都未计入"


def test_another_phone_number_or_date_makes_no_other_form(call: Call, tmp_path: Path) -> None:
    heads: list[dict[Field, str | int]] = [{Field.PHONE: "1"}, {Field.PHONE: "2", Field.FILLED_BY: "张三"}]
    for number, head in enumerate(heads):
        (tmp_path / f"{number}.xlsx").write_bytes(returned(A, head=head))
    made = json.loads(call("batch", ".", "--format", "json").out)
    assert [result["counts"] for result in made["results"]] == [True, False]
    assert "（填报人、联系电话不同）" in made["results"][1]["problems"][0]["message"]


@pytest.mark.parametrize(("forms", "state", "codes"), CASES.values(), ids=CASES.keys())
def test_which_form_counts(forms: list[Form], state: str, codes: list[str]) -> None:
    for order in itertools.permutations(forms):
        made = account(list(order))
        assert made.standings[0].state.value == state
        assert sorted(problem.code.slug for problem in made.problems) == codes
        counting = [file for file in made.standings[0].files if made.remark(file).counts]
        assert len(counting) == (state != "returned")
        assert len(made.standings[0].files) == len(forms)


def test_a_copy_is_told_with_what_else_differs() -> None:
    first = assess("a.xlsx", filled(), RUBRIC)
    assert first.submission is not None
    agency = replace(first.submission.agency, filled_by="张三", phone="2")
    other = replace(first, file="b.xlsx", sha256="00" * 32, submission=replace(first.submission, agency=agency))
    saved = replace(first, file="c.xlsx", sha256="11" * 32)
    tally = Tally()
    for result in (saved, other, first):
        tally.add(result)
    assert [problem.message.split("相同（")[1] for problem in account_of(RUBRIC, tally).problems] == [
        "填报人、联系电话不同），只计后者；多余的可以删去，没有填的核查表请留着。",
        "不同的只是保存它的程序或答案以外的内容），只计后者；多余的可以删去，没有填的核查表请留着。",
    ]


def test_findings_that_differ_are_told_with_both() -> None:
    _, problems = progress([Form(A, 2020, PASS, PASS), Form(A, 2020, PASS, FAIL)], roster(A))
    assert "1.1.1 核查这份是“是”、另一份是“否”" in problems[0]
    assert "共 42 条不同" in problems[0]


def test_a_rival_is_compared_with_a_form_that_answers_otherwise() -> None:
    for order in itertools.permutations([Form(A, 2020), Form(A, 2020, PASS, BEGUN), Form(A, 2020, FAIL)]):
        messages = [problem.message for problem in account(list(order)).problems]
        assert len(messages) == 3
        assert all("1.1.1 这份是" in message and "核查" not in message for message in messages)


def test_only_what_differs_between_findings_is_told(call: Call, tmp_path: Path) -> None:
    begun = [{**dict.fromkeys(ORDER), "1.1.1": finding} for finding in ("是", "否")]
    for number, findings in enumerate([None, *begun]):
        (tmp_path / f"{number}.xlsx").write_bytes(returned(A, {}, findings))
    first = json.loads(call("batch", ".", "--format", "json").out)["results"][0]
    (message,) = (each["message"] for each in first["problems"] if each["code"] == "submission-doubled")
    assert "1.1.1 核查这份是空白、1.xlsx 是“是”，请" in message


@pytest.mark.slow
def test_what_an_agencys_files_lack_is_told_in_one_order_whatever_they_are_called(call: Call, tmp_path: Path) -> None:
    remarks = set()
    forms = (returned(A, dict.fromkeys(ORDER)), returned(A), returned(A, {"2.1.1": "否"}))
    for number, order in enumerate(itertools.permutations(forms)):
        folder = tmp_path / str(number)
        folder.mkdir()
        for place, data in enumerate(order):
            (folder / f"{place}.xlsx").write_bytes(data)
        (row,) = json.loads(call("batch", folder.name, "--format", "json").out)["agencies"]
        remarks.add(row["remark"])
    assert remarks == {"空表；几份表不同，都未计入"}


def test_a_blank_form_beside_a_filled_one_is_set_aside() -> None:
    blank = assess("a.xlsx", filled({}), RUBRIC)
    assert [problem.code.slug for problem in blank.problems if problem.severity.value != "note"] == ["form-blank"]
    for results, state in (([blank], "returned"), ([blank, assess("b.xlsx", filled(), RUBRIC)], "self_pass")):
        tally = Tally()
        for result in results:
            tally.add(result)
        made = account_of(RUBRIC, tally, roster("示例市财政局"), None, 2020)
        assert made.standings[0].state.value == state
        assert (made.remark("a.xlsx").text, made.remark("a.xlsx").counts) == ("空表", False)
        assert made.problems == []


def test_returns_and_their_verified_copies_together_lose_nothing(tmp_path: Path) -> None:
    names = numbered(13)
    for folder in ("交表", "核查"):
        (tmp_path / folder).mkdir()
    for name in names:
        (tmp_path / "交表" / f"{name}.xlsx").write_bytes(returned(name))
        (tmp_path / "核查" / f"{name}.xlsx").write_bytes(returned(name, findings={"2.2.3": 4}))
    ran = run("batch", "交表", "核查", "--format", "json", cwd=tmp_path)
    made = json.loads(ran.stdout)
    assert (ran.code, made["progress"]["recognised"], made["progress"]["duplicates"]) == (0, 13, [])
    assert [result["counts"] for result in made["results"]] == [False] * 13 + [True] * 13 or [
        result["counts"] for result in made["results"]
    ] == [True] * 13 + [False] * 13


def test_a_blank_form_without_a_year_is_said_to_be_blank(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(returned(A, dict.fromkeys(ORDER), year=None))
    made = json.loads(call("batch", ".", "--format", "json").out)
    assert [result["remark"] for result in made["results"]] == ["空表"]
