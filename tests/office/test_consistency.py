"""What looks alike between agencies, and what jumps between years: notes with names and figures, and no more."""

from __future__ import annotations

import pytest

from jieyue_cli.agencies.roster import Roster
from jieyue_cli.form.head import Field
from office.planning import named, planned, recorded_by, results_of
from returns import Answers, returned

A, B, C, D = "示例市财政局", "示例市教育局", "示例市水务局", "示例市人民法院"
ALL = named(A, B, C, D)
TELLING: Answers = {"2.1.1": "否", "2.1.2": "否", "2.2.3": 3, "3.1.1": "否", "3.1.2": "否"}
"""Five lines that are not in full."""
DOCUMENT = "示财发〔2021〕17号文件及会议记录"


def noted(forms: dict[str, bytes], roster: Roster = ALL) -> list[tuple[str, tuple[str, ...], str]]:
    return [(note.kind.chinese, note.agencies, note.text) for note in planned(results_of(forms), roster).notes]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (TELLING, True),
        ({}, False),  # everything in full
        ({**TELLING, "2.1.1": "是"}, False),  # four lines only that are not
    ],
)
def test_identical_answers_where_they_tell_something(answers: Answers, told: bool) -> None:  # noqa: FBT001 -- a table
    forms = {f"{name}.xlsx": returned(name, answers, year=2021) for name in (B, A)}
    forms["c.xlsx"] = returned(C, {**TELLING, "2.2.3": 2}, year=2021)
    note = ("答案相同", (A, B), "2 个单位逐条填的完全相同，请核对是否互相抄填。")
    assert noted(forms) == ([note] if told else [])


def test_one_office_may_say_the_same() -> None:
    office = named(A, B, C, together=(A, B))
    forms = {"a.xlsx": returned(A, TELLING, year=2021)}
    assert noted(forms, office) == []
    forms["b.xlsx"] = returned(B, TELLING, year=2021)
    assert noted(forms, office) == []
    forms["c.xlsx"] = returned(C, TELLING, year=2021)
    assert noted(forms, office) == [("答案相同", (A, B, C), "3 个单位逐条填的完全相同，请核对是否互相抄填。")]


def test_copied_evidence_is_gathered_by_who_shares_it() -> None:
    cited = {"2.1.1": DOCUMENT, "2.1.2": f"{DOCUMENT}（附件）", "3.1.1": "见会议记录", "2.2.10": DOCUMENT}
    forms = {
        "a.xlsx": returned(A, year=2021, cited=cited),
        "b.xlsx": returned(B, year=2021, cited={**cited, "2.1.1": " 示财发〔2021〕17号 文件及会议记录。"}),
        "c.xlsx": returned(C, year=2021, cited={"3.1.1": "见会议记录"}),
    }
    text = f"2.1.1、2.1.2、2.2.10 共 3 条的佐证材料文字相同，如“{DOCUMENT}”，请核对原件。"
    assert noted(forms) == [("佐证材料相同", (A, B), text)]


def test_what_many_cite_is_boilerplate() -> None:
    names = [f"示例市{number}局" for number in range(7)]
    forms = {f"{name}.xlsx": returned(name, year=2021, cited={"2.1.1": DOCUMENT}) for name in names}
    assert noted(forms, named(*names)) == []
    few = dict(list(forms.items())[:5])
    assert [note[1] for note in noted(few, named(*names))] == [tuple(names[:5])]


def test_jumps_between_years_of_the_total_and_of_a_number() -> None:
    low: Answers = {"1.1.1": "否", "3.2.1": "否", "3.2.2": "否", "3.3.1": "否", "3.3.2": "否", "2.2.3": 4}
    forms = {
        "2020/a.xlsx": returned(A, {"2.2.3": 5}),
        "2021/a.xlsx": returned(A, {**low, "2.2.3": 50}, year=2021),
        "2020/b.xlsx": returned(B, {"2.2.3": 6}),
        "2021/b.xlsx": returned(B, {"2.2.3": 59, "1.1.1": "否"}, year=2021),
    }
    assert noted(forms) == [
        ("与往年相差大", (A,), "自评 79 分，比 2020 年自评的 100 分低 21 分，请核对原因。"),
        ("与往年相差大", (A,), "2.2.3 填的是 50，2020 年是 5，相差 10 倍以上，请核对是否误填。"),
    ]


def test_a_total_in_the_ledger_is_last_years_too() -> None:
    ledger = recorded_by(results_of({"a.xlsx": returned(A, {"1.1.1": "否"})}), ALL, 2020)
    low: Answers = {
        "1.1.1": "否",
        "2.2.3": 0,
        "2.2.4": "否",
        "2.2.5": "否",
        "3.2.1": "否",
        "3.2.2": "否",
        "3.3.1": "否",
    }
    plan = planned(results_of({"b.xlsx": returned(A, low, year=2021)}), ALL, ledger=ledger)
    assert [note.text for note in plan.notes] == ["自评 71 分，比 2020 年自评的 91 分低 20 分，请核对原因。"]


def test_one_telephone_and_one_clerk_of_several_agencies() -> None:
    def form(name: str, phone: str, clerk: str) -> bytes:
        return returned(name, year=2021, head={Field.PHONE: phone, Field.FILLED_BY: clerk})

    forms = {
        "a.xlsx": form(A, "0351-6000001", "王芳"),
        "b.xlsx": form(B, "０３５１ ６００００01", "王芳"),
        "c.xlsx": form(C, "0000000", "李强"),
        "d.xlsx": form(D, "0000000", "李 强"),
    }
    assert noted(forms) == [
        ("联系电话相同", (A, B), "填的联系电话都是 03516000001，请核对是否由一人代填。"),
        ("填报人相同", (C, D), "填报人都是“李强”，请核对是同名还是由一人代填。"),
    ]


def test_notes_name_somebody_who_can_be_visited() -> None:
    forms = {f"{name}.xlsx": returned(name, TELLING, TELLING, year=2021) for name in (A, B)}
    forms["c.xlsx"] = returned(C, year=2021)
    assert noted(forms) == []
