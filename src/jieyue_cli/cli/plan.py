"""``jieyue plan``: the way to the year's target."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli import console
from jieyue_cli.cli import options, running
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.formats import TEXT, Format


def plan(
    places: running.Places,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    roster: running.RosterFile = None,
    year: running.Year = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("plan")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("plan", "各表的工作簿")] = None,
) -> None:
    """达标路径：还差几个机关，谁离达标线最近、各差哪几条，补哪一条帮助的机关最多。

    “补上以后”的结论都是按评价标准重新计分得出的。
    """
    from jieyue_cli.office.way import way_of
    from jieyue_cli.problems import Code
    from jieyue_cli.report.office.way import report

    running.ready_workers()
    standard = options.load_rubric(rubric)
    listed = options.load_roster(roster, standard) if roster else None
    planned = options.plan("plan", output or [], [*places, *([roster] if roster else [])], format)
    run = running.prepared(standard, places, limits, listed, year=year)
    if planned and run.discovery.empty:
        options.stop([*(run.discovery.problems or [Code.NO_WORKBOOKS.at()]), Code.OUTPUT_KEPT.at()])
    with running.ended_by_ctrl_c(run):
        findings = running.gathered(run, run.results(jobs or default_jobs()))
    if run.interrupted:  # a form that was not read might change who is nearest
        console.say("表没有读完，所以没有达标路径。")
        raise typer.Exit(options.INTERRUPTED)
    account = findings.account
    assert account is not None  # noqa: S101 -- of a batch there is one
    problems = [problem for result in findings.results for problem in result.problems]
    options.summarise([*problems, *account.problems])
    written = options.deliver(report(standard, way_of(standard, account, findings.results)), format, planned)
    failed = any(result.failed for result in findings.results)
    raise typer.Exit(options.exit_code(failed, account.problems, written=written))
