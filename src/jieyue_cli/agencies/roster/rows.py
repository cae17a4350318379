"""What a row below a roster's header is: an agency, or one of the things that stand around a list of agencies.

Whatever counts agencies or signs the page would raise the denominator of every rate; where it is not clear, it is an
error, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from jieyue_cli.agencies.roster.columns import COUNTING, NO_VALUE, WORDS, Block, Column, filled
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.text.folding import label, narrow
from jieyue_cli.workbook.cells import Area, Sheet, Value, address


class RowKind(Enum):
    """What stands in a row of a block: first an agency, then what is passed over, then what must be mended."""

    AGENCY = "agency"
    MERGED = "merged"
    """A further row of an agency whose name spans several."""
    HEADER = "header"
    """The header once more, as on a second page."""
    HEADING = "heading"
    """一、党委部门: a title between agencies."""
    FOOTER = "footer"
    """Who filled the list in, a remark, a date."""

    BROKEN = "broken"
    """A cell holds an error, or a formula without a value."""
    NOT_AGENCY = "not agency"
    SEVERAL_NAMES = "several names"
    BLANK_NAME = "blank name"
    FOOTER_WITHIN = "footer within"
    """A footer with agencies below it."""
    HEADER_MOVED = "header moved"
    """A header whose columns are not those of the first."""


class Row(NamedTuple):
    """One row of a block that is not blank."""

    number: int
    kind: RowKind
    column: int
    """The column that tells its kind; an agency's name stands there."""
    text: str
    """What is written there."""

    @property
    def cell(self) -> str:
        """The address of what tells its kind."""
        return address(self.number, self.column)

    def problems(self, sheet: Sheet) -> Iterator[Problem]:
        """What there is to tell of it; an error where it must be mended."""
        here = Location(cell=self.cell)
        match self.kind:
            case RowKind.MERGED:
                yield Code.ROSTER_MERGED.at(here, row=self.number, seen=self.text)
            case RowKind.HEADER:
                yield Code.ROSTER_HEADER_AGAIN.at(here, row=self.number)
            case RowKind.HEADING | RowKind.FOOTER:
                yield Code.ROSTER_LEFT_OUT.at(here, row=self.number, seen=self.text)
            case RowKind.BROKEN:
                yield Code.ROSTER_CELL.at(Location(sheet=sheet.name or None, cell=self.cell))
            case RowKind.NOT_AGENCY:
                yield Code.ROSTER_NOT_AGENCY.at(here, seen=self.text)
            case RowKind.SEVERAL_NAMES:
                yield Code.ROSTER_SEVERAL_NAMES.at(here, seen=self.text)
            case RowKind.BLANK_NAME:
                yield Code.ROSTER_BLANK_NAME.at(here)
            case RowKind.FOOTER_WITHIN:
                yield Code.ROSTER_FOOTER_WITHIN.at(here, row=self.number, seen=self.text)
            case RowKind.HEADER_MOVED:
                yield Code.ROSTER_HEADER_MOVED.at(here, row=self.number)


_SUMS = ("合计", "总计", "小计", "总数", "共计")
_SUM = re.compile(rf"(?:{'|'.join(_SUMS)}|共)\W*\d")
_SUM_BEGINS = frozenset("合总小共")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNING = (
    "填表|填报|填写|制表|经办|审核|复核|审批|负责|单位负责|部门负责|主要负责|分管领导|主管领导|联系|联系电话|联系方式|电话|手机"
    "|传真|邮箱|日期|时间|填表日期|填报日期|制表日期|填表时间|填报时间|制表时间|填报单位|填表单位|制表单位|报送单位|签字|签章"
    "|盖章|单位盖章|单位公章|公章"
)
_FOOTER = re.compile(
    rf"(?:{_SIGNING})人?(?:$|[\s:(_\d])|(?:说明|备注|填表说明|附注|注)(?:$|[\s:\d.、(*])|注意|第\s*\d+\s*页"
    r"|.*\((?:盖章|签字|签章|公章)\)"
)
_NUMERALS = "一二三四五六七八九十"
_DATE = re.compile(rf"(?:\d{{2,4}}|[〇○零{_NUMERALS}]{{4}}|)\s*年\s*[\d{_NUMERALS}]*\s*月\s*(?:[\d{_NUMERALS}]*\s*日)?")
_NUMBERED = re.compile(rf"[{_NUMERALS}]{{1,3}}\s*[、.,]|\([{_NUMERALS}]{{1,3}}\)")
"""The number of a heading; an agency of a numbered list has 1, 2, 3."""
_NOT_IN_A_NAME = re.compile(r"[;；\t]")
_OFFICE = re.compile(r"[局委办厅室院会部中心处所站社队联校馆厂司府团]$")
"""The end of an agency's name."""
_CERTAIN_WORD = 4
"""Characters of a header word for names that is surely no agency's category or remark."""


