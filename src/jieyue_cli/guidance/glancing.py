"""What a file is, by its first bytes: a guess within a millisecond or two, where reading would take fifty.

Nothing is parsed: the words of headers are looked for in what a workbook begins with, and no more is inflated than
that. The commands read properly what the guess leads to; a wrong guess costs a person a wrong hint.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath
from typing import IO

from jieyue_cli.guidance.sight import FORMS, Glimpse, Kind
from jieyue_cli.text.decoding import text_of

OWN_WORDS = frozenset({"编号", "评价单元", "评价项目", "评价标准", "分值", "完成情况", "自评得分", "佐证材料"})
ENOUGH = 5
NUMBER, ANSWER, FINDING, YEAR, MARK = "编号", "完成情况", "核查情况", "评价年度", "标准版本"
FINISHED = "已完成，空白同自评"
CHECKING_TITLE, FEEDBACK_SHEET, PLAN_SHEET, ROSTER_SHEET = "核查表", "核查反馈", "核查名单", "名录"
STANDARD_SHEETS, IDENTIFIER = ("基本情况", "条文"), "编号"
TYPED_POINTS = frozenset({"分值", "标准分", "标准分值", "满分"})
TYPED_SELF = frozenset({"自评得分", "自评分", "自评分数", "自评", "单位自评", "自评打分", "得分"})
TYPED_TEXT = frozenset({"评价项目", "考核项目", "评价内容", "评价标准", "评分标准", "评分细则", "考核标准", "评价细则"})
ROSTER_NAMES = frozenset({"单位名称", "机关名称", "单位全称"})
ROSTER_PLAIN = frozenset({"名称", "单位", "机关"})
"""May head anything; a roster's header has another of its words beside it."""
ROSTER_BESIDE = frozenset({"类别", "单位类别", "级别", "统一社会信用代码", "曾用名", "简称", "合署", "批次年度"})

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
TABLES = SPREADSHEETS | {".csv"}
RUBRICS = frozenset({".yaml", ".yml"})
TOLD_BY_CONTENT = TABLES | RUBRICS | {".jsonl", ".docx", ".zip"}
"""Suffixes of what is worth a glance."""

_TEXT = 8 << 10
_PART = 256 << 10
"""Bytes of a part, inflated; a form's table takes 130 KB."""
_BINARY = 512 << 10
_LEDGER = 4 << 20
_MEMBER = 4 << 20
_DEEPEST_HEADER = 40
_MEMBERS_NAMED, _MEMBERS_SEEN = 300, 3
_STRING = re.compile(rb"<si\b[^>]*>(.*?)</si>|<si/>", re.DOTALL)
_TEXTS = re.compile(rb"<t\b[^>]*>([^<]*)</t>")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_REFERENCE = re.compile(rb"&#([0-9]{1,7});")
_FOLDED = re.compile(r"\(.*?\)|（.*?）|[\s:：*]")
_YEAR = re.compile("20[0-9]{2}")
_RUBRIC_ID = re.compile(r"^id:\s*['\"]?([^\s'\"#]+)", re.MULTILINE)
_RUBRIC = re.compile(r"^(?:units|extends|pass_mark)\s*:", re.MULTILINE)
_RECORDED = re.compile(rb'"year":\s*([0-9]{4})')

Grid = Mapping[int, Mapping[int, str]]
"""Row → column → what its cell shows."""


def glance(name: str, stream: IO[bytes]) -> Glimpse:
    """What the file called ``name`` seems to be; whatever its bytes provoke, it is then something else."""
    suffix = PurePath(name).suffix.lower()
    try:
        if suffix in {".csv", ".jsonl", *RUBRICS}:
            return _text(suffix, stream)
        if suffix in {*SPREADSHEETS, ".docx", ".zip"}:
            return _container(name, stream)
    except Exception:  # nothing that one file provokes may end a look at a folder (docs/hazards.md, 24)
        return Glimpse(Kind.OTHER)
    return Glimpse(Kind.OTHER)


