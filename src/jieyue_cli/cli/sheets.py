"""``jieyue verify sheets``: for each agency to check its form with the claims filled in and the findings blank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import interruption
from jieyue_cli.cli import options, running
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run
    from jieyue_cli.office.checking import Carried, Checking
    from jieyue_cli.office.visit_list import VisitList
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.rubric.model import Rubric

_END = "-核查表.xlsx"
_MOST_NAMED = 10
"""Agencies that one message names."""


def sheets(
    places: running.Places,
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", readable=False, help="核查表写到哪个文件夹。")
    ],
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="文件",
            readable=False,
            help="核查名单：verify plan 写出的 .json 或 .xlsx，或有“单位名称”列的名单。不给时做所有没有核查完的单位。",
        ),
    ] = None,
    roster: running.RosterFile = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    year: running.Year = None,
    jobs: running.Jobs = None,
    limits: options.RaisedLimits = 1,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件（可能已有人填过）。")] = False,
    quiet: options.Quiet = False,
) -> None:
    """给每个要核查的单位做一份核查表：自评和佐证材料已填好并锁定，核查情况留空，可打印带到现场。

    填好的核查表放回交回的表的文件夹，汇总时以它为准。已有的文件，加 --force 才覆盖。
    """
    from jieyue_cli.office.checking import Choosing
    from jieyue_cli.problems import Code
    from jieyue_cli.text.listing import abridged

    standard, listed, _ = running.loaded(rubric, roster)
    inputs = running.inputs(places, roster, plan)
    running.check_folder(folder, inputs)
    visits = _visits(plan, standard, year) if plan else None
    year = year or (visits.year if visits else None)
    options.check_year(standard, year)
    run = running.prepared(standard, places, limits, listed, year=year)
    findings, account = running.whole(run, jobs, "做核查表")
    carried = _carried(run, findings)
    if carried and account.progress.year is None:
        raise typer.BadParameter("这些表都是按别的标准填的，不知道核查哪一年，请用 --year 给出评价年度。")
    choosing = Choosing(standard, findings.results, account, listed, account.progress.year)
    for form in carried:
        choosing.add(form)
    names = visits.names if visits else choosing.due()
    made = list(choosing.checkings(names))
    missing = choosing.missing(names)
    named = abridged(missing, _MOST_NAMED, "个")
    told = [Code.VISITS_UNKNOWN.at(names=named).inside(str(plan))] if missing else []
    taken = {form.file for form in carried}
    read = [result for result in findings.results if result.file not in taken]
    failed = running.told(read, account.problems)
    options.report([*told, *(problem for checking in made for problem in checking.problems)], singly=True)
    written = _write(standard, [checking for checking in made if checking.name], folder, inputs, force=force)
    raise typer.Exit(options.exit_code(failed, written=written))


def _visits(path: Path, rubric: Rubric, year: int | None) -> VisitList:
    """Whom the office goes to check; ends the run where the file does not say."""
    from jieyue_cli.office.visit_list import read_visits
    from jieyue_cli.problems import Code

    visits, problems = read_visits(options.contents(path), str(path))
    if visits is None:
        options.stop(problems)
    other = []
    if visits.year and year and visits.year != year:
        other.append(Code.VISITS_OTHER_YEAR.at(seen=visits.year, year=year).inside(str(path)))
    if visits.rubric and visits.rubric != rubric.mark:
        other.append(Code.VISITS_OTHER_RUBRIC.at(seen=visits.rubric, own=rubric.mark).inside(str(path)))
    options.report([*problems, *other])
    return visits


def _carried(run: Run, findings: Findings[Result]) -> list[Carried]:
    """The forms of another standard, read again with what of them goes into a form of this one."""
    from jieyue_cli.files.source import Archives, read
    from jieyue_cli.form.carry import carry
    from jieyue_cli.office.checking import Carried, of_other_standard
    from jieyue_cli.workbook import read_workbook

    by_name = {source.name: source for source in run.discovery.sources}
    archives = Archives()
    made = []
    for result in filter(of_other_standard, findings.results):
        data, _ = read(by_name[result.file], run.limits.file_bytes, archives)
        workbook, problems = read_workbook(data, run.limits) if data else (None, ())
        prefill, losses = carry(workbook, run.rubric) if workbook else (None, ())
        if prefill and prefill.name:
            told = tuple(problem.inside(result.file) for problem in (*problems, *losses))
            made.append(Carried(result.file, prefill, told))
    return made


def _write(rubric: Rubric, made: Sequence[Checking], folder: Path, inputs: Sequence[Path], *, force: bool) -> bool:
    """Write every checking form that can be written, and say how many; returns whether all could be."""
    from jieyue_cli.files import output
    from jieyue_cli.form.blank.naming import file_names
    from jieyue_cli.form.blank.series import write_forms

    paths = [folder / name for name in file_names((checking.name for checking in made), _END)]
    refused: list[Problem] = []
    todo = []
    for path, checking in zip(paths, made, strict=True):
        if problem := output.check(path, inputs=inputs, replace=force):
            refused.append(problem)
        else:
            todo.append((path, checking.prefill))
    failed = len(refused)
    outcomes = list(running.each("制表", write_forms(rubric, todo, interruption.asked), len(todo)))
    refused += filter(None, outcomes)
    options.summarise(refused)
    running.end_unfinished("核查表", len(outcomes) - len(refused) + failed, len(made), folder)
    if made:
        written = len(made) - len(refused)
        console.remark(f"已写入 {folder} 中的 {written} 份核查表" if written else "没有写成核查表。")
    else:
        console.remark("没有要核查的单位。")
    return not refused
