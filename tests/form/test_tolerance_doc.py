"""docs/office/tolerance.md is the program's tolerance for people to read: every row is carried out, none is missing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.form import agency, answers
from jieyue_cli.form.answers import understand, written
from jieyue_cli.form.typed.scores import understand_score
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType, Asked
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Agency, AnswerKind, Statement, Submission
from jieyue_cli.text.numbers import plain
from jieyue_cli.workbook.cells import Cell, Value

DOC = (Path(__file__).parents[2] / "docs" / "office" / "tolerance.md").read_text(encoding="utf-8")
ASKED = {
    "是": (AnswerType.YES_NO,),
    "否": (AnswerType.YES_NO,),
    "数量": (AnswerType.COUNT,),
    "不涉及": (AnswerType.YES_NO, AnswerType.COUNT),
    "档次": (AnswerType.CHOICE,),
    "数值": (AnswerType.NUMBER,),
    "百分数": (AnswerType.PERCENT,),
    "酌情得分": (AnswerType.POINTS,),
    "日期": (AnswerType.DATE,),
    "文字": (AnswerType.TEXT,),
}
CHOICES = ("三级计量", "分户计量", "B 级", "Yes", "50%", "33")
UNITS = {AnswerType.COUNT: "人次", AnswerType.NUMBER: "立方米/人"}


@dataclass(frozen=True)
class Row:
    """One spelling of one row."""

    section: str
    value: Value | None
    read: str
    code: str | None


def value_of(kind: str, text: str) -> Value:
    """Return what stands in the cell: text, unless a word before it says otherwise."""
    match kind:
        case "数字":
            return float(text) if "." in text else int(text)
        case "日期":
            return dt.date.fromisoformat(text)
        case "逻辑值":
            return text == "TRUE"
        case _:
            return text


def rows() -> list[Row]:
    found = []
    for section in re.split(r"^## ", DOC, flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        for line in re.findall(r"^\| (?!写法|-)(.*) \|$", body, flags=re.MULTILINE):
            spellings, read, code = line.split(" | ")
            values: list[Value | None] = [
                value_of(kind, text) for kind, text in re.findall(r"(数字|日期|逻辑值)?`([^`]*)`", spellings)
            ]
            values = values or [{"空白": None}[spellings]]
            several = read.split() if re.fullmatch(r"[0-9 ]+", read) and " " in read else [read] * len(values)
            for value, each in zip(values, several, strict=True):
                expected = written(value) if each == "原数" else each
                found.append(Row(name, value, expected, None if code == "—" else code.strip("`")))
    return found


ROWS = rows()


def answered(value: Value | None, asked: AnswerType) -> tuple[str, list[Code]]:
    answer, findings = understand(
        Cell(7, 7, value),
        Asked(asked, UNITS.get(asked, ""), choices=CHOICES, most=Decimal(3), step=Decimal("0.5")),
    )
    read = {AnswerKind.UNREADABLE: "不采信", AnswerKind.NOT_APPLICABLE: "不涉及", AnswerKind.BLANK: "空白"}.get(
        answer.kind, answer.text or None
    )
    if read is None:
        number = answer.value or Decimal(0)
        read = {
            AnswerType.YES_NO: "是" if number else "否",
            AnswerType.CHOICE: ("无", *CHOICES)[int(number) if asked is AnswerType.CHOICE else 0],
            AnswerType.PERCENT: f"{plain(number)}%",
        }.get(asked, plain(number))
    return read, [code for code, _ in findings]


def about(row: Row, rubric: Rubric) -> tuple[str | int | None, list[answers.Finding]]:
    cell = Cell(3, 2, row.value)
    if row.section == "评价年度":
        return agency.read_year(cell, rubric)
    if row.section == "单位名称":
        return agency.read_name(cell, rubric)
    if row.section == "填报日期":
        date, findings = agency.read_date(cell, rubric)
        return date.isoformat() if date else None, findings
    if row.section == "核查完成":
        completion, findings = agency.read_completion(cell, rubric)
        return completion.value if completion else None, findings
    if row.section == "分数":
        answer, findings = understand_score(cell, (rubric.by_id["5.2.2"],))
        return plain(answer.value) if answer.value is not None else None, findings
    return agency.read_category(cell, rubric)


def compared_with_the_roster(row: Row, rubric: Rubric) -> tuple[str, list[str]]:
    name, _ = agency.read_name(Cell(3, 2, row.value), rubric)
    tally = Tally()
    submission = Submission(Agency(name, None, 2020), Statement(()), None)
    tally.add(Result("a.xlsx", None, submission, score(rubric, ()), None, ()))
    roster = Roster((RosterEntry("示例市财政局", None), RosterEntry("示例市档案馆", None)))
    problems = account_of(rubric, tally, roster).problems
    near = [match[1] for problem in problems if (match := re.search("相近的是“(.*?)”", problem.message))]
    return near[0] if near else "没有" if problems else "—", [problem.code.slug for problem in problems]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.value!r}")
def test_a_row_does_what_it_says(row: Row, rubric: Rubric) -> None:
    codes = [] if row.code is None else [row.code]
    told: list[tuple[str, list[str]]] = []
    if row.section in ASKED:
        readings = [answered(row.value, asked) for asked in ASKED[row.section]]
        told = [(read, [code.slug for code in found]) for read, found in readings]
    elif row.section == "名录":
        told = [compared_with_the_roster(row, rubric)]
    else:
        result, findings = about(row, rubric)
        told = [("不采信" if result is None else str(result), [code.slug for code, _ in findings])]
    assert told == [(row.read, codes)] * len(told)
    assert told


def test_every_section_is_carried_out() -> None:
    assert {row.section for row in ROWS} == {
        *(
            "是",
            "否",
            "数量",
            "档次",
            "数值",
            "百分数",
            "酌情得分",
            "日期",
            "文字",
            "不涉及",
            "评价年度",
            "填报日期",
            "核查完成",
            "分数",
            "单位名称",
            "名录",
            "单位类别",
        )
    }


@pytest.mark.parametrize(
    ("section", "spellings"),
    [("是", answers.YES), ("否", answers.NO), ("不涉及", answers.ABSENT), ("数量", answers.NONE_COUNTED)],
)
def test_every_spelling_the_program_knows_is_written_down(section: str, spellings: tuple[str, ...]) -> None:
    listed = {row.value for row in ROWS if row.section == section and row.read != "不采信"}
    assert set(spellings) <= listed


def test_every_measure_word_and_numeral_is_written_down() -> None:
    listed = {row.value for row in ROWS if row.section == "数量" and row.read != "不采信"}
    assert {f"3{measure}" for measure in answers.MEASURES} <= listed
    assert set("零一二两三四五六七八九十") <= listed


def test_the_limits_are_where_the_page_says() -> None:
    at_least = {row.code: row.value for row in ROWS if row.section == "数量" and isinstance(row.value, int)}
    assert (at_least["answer-unlikely"], at_least["answer-huge"]) == (answers.MOST, answers.MOST + 1)
    assert {answers.UNLIKELY, answers.UNLIKELY + 1} <= {row.value for row in ROWS}


def test_every_code_on_the_page_exists() -> None:
    slugs = {code.slug for code in Code}
    assert set(re.findall(r"`((?:answer|year|agency|category)-[a-z-]+)`", DOC)) <= slugs
