"""The look of the console views: how a table, a heading, a paragraph and a piece of foreign text appear.

Lines are ASCII: on an old Chinese console box-drawing characters are two cells wide and elsewhere one. The same goes
for ``…`` and ``“”``: text is measured as the console at hand shows it (docs/hazards.md, 45).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.typesetting import cells_of_old_console, line_starts

_RULES = Box("    \n    \n -- \n    \n -- \n -- \n    \n    \n", ascii=True)
_LONGEST = 400
_NARROWEST = 12
_STACKED = 60
"""On a narrower console, a table that does not fit stands as one line a cell."""
VERDICT_STYLE = {Verdict.PASS: "bold green", Verdict.FAIL: "bold red", Verdict.UNDETERMINED: "bold yellow"}


def safe(text: str, style: str = "") -> Text:
    """Text that may come from anybody: never markup, never a control sequence, never without end."""
    tidy = clean(text)
    return Text(tidy if len(tidy) <= _LONGEST else tidy[: _LONGEST - 1] + "…", style)


_OLD_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "big5", "cp950", "big5hkscs"})
"""Encodings of consoles that show every character of two bytes two cells wide."""


def measure(options: ConsoleOptions) -> Callable[[str], int]:
    """What tells how many cells a text takes on this console."""
    return cells_of_old_console if _is_old(options) else cell_len


def _is_old(options: ConsoleOptions) -> bool:
    return codecs.lookup(options.encoding).name in _OLD_CHINESE


class _Shrinking:
    """Text that says how wide it would be, and how narrow it may become."""

    def __init__(self, text: Text | str, style: str = "") -> None:
        self.text = text if isinstance(text, Text) else safe(text, style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = measure(options)(self.text.plain)
        return Measurement(min(width, _NARROWEST), width).with_maximum(options.max_width)


class OneLine(_Shrinking):
    """Text that is shortened with … where it does not fit its column."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plain, cells = self.text.plain, measure(options)
        if cells(plain) > options.max_width:
            kept, used = 0, cells("…")
            while used + cells(plain[kept]) <= options.max_width:
                used += cells(plain[kept])
                kept += 1
            plain = plain[:kept].rstrip() + "…"
        yield Text(plain, self.text.style, no_wrap=True)


class Prose(_Shrinking):
    """Text broken as Chinese is: between any two characters, but no line begins with ``。`` or ends with ``（``."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.divide(line_starts(self.text.plain, options.max_width, measure(options))):
            line.rstrip()
            line.no_wrap = True
            yield line


class Page:
    """Everything one command shows, clean, and without the blanks that tables leave at the ends of lines."""

    def __init__(self, *content: RenderableType) -> None:
        self.content = Group(*content)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.content, options, pad=False):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                last = line.pop()
                line.append(Segment(last.text.rstrip(" "), last.style, last.control))
            tidy = (segment._replace(text=clean(segment.text)) for segment in line)
            yield from _drawn_in(tidy) if _is_old(options) else tidy
            yield Segment.line()


def _drawn_in(line: Iterable[Segment]) -> Iterator[Segment]:
    """A line whose gaps are narrower by what an old console shows wider: what stands behind them is in its column."""
    wider, before = 0, ""
    for segment in line:
        kept = []
        for char in segment.text:
            if char == before == " " and wider:
                wider -= 1
                continue
            wider += cells_of_old_console(char) - cell_len(char)
            kept.append(char)
            before = char
        yield segment._replace(text="".join(kept))


class Head(NamedTuple):
    """A column of a ``Ledger``."""

    text: str
    justify: JustifyMethod = "left"
    widest: int = 14
    """Cells that a line of the column takes at most."""


class Entry(NamedTuple):
    """A row of a ``Ledger``."""

    cells: Sequence[str]
    text: RenderableType
    """In the last column."""
    below: RenderableType | None = None
    """Beneath the row."""
    style: str = ""


class _Grid(Table):
    """A table whose cells stand below each other where there is no room side by side: every name can be read."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.update(max_width=_LONGEST)
        if options.max_width >= _STACKED or Measurement.get(console, wide, self).minimum <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        heads = ["".join(_words(column.header).plain.split()) for column in self.columns]
        cells = zip(*(column.cells for column in self.columns), strict=True)
        yield from _stacked([(heads, row, str(about.style or "")) for row, about in zip(cells, self.rows, strict=True)])


