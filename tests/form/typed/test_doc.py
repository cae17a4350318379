"""docs/office/typed-tables.md says what the code does: its word lists are the code's, and no problem is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jieyue_cli.form.typed.labels import Label
from jieyue_cli.form.typed.rows import OFFICE_TOTALS, SUBTOTALS, TOTALS
from jieyue_cli.form.typed.surroundings import FAILS, PASSES
from jieyue_cli.form.typed.table import Role
from jieyue_cli.problems import Code
from typed_tables import WORDS

DOC = (Path(__file__).parents[3] / "docs" / "office" / "typed-tables.md").read_text(encoding="utf-8")
LISTS = {
    "评价项目": Role.ITEM.value,
    "评价标准": Role.TEXT.value,
    "分值": Role.POINTS.value,
    "自评得分": Role.SELF.value,
    "核查得分": Role.OFFICE.value,
    "小计": SUBTOTALS,
    "总分": TOTALS,
    "表外的总分": tuple(word for word in Label.TOTAL.value if word not in TOTALS),
    "核查总分": OFFICE_TOTALS,
    "表外的核查总分": tuple(word for word in Label.OFFICE_TOTAL.value if word not in OFFICE_TOTALS),
    "自评等级": Label.GRADE.value,
    "核查等级": Label.OFFICE_GRADE.value,
    "算作达标": PASSES,
    "算作未达标": FAILS,
    "单位名称": Label.NAME.value,
    "单位类别": Label.CATEGORY.value,
    "评价年度": Label.YEAR.value,
    "日期": Label.DATE.value,
    "只作分隔，不读": Label.OTHER.value,
}


@pytest.mark.parametrize(("title", "words"), LISTS.items(), ids=LISTS)
def test_every_list_of_words_is_the_codes(title: str, words: tuple[str, ...]) -> None:
    (row,) = re.findall(rf"^\| {title} \| (`.*`) \|$", DOC, re.MULTILINE)
    assert tuple(re.findall("`([^`]+)`", row)) == words


def test_no_list_is_left_out() -> None:
    documented = set(re.findall(r"^\| (\S+) \| `[^|]*` \|$", DOC, re.MULTILINE))
    assert documented == set(LISTS)


def test_the_tests_words_are_the_codes() -> None:
    roles = {"item": Role.ITEM, "text": Role.TEXT, "price": Role.POINTS, "self": Role.SELF, "office": Role.OFFICE}
    assert {name: role.value for name, role in roles.items()} == {name: WORDS[name] for name in roles}


def test_every_code_named_exists_and_every_code_of_typed_tables_is_named() -> None:
    known = {code.slug for code in Code}
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", DOC))
    assert named <= known
    own = {slug for slug in known if slug.startswith(("typed-", "score-"))} - {"typed-table", "score-disagrees"}
    assert own <= named


def test_the_note_names_the_kind_of_form_in_the_docs_words() -> None:
    assert "按手工填写的标准表读取" in Code.TYPED_TABLE.template
    assert "按手工填写的标准表读取" in DOC
