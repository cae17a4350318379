"""``jieyue template``: the blank form, alone or one for each agency of a roster."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import interruption
from jieyue_cli.cli import options, running
from jieyue_cli.cli.values import whole_number
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.form.blank.template import Prefill
    from jieyue_cli.rubric.model import Rubric

SHEET = "自评打分表"


def template(
    target: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="文件|文件夹", readable=False, help="写到哪里，默认当前文件夹中的“自评打分表”。"
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="文件", readable=False, help="名录（.xlsx 或 .csv，有“单位名称”列）：每个单位一份表。"),
    ] = None,
    old: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="旧表", readable=False, help="把一份旧表（上一年度或旧版标准）的填报内容带到新表。"
        ),
    ] = None,
    agency: Annotated[str | None, typer.Option(metavar="名称", help="预先填好单位名称。")] = None,
    category: Annotated[str | None, typer.Option(metavar="类别", help="预先填好单位类别。")] = None,
    year: Annotated[
        int | None, typer.Option(metavar="年份", parser=whole_number(1949, 2099), help="预先填好评价年度。")
    ] = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """制作自评打分表空表；给出名录时每个单位一份，并填好名称和类别。

    不会覆盖已有的文件，除非加 --force。
    """
    from jieyue_cli.files import output
    from jieyue_cli.form.blank.series import write_forms
    from jieyue_cli.form.blank.template import Prefill

    standard = options.load_rubric(rubric)
    _agreeing(standard, roster, old, agency, category, year)
    if roster:
        jobs = _for_roster(roster, target or Path(SHEET), category, year, standard)
    elif old:
        jobs = [(_single(target), _carried(old, standard, agency, category, year))]
    else:
        jobs = [(_single(target), Prefill(agency, category, year))]
    inputs = [path for path in (roster, old) if path]
    problems = [output.check(path, inputs=inputs, replace=force) for path, _ in jobs]
    if refused := [problem for problem in problems if problem]:
        options.summarise(refused)
        raise typer.Exit(options.WRONG_USAGE)
    done = 0
    for problem in running.each("制表", write_forms(standard, jobs, interruption.asked), len(jobs)):
        if problem:
            options.stop([problem])
        done += 1
    if roster:
        running.end_unfinished("表", done, len(jobs), jobs[0][0].parent)
    if old:
        console.say(f"从 {old} 带过来 {len(jobs[0][1].entries)} 条填报内容。")
    where = f"{jobs[0][0].parent} 中的 {len(jobs)} 份表" if roster else str(jobs[0][0])
    console.say(f"已写入 {where}")


def _agreeing(
    standard: Rubric, roster: Path | None, old: Path | None, agency: str | None, category: str | None, year: int | None
) -> None:
    """Refuse options that contradict each other or the standard."""
    if roster and agency:
        raise typer.BadParameter("--roster 和 --agency 只能给一个。")
    if roster and old:
        raise typer.BadParameter("--roster 和 --from 只能给一个。")
    if category and category not in standard.scope:
        raise typer.BadParameter(f"单位类别“{category}”不在创建范围内，可选：{'、'.join(standard.scope)}。")
    options.check_year(standard, year)


def _carried(path: Path, rubric: Rubric, agency: str | None, category: str | None, year: int | None) -> Prefill:
    """What an old form says; ends the run where it is none. What the command line says comes first."""
    from jieyue_cli.form.carry import carry
    from jieyue_cli.workbook import DEFAULT_LIMITS, read_workbook

    workbook, problems = read_workbook(options.contents(path), DEFAULT_LIMITS)
    prefill, losses = carry(workbook, rubric) if workbook else (None, ())
    listed = [problem.inside(str(path)) for problem in (*problems, *losses)]
    if prefill is None:
        options.stop(listed)
    options.report(listed, singly=True)
    return dataclasses.replace(
        prefill, name=agency or prefill.name, category=category or prefill.category, year=year or prefill.year
    )


def _single(target: Path | None) -> Path:
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    name = f"{SHEET}.xlsx"
    if target is None:
        return Path(name)
    if output.is_folder(target):
        return target / name
    if target.suffix.lower() != ".xlsx":
        options.stop([Code.OUTPUT_FORMAT.at(known=".xlsx").inside(str(target))])
    return target


def _for_roster(
    path: Path, folder: Path, category: str | None, year: int | None, rubric: Rubric
) -> list[tuple[Path, Prefill]]:
    from jieyue_cli.files import output
    from jieyue_cli.form.blank.naming import file_names
    from jieyue_cli.form.blank.template import Prefill
    from jieyue_cli.problems import Code

    roster = options.load_roster(path, rubric)
    if output.is_other(folder) or folder.suffix.lower() == ".xlsx":
        options.stop([Code.OUTPUT_NOT_FOLDER.at().inside(str(folder))])
    if roster.outside:
        console.say(f"名录中 {len(roster.outside)} 个单位写明不参评，没有制表。")
    names = file_names((entry.name for entry in roster.entries), ".xlsx")
    return [
        (folder / name, Prefill(entry.name, entry.category or category, year))
        for name, entry in zip(names, roster.entries, strict=True)
    ]
