"""Both forms of the language say the same: YAML → workbook → YAML loses nothing, whatever the standard says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pydantic import BaseModel

from jieyue_cli.rubric.as_yaml import as_yaml
from jieyue_cli.rubric.catalogue import shipped
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnyRule
from jieyue_cli.rubric.source import build, whole
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.rubric.spreadsheet.lines import pair, paired
from jieyue_cli.rubric.spreadsheet.phrases import BAND
from jieyue_cli.rubric.spreadsheet.reader import read
from jieyue_cli.rubric.spreadsheet.vocabulary import CRITERIA, INPUTS, ITEMS, KINDS, TOP, UNITS, Level
from jieyue_cli.rubric.tree import Node, parse
from rubric.any_rubric import standard
from rubric.small import SMALL
from rubric.spreadsheet.books import edited, plain, small
from soffice import resaved

ROOT = Path(__file__).parents[3]
WRITTEN = [
    *sorted((ROOT / "examples/rubrics").glob("*.yaml")),
    *shipped().values(),
    Path(__file__).parents[1] / "all_kinds.yaml",
    ROOT / "src/jieyue_cli/rubric/starter.yaml",
]


def survives(data: dict[str, Node], rubric: Rubric) -> None:
    """Nothing is lost on the way there and back, and the way there is always the same."""
    book = written(data)
    assert build(book) == (rubric, ())
    again = read(book, None).data
    assert isinstance(again, dict)
    text = as_yaml(again).encode()
    assert build(text) == (rubric, ())
    assert written(plain(text.decode())) == book


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_standard_is_the_same_in_both_forms(path: Path) -> None:
    standard, problems = whole(str(path))
    assert problems == ()
    assert standard is not None
    survives(standard.data, standard.rubric)


def at_random(seed: int) -> None:
    text = json.dumps(standard(Random(seed)), ensure_ascii=False)  # noqa: S311 -- the same every time
    rubric, _ = build(text.encode())
    assert rubric is not None
    survives(plain(text), rubric)


@pytest.mark.parametrize("seed", range(12))
def test_any_standard_is_the_same_in_both_forms(seed: int) -> None:
    at_random(seed)


@pytest.mark.long
def test_many_standards_are_the_same_in_both_forms() -> None:
    for seed in range(100, 400):
        at_random(seed)


# What somebody may call something, of which the words and signs of the form are made too.

PIECES = [
    "：",
    ":",
    "“",
    "”",
    "””",
    "，",
    "；",
    "（核查）",
    "每",
    "扣",
    "扣1",
    "分",
    "≤0.9",
    "是",
    "基本数据 A1",
    "定为",
    "甲",
    " ",
    "=1",
    "1",
    "~",
    "#",
]
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join).filter(lambda name: name.strip())


@settings(max_examples=50)
@given(NAMES, NAMES)
def test_a_line_is_parted_as_it_was_joined(name: str, value: str) -> None:
    assert pair(paired(name, value)) == (name, value)


ODD = """
id: odd
version: "1"
title: "{0}"
document: "{1}"
issuers: ["{2}", "{0}"]
issued: 2030-01-02
points: 24
pass_mark: 12
targets: {{2030: 25%}}
scope: ["{0}", "乙{1}"]
calendar: [{{what: "{1}", by: "{2}"}}, {{what: "{2}", by: 10月5日, step: verification}}]
units:
  - id: "1"
    name: "{2}"
    points: 24
    items:
      - id: "1"
        name: "{0}"
        points: 24
        criteria:
          - {{id: "1", points: 4, text: "{0}", clause: "{1}"}}
          - id: "2"
            points: 4
            text: "{1}"
            rule: {{kind: ladder, steps: [{{name: "{0}", points: 4}}, {{name: "乙乙{1}", points: 1}}]}}
          - id: "3"
            points: 4
            text: "{2}"
            rule:
              kind: deductions
              faults: [{{text: "{1}", lose: 1, measure: "{3}"}}, {{text: "乙乙{2}", lose: 0.5}}]
          - {{id: "4", points: 4, text: "{2}", rule: {{kind: count, each: 1, measure: "{3}"}}}}
          - id: "5"
            points: 4
            text: "{2}"
            rule: {{kind: bands, unit: "{3}", relative_to: "{1}", bands: [{{up_to: 0.9, points: 4}}]}}
          - id: "6"
            points: 4
            text: "{2}"
            rule:
              kind: bands
              relative_to: {{name: "{2}", value: 12}}
              bands: [{{below: 0.9, points: 4}}, {{below: 1, points: 3}}]
