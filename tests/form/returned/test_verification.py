"""How far the office is: none, partial or complete, by what 核查完成 says and by what it has written."""

# ruff: noqa: E501 -- messages are compared whole, each in one piece

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from forms import FIELD, FULL, LABEL, assessed, cell, changed, expected, figures, filled, header, told
from jieyue_cli.assessment import Result, Status
from jieyue_cli.problems import Code, Severity
from jieyue_cli.scoring import reasons
from jieyue_cli.submission import Completion, VerificationState
from published import COUNTED, ORDER, YES_NO

NONE, PARTIAL, COMPLETE = VerificationState
UNFINISHED, EACH, SAME = (completion.value for completion in Completion)
SOME: dict[str, object] = {"1.1.1": "否", "2.2.3": 3}
MEANT = dict.fromkeys(YES_NO, True) | dict.fromkeys(COUNTED, 7)

STATES = [
    ("nothing", {}, None, (NONE, 0), None),
    ("nothing, and not finished", {}, UNFINISHED, (NONE, 0), None),
    ("some", SOME, None, (PARTIAL, 2), 3),
    ("some, and not finished", SOME, UNFINISHED, (PARTIAL, 2), 3),
    ("all", FULL, None, (COMPLETE, 42), 100),
    ("all, and not finished", FULL, UNFINISHED, (PARTIAL, 42), 100),
    ("each filled in, blanks left", SOME, EACH, (COMPLETE, 2), 3),
    ("each filled in, and all blank", {}, EACH, (COMPLETE, 0), 0),
    ("blank means the same", SOME, SAME, (COMPLETE, 2), 89),
    ("blank means the same, and all blank", {}, SAME, (COMPLETE, 0), 100),
    ("all, and blank means the same", FULL, SAME, (COMPLETE, 42), 100),
]


@pytest.mark.parametrize(
    ("findings", "completion", "state", "total"), [pytest.param(*case[1:], id=case[0]) for case in STATES]
)
def test_the_state_and_what_decides(
    findings: dict[str, object], completion: str | None, state: tuple[VerificationState, int], total: int | None
) -> None:
    result = assessed(filled(FULL, findings, completion))
    verification = result.verification
    assert ((verification.state, verification.found), verification.of) == (state, 42)
    assert (result.verified.total if result.verified else None) == total
    decides = result.verified if verification.state is COMPLETE else result.self
    assert result.deciding is decides
    assert result.status is (Status.FAIL if verification.state is COMPLETE and total in {0, 3} else Status.PASS)


def test_a_blank_finding_is_the_agencys_answer_at_the_findings_place() -> None:
    result = assessed(filled(FULL | {"1.1.1": "否", "5.2.2": "若干", "3.1.1": "/"}, {"2.2.3": 3}, SAME))
    assert result.verified is not None
    assert result.self is not None
    agreed = {"1.1.1": False, "5.2.2": None, "3.1.1": False}
    assert figures(result.verified) == expected(MEANT | agreed | {"2.2.3": 3})
    assert (result.verified.total, result.verified.at_most) == (result.self.total - 2, result.self.at_most - 2)
    lines = {line.id: reasons.why(line) for line in result.verified.lines}
    assert lines["1.1.1"] == f"填“否” → 0 分（自评打分表!{cell('1.1.1', '核查情况')} 空白同自评）"
    assert lines["2.2.3"] == f"填 3 项，每项 1 分，最高 5 分 → 3 分（自评打分表!{cell('2.2.3', '核查情况')}）"
    # what is wrong with the agency's answer is told once, at its own cell
    assert [str(problem.location.cell) for problem in result.problems if problem.code is Code.ANSWER_NOT_COUNT] == [
        cell("5.2.2")
    ]


def test_blank_findings_of_a_form_filled_in_one_by_one_are_counted() -> None:
    result = assessed(filled(FULL, FULL | {"1.1.1": None, "2.2.3": None}, EACH))
    assert told(result) == [
        f"verification-blank 自评打分表!{FIELD['核查完成']} 核查完成选了“已完成，逐条填写”，却有 2 条核查情况空白，按 0 分计，请补填，或改选“已完成，空白同自评”。"
    ]


@pytest.mark.parametrize(
    ("completion", "cure"),
    [
        (None, "请补全核查情况，或在“核查完成”中选“已完成，空白同自评”"),
        (UNFINISHED, "请在“核查完成”中改选“已完成”的一种"),
    ],
)
def test_an_unfinished_verification_is_told_once_with_its_counts_and_its_cure(
    completion: str | None, cure: str
) -> None:
    assert told(assessed(filled(FULL, SOME, completion))) == [
        f"verification-partial 自评打分表!{FIELD['核查完成']} 核查未完成：42 条中核查了 2 条，结论暂按自评，核查完后{cure}。"
    ]


def without_fields(findings: dict[str, object]) -> Result:
    """Assess a form as it was before there were such fields."""

    def clear(sheet: object) -> None:
        for name in ("核查完成", "核查人", "核查日期"):
            sheet[LABEL[name]] = sheet[FIELD[name]] = None  # type: ignore[index]

    return changed(clear, FULL, findings)


def test_a_form_without_the_new_fields_is_read_as_before() -> None:
    whole, some = without_fields(FULL), without_fields(SOME)
    assert (whole.verification.state, told(whole)) == (COMPLETE, [])
    assert some.verification.state is PARTIAL
    assert told(some) == [
        "verification-partial 自评打分表 核查未完成：42 条中核查了 2 条，结论暂按自评，核查完后请补全核查情况。"
    ]


