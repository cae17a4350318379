"""Two standards side by side on a console: what the one changes against the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from jieyue_cli.report.console.look import Page, hanging, pairs, safe
from jieyue_cli.rubric.difference import Change
from jieyue_cli.rubric.model import Rubric


def difference_view(old: Rubric, new: Rubric, changes: Sequence[Change]) -> RenderableType:
    """Every change in a sentence, gathered by where it is."""
    head = pairs([("原标准", f"{old.title}（{old.mark}）"), ("新标准", f"{new.title}（{new.mark}）")])
    if not changes:
        return Page(head, Text(""), Text("两个标准没有差别。", "bold"), Text(""))
    places: dict[str, list[Change]] = {}
    for change in changes:
        places.setdefault(change.where, []).append(change)
    parts: list[RenderableType] = [head, Text(""), Text(f"共 {len(changes)} 处差别", "bold")]
    for where, group in places.items():
        parts.append(safe(where, "bold"))
        parts += [hanging("-", 2, str(change)) for change in group]
    return Page(*parts, Text(""))
