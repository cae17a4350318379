"""``jieyue batch``: a folder of forms, ranked, with the progress toward the year's target."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli.cli import options, running
from jieyue_cli.cli.values import whole_number
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run, Written
    from jieyue_cli.report.findings import Findings


def batch(
    places: running.Places,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    roster: running.RosterFile = None,
    agencies: Annotated[
        int | None, typer.Option(metavar="数", parser=whole_number(1), help="没有名录时，全市机关总数。")
    ] = None,
    ledger: running.LedgerFile = None,
    year: running.Year = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("batch")] = TEXT,
    every: Annotated[bool, typer.Option("--problems", help="逐个文件列出每一个问题。")] = False,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[
        list[Path] | None, options.output_option("batch", "汇总工作簿，.html 是可以离线打开的网页")
    ] = None,
) -> None:
    """给文件夹或压缩包里的全部自评表计分（含子文件夹），排名并汇总年度目标的进度。

    读不了的、重复的、名录中未交的都会列出；一份坏表不影响其他表。
    """
    if roster and agencies:
        raise typer.BadParameter("--roster 和 --agencies 只能给一个。")
    standard, listed, past = running.loaded(rubric, roster, ledger)
    planned = options.plan("batch", output or [], running.inputs(places, roster, ledger), format)
    run = running.prepared(standard, places, limits, listed, agencies, year, past)
    if planned:
        running.refuse_nothing(run)
    code = _reported(run, jobs or default_jobs(), format, planned, every=every)
    raise typer.Exit(options.INTERRUPTED if run.interrupted else code)


def _reported(run: Run, jobs: int, format: Format, planned: options.Planned, *, every: bool) -> int:
    """Read everything and report it as asked; returns the exit code."""
    if all(wanted.encoded for wanted in (format, *(chosen for _, chosen in planned))):
        from jieyue_cli.report.encoding import ResultEncoder

        written = run.written(jobs, ResultEncoder())
        if format.streams and not planned:
            return _stream(run, written)
        return _print(running.gathered(run, written), format, planned)
    findings = running.gathered(run, run.results(jobs))
    return _show(run, findings, planned, every=every) if format is TEXT else _print(findings, format, planned)


def _stream(run: Run, results: Iterable[Written]) -> int:
    """Print each result as it is ready; the whole is never held."""
    from jieyue_cli.report import jsonl

    failed = False
    for result in running.counted(run, results):
        console.emit(jsonl.line(result.data))
        failed = failed or result.failed
    account = running.account(run)
    for line in jsonl.last_lines(account):
        console.emit(line)
    options.report(account.problems)
    return options.exit_code(failed, account.problems)


def _show(run: Run, findings: Findings[Result], planned: options.Planned, *, every: bool) -> int:
    """Show everything to a person: the problems first, so that the progress stays in sight."""
    from jieyue_cli.report.console.batch import batch_view

    written = options.write(findings, planned)
    problems = [*(problem for result in findings.results for problem in result.problems), *findings.problems]
    if every:
        options.report(problems)
    elif options.summarise(problems):
        console.remark("以上同类问题合在一起；加 --problems 逐个列出，或用 -o 写成 .xlsx 查看。")
    if run.skipped:
        console.remark(f"另有 {run.skipped} 个其他文件（佐证材料等）没有计分。")
    with console.working("排版"):
        console.show(batch_view(findings))
    return options.exit_code(any(result.failed for result in findings.results), findings.problems, written=written)


def _print(findings: Findings[Result] | Findings[Written], format: Format, planned: options.Planned) -> int:
    """Write or print a report for programs; tell the person only what it does not say."""
    written = options.write(findings, planned)
    if not planned:
        for piece in format.pieces(findings):
            console.emit(piece)
    named = set() if format.streams else {result.file for result in findings.results}
    options.report(problem for problem in findings.problems if problem.location.file not in named)
    return options.exit_code(any(result.failed for result in findings.results), findings.problems, written=written)