def test_who_checked_and_when_is_kept_and_asked_for_once_it_is_finished() -> None:
    submission = assessed(filled(FULL, FULL)).submission
    assert submission is not None
    assert (submission.checked_by, submission.checked_on, submission.filled_on) == ("李四", dt.date(2020, 11, 5), None)

    def clear(sheet: object) -> None:
        sheet[FIELD["核查人"]] = sheet[FIELD["核查日期"]] = None  # type: ignore[index]

    assert told(changed(clear, FULL, FULL)) == [
        f"verification-unsigned 自评打分表!{FIELD['核查人']} 核查已完成，但没有填核查人、核查日期，请补填。"
    ]
    assert [problem.code for problem in changed(clear, FULL, SOME).problems] == [Code.VERIFICATION_PARTIAL]


def test_a_date_that_is_none_is_a_warning_with_the_name_of_its_field() -> None:
    def misdate(sheet: object) -> None:
        sheet[FIELD["核查日期"]] = "十一月"  # type: ignore[index]
        sheet[FIELD["填报日期"]] = "十月"  # type: ignore[index]

    assert told(changed(misdate, FULL, FULL), Severity.WARNING) == [
        f"date-invalid 自评打分表!{FIELD['填报日期']} 填报日期“十月”不是日期，请填写日期，如 2020-10-20。",
        f"date-invalid 自评打分表!{FIELD['核查日期']} 核查日期“十一月”不是日期，请填写日期，如 2020-10-20。",
    ]


@pytest.mark.parametrize(("written", "code"), [("已完成", "completion-ambiguous"), ("完成了", "completion-unknown")])
def test_what_is_none_of_the_three_is_a_problem_and_counts_as_blank(written: str, code: str) -> None:
    result = assessed(filled(FULL, SOME, written))
    assert [(problem.code.slug, problem.location.cell) for problem in result.problems] == [
        (code, FIELD["核查完成"]),
        ("verification-partial", FIELD["核查完成"]),
    ]
    assert (result.verification.state, result.status) == (PARTIAL, Status.PASS)
    assert assessed(filled(FULL, FULL, written)).verification.state is COMPLETE


def test_a_verified_form_without_its_column_of_findings_is_not_verified() -> None:
    def drop(sheet: object) -> None:
        sheet[FIELD["核查完成"]] = SAME  # type: ignore[index]
        sheet[f"{cell(ORDER[0], '核查情况')[0]}{int(cell(ORDER[0])[1:]) - 1}"] = "别的"  # type: ignore[index]

    result = changed(drop, FULL, FULL)
    assert (result.verified, result.verification.state) == (None, NONE)
    assert [problem.code for problem in result.problems] == [Code.FORM_NO_FINDINGS]


def test_a_row_that_is_gone_has_no_finding() -> None:
    def damage(sheet: object) -> None:
        sheet[cell("1.1.1", "编号")] = "9"  # type: ignore[index]

    result = changed(damage, FULL, FULL)
    assert (result.verification.state, result.verification.found) == (PARTIAL, 41)
    assert result.deciding is result.self


# finding, opinion → whether it is told; the claim is 是 (2.2.3: 7)
UNEXPLAINED: list[tuple[str, str | int | None, str | None, str | None]] = [
    ("1.1.1", "否", None, "核查情况“否”与自评“是”不同，核查意见却空着，请补写依据。"),
    ("1.1.1", "否", "　", "核查情况“否”与自评“是”不同，核查意见却空着，请补写依据。"),
    ("1.1.1", "否", "能耗超出指标", None),
    ("1.1.1", "是", None, None),
    ("1.1.1", "√", None, None),
    ("1.1.1", None, None, None),
    ("1.1.1", "不好说", None, None),
    ("2.2.3", 6, None, "核查情况“6”与自评“7”不同，核查意见却空着，请补写依据。"),
    ("2.2.3", "7项", None, None),
]


@pytest.mark.parametrize("completion", [None, SAME, EACH])
@pytest.mark.parametrize(("identifier", "finding", "opinion", "message"), UNEXPLAINED)
def test_a_finding_that_differs_without_a_word_is_told_at_the_cell_for_it(
    identifier: str, finding: str | int | None, opinion: str | None, message: str | None, completion: str | None
) -> None:
    def write(sheet: Worksheet) -> None:
        sheet[cell(identifier, "核查情况")] = finding
        sheet[cell(identifier, "核查意见")] = opinion
        sheet[FIELD["核查完成"]] = completion

    lines = [line for line in told(changed(write, FULL, {"2.1.1": "是"})) if line.startswith("finding-unexplained")]
    place = f"finding-unexplained 自评打分表!{cell(identifier, '核查意见')}（{identifier}）"
    assert lines == ([f"{place} {message}"] if message else [])


def test_nothing_claimed_and_nothing_found_are_the_same() -> None:
    def clear(sheet: Worksheet) -> None:
        sheet[cell("1.1.1", "核查意见")] = sheet[cell("2.2.3", "核查意见")] = None

    result = changed(clear, {}, {"1.1.1": "否", "2.2.3": 0, "2.1.1": "是"})
    assert Code.FINDING_UNEXPLAINED not in {problem.code for problem in result.problems}


def test_a_form_that_lost_the_column_is_not_asked_for_it() -> None:
    def lose(sheet: Worksheet) -> None:
        sheet[header("核查意见")] = None

    assert Code.FINDING_UNEXPLAINED not in {problem.code for problem in changed(lose, FULL, SOME).problems}
