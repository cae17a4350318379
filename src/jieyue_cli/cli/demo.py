"""``jieyue demo``: a folder with two years of an invented city, and what to try in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options, running
from jieyue_cli.terminal import console


def demo(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", readable=False, help="写进这个文件夹，没有就新建。")],
    force: Annotated[bool, typer.Option("--force", help="文件夹里已有文件也写：同名的覆盖，其他的不动。")] = False,
) -> None:
    """写出一个虚构的示例市：名录和两年交回的表，并说明依次试哪些命令。"""
    from jieyue_cli.demo.making import files, guide
    from jieyue_cli.files import output

    _free(folder, replace=force)
    with console.working("制作"):
        made = list(files(options.load_rubric(options.DEFAULT_RUBRIC)))
    done = 0
    for path, data in running.each("写出", running.until_asked(made), len(made), "个"):
        if problem := output.write(folder / path, data):
            options.stop([problem])
        done += 1
    running.end_unfinished("文件", done, len(made), folder)
    console.remark(f"已写入 {folder} 中的 {len(made)} 个文件")
    console.spell(f"以下命令都在 {folder} 中运行。\n\n{guide().rstrip()}")


def _free(folder: Path, *, replace: bool) -> None:
    """End the run, before any work, where the folder holds something or nothing can be written into it."""
    from jieyue_cli.demo.making import ROSTER
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    if output.is_other(folder):
        options.stop([Code.OUTPUT_NOT_FOLDER.at().inside(str(folder))])
    if problem := output.check(folder / ROSTER):
        options.stop([problem.inside(str(folder))])
    if output.is_full(folder) and not replace:
        options.stop([Code.OUTPUT_FOLDER_FULL.at().inside(str(folder))])
