"""One file from its bytes to its result: the same bytes always give the same, and whatever they hold, there is one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import AGENCY, FULL, RUBRIC, assessed, cell, figures, filled, told
from jieyue_cli.assessment import Assessor, Status, assess
from jieyue_cli.problems import Severity
from published import COUNTED, ORDER

FAILING: dict[str, object] = {identifier: 0 if identifier in COUNTED else "否" for identifier in ORDER}
UNCLEAR: dict[str, object] = FULL | dict.fromkeys(("1.1.1", "2.2.1", "2.2.4", "3.2.1", "3.2.2", "3.3.1"), "？")

STATUS: list[tuple[str, dict[str, object], dict[str, object], Status]] = [
    ("passes", FULL, {}, Status.PASS),
    ("fails", FAILING, {}, Status.FAIL),
    ("to be mended", UNCLEAR, {}, Status.UNDETERMINED),
    ("the office says no", FULL, FAILING, Status.FAIL),
    ("the office says yes", FAILING, FULL, Status.PASS),
    ("the office's finding is to be mended", FULL, UNCLEAR, Status.UNDETERMINED),
]


@pytest.mark.parametrize(("answers", "findings", "status"), [pytest.param(*case[1:], id=case[0]) for case in STATUS])
def test_the_verified_score_decides_where_there_is_one(
    answers: dict[str, object], findings: dict[str, object], status: Status
) -> None:
    result = assessed(filled(answers, findings))
    assert result.status is status
    assert result.deciding is (result.verified if findings else result.self)


def test_a_result_names_its_file_its_bytes_and_its_agency() -> None:
    data = filled()
    result = assess("收件.zip/甲.xlsx", data, RUBRIC)
    assert (result.file, result.sha256) == ("收件.zip/甲.xlsx", hashlib.sha256(data).hexdigest())
    assert result.agency is not None
    assert result.agency.name == AGENCY


def test_errors_come_first_and_every_problem_names_the_file() -> None:
    result = assess(
        "甲.xlsx", filled(FULL | {"1.1.1": "有", "2.2.3": 101, "5.2.2": "若干", "2.1.1": "/", "3.1.1": 7}), RUBRIC
    )
    assert [problem.code.slug for problem in result.problems] == [
        "answer-not-yes-no",
        "answer-not-count",
        "answer-not-applicable",
        "answer-unlikely",
        "answer-spelling",
        "answer-spelling",
    ]
    assert [problem.severity for problem in result.problems] == sorted(
        (problem.severity for problem in result.problems), key=list(Severity).index
    )
    assert {problem.location.file for problem in result.problems} == {"甲.xlsx"}


NO_FORMS: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("text", "单位名称,完成情况\n".encode()),
    ("PDF", b"%PDF-1.7\n" + bytes(5000)),
    ("cut short", filled()[:5000]),
    ("flipped", bytes(255 - byte for byte in filled())),
]


@pytest.mark.parametrize("data", [case[1] for case in NO_FORMS], ids=[case[0] for case in NO_FORMS])
def test_what_is_no_form_has_a_result_with_its_reason(data: bytes) -> None:
    result = assessed(data)
    assert (result.status, result.self, result.verified, result.agency) == (Status.UNREADABLE, None, None, None)
    assert len(told(result, Severity.ERROR)) == len(result.problems) == 1
    assert result.sha256 == hashlib.sha256(data).hexdigest()


def test_the_same_bytes_give_the_same_result() -> None:
    data = filled(UNCLEAR, FAILING)
    assert assessed(data) == assessed(data)
    assessor = Assessor(RUBRIC)
    assert assessor.conclude(assessor.read("表.xlsx", data)) == assessed(data)


FORM = filled(UNCLEAR)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_bytes_damaged_at_random_give_a_result_that_claims_no_more(changes: list[tuple[int, int]]) -> None:
    data = bytearray(FORM)
    for at, byte in changes:
        data[at] = byte
    result = assessed(bytes(data))
    if result.self is None:
        assert told(result, Severity.ERROR)
    else:
        # parts are checked against their sums: what is read at all is read whole
        assert figures(result.self) == figures(assessed(FORM).self)


def test_a_damaged_answer_is_placed_in_its_cell() -> None:
    result = assessed(filled(UNCLEAR))
    places = [problem.location.cell for problem in result.problems]
    assert places == [cell(identifier) for identifier in UNCLEAR if UNCLEAR[identifier] == "？"]
