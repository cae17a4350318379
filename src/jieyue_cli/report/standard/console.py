"""The standard on a console: the printed table at any width."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from jieyue_cli.report.console.look import Page, Prose, columns, pairs, safe, table
from jieyue_cli.report.standard.printed import Level, facts, rows
from jieyue_cli.rubric.model import Rubric

_RULE_WIDTH = 17
_INDENT = 2


def standard_view(rubric: Rubric) -> RenderableType:
    """Title, source, targets, then unit by unit every criterion with its rule and points."""
    title = ("标准", safe(f"{rubric.title}（{rubric.mark}）", "bold"))
    grid = table(expand=True)
    columns(grid, "编号")
    grid.add_column("评价标准", ratio=1)
    grid.add_column("计分方式", width=_RULE_WIDTH)
    columns(grid, "分值", right=True)
    for row in rows(rubric):
        if row.level is Level.UNIT:
            grid.add_section()
        text = Padding(Prose(row.text), (0, 0, 0, _INDENT * row.depth)) if row.depth else Prose(row.text)
        style = "" if row.level is Level.CRITERION else "bold"
        grid.add_row(row.id, text, Prose(row.rule), row.points, style=style)
    return Page(pairs([title, *facts(rubric)]), Text(""), grid)
