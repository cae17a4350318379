"""On a console: what a standard will do where such texts usually mean something else."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from jieyue_cli.report.console.look import Page, hanging, section
from jieyue_cli.rubric.cautions.parts import Caution

_INDENT = 2


def cautions_view(cautions: Sequence[Caution]) -> RenderableType:
    """A list below what the check found; nothing here is a fault."""
    lines = [hanging("-", _INDENT, Text(f"{each.where}：{each.does}。{each.otherwise}。")) for each in cautions]
    return Page(section("请与条文对照（不是错误，是本标准将怎样计分）", *lines))
