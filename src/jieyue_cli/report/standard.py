"""The standard itself, for people: the printed table on a console."""

from __future__ import annotations

from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from jieyue_cli.report.text_look import Page, Prose, columns, pairs, safe, table
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import plain

_RULE_WIDTH = 17


def rubric_view(rubric: Rubric) -> RenderableType:
    """Title, source, targets, then unit by unit every criterion with its rule and points."""
    targets = "，".join(f"{year} 年 {percent}" for year, percent in _targets(rubric))
    head: list[tuple[str, str | Text]] = [
        ("标准", safe(f"{rubric.title}（{rubric.mark}）", "bold")),
        ("文号", f"{rubric.document}，{rubric.issued:%Y-%m-%d}"),
        ("印发", "、".join(rubric.issuers)),
        ("分数", f"满分 {rubric.full_marks}，{plain(rubric.pass_mark)} 分（含）以上达标"),
        ("目标", targets),
        ("范围", "、".join(rubric.scope)),
        *(("期限", f"{deadline.by}：{deadline.what}") for deadline in rubric.calendar),
    ]
    grid = table(expand=True)
    columns(grid, "编号")
    grid.add_column("评价标准", ratio=1)
    grid.add_column("计分方式", width=_RULE_WIDTH)
    columns(grid, "分值", right=True)
    for unit in rubric.units:
        grid.add_section()
        grid.add_row(unit.id, Prose(unit.name), "", plain(unit.points), style="bold")
        for item in unit.items:
            grid.add_row(item.id, Prose(item.name), "", plain(item.points), style="bold")
            for criterion in item.criteria:
                rule = Prose(criterion.describe)
                grid.add_row(criterion.id, Prose(criterion.text), rule, plain(criterion.points))
    return Page(pairs(head), Text(""), grid)


def _targets(rubric: Rubric) -> list[tuple[int, str]]:
    return [
        (year, plain(Decimal(share.numerator * 100) / share.denominator) + "%")
        for year, share in sorted(rubric.targets.items())
    ]
