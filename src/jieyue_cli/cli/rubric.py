"""``jieyue rubric``: check and show a standard; ``jieyue schema``: the machine contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli import console
from jieyue_cli.cli import chinese, options

app = typer.Typer(help="检查和查看评价标准。", no_args_is_help=True, rich_markup_mode=None)


@app.command("check", cls=chinese.Command)
def check(file: Annotated[Path, typer.Argument(metavar="文件", readable=False, help="评价标准的 YAML 文件。")]) -> None:
    """检查评价标准文件，一次列出全部错误及其行列。"""
    from jieyue_cli.rubric.source import load

    rubric, problems = load(file)
    if rubric is None:
        options.stop(problems)
    counts = f"{len(rubric.units)} 个单元、{len(rubric.items)} 个项目、{len(rubric.criteria)} 条"
    console.show(
        f"{file}：没有问题。{rubric.title}，{counts}，满分 {rubric.full_marks}，达标线 {rubric.pass_mark} 分。"
    )


@app.command("show", cls=chinese.Command)
def show(
    name: Annotated[str, typer.Argument(metavar="[名称|文件]", help="内置名称或 YAML 文件，默认 standard_2020。")] = (
        options.DEFAULT_RUBRIC
    ),
) -> None:
    """按印发的表格样式显示评价标准。"""
    from jieyue_cli.report.standard import rubric_view

    console.show(rubric_view(options.load_rubric(name)))


def schema() -> None:
    """输出 --format json 的 JSON Schema，供其他程序核对。"""
    import json

    from jieyue_cli.report import contract

    console.emit(json.dumps(contract.schema(), ensure_ascii=False, indent=2).encode() + b"\n")