"""
SIGNS = ["：", "“", "”", "扣", "每", "分", " 个", "1", "，"]


def oddly(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 -- the same every time
    names = ["".join(chance.choices(PIECES, k=chance.randint(1, 4))) + "丙" * (seed % 2) for _ in range(3)]
    text = ODD.format(*names, "".join(chance.choices(SIGNS, k=chance.randint(1, 2))))
    rubric, _ = build(text.encode())
    if rubric is not None:  # some may be blank, or alike
        survives(plain(text), rubric)


@pytest.mark.parametrize("seed", range(4))
def test_names_made_of_the_forms_own_signs_survive(seed: int) -> None:
    oddly(seed)


@pytest.mark.long
def test_many_names_made_of_the_forms_own_signs_survive() -> None:
    for seed in range(100, 500):
        oddly(seed)


# The table of words has everything that the model has.


def keys_of(level: Level) -> set[str]:
    return {field.key for field in (*level.columns.values(), *level.terms.values())}


def models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def fields_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def inside(model: type[BaseModel], key: str) -> type[BaseModel]:
    field = next(field for name, field in model.model_fields.items() if key in (name, field.alias))
    return next(models(field.annotation))


def test_every_key_of_the_model_has_its_words() -> None:
    unit = inside(Rubric, "units")
    item = inside(unit, "items")
    criterion = inside(item, "criteria")
    assert fields_of(Rubric) - {"units", "gates", "inputs"} <= {basic.field.key for basic in TOP.values()}
    assert fields_of(unit) - {"items"} <= keys_of(UNITS)
    assert fields_of(item) - {"criteria"} <= keys_of(ITEMS)
    assert fields_of(criterion) - {"parts", "rule"} <= keys_of(CRITERIA)
    assert fields_of(inside(Rubric, "inputs")) - {"not_applicable"} <= keys_of(INPUTS)


def test_every_rule_has_its_words() -> None:
    for rule in models(AnyRule):
        kind = KINDS[rule.model_fields["kind"].default]
        steps = {kind.steps.key} if kind.steps else set()
        columns, terms = kind.columns.values(), kind.terms.values()
        assert fields_of(rule) - {"kind"} <= steps | {field.key for field in (*columns, *terms)}, rule


def spelt_out(part: Node) -> Node:
    """The same data with what the spreadsheet always says: how something without parts is scored, cases as a list."""
    if isinstance(part, list):
        return [spelt_out(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    made = {key: spelt_out(value) for key, value in part.items()}
    if "text" in made and "answer" not in made and "lose" not in made and "parts" not in made:
        made.setdefault("rule", {"kind": "all_or_nothing"})
    if isinstance(case := made.get("case"), str):
        made["case"] = [case]
    return made


def test_every_key_is_written_and_read() -> None:
    data = plain(Path(__file__).with_name("every_key.yaml").read_text("utf-8"))
    tree = read(written(data), "标准.xlsx")
    assert (tree.data, tree.problems) == (spelt_out(data), [])
    rubric, _ = build(as_yaml(data).encode())
    assert rubric is not None
    survives(data, rubric)


# What a person does by hand.


def test_columns_stand_in_any_order_and_names_may_be_repeated() -> None:
    def moved(book: Workbook) -> None:
        sheet = book["条文"]
        for row in range(4, 9):
            sheet.cell(row, 3).value = "宣传" if row > 6 else "制度" if row < 6 else sheet.cell(row, 3).value
            sheet.cell(row, 2).value = None
        sheet.move_range("E1:E8", cols=20)
        sheet.insert_rows(1, 3)
        sheet["A1"] = "示例标准（征求意见稿）"

    assert build(edited(moved)) == build(SMALL.encode())


def test_what_a_keyboard_adds_is_tolerated() -> None:
    def typed(book: Workbook) -> None:
        upper, lower = book["基本情况"], book["条文"]
        upper["B9"], upper["B10"], upper["B8"] = "１０ 分", " 8分 ", "2030年1月2日"
        upper["B11"] = "2030年: ２５％\n\n2031：50%  "
        upper["B14"] = " 自评:每年10月31日 "
        lower["A5"], lower["F5"], lower["H5"] = "１．１．２", "３", "1 分"
        lower["G4"] = " 全得 或不得"
        lower["E8"] = "开展活动，\n得6分 "

    assert build(edited(typed)) == build(SMALL.encode())


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("up_to", ["≤", "<=", "＜＝", "不超过", "不高于", "不大于", "小于等于"]),
        ("below", ["<", "低于", "小于", "少于"]),
        ("at_least", ["≥", "＞=", "不低于", "不小于", "不少于", "大于等于"]),
        ("above", [">", "高于", "大于", "超过"]),
    ],
)
def test_a_bound_may_be_written_in_words(key: str, spellings: list[str]) -> None:
    expected = [{key: "0.9", "points": "7"}] * len(spellings)
    assert [BAND.read(f"{spelling} 0.9：7分") for spelling in spellings] == expected


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "to", ["xlsx", pytest.param("xls", marks=pytest.mark.long), pytest.param("ods", marks=pytest.mark.long)]
)
def test_what_libreoffice_saves_is_the_same_standard(to: str, tmp_path: Path) -> None:
    every = plain(Path(__file__).with_name("every_key.yaml").read_text("utf-8"))
    books = [written(every), small()]
    assert [build(book) for book in resaved(books, to, tmp_path)] == [build(book) for book in books]


def test_a_standard_in_yaml_may_extend_one_in_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "上级.xlsx").write_bytes(small())
    own = tmp_path / "本县.yaml"
    own.write_text("extends: 上级.xlsx\nid: own\npass_mark: 9\n", "utf-8")
    standard, problems = whole(str(own))
    assert problems == ()
    assert standard is not None
    assert (standard.rubric.id, str(standard.rubric.pass_mark), len(standard.rubric.criteria)) == ("own", "9", 3)
    own.write_text("extends: 上级.xlsx\nid: own\npoints: 11\n", "utf-8")
    assert [problem.message for problem in whole(str(own))[1]] == [
        "总分写的是 11 分，但其下各项合计 10 分，请改到一致。"
    ]
    own.write_text("extends: 上级.xlsx\nid: own\ngrades: [{name: 好, from: 8}]\n", "utf-8")
    told = [(problem.message, problem.location.cell) for problem in whole(str(own))[1]]
    assert told == [("0 分不属于任何等级，请让等级从 0 分排到满分。", "3:10")]


def test_the_text_of_yaml_needs_few_quotes() -> None:
    data = parse(SMALL.encode()).data
    assert isinstance(data, dict)
    assert as_yaml({"id": "1.10", "a": "~", "b": "null", "c": "x: y", "d": "乙 # 丙", "e": ["25%"]}).split("\n")[
        1:-1
    ] == [*("id: 1.10", "a: '~'", "b: 'null'", "c: 'x: y'", "d: '乙 # 丙'", "e: [25%]")]


def test_doubts_stand_in_the_notes_of_their_rows() -> None:
    tree = read(written(plain(SMALL), {("units", 0, "items", 0, "criteria", 1): "每项几分"}), None)
    assert "'note': '请核对：每项几分'" in str(tree.data)
    assert [problem.message for problem in tree.problems] == [
        "备注里还有 1 处“请核对”（O5），请逐处对照印发的原文，核对后删去这些字。"
    ]


@pytest.mark.parametrize("spelled", ["yes", "True", "on", "1"])
def test_a_flag_is_the_same_however_it_is_spelled(spelled: str) -> None:
    text = (Path(__file__).parent / "every_key.yaml").read_text("utf-8")
    expected, _ = build(text.encode())
    assert expected is not None
    text = re.sub(r"\b(bonus|evidence|negative|positive|distinct|reverse): true", rf"\1: {spelled}", text)
    assert text.count(f": {spelled}") > 3
    assert build(text.encode()) == build(written(plain(text))) == (expected, ())