def _text(suffix: str, stream: IO[bytes]) -> Glimpse:
    if suffix == ".jsonl":
        return _ledger(stream.read(_LEDGER))
    text = text_of(stream.read(_TEXT), whole=False) or ""
    if suffix in RUBRICS:
        found = _RUBRIC_ID.search(text)
        return Glimpse(Kind.RUBRIC, standard=found[1]) if found and _RUBRIC.search(text) else Glimpse(Kind.OTHER)
    lines = text.splitlines()
    for number, line in enumerate(lines[:_DEEPEST_HEADER], 1):
        if _heads_roster({_folded(cell) for cell in re.split("[,;\t]", line.replace('"', ""))}):
            return Glimpse(Kind.ROSTER if any(map(str.strip, lines[number:])) else Kind.UNFILLED)
    return Glimpse(Kind.OTHER)


def _ledger(data: bytes) -> Glimpse:
    entries = data.splitlines()
    if not entries or not entries[0].startswith(b'{"agencies"'):
        return Glimpse(Kind.OTHER)
    years = {int(named[-1]) for entry in entries if (named := _RECORDED.findall(entry))}
    return Glimpse(Kind.LEDGER, tuple(sorted(years)))


def _container(name: str, stream: IO[bytes]) -> Glimpse:
    beginning = stream.read(4)
    stream.seek(0)
    if not beginning.startswith(b"PK"):
        return _by_words(stream.read(_BINARY))
    with zipfile.ZipFile(stream) as archive:
        members = set(archive.namelist()[:_MEMBERS_NAMED])
        if "xl/workbook.xml" in members:
            return _workbook(archive, members)
        for part in ("xl/sharedStrings.bin", "content.xml"):
            if part in members:
                return _by_words(_part(archive, part))
        if "word/document.xml" in members:
            return Glimpse(Kind.LETTER if b"{{" in _part(archive, "word/document.xml") else Kind.OTHER)
        return _archive(archive) if name.lower().endswith(".zip") else Glimpse(Kind.OTHER)


def _archive(archive: zipfile.ZipFile) -> Glimpse:
    """What the first forms of an archive are."""
    infos = [info for info in archive.infolist()[:_MEMBERS_NAMED] if info.file_size <= _MEMBER]
    forms = (info for info in infos if PurePath(info.filename).suffix.lower() in SPREADSHEETS)
    seen = [glance(info.filename, io.BytesIO(archive.read(info))) for info in islice(forms, _MEMBERS_SEEN)]
    return together(seen) or Glimpse(Kind.OTHER)


def together(glimpses: Sequence[Glimpse]) -> Glimpse | None:
    """What several files are as a whole: the furthest kind of form among them; None where none is a form."""
    forms = [seen for seen in glimpses if seen.kind in FORMS]
    if not forms:
        return None
    furthest = min((seen.kind for seen in forms), key=FORMS.index)
    years = Counter(year for seen in forms for year in seen.years)
    year = max(years, key=lambda year: (years[year], year), default=None)  # one agency may have written another
    return Glimpse(furthest, (year,) if year else (), next((seen.standard for seen in forms if seen.standard), ""))


def _by_words(data: bytes) -> Glimpse:
    """What a workbook in another format is, by the words that its bytes hold; nobody sends out blank forms in these."""

    def holds(word: str) -> bool:
        return word.encode() in data or word.encode("utf-16-le") in data

    if sum(map(holds, OWN_WORDS)) >= ENOUGH or all(any(map(holds, words)) for words in (TYPED_POINTS, TYPED_SELF)):
        return Glimpse(Kind.RETURNED)
    return Glimpse(Kind.ROSTER if any(map(holds, ROSTER_NAMES)) else Kind.OTHER)


def _workbook(archive: zipfile.ZipFile, members: set[str]) -> Glimpse:
    sheets = _part(archive, "xl/workbook.xml")
    if FEEDBACK_SHEET.encode() in sheets:
        return _table(archive, members, sheets)._replace(kind=Kind.FEEDBACK)
    if PLAN_SHEET.encode() in sheets:
        return Glimpse(Kind.PLAN)
    if all(f'name="{name}"'.encode() in sheets for name in STANDARD_SHEETS):
        return _standard(archive, members)
    return _table(archive, members, sheets)


