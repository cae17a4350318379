"""``jieyue plan``: the way to the year's target."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options, running
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console


def plan(
    places: running.Places,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    roster: running.RosterFile = None,
    ledger: running.LedgerFile = None,
    year: running.Year = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("plan")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("plan", "各表的工作簿")] = None,
) -> None:
    """达标途径：还差几个机关，谁离达标线最近、各差哪几条，补哪一条帮助的机关最多。

    “补两条后”的得分和结论都是按评价标准重新计分得出的。
    """
    from jieyue_cli.office.way import way_of
    from jieyue_cli.report.office.way import report

    standard, listed, past = running.loaded(rubric, roster, ledger)
    planned = options.plan("plan", output or [], running.inputs(places, roster, ledger), format)
    run = running.prepared(standard, places, limits, listed, year=year, ledger=past)
    findings, account = running.whole(run, jobs, "达标途径", writes=bool(planned))
    failed = running.told(findings.results, account.problems)
    with console.working("计算"):
        way = way_of(standard, account, findings.results)
    written = options.deliver(report(standard, way), format, planned)
    raise typer.Exit(options.exit_code(failed, written=written))
