"""What the notes share: how a page and a table are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.report.groups import HEADS
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.markdown import escaped, table

Part = tuple[str, str]
"""A heading and what stands below it; a part without anything below is left out."""
_NUMBERS = ("数值", "名次", "总分", "机关", "共失分", "分值", "自评", "核查", "差", "可增", "累计", "得分", *HEADS)


def page(title: str, lead: str, parts: Iterable[Part]) -> bytes:
    """The whole note."""
    below = "".join(f"## {escaped(heading)}\n\n{body}" for heading, body in parts if body)
    return (f"# {escaped(title)}\n\n{lead}{below}".rstrip("\n") + "\n").encode()


def listing(heads: str, lines: Iterable[Sequence[str]]) -> str:
    """A table with these heads, or nothing where it has no row."""
    listed = list(lines)
    return table(heads.split(), listed, numbers=_NUMBERS) if listed else ""


def standard(rubric: Rubric) -> str:
    """Which standard, and its mark."""
    return f"{rubric.title}（{rubric.document}），{rubric.passing}"


def of_year(year: int | None) -> str:
    """What a title begins with."""
    return f"{year} 年度" if year else ""
