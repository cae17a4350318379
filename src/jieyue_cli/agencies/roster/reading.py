"""Any roster file → Roster: what counts as an agency and what does not, told at its row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jieyue_cli.agencies.roster.columns import PLAIN, Block, Column, blocks_of, downward, header_of
from jieyue_cli.agencies.roster.details import Details
from jieyue_cli.agencies.roster.model import Roster, RosterEntry, key
from jieyue_cli.agencies.roster.names import OtherName, names_in, with_other_names
from jieyue_cli.agencies.roster.parting import Cells, in_and_out
from jieyue_cli.agencies.roster.rows import Row, RowKind, rows_of, spaced
from jieyue_cli.agencies.roster.table import sheets_of
from jieyue_cli.form.hidden import hidden
from jieyue_cli.problems import Code, Location, Problem, has_errors
from jieyue_cli.text.folding import label
from jieyue_cli.workbook.cells import Sheet, address
from jieyue_cli.workbook.headers import Header

_MOST = 1_000_000


def read_roster(data: bytes, scope: Sequence[str], name: str) -> tuple[Roster | None, tuple[Problem, ...]]:
    """Read a roster from the bytes of ``name``; None where any error makes it an unsafe denominator.

    It needs a header row with 单位名称; docs/office/roster.md says what else may stand in it. ``scope`` holds the known
    categories.
    """
    roster, problems = understood(data, scope, name)
    return (None if has_errors(problems) else roster), problems


def understood(data: bytes, scope: Sequence[str], name: str) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The same with what was understood in spite of errors; None where there is no one list."""
    sheets, problems = sheets_of(data, lambda sheet: header_of(sheet) is not None)
    if has_errors(problems):
        return None, tuple(problem.inside(name) for problem in problems)
    listing = [(sheet, header) for sheet in sheets if (header := header_of(sheet)) is not None]
    roster = None
    if len(listing) == 1:
        roster, read = _read(*listing[0], scope)
        problems = (*problems, *read)
    elif listing:
        problems = (*problems, Code.ROSTER_SEVERAL.at(sheets="、".join(sheet.name for sheet, _ in listing)))
    else:
        problems = (*problems, (Code.ROSTER_NO_HEADER if sheets else Code.ROSTER_EMPTY).at())
    told = tuple(problem.inside(name) for problem in problems)
    return (None if roster is None else dataclasses.replace(roster, notes=told)), told


def _read(sheet: Sheet, header: Header[Column], scope: Sequence[str]) -> tuple[Roster, list[Problem]]:
    known = {label(category): category for category in scope}
    blocks = blocks_of(sheet, header)
    entries: dict[str, RosterEntry] = {}
    cells: dict[str, Cells] = {}
    others: list[OtherName] = []
    ignored: dict[str, None] = {}
    used: dict[str, None] = {}
    problems: list[Problem] = []
    if len(blocks) > 1:
        here = Location(cell=address(header.last, blocks[0].name))
        problems.append(Code.ROSTER_BLOCKS.at(here, count=len(blocks)))
    for block in blocks:
        rows = rows_of(sheet, block, header.last + 1)
        category = _category(sheet, block, rows, known)
        categories = _texts(sheet, category) if category else []
        details = Details(sheet, block)
        own = []
        for row in rows:
            if row.kind is not RowKind.AGENCY:
                problems += row.problems(sheet)
                continue
            written = spaced(categories[row.number - 1]) if category else ""
            entry, findings = _entry(row, written, known, category, details)
            problems += findings
            first = entries.setdefault(key(entry.name), entry)
            if first is not entry:
                problems.append(Code.ROSTER_DUPLICATE.at(Location(cell=row.cell), name=entry.name, first=first.row))
                continue
            cells[key(entry.name)] = Cells(row.cell, address(row.number, details.code) if details.code else row.cell)
            own.append(row)
            if len(entries) > _MOST:
                return Roster(()), [Code.ROSTER_TOO_LONG.at(Location(cell=row.cell), most=_MOST)]
        others += _others(sheet, block, own)
        for column, title in block.titles.items():
            (used if column in {*_used(block), category} else ignored)[title] = None
    complete, findings = with_other_names(entries, others)
    parted, further = in_and_out(complete, cells)
    problems += (*findings, *further)
    if not parted[0] and not has_errors(problems):
        problems.append((Code.ROSTER_ALL_OUTSIDE if entries else Code.ROSTER_EMPTY).at())
    if missed := [title for title in ignored if label(title) not in PLAIN]:
        problems.append(Code.ROSTER_IGNORED.at(names="、".join(missed)))
    columns = range(blocks[0].columns.start, blocks[-1].columns.stop)
    problems += hidden(sheet, range(header.first, len(sheet.rows) + 1), columns)
    plans = any(Column.PLAN in block.held for block in blocks)
    return Roster(*parted, plans=plans, columns=tuple(used), ignored=tuple(ignored)), problems


def _entry(
    row: Row, written: str, known: Mapping[str, str], category: int | None, details: Details
) -> tuple[RosterEntry, list[Problem]]:
    facts, problems = details.of(row.number)
    entry = RosterEntry(row.text, known.get(label(written)), row=row.number, **facts)
    if category and written and entry.category is None:
        here = Location(cell=address(row.number, category))
        problems = [Code.CATEGORY_UNKNOWN.at(here, seen=written), *problems]
    return entry, problems


def _category(sheet: Sheet, block: Block, rows: Iterable[Row], known: Mapping[str, str]) -> int | None:
    """The column of categories: one that is called so, or else one whose values mostly are categories."""
    for column in block.held.get(Column.CATEGORY, ()):
        return column
    numbers = [row.number for row in rows if row.kind is RowKind.AGENCY]
    for column in block.held.get(Column.KIND, ()):
        texts = _texts(sheet, column)
        values = [text for number in numbers if (text := spaced(texts[number - 1]))]
        if 2 * sum(label(text) in known for text in values) > len(values):
            return column
    return None


def _others(sheet: Sheet, block: Block, rows: Iterable[Row]) -> Iterator[OtherName]:
    """The names in every column of other names, row by row."""
    columns = [
        (column, meaning is Column.TOGETHER, _texts(sheet, column))
        for meaning in (Column.ALIASES, Column.TOGETHER)
        for column in block.held.get(meaning, ())
    ]
    for row in rows if columns else ():
        owner = key(row.text)
        for column, together, texts in columns:
            for name, same in names_in(texts[row.number - 1]):
                yield OtherName(name, same, address(row.number, column), row.number, owner, together=together)


def _texts(sheet: Sheet, column: int) -> list[str]:
    """What each cell of a column says, from the first row down."""
    return [str(value) if value is not None else "" for value in downward(sheet, column)]


def _used(block: Block) -> Iterator[int]:
    """A block's columns that are read, but for the one of categories."""
    yield block.name
    for meaning, columns in block.held.items():
        if meaning not in {Column.CATEGORY, Column.KIND}:
            yield from columns
