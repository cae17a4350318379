"""What the fields above the table say, each from its cell: who handed the form in, for which year and standard.

Every ``read_…`` takes the cell (None where its label is gone) and the standard, and returns the value (None where
there is none that can be used) and what there is to tell about it.
"""

from __future__ import annotations

import datetime as dt
import re

from jieyue_cli.form.answers import Finding, date_of, quoted, whole, written
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Completion
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.workbook.cells import Cell, CellState

LAST_YEAR = 2099
COMPLETIONS = tuple(completion.value for completion in Completion)
YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*(?:年度?)?")


_LONGEST = 2000
"""Characters of a text that are kept; nobody reads more in a cell."""


def read_name(cell: Cell | None, _: Rubric) -> tuple[str | None, list[Finding]]:
    """单位名称: any words; a blank, a number, a dash or an error names no agency."""
    value = cell.value if cell else None
    if cell and cell.state in {CellState.ERROR, CellState.UNCALCULATED}:
        return None, [(Code.AGENCY_INVALID, {"seen": quoted(value) or "未计算的公式"})]
    if value is None or (isinstance(value, str) and not narrow(value)):
        return None, [(Code.AGENCY_BLANK, {})]
    if not isinstance(value, str) or not any(char.isalpha() for char in value):
        return None, [(Code.AGENCY_INVALID, {"seen": quoted(value)})]
    return " ".join(value.replace("\u3000", " ").split()), []


def read_category(cell: Cell | None, rubric: Rubric) -> tuple[str | None, list[Finding]]:
    """单位类别: one of the rubric's scope, whatever its width and brackets."""
    seen = quoted(cell.value) if cell else ""
    if not cell or not seen:
        return None, [(Code.CATEGORY_BLANK, {})]
    for category in rubric.scope:
        if label(whole(cell.value)) == label(category):
            return category, []
    return None, [(Code.CATEGORY_UNKNOWN, {"seen": seen})]


def read_group(cell: Cell | None, rubric: Rubric) -> tuple[str | None, list[Finding]]:
    """适用类型: one of the rubric's classes; None without a word where it has none."""
    if not rubric.classes:
        return None, []
    seen, groups = quoted(cell.value) if cell else "", "、".join(rubric.classes)
    for group in rubric.classes:
        if seen and label(seen) == label(group):
            return group, []
    return None, [
        (Code.CLASS_UNKNOWN, {"seen": seen, "groups": groups}) if seen else (Code.CLASS_BLANK, {"groups": groups})
    ]


def read_year(cell: Cell | None, rubric: Rubric) -> tuple[int | None, list[Finding]]:
    """评价年度: 2020, 2020年, 2020年度 or a date, from the year the standard was issued on."""
    value = cell.value if cell else None
    year, plainly = None, False
    if isinstance(value, dt.date):
        year = value.year
    elif isinstance(value, int) and not isinstance(value, bool):
        year, plainly = value, True
    elif isinstance(value, str) and (match := YEAR.fullmatch(narrow(value))):
        year = int(match[1])
    first = min(rubric.issued.year, *rubric.targets)
    if year is None or not first <= year <= LAST_YEAR:
        seen = f"“{quoted(value)}”" if value is not None else "（空白）"
        if cell and cell.state is CellState.UNCALCULATED:
            seen = "（未计算的公式）"
        return None, [(Code.YEAR_INVALID, {"seen": seen, "first": first})]
    if not plainly:
        return year, [(Code.YEAR_SPELLING, {"seen": quoted(value), "year": year})]
    return year, []


def read_date(cell: Cell | None, _: Rubric, field: str = "填报日期") -> tuple[dt.date | None, list[Finding]]:
    """填报日期, 核查日期: a date, or the usual ways to write one; a blank is no fault."""
    value = cell.value if cell else None
    seen, date = quoted(value), date_of(value)
    if date is None:
        return None, [(Code.DATE_INVALID, {"label": field, "seen": seen})] if seen else []
    plainly = not isinstance(value, str) or value == date.isoformat()
    return date, [] if plainly else [(Code.ANSWER_SPELLING, {"seen": seen, "read": date.isoformat()})]


def read_completion(cell: Cell | None, _: Rubric) -> tuple[Completion | None, list[Finding]]:
    """核查完成: one of its three words, with or without their comma; 已完成 alone does not say what a blank means."""
    value = cell.value if cell else None
    seen = written(value)
    if cell and cell.state is CellState.UNCALCULATED:
        return None, [(Code.COMPLETION_UNKNOWN, {"seen": "未计算的公式"})]
    if not seen:
        return None, []
    for completion in Completion:
        if _without_comma(seen) == _without_comma(completion.value):
            plainly = value == completion.value
            return completion, [] if plainly else [(Code.ANSWER_SPELLING, {"seen": seen, "read": completion.value})]
    code = Code.COMPLETION_AMBIGUOUS if _without_comma(seen) == "已完成" else Code.COMPLETION_UNKNOWN
    return None, [(code, {"seen": seen})]


def _without_comma(text: str) -> str:
    return re.sub("[ ,]", "", narrow(text))


def read_words(cell: Cell | None, _: Rubric) -> tuple[str | None, list[Finding]]:
    """Any words, such as 填报人; a blank is no fault."""
    return words(cell) or None, []


def words(cell: Cell | None) -> str:
    """The text of a cell on lines of its own, without what a workbook cannot hold."""
    value = cell.value if cell else None
    if value is None:
        return ""
    text = value if isinstance(value, str) else written(value)
    return "".join(char for char in text if char.isprintable() or char in "\n\u3000").strip()[:_LONGEST]


def read_mark(cell: Cell | None, rubric: Rubric) -> tuple[bool, list[Finding]]:
    """标准版本: whether the form is one of this standard, in this version; no mark at all is only told."""
    seen = whole(cell.value) if cell else ""
    identifier, _, version = (part.strip() for part in seen.partition("/"))
    if not seen:
        return True, [(Code.FORM_NO_MARK, {})]
    if identifier != rubric.id:
        return False, [(Code.FORM_OTHER_RUBRIC, {"seen": identifier, "expected": rubric.id})]
    if version != rubric.version:
        facts = {"seen": version or "？", "expected": rubric.version, "age": _age(version, rubric.version)}
        return False, [(Code.FORM_OTHER_VERSION, facts)]
    return True, []


def _age(version: str, current: str) -> str:
    """Whether a version came before or after the current one, where they are numbers."""
    if not (version.isdecimal() and current.isdecimal()):
        return ""
    return "（旧版）" if int(version) < int(current) else "（新版）"
