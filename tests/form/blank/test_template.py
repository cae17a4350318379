"""The blank form's contract (docs/contract.md, Form), looked at with another library than the one that writes it."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from forms import AGENCY, FIELD, LABEL, LETTER, ROW, RUBRIC, assessed, cell, told
from jieyue_cli.form.blank.template import Prefill, blank_form
from jieyue_cli.form.head import fields
from jieyue_cli.form.layout import HEADER_ROW, HELP_SHEET, SHEET
from jieyue_cli.rubric.source import build, load
from jieyue_cli.scoring import reasons
from published import COUNTED, ITEMS, ORDER, UNITS, YES_NO, full
from rubric.small import SMALL

HEADER = [
    *("编号", "评价单元", "评价项目", "评价标准", "计分方式", "分值", "完成情况", "自评得分"),
    *("佐证材料", "备注", "核查情况", "核查得分", "核查意见"),
]
DATA = blank_form(RUBRIC)
BOOK = openpyxl.load_workbook(io.BytesIO(DATA))
FORM = BOOK[SHEET]
LAST = ROW[ORDER[-1]]
ENTERED = [field.cell for field in fields(RUBRIC) if field.entry]
INPUTS = [f"{letter}{row}" for letter in "GIJKM" for row in ROW.values()] + ENTERED


def values(sheet: Worksheet, area: str) -> list[list[object]]:
    return [[each.value for each in row] for row in sheet[area]]


def checked(address: str) -> DataValidation:
    found: DataValidation
    (found,) = (check for check in FORM.data_validations.dataValidation if address in check.sqref)
    return found


def test_the_sheets_and_the_labels_with_their_values_right_of_them() -> None:
    assert BOOK.sheetnames == ["自评打分表", "填写说明"]
    assert BOOK.active is FORM
    labels = {field.label for field in fields(RUBRIC)}
    assert labels >= {"单位名称", "单位类别", "评价年度", "填报人", "联系电话", "填报日期", "标准版本"}
    assert {label: FORM[LABEL[label]].value for label in labels} == {label: label for label in labels}
    assert {address: FORM[address].value for address in ENTERED} == dict.fromkeys(ENTERED)
    assert FORM[FIELD["标准版本"]].value == "standard_2020 / 1"


def test_the_header_has_exactly_these_words() -> None:
    words = [each.value for each in FORM[HEADER_ROW]]
    assert words == [*HEADER, None]  # beside the table stands what each row is about


def test_a_row_a_criterion_in_the_standards_own_words() -> None:
    units = {unit.id: unit.name for unit in RUBRIC.units}
    items = {item.id: item.name for item in RUBRIC.items}
    assert values(FORM, f"A{HEADER_ROW + 1}:G{LAST}") == [
        [
            identifier,
            units[identifier[0]],
            items[identifier.rpartition(".")[0]],
            RUBRIC.by_id[identifier].text,
            RUBRIC.by_id[identifier].describe,
            full(identifier),
            None,
        ]
        for identifier in ORDER
    ]
    assert {identifier: FORM[f"E{ROW[identifier]}"].value for identifier in ("1.1.1", *COUNTED)} == {
        "1.1.1": "是得9分，否不得分",
        "2.2.3": "每项1分，最高5分",
        "5.1.1": "每项2分，最高4分",
        "5.1.2": "每类1分，最高4分（同类只计一次）",
        "5.1.3": "每次1分，最高2分",
        "5.2.2": "每次2分，最高4分",
    }


def test_scores_totals_and_verdicts_are_formulas() -> None:
    scores = [f"{letter}{row}" for letter in "HL" for row in ROW.values()]
    for address in (*scores, *(FIELD[name] for name in ("自评总分", "自评结论", "核查总分", "核查结论"))):
        assert FORM[address].data_type == "f", address


def test_the_summary_sums_every_unit_every_item_and_all() -> None:
    rows = values(FORM, f"B{LAST + 2}:L{LAST + 21}")
    assert (rows[0][0], rows[0][4]) == ("得分汇总", "分值")
    found = [(row[0], row[1], row[4]) for row in rows[1:] if row[0]]
    expected: list[tuple[object, object, object]] = []
    for unit in RUBRIC.units:
        expected.append((unit.name, "单元小计", UNITS[unit.id]))
        expected += [(unit.name, item.name, ITEMS[item.id]) for item in unit.items]
    assert found == [*expected, ("总分", None, 100)]
    assert all(str(row[column]).startswith("=") for row in rows[1:] if row[0] for column in (6, 10))


def test_the_office_says_above_the_table_whether_it_has_finished() -> None:
    offered = checked(FIELD["核查完成"])
    assert offered.type == "list"
    listed = str(offered.formula1).removeprefix("填写说明!").replace("$", "")
    assert [row[0] for row in values(BOOK[HELP_SHEET], listed)] == ["未完成", "已完成，逐条填写", "已完成，空白同自评"]
    for name in ("核查完成", "核查人", "核查日期"):
        assert not FORM[FIELD[name]].protection.locked
        assert FORM[FIELD[name]].fill.fgColor.rgb == FORM[cell("1.1.1", "核查情况")].fill.fgColor.rgb


@pytest.mark.slow
def test_each_side_is_checked_in_its_own_cell_where_words_go_beside_numbers() -> None:
    formulas = []
    for path in (Path(__file__).parents[3] / "examples" / "rubrics").glob("*.yaml"):
        rubric, _ = load(path)
        assert rubric is not None
        sheet = openpyxl.load_workbook(io.BytesIO(blank_form(rubric)))[SHEET]
        checks = sheet.data_validations.dataValidation
        formulas += [(str(check.sqref), str(check.formula1)) for check in checks if check.type == "custom"]
    assert {place[0] for place, _ in formulas} == {"G", "K"}
    assert [formula for place, formula in formulas if f"ISNUMBER({place})" not in formula] == []


@pytest.mark.parametrize("column", ["完成情况", "核查情况"])
def test_answers_are_checked_as_they_are_typed(column: str) -> None:
    for identifier in YES_NO:
        check = checked(cell(identifier, column))
        assert (check.type, check.formula1, check.allow_blank) == ("list", '"是,否"', True)
        assert check.prompt == f"做到了选“是”（得{full(identifier)}分），没有做到选“否”。"
    for identifier in COUNTED:
        check = checked(cell(identifier, column))
        assert (check.type, check.operator, check.formula1, check.formula2) == ("whole", None, "0", "9999")
        what = "不同种类的数量" if identifier == "5.1.2" else "数量"
        rule = RUBRIC.by_id[identifier].describe
        assert check.prompt == f"填{what}，如 3，只填数字（{rule}）；没有填 0。"
    for identifier in ORDER:
        check = checked(cell(identifier, column))
        assert (check.promptTitle, check.showInputMessage, check.showErrorMessage) == (f"编号 {identifier}", True, True)
        assert check.errorStyle in {None, "stop"}


def test_the_cells_above_are_checked_too() -> None:
    category, year, date = (checked(FIELD["单位类别"]), checked(FIELD["评价年度"]), checked(FIELD["填报日期"]))
    assert (category.type, category.formula1) == ("list", "填写说明!$B$1:$B$9")
    assert tuple(row[0] for row in values(BOOK["填写说明"], "B1:B9")) == RUBRIC.scope
    assert (year.type, year.formula1, year.formula2) == ("whole", "2020", "2099")
    assert date.type == "date"
    assert all(len(check.prompt or "") < 256 and "\n" not in (check.prompt or "") for check in (category, year, date))


def test_protected_without_a_password_and_only_inputs_are_open() -> None:
    protection = FORM.protection
    assert protection.sheet is True
    assert (protection.password, protection.hashValue) == (None, None)
    # in this record False means allowed
    assert [protection.autoFilter, protection.sort, protection.formatRows, protection.formatColumns] == [False] * 4
    assert [protection.insertRows, protection.deleteRows, protection.deleteColumns] == [True] * 3
    merged = {address for area in FORM.merged_cells.ranges for address in _inside(str(area))}
    unlocked = {each.coordinate for row in FORM.iter_rows() for each in row if not each.protection.locked}
    assert unlocked - merged == set(INPUTS) - merged
    assert {address for address in INPUTS if FORM[address].protection.locked} == set()


def _inside(area: str) -> Iterator[str]:
    first, _, last = area.partition(":")
    for row in FORM[area] if last else ():
        yield from (each.coordinate for each in row)
    yield first


def test_on_paper_and_on_screen() -> None:
    page = FORM.page_setup
    assert (page.orientation, page.paperSize) == ("landscape", 9)  # more in test_paper.py
    assert (FORM.freeze_panes, FORM.auto_filter.ref) == (f"A{HEADER_ROW + 1}", f"A{HEADER_ROW}:N{LAST}")
    assert {view.activeCell for view in FORM.sheet_view.selection} == {FIELD["单位名称"]}
    assert FORM[f"A{ROW['2.2.10']}"].number_format == "@"  # 2.2.10 must never become a date or 2.2.1
    assert FORM[FIELD["联系电话"]].number_format == "@"  # a telephone number keeps its leading zero


def test_the_second_sheet_explains(rubric: object) -> None:
    text = "\n".join(str(row[0]) for row in values(BOOK["填写说明"], "A1:A40") if row[0])
    for words in (
        "高能源发〔2020〕42号",
        "5 个单元、12 个项目、42 条，满分 100 分",
        "总分 80 分（含）以上为达标",
        "本标准不设“不涉及”",
        "每年10月31日：自评并报送自评报告、自评打分表和佐证材料",
        "、".join(RUBRIC.scope),
        *(f"{identifier} {RUBRIC.by_id[identifier].describe}" for identifier in COUNTED),
    ):
        assert words in text


def test_a_blank_form_reads_back_blank() -> None:
    result = assessed(DATA)
    blank, *others = sorted(told(result), reverse=True, key=lambda line: line.startswith("form-blank"))
    assert blank == "form-blank  这是一份空表，完成情况一条也没有填，不算已交表，请让单位填写后再交。"
    assert others == [
        f"agency-blank 自评打分表!{FIELD['单位名称']} 没有填写单位名称，请填写全称。",
        f"year-invalid 自评打分表!{FIELD['评价年度']} 评价年度（空白）无效，请填写四位年份（2020 年以后），如 2020。",
        f"category-blank 自评打分表!{FIELD['单位类别']} 没有选择单位类别，请从下拉列表中选择。",
    ]
    assert result.self is not None
    assert [reasons.answer(line) for line in result.self.lines] == [None] * len(ORDER)
    assert [line.claim.cell for line in result.self.lines] == [cell(identifier) for identifier in ORDER]
    assert result.self.total == 0
    assert result.verified is None


def test_what_is_known_of_the_agency_is_filled_in() -> None:
    result = assessed(blank_form(RUBRIC, Prefill("=1+1 局", RUBRIC.scope[7], 2021)))
    assert [problem.code.slug for problem in result.problems] == ["form-blank"]
    assert result.agency is not None
    assert (result.agency.name, result.agency.category, result.agency.year) == ("=1+1 局", RUBRIC.scope[7], 2021)


@pytest.mark.parametrize("prefill", [Prefill(), Prefill(AGENCY, "行政机关", 2021)], ids=["blank", "known"])
def test_the_same_arguments_give_the_same_bytes(prefill: Prefill) -> None:
    assert blank_form(RUBRIC, prefill) == blank_form(RUBRIC, prefill)


def test_no_place_or_time_of_its_making_is_inside() -> None:
    with zipfile.ZipFile(io.BytesIO(DATA)) as parts:
        core = parts.read("docProps/core.xml").decode()
        stamps = {info.date_time for info in parts.infolist()}
    assert set(re.findall(r">([0-9T:Z-]{10,})<", core)) == {"2020-08-03T00:00:00Z"}
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


def test_every_formula_stays_within_what_spreadsheets_allow() -> None:
    formulas = [str(each.value) for row in FORM.iter_rows() for each in row if each.data_type == "f"]
    assert max(map(len, formulas)) < 8192
    assert len(formulas) == 2 * (len(ORDER) + len(UNITS) + len(ITEMS) + 1) + 4 + 2  # the captions
    used = {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)}
    # all as old as Excel 2007, and known to WPS and LibreOffice
    assert used == {
        *(
            "AND",
            "CHOOSE",
            "IF",
            "IFERROR",
            "INT",
            "ISLOGICAL",
            "ISNUMBER",
            "LEFT",
            "LEN",
            "MAX",
            "MIN",
            "NA",
            "RIGHT",
            "ROUND",
            "SUBSTITUTE",
        ),
        *("NOT", "OR", "SUM", "SUMIF", "SUMPRODUCT", "TEXT", "TRIM", "VALUE"),
    }


def test_another_standard_makes_another_form() -> None:
    text = SMALL.replace("id: 1.1.2", "id: " + "x" * 40).replace("制度", "=HYPERLINK(1)").replace("甲", "<&>")
    rubric, problems = build(text.encode())
    assert rubric is not None, problems
    book = openpyxl.load_workbook(io.BytesIO(blank_form(rubric, Prefill("示例局", None, 2030))))
    sheet = book[SHEET]
    assert [row[0] for row in values(sheet, f"A{HEADER_ROW + 1}:A{HEADER_ROW + 3}")] == ["1.1.1", "x" * 40, "2.1.1"]
    unit = sheet[f"B{HEADER_ROW + 1}"]
    assert (unit.value, unit.data_type) == ("=HYPERLINK(1)", "s")
    assert sheet[FIELD["标准版本"]].value == "small / 1"
    columns = itertools.chain.from_iterable(values(sheet, f"A{HEADER_ROW}:M{HEADER_ROW}"))
    assert list(columns) == HEADER


def test_the_letters_used_by_these_tests_are_the_headers() -> None:
    assert {word: FORM[f"{letter}{HEADER_ROW}"].value for word, letter in LETTER.items()} == {
        word: word for word in LETTER
    }
