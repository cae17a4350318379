"""The look of the console views: how a table, a heading and a piece of foreign text appear.

Lines are ASCII: on an old Chinese console box-drawing characters are two cells wide and elsewhere one. The same goes
for ``…`` and ``“”``; so free text stands last in its row, where a wrong width moves nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import Box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from jieyue_cli.report.tables import clean
from jieyue_cli.scoring import Verdict

_RULES = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
_LONGEST = 400
VERDICT_STYLE = {Verdict.PASS: "bold green", Verdict.FAIL: "bold red", Verdict.UNDETERMINED: "bold yellow"}


def safe(text: str, style: str = "") -> Text:
    """Text that may come from anybody: never markup, never a control sequence, never without end."""
    tidy = clean(text)
    return Text(tidy if len(tidy) <= _LONGEST else tidy[: _LONGEST - 1] + "…", style)


def one_line(text: str, style: str = "") -> Text:
    """Text that is shortened with … where it does not fit."""
    made = safe(text, style)
    made.no_wrap, made.overflow = True, "ellipsis"
    return made


def table(*, gap: int = 2, expand: bool = False) -> Table:
    """An empty table with one rule below its head."""
    return Table(box=_RULES, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0), expand=expand,
                 header_style="bold")


def pairs(rows: Iterable[tuple[str, RenderableType]]) -> Table:
    """Label and value, one a line."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(label, value)
    return grid


def section(heading: str, *content: RenderableType) -> Group:
    """A blank line, a heading, and what stands below it."""
    return Group(Text(""), Text(heading, "bold"), *content)
