"""``jieyue rubric``: what an office has on its way from a new file to a standard of its own."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jieyue_cli.rubric import schema
from printed_tables import annex, document, merged_annex, workbook
from program import Call

EXAMPLES = Path(__file__).parents[2] / "examples" / "rubrics"


def test_a_new_standard_is_sound_and_makes_forms(call: Call, tmp_path: Path) -> None:
    made = call("rubric", "new", "市里.yaml")
    assert (made.code, made.out) == (0, "")
    assert made.err.splitlines() == ["已写入 市里.yaml", f"已写入 {schema.FILE_NAME}"]
    assert json.loads((tmp_path / schema.FILE_NAME).read_text("utf-8")) == schema.schema()
    checked = call("rubric", "check", "市里.yaml")
    assert checked.out.replace("\n", "").startswith(
        "市里.yaml：没有问题。示例市节约型机关评价标准，2 个单元、2 个项目、10 条，满分 40 分，达标线 32 分。"
    )
    assert "写 kind: ratio 或 kind: completion_rate" in " ".join(checked.out.split())
    assert call("template", "--rubric", "市里.yaml", "-o", "空表.xlsx").code == 0
    assert call("score", "空表.xlsx", "--rubric", "市里.yaml").code == 1  # it names no agency
    assert call("score", "空表.xlsx").code == 1  # the form of another standard


@pytest.mark.parametrize("written", ["80", "80.00", "8e1", "'８０'"])
def test_a_number_is_shown_plainly_however_it_was_written(written: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"extends: standard_2020\nid: a\npass_mark: {written}\n", "utf-8")
    assert "达标线 80 分。" in call("rubric", "check", "a.yaml").out.replace("\n", "")


def test_a_new_standard_never_replaces_a_file_unasked(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("mine")
    (tmp_path / schema.FILE_NAME).write_text("mine too")
    assert call("rubric", "new", "a.yaml").code == 2
    assert call("rubric", "new", "b.yaml").err.splitlines() == ["已写入 b.yaml"]
    assert ((tmp_path / "a.yaml").read_text(), (tmp_path / schema.FILE_NAME).read_text()) == ("mine", "mine too")
    assert call("rubric", "new", "a.yaml", "--force").code == 0
    assert "mine" not in (tmp_path / "a.yaml").read_text("utf-8") + (tmp_path / schema.FILE_NAME).read_text("utf-8")


@pytest.mark.parametrize("extended", ["standard_2020", "市里.yaml", str(EXAMPLES / "bonus_110.yaml")])
def test_a_new_difference_extends_what_was_named(extended: str, call: Call) -> None:
    assert call("rubric", "new", "市里.yaml").code == 0
    assert call("rubric", "new", "下/县里.yaml", "--extends", extended).code == 0
    ran = call("rubric", "diff", extended, "下/县里.yaml")
    assert ran.code == 0
    _, _, differences = ran.out.partition("共 ")
    assert differences.split() == ["1", "处差别", "总则", "-", differences.split()[-1]]
    assert differences.split()[-1].endswith("改为“my_variant”")


def test_a_difference_from_itself_is_refused(call: Call, tmp_path: Path) -> None:
    assert call("rubric", "new", "a.yaml").code == 0
    before = (tmp_path / "a.yaml").read_bytes()
    assert call("rubric", "new", "a.yaml", "--extends", "a.yaml", "--force").code == 2
    assert (tmp_path / "a.yaml").read_bytes() == before


def test_a_sum_that_a_difference_breaks_is_told_in_the_difference(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "extends: standard_2020\nid: a\nunits: [{id: '1', points: 10, items: [{id: '1.1', points: 10}]}]\n", "utf-8"
    )
    ran = call("rubric", "check", "a.yaml")
    assert ran.code == 2
    assert ran.err.replace("\n    ", "") == (
        "错误 2 个\n  a.yaml"
        "1:1：总分写的是 100 分，但其下各项合计 101 分，请改到一致（这一项沿用自standard_2020.yaml 第 13 行）。"
        "3:59：评价项目“节约能源资源目标管理”写的是 10 分，但其下各项合计 9 分，请改到一致。\n"
    )


def test_the_same_and_the_different(call: Call) -> None:
    assert "两个标准没有差别。" in call("rubric", "diff", "standard_2020", "standard_2020").out
    out = call("rubric", "diff", "standard_2020", EXAMPLES / "na_full.yaml").out
    assert "不涉及由“不设不涉及”改为“不涉及按满分计”" in out


def test_the_printed_table_shows_all_that_a_standard_provides(call: Call) -> None:
    veto = call("rubric", "show", EXAMPLES / "veto_105.yaml").out.replace(" ", "").replace("\n", "")
    for said in ("满分105分（基础100，附加5）", "超额完成95分起", "弄虚作假该评价项目不得分", "附加分，最多计5"):
        assert said in veto
    gates = call("rubric", "show", EXAMPLES / "gate_six_areas.yaml").out
    assert "\n         达标前提 " in gates
    assert "\nG1-a1        单位建筑面积能耗                            是为符合\n" in gates


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_standard_as_markdown(path: Path, call: Call) -> None:
    out = call("rubric", "show", path, "--format", "markdown").out
    assert out.startswith("# ")
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}
    plain = call("rubric", "show", path).out
    numbers = [line.split("|")[1].strip(" *") for line in rows if not line.startswith(("|---", "| 编号"))]
    assert all(f"\n{number.replace(chr(92), '')}" in plain for number in numbers)


def test_markdown_takes_no_sentence_for_markup(call: Call, tmp_path: Path) -> None:
    call("rubric", "new", "a.yaml")
    text = (tmp_path / "a.yaml").read_text("utf-8")
    (tmp_path / "a.yaml").write_text(text.replace("明确机构和专人负责，得4分", "'a|b *c* <i> [d](e)'"), "utf-8")
    out = call("rubric", "show", "a.yaml", "--format", "markdown").out
    assert r"| 1.1.1 | a\|b \*c\* \<i\> \[d\](e) | 是得4分，否不得分 | 4 |" in out


def test_the_schema_for_editors(call: Call) -> None:
    assert json.loads(call("rubric", "schema").stdout) == schema.schema()


def test_a_standard_with_only_warnings_is_used_and_they_are_told(call: Call, tmp_path: Path) -> None:
    assert call("rubric", "new", "a.yaml").code == 0
    file = tmp_path / "a.yaml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("title: 示例市", "title: 示例市 #二版", 1), "utf-8")
    assert file.read_text("utf-8") != before
    checked = call("rubric", "check", "a.yaml")
    assert checked.code == 0
    assert "a.yaml：没有错误，有 1 处提醒。" in checked.out.replace("\n", "")
    told = "“#二版节约型机关评价标准”被当成注释，没有读入；如是文字的一部分，请给整段文字加双引号。"
    assert told in "".join(line.strip() for line in checked.err.splitlines())
    shown = call("rubric", "show", "a.yaml")
    assert (shown.code, told in "".join(line.strip() for line in shown.err.splitlines())) == (0, True)


def test_a_standard_is_written_as_a_workbook_and_used(call: Call, tmp_path: Path) -> None:
    made = call("rubric", "new", "市里.xlsx")
    assert (made.code, made.out, made.err.splitlines()) == (0, "", ["已写入 市里.xlsx"])
    assert [path.name for path in tmp_path.iterdir()] == ["市里.xlsx"]
    checked = call("rubric", "check", "市里.xlsx").out.replace("\n", "").replace(" ", "")
    assert "市里.xlsx：没有问题。" in checked
    assert "按比例给分的，写计分方式“比值”或计分方式“完成率”。" in checked
    assert call("template", "--rubric", "市里.xlsx", "-o", "空表.xlsx").code == 0
    assert call("score", "空表.xlsx", "--rubric", "市里.xlsx").code == 1  # it names no agency
    shown = call("rubric", "show", "市里.xlsx", "--format", "markdown")
    assert (shown.code, shown.out.count("\n| 1.1")) == (0, 6)


@pytest.mark.parametrize("source", ["standard_2020", str(EXAMPLES / "county_variant.yaml")])
def test_a_standard_goes_from_one_form_to_the_other_and_back(source: str, call: Call, tmp_path: Path) -> None:
    assert call("rubric", "new", "a.xlsx", "--from", source).code == 0
    assert call("rubric", "new", "b.yaml", "--from", "a.xlsx").code == 0
    assert call("rubric", "new", "c.xlsx", "--from", "b.yaml").code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
    assert "extends" not in (tmp_path / "b.yaml").read_text("utf-8")
    for other in ("b.yaml", "c.xlsx"):
        assert "两个标准没有差别。" in call("rubric", "diff", source, other).out


def test_what_cannot_be_converted_writes_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("extends: standard_2020\npass_mark: 800\n", "utf-8")
    (tmp_path / "long.yaml").write_text(f"extends: standard_2020\nscope: [{', '.join(many())}]\n", "utf-8")
    (tmp_path / "old.xlsx").write_text("mine")
    for arguments, told in [
        (("a.xlsx", "--from", "bad.yaml"), "达标线 800 分高于总分 100 分"),
        (("a.xlsx", "--from", "无.xlsx"), "找不到这个文件或文件夹"),
        (("a.xlsx", "--from", "nobody"), "没有名为“nobody”的评价标准"),
        (("a.xlsx", "--from", "long.yaml"), "这个标准用 表格 写不下"),
        (("a.xlsx", "--extends", "standard_2020"), "--extends 只能单独用"),
        (("a.yaml", "--extends", "standard_2020", "--from", "standard_2020"), "--extends 只能单独用"),
        (("a.docx", "--from", "standard_2020"), "不知道用什么格式写"),
        (("old.xlsx", "--from", "standard_2020"), "文件已存在"),
        (("long.yaml", "--from", "long.yaml", "--force"), "不能把结果写到要读取的文件上"),
    ]:
        ran = call("rubric", "new", *arguments)
        assert ran.code == 2, arguments
        assert told in ran.err.replace("\n", "").replace(" " * 4, ""), (arguments, ran.err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "long.yaml", "old.xlsx"]


def many() -> list[str]:
    """Categories that no cell can hold together."""
    return [f"第{number}类{'单位' * 25}" for number in range(700)]


def test_a_fault_in_a_workbook_is_told_in_its_cell(call: Call, tmp_path: Path) -> None:
    assert call("rubric", "new", "a.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["条文"]["F2"] = 21
    book["基本情况"]["B10"] = 50
    book.save(tmp_path / "a.xlsx")
    ran = call("rubric", "check", "a.xlsx")
    assert (ran.code, ran.err.replace("\n    ", " ")) == (
        2,
        (
            "错误 3 个\n  a.xlsx 基本情况!B9：总分写的是 40 分，但其下各项合计 41 分，请改到一致。"
            " 基本情况!B10：达标线 50 分高于总分 40 分，没有单位能达标，请改正。"
            " 条文!F2：评价单元“管理”写的是 21 分，但其下各项合计 20 分，请改到一致。\n"
        ),
    )


@pytest.mark.parametrize(
    ("name", "table"), [("印发.xlsx", merged_annex()), ("印发.docx", document(annex()))], ids=["xlsx", "docx"]
)
def test_a_published_table_becomes_a_workbook_to_look_through(
    name: str, table: bytes, call: Call, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(table)
    made = call("rubric", "new", "市里.xlsx", "--from", name)
    assert (made.code, made.out) == (0, "")
    told = made.err.replace("\n", "")
    assert "源头减量 8 分印在“推行绿色办公”(25 分)下" in told
    assert told.endswith("已写入 市里.xlsx")
    checked = call("rubric", "check", "市里.xlsx")
    assert "5 个单元、12 个项目、42 条" in checked.out.replace("\n", "")
    assert "备注里还有 2 处“请核对”（O4、O39）" in checked.err
    refused = call("rubric", "new", "市里.yaml", "--from", name)
    assert (refused.code, "请用 .xlsx 结尾的文件名" in refused.err) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "市里.xlsx"])


def test_a_file_without_a_standard_gives_none(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([("甲", "乙")]))
    ran = call("rubric", "new", "市里.xlsx", "--from", "a.xlsx")
    assert ran.code == 2
    assert "没有找到印发的评价标准表" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
