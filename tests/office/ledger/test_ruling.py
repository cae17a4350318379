"""What may be recorded, and what asks for a reason first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.office.ledger.entry import Entry, Recorded, RosterMark, State
from jieyue_cli.office.ledger.reading import EMPTY, Ledger
from jieyue_cli.office.ledger.ruling import ruled, singled, whole
from office.ledger.made import FIRST, A, B, C, entry, ledger

ENDED = Recorded(A, "withdrawn", handed_in=True, withdrawn=(2020, 2021), failed=2021)
ONE = ledger(entry(2020))
TWO = ledger(entry(2020), entry(2022))
LATER = "2022 年是按 2020 年原来的记录算出来的，请用 ledger record --note 逐年重新记录。"


def asked(what: str) -> str:
    return f"{what}，没有记入；请核对，确要记录就用 --note 写明原因（依据的文件、会议等）。"


RULED: dict[str, tuple[Ledger, Entry, int | None, list[str]]] = {
    "the first": (EMPTY, entry(2020), 1, []),
    "the next year": (ONE, entry(2021), 2, []),
    "the same again": (ONE, entry(2020), None, ["这次的表、名录和结果与台账第 1 条完全相同，没有再记。"]),
    "the same again, at another time": (
        ONE,
        replace(entry(2020), time="2021-01-01T00:00:00+08:00", program="9", note="再记"),
        None,
        ["这次的表、名录和结果与台账第 1 条完全相同，没有再记。"],
    ),
    "the year again": (ONE, entry(2020, digest="d"), None, [asked("2020 年已经记过（第 1 条），再记是更正")]),
    "a correction": (ONE, entry(2020, digest="d", note="申诉"), 2, []),
    "a correction of an earlier year": (TWO, entry(2020, digest="d", note="申诉"), 3, [LATER]),
    "an earlier year": (TWO, entry(2021), None, [asked("台账已记到 2022 年，2021 年是补记")]),
    "an earlier year, with a reason": (
        TWO,
        entry(2021, note="补记"),
        3,
        ["2022 年是按 2021 年原来的记录算出来的，请用 ledger record --note 逐年重新记录。"],
    ),
    "a withdrawal": (ONE, entry(2021, ENDED), None, [asked(f"要撤销“{A}”的认定")]),
    "a withdrawal with a reason": (ONE, entry(2021, ENDED, note="回头看"), 2, []),
    "a withdrawal in a correction": (
        ledger(entry(2020), entry(2021)),
        entry(2021, ENDED),
        None,
        [asked(f"2021 年已经记过（第 2 条），再记是更正；要撤销“{A}”的认定")],
    ),
    "a correction of a year with that withdrawal": (
        ledger(entry(2020), entry(2021, ENDED)),
        entry(2021, ENDED, digest="d"),
        None,
        [asked("2021 年已经记过（第 2 条），再记是更正")],
    ),
    "a year without a form": (
        ONE,
        entry(2099, replace(FIRST, handed_in=False)),
        None,
        [asked("没有一份 2099 年的表计入，年份可能写错了")],
    ),
    "a withdrawal of a recorded year": (ledger(entry(2020), entry(2021, ENDED)), entry(2022, ENDED), 3, []),
}


@pytest.mark.parametrize(("known", "made", "number", "said"), RULED.values(), ids=RULED)
def test_an_entry(known: Ledger, made: Entry, number: int | None, said: list[str]) -> None:
    ruling, problems = ruled(made, known)
    assert [problem.message for problem in problems] == said
    assert (ruling and ruling.number) == number
    assert ruling is None or ruling == replace(made, number=number, previous=known.head)


@pytest.mark.parametrize(
    ("now", "refused"),
    [("missing", True), ("self_pass", True), ("returned", True), ("recognised", False), ("failed", False)],
)
def test_a_recognition_of_the_year_ends_by_a_verification_alone(now: State, *, refused: bool) -> None:
    again = entry(2020, Recorded(A, now, since=2020 if now == "recognised" else None), note="更正")
    made, problems = whole(again, ONE)
    assert (made is None, [problem.message for problem in problems]) == (
        refused,
        [
            (
                f"台账第 1 条认定的“{A}”，这次没有核查完成的表，没有记入；请带上这一年的全部文件夹，"
                "确要取消认定就用 --agency 写明单位。"
            )
        ]
        * refused,
    )
    assert whole(replace(again, year=2021), ONE)[0] is not None


def test_single_agencies_are_corrected_and_the_rest_stays_as_recorded() -> None:
    roster = Roster((RosterEntry(A, None), RosterEntry("新名", None, (B,)), RosterEntry(C, None)))
    old, new = Recorded(B, "failed", failed=2020), Recorded("新名", "recognised", since=2020)
    known = ledger(entry(2020, FIRST, old))
    run = replace(entry(2020, Recorded(A, "missing"), new, note="申诉"), roster=RosterMark("e" * 64, 3))
    made, problems = singled(run, ["新名"], roster, known)
    assert (made, problems) == (replace(run, roster=known.entries[0].roster, agencies=(FIRST, new)), [])
    for names in (["没有的局"], [C], [A, "没有的局"]):
        made, problems = singled(run, names, roster, known)
        assert made is None
        assert [problem.message for problem in problems] == [
            (
                f"“{names[-1]}”不在名录里，或台账 2020 年没有记它，不能只更正个别单位，请核对年份和单位名称，"
                "或不用 --agency 重新记录这一年。"
            )
        ]
