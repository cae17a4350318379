"""The standard itself, for people: the printed table on a console."""

from __future__ import annotations

from decimal import Decimal

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import plain


def rubric_view(rubric: Rubric) -> RenderableType:
    """Title, source, targets, then unit by unit every criterion with its rule and points."""
    targets = "，".join(f"{year} 年 {percent}" for year, percent in _targets(rubric))
    head = [
        Text(f"{rubric.title}（{rubric.mark}）", style="bold"),
        Text(f"{rubric.document}　{'、'.join(rubric.issuers)}　{rubric.issued:%Y-%m-%d}"),
        Text(f"满分 {plain(rubric.points)}，达标线 {plain(rubric.pass_mark)}（含）；目标：{targets}"),
        Text(f"范围：{'、'.join(rubric.scope)}"),
        *(Text(f"{deadline.by}：{deadline.what}") for deadline in rubric.calendar),
    ]
    table = Table(box=box.SQUARE, show_lines=False, expand=True)
    table.add_column("编号", no_wrap=True)
    table.add_column("评价标准", ratio=3, overflow="fold")
    table.add_column("计分方式", ratio=1, overflow="fold")
    table.add_column("分值", justify="right", no_wrap=True)
    for unit in rubric.units:
        table.add_section()
        table.add_row(Text(unit.id, "bold"), Text(unit.name, "bold"), "", Text(plain(unit.points), "bold"))
        for item in unit.items:
            table.add_row(item.id, Text(item.name, "underline"), "", plain(item.points))
            for criterion in item.criteria:
                table.add_row(criterion.id, Text(criterion.text), Text(criterion.describe), plain(criterion.points))
    return Group(*head, table)


def _targets(rubric: Rubric) -> list[tuple[int, str]]:
    return [
        (year, plain(Decimal(share.numerator * 100) / share.denominator) + "%")
        for year, share in sorted(rubric.targets.items())
    ]