def _standard(archive: zipfile.ZipFile, members: set[str]) -> Glimpse:
    """A standard in a workbook, with the id that its first sheet states."""
    strings = _strings(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in members else []
    grid = _grid(_part(archive, "xl/worksheets/sheet1.xml"), strings)
    return Glimpse(Kind.RUBRIC, standard=next(_right_of(grid, max(grid, default=0) + 1, IDENTIFIER), ""))


def _table(archive: zipfile.ZipFile, members: set[str], sheets: bytes) -> Glimpse:
    """What the first table with a header that is known is; ``sheets`` is the part that names the sheets."""
    strings = _strings(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in members else []
    own = "docProps/core.xml" in members and b"</dc:subject>" in _part(archive, "docProps/core.xml")
    for part in sorted(part for part in members if part.startswith("xl/worksheets/sheet"))[:2]:
        grid = _grid(_part(archive, part), strings)
        headers = {row: {_folded(text) for text in grid[row].values()} for row in sorted(grid)[:_DEEPEST_HEADER]}
        for row, words in headers.items():
            if len(words & OWN_WORDS) >= ENOUGH and ANSWER in words:
                return _form(grid, row)
            if words & TYPED_SELF and words & TYPED_POINTS and words & TYPED_TEXT:
                return Glimpse(Kind.REPORT if own else Kind.RETURNED, _years(grid, row))
        if row := next((row for row, words in headers.items() if _heads_roster(words)), 0):
            return Glimpse(Kind.REPORT if own and ROSTER_SHEET.encode() not in sheets else _roster(grid, row))
    return Glimpse(Kind.REPORT if own else Kind.OTHER)


def _roster(grid: Grid, header: int) -> Kind:
    """A roster, or one in which no name stands yet."""
    names = [column for column, text in grid[header].items() if _folded(text) in ROSTER_NAMES | ROSTER_PLAIN]
    filled = any(column in cells for row, cells in grid.items() if row > header for column in names)
    return Kind.ROSTER if filled else Kind.UNFILLED


def _form(grid: Grid, header: int) -> Glimpse:
    """How far a form of the program's own has come: what its columns hold below the header."""
    titles = {_folded(text): column for column, text in grid[header].items()}
    number = titles.get(NUMBER)
    above = " ".join(text for row in grid if row < header for text in grid[row].values())
    if FINISHED in above or _filled(grid, header, number, titles.get(FINDING)):
        kind = Kind.CHECKED
    elif CHECKING_TITLE in above:
        kind = Kind.TO_CHECK
    else:
        kind = Kind.RETURNED if _filled(grid, header, number, titles.get(ANSWER)) else Kind.BLANK
    mark = next((text for text in _right_of(grid, header, MARK) if " / " in text), "")
    return Glimpse(kind, _years(grid, header), mark.partition(" / ")[0])


def _filled(grid: Grid, header: int, number: int | None, column: int | None) -> bool:
    """Whether anything stands in a column in a row with a 编号."""
    return any(column in cells and number in cells for row, cells in grid.items() if row > header)


def _years(grid: Grid, header: int) -> tuple[int, ...]:
    """The year above the table: beside its label, or in one cell with it."""
    above = (text for row, cells in grid.items() if row < header for text in cells.values() if YEAR in text)
    found = (_YEAR.search(text) for text in (*_right_of(grid, header, YEAR), *above))
    return tuple(int(year[0]) for year in found if year)[:1]


def _right_of(grid: Grid, header: int, label: str) -> Iterator[str]:
    """What stands in the next cell to the right of a label above the table."""
    for row, cells in grid.items():
        for column in (column for column, text in cells.items() if row < header and _folded(text) == label):
            if following := [other for other in cells if other > column]:
                yield cells[min(following)]


def _heads_roster(words: set[str]) -> bool:
    return bool(words & ROSTER_NAMES or (words & ROSTER_PLAIN and words & ROSTER_BESIDE))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        data = stream.read(_PART)
    return _REFERENCE.sub(lambda found: chr(int(found[1])).encode(), data) if b"&#" in data else data


def _strings(data: bytes) -> list[str]:
    return [_joined(found[1] or b"") for found in _STRING.finditer(data)]


def _joined(data: bytes) -> str:
    return b"".join(_TEXTS.findall(data)).decode("utf-8", "ignore")


def _grid(data: bytes, strings: list[str]) -> Grid:
    grid: dict[int, dict[int, str]] = {}
    for letters, row, attributes, inner in _CELL.findall(data):
        value = _VALUE.search(inner)
        if b't="s"' in attributes:
            place = int(value[1]) if value else len(strings)
            text = strings[place] if place < len(strings) else "…"
        else:
            text = value[1].decode("utf-8", "ignore") if value else _joined(inner)
        if text.strip():
            grid.setdefault(int(row), {})[_number(letters)] = text
    return grid


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _folded(text: str) -> str:
    return _FOLDED.sub("", text)