def _stacked(rows: Iterable[tuple[Sequence[str], Sequence[RenderableType], str]]) -> Iterable[RenderableType]:
    """Rows with the heads of their cells and their style; cells that say nothing are left out."""
    for heads, cells, style in rows:
        told = [(head, words) for head, cell in zip(heads, cells, strict=True) if (words := _words(cell)).plain.strip()]
        if not any(heads):
            told = [("", Text(" ").join(words for _, words in told))]
        yield from (_line(head, words, style) for head, words in told)
        if any(heads):
            yield Text("")


def _line(head: str, words: Text, style: str) -> RenderableType:
    line = Text.assemble((f"{head} " if head else "", "dim"), (words.plain.strip(), style or words.style))
    return Prose(line)


def _words(cell: RenderableType) -> Text:
    """What a cell says."""
    match cell:
        case Text():
            return cell
        case _Shrinking():
            return cell.text
        case Padding():
            return _words(cell.renderable)
        case Group():
            return Text(" ").join(_words(part) for part in cell.renderables)
    return safe(str(cell))


class Ledger:
    """A table of short cells and a text, in which more text may stand below a row over the full width.

    The last of the heads is the text's.
    """

    def __init__(self, heads: Sequence[Head], entries: Sequence[Entry]) -> None:
        self._heads = heads
        self._entries = entries
        self._columns = list(zip(*(entry.cells for entry in entries), strict=True))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = measure(options)
        widths = [
            max(wide(head.text), min(head.widest, max(map(wide, cells))))
            for head, cells in zip(self._heads, self._columns, strict=False)
        ]
        *heads, last = (head.text for head in self._heads)
        if options.max_width < min(_STACKED, sum(widths) + len(widths) + _NARROWEST):
            for entry in self._entries:
                row, below = (*entry.cells, entry.text), entry.below
                yield from _stacked([((*heads, last), row, entry.style)])
                yield from [below, Text("")] if below else []
            return
        yield self._row(Entry(heads, last, style="bold"), widths)
        yield Text("-" * options.max_width)
        for entry in self._entries:
            yield self._row(entry, widths)
            if entry.below:
                yield entry.below

    def _row(self, entry: Entry, widths: Sequence[int]) -> Table:
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        for head, width in zip(self._heads, widths, strict=False):
            grid.add_column(width=width, justify=head.justify)
        grid.add_column(ratio=1)
        grid.add_row(*(Prose(cell) for cell in entry.cells), entry.text, style=entry.style)
        return grid


def table(*, gap: int = 2, expand: bool = False) -> Table:
    """An empty table with one rule below its head."""
    return _Grid(
        box=_RULES,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap - 1, 0, 0),
        expand=expand,
        header_style="bold",
    )


def columns(grid: Table, *heads: str, right: bool = False) -> None:
    """Add columns for short values, which are never wrapped or shortened."""
    for head in heads:
        grid.add_column(head, justify="right" if right else "left", no_wrap=True)


def headless() -> Table:
    """An empty table without heads and rules."""
    return _Grid(
        box=None, padding=(0, 2, 0, 0), show_header=False, show_edge=False, pad_edge=False, collapse_padding=True
    )


def pairs(rows: Iterable[tuple[str, str | Text]]) -> Table:
    """Label and value, one a line."""
    grid = headless()
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column()
    for label, value in rows:
        grid.add_row(label, Prose(value))
    return grid


def hanging(mark: str, width: int, text: Text | str) -> Table:
    """A paragraph whose every line starts ``width`` cells from the margin, with ``mark`` before the first."""
    grid = Table.grid(padding=0)
    grid.add_column(width=width)
    grid.add_column()
    grid.add_row(mark, Prose(text))
    return grid


def section(heading: str, *content: RenderableType) -> Group:
    """A blank line, a heading, and what stands below it."""
    return Group(Text(""), Prose(Text(heading, "bold")), *content)
