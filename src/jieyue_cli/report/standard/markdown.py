"""The standard as a Markdown document, for a notice or a web page."""

from __future__ import annotations

from jieyue_cli.report.standard.printed import Level, PrintedRow, facts, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.markdown import escaped

_HEAD = "| 编号 | 评价标准 | 计分方式 | 分值 |\n|---|---|---|--:|\n"
_INDENT = "　"


def render(rubric: Rubric) -> bytes:
    """A heading, the facts as a list, and one table for every unit."""
    lines = [f"# {escaped(rubric.title)}（{escaped(rubric.mark)}）\n\n"]
    lines += [f"- {label}：{escaped(words)}\n" for label, words in facts(rubric)]
    for row in rows(rubric):
        lines.append(_unit(row) if row.level is Level.UNIT else _row(row))
    return "".join(lines).encode()


def _unit(row: PrintedRow) -> str:
    points = f"（{row.points} 分）" if row.points else ""
    note = f"{escaped(row.rule)}\n\n" if row.rule else ""
    return f"\n## {escaped(f'{row.id} {row.text}'.strip())}{points}\n\n{note}{_HEAD}"


def _row(row: PrintedRow) -> str:
    cells = [row.id, _INDENT * row.depth + row.text, row.rule, row.points]
    strong = "**" if row.level is Level.ITEM else ""
    return f"| {' | '.join(f'{strong}{escaped(cell)}{strong}' if cell else '' for cell in cells)} |\n"