def rows_of(sheet: Sheet, block: Block, first: int) -> list[Row]:
    """Every row of a block from row ``first`` on that is not blank, each with what it is."""
    counting = [column for meaning, columns in block.held.items() if meaning in COUNTING for column in columns]
    view = _View(sheet, block, _spans(sheet, block), (block.name, *counting) if sheet.states else ())
    titles = [[*map(spaced, filled(sheet, number))] for number in range(1, first - 1)]
    titles = [title for title in titles if len(title) == 1]
    rows = [row for number in range(first, len(sheet.rows) + 1) if (row := _row(view, number)) is not None]
    ended = True  # a footer stands below the list, or above the header of another page
    below = None
    for place in reversed(range(len(rows))):
        if below is RowKind.HEADER and [*map(spaced, filled(sheet, rows[place].number))] in titles:
            rows[place] = rows[place]._replace(kind=RowKind.HEADER)
        below = kind = rows[place].kind
        if kind is RowKind.FOOTER and not ended:
            rows[place] = rows[place]._replace(kind=RowKind.FOOTER_WITHIN)
        ended = kind is RowKind.HEADER or (ended and kind is RowKind.FOOTER)
    return rows


def spaced(value: Value | None) -> str:
    """A cell's text as written, for a name is printed as its roster has it; only spaces are folded."""
    text = "" if value is None else str(value)
    return " ".join(text.replace("\u3000", " ").split()) if narrow(text) else ""


class _View(NamedTuple):
    """One block of a sheet."""

    sheet: Sheet
    block: Block
    spans: Mapping[int, Area]
    """Row → the merged area over its cell for the name."""
    counting: Sequence[int]
    """The columns in which a cell without its value is a fault; none where every cell of the sheet has one."""


def _spans(sheet: Sheet, block: Block) -> dict[int, Area]:
    over = (area for area in sheet.merged if area.left <= block.name <= area.right)
    return {row: area for area in over for row in range(area.top, area.bottom + 1)}


def _row(view: _View, number: int) -> Row | None:
    sheet, block = view.sheet, view.block
    for column in view.counting:
        if sheet.states.get((number, column)) in NO_VALUE:
            return Row(number, RowKind.BROKEN, column, "")
    values = sheet.rows[number - 1][block.columns.start - 1 : block.columns.stop - 1]
    texts = {column: text for column, value in enumerate(values, block.columns.start) if (text := spaced(value))}
    if not texts:
        return None
    for column, text in texts.items():
        if column < block.name and _FOOTER.match(narrow(text)):
            return Row(number, RowKind.FOOTER, column, text)
    row = Row(number, RowKind.AGENCY, block.name, texts.get(block.name, ""))
    return _named(view, row, texts) if row.text else _nameless(view, row, texts)


def _named(view: _View, row: Row, texts: Mapping[int, str]) -> Row:
    """What a row with something in its cell for the name is."""
    value = view.sheet.cell(row.number, view.block.name).value
    name = narrow(row.text)
    if WORDS.meaning(value) is Column.NAME:
        return row._replace(kind=RowKind.HEADER)
    if isinstance(value, str) and (_FOOTER.match(name) or _DATE.fullmatch(name) or ":" in name):
        return row._replace(kind=RowKind.FOOTER)
    if _is_heading(view, row.number) and _NUMBERED.match(name):
        return row._replace(kind=RowKind.HEADING)
    if any(WORDS.meaning(text) is Column.NAME and len(label(text)) >= _CERTAIN_WORD for text in texts.values()):
        return row._replace(kind=RowKind.HEADER_MOVED)
    if (
        not isinstance(value, str)
        or not _LETTER.search(name)
        or name.upper() in {"TRUE", "FALSE"}
        or _NOT_IN_A_NAME.search(value)
        or _NUMBERED.match(name)
        or _is_heading(view, row.number)
        or _counts(texts)
    ):
        return row._replace(kind=RowKind.NOT_AGENCY)
    lines = [line for line in map(narrow, value.splitlines()) if line]
    several = len(lines) > 1 and all(map(_OFFICE.search, lines))
    return row._replace(kind=RowKind.SEVERAL_NAMES) if several else row


def _nameless(view: _View, row: Row, texts: Mapping[int, str]) -> Row:
    """What a row with nothing in its cell for the name is."""
    column, text = next(iter(texts.items()))
    first = row._replace(column=column, text=text)
    area = view.spans.get(row.number)
    above = view.sheet.cell(area.top, area.left).value if area and area.top < row.number else None
    if above is not None:
        kind = RowKind.HEADER if WORDS.meaning(above) is Column.NAME else RowKind.MERGED
        return row._replace(kind=kind, text=spaced(above))
    if _counts(texts):
        return first._replace(kind=RowKind.NOT_AGENCY)
    if len(texts) == 1 and _NUMBERED.match(narrow(text)):
        return first._replace(kind=RowKind.HEADING)
    if _FOOTER.match(narrow(text)) or _DATE.fullmatch(narrow(text)) or (len(texts) == 1 and ":" in narrow(text)):
        return first._replace(kind=RowKind.FOOTER)
    return row._replace(kind=RowKind.BLANK_NAME)


def _is_heading(view: _View, number: int) -> bool:
    """Whether the cell for the name is merged with those of other columns."""
    area = view.spans.get(number)
    return area is not None and any(
        area.left <= column <= area.right for column in view.block.titles if column != view.block.name
    )


def _counts(texts: Mapping[int, str]) -> bool:
    """Whether a row holds a sum; one that counts agencies would raise the denominator of every rate."""
    likely = (text for text in texts.values() if not _SUM_BEGINS.isdisjoint(text))
    return any(label(text) in _SUMS or _SUM.match(narrow(text)) for text in likely)
