"""Labels around a typed table and their values, which follow a colon or stand in the next cell to the right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from jieyue_cli.form.typed.rows import OFFICE_TOTALS, TOTALS
from jieyue_cli.text.folding import essence, label, narrow
from jieyue_cli.workbook.cells import Cell, Sheet


class Label(Enum):
    """What a label stands for; the value lists its spellings (docs/office/typed-tables.md lists them for people)."""

    NAME = ("单位名称", "填报单位", "自评单位", "申报单位", "创建单位", "机关名称", "单位全称", "单位")
    CATEGORY = ("单位类别", "机关类别", "类别")
    YEAR = ("评价年度", "自评年度", "考核年度", "年度")
    DATE = ("填报日期", "填表日期", "填报时间", "自评日期", "日期")
    TOTAL = (*TOTALS, "自评得分", "自评分")
    OFFICE_TOTAL = (*OFFICE_TOTALS, "核查得分")
    GRADE = ("自评结论", "自评等级", "自评结果", "评定等级", "评价结果", "结论", "等级")
    OFFICE_GRADE = ("核查结论", "核查等级", "核查结果", "认定结论")
    OTHER = ("填报人", "填表人", "联系人", "联系电话", "电话", "负责人", "单位负责人", "主要负责人", "审核人", "备注")
    """Not read; such a label only ends the value before it."""


_LABELS = {word: kind for kind in Label for word in kind.value}
_WORDS = "|".join(r"\s*".join(word) for word in sorted(_LABELS, key=len, reverse=True))
_INLINE = re.compile(rf"(?:^|(?<=[\s,;。、]))({_WORDS})\s*(?:\([^()]*\)\s*)?:")
_SEAL = re.compile(r"[(\[](?:单位)?(?:盖章|公章|签章|章)[)\]]")
_MEASURES = {"分", "元", "万元", "人", "个", "项", "%", "千克", "吨"}
"""Values of 单位 that are a unit of measure, not an agency."""
_LONGEST = 300
"""Characters of a cell in which labels are looked for."""


def labelled(sheet: Sheet, rows: Iterable[int]) -> Iterator[tuple[Label, Cell]]:
    """Yield every label in these rows with the cell of its value; several labels may share one cell."""
    for row in rows:
        for column, value in enumerate(sheet.rows[row - 1], 1):
            if not isinstance(value, str) or len(value) > _LONGEST:
                continue
            text = narrow(value)
            matches = list(_INLINE.finditer(text))
            if not matches and (kind := _LABELS.get(label(text))):
                yield from _cleaned(kind, _right_of(sheet, row, column))
            ends = [*(match.start() for match in matches[1:]), len(text)]
            for match, end in zip(matches, ends, strict=False):
                inline = text[match.end() : end].strip()
                outside = _right_of(sheet, row, column) if end == len(text) else Cell(row, column, None)
                cell = Cell(row, column, inline) if _has_words(inline) else outside
                yield from _cleaned(_LABELS[label(match[1])], cell)


def _right_of(sheet: Sheet, row: int, column: int) -> Cell:
    for c in range(column + 1, len(sheet.rows[row - 1]) + 1):
        cell = sheet.cell(row, c)
        if isinstance(cell.value, str) and _is_label(cell.value):
            break
        if cell.value is not None:
            return cell
    return sheet.cell(row, column + 1)


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST and (label(text) in _LABELS or bool(_INLINE.match(narrow(text))))


def _cleaned(kind: Label, cell: Cell) -> Iterator[tuple[Label, Cell]]:
    """The label and its value without （盖章） and underscores; nothing where the value is a unit of measure."""
    if isinstance(cell.value, str):
        text = _SEAL.sub("", narrow(cell.value)).strip(" _")
        if kind is Label.NAME and text in _MEASURES:
            return
        cell = Cell(cell.row, cell.column, text if _has_words(text) else None, cell.state)
    yield kind, cell


def _has_words(text: str) -> bool:
    """Whether anything is written there besides （盖章） and underscores."""
    return bool(essence(_SEAL.sub("", text)))
