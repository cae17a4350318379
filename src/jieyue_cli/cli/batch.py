"""``jieyue batch``: a folder of forms, ranked, with the progress toward the year's target."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from jieyue_cli import console
from jieyue_cli.cli import options
from jieyue_cli.cli.options import Format
from jieyue_cli.processes import MOST_JOBS, context, default_jobs

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run, Written
    from jieyue_cli.problems import Problem

T = TypeVar("T")


def batch(
    places: Annotated[
        list[Path], typer.Argument(metavar="文件夹|ZIP…", readable=False, help="交回的表所在的文件夹或 zip 压缩包。")
    ],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="文件", readable=False, help="名录（.xlsx 或 .csv，有“单位名称”列）：进度的分母。"),
    ] = None,
    agencies: Annotated[int | None, typer.Option(metavar="数", min=1, help="没有名录时，全市机关总数。")] = None,
    year: Annotated[
        int | None, typer.Option(metavar="年份", min=1949, max=2099, help="统计年度，默认取交回的表中最晚的年度。")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="数", min=1, max=MOST_JOBS, help="同时读取的进程数，默认与处理器核数相同。")
    ] = None,
    format: Annotated[
        Literal["text", "json", "jsonl", "csv"],
        typer.Option(metavar="格式", help="text、json、jsonl 或 csv，默认 text。"),
    ] = "text",
    limits: options.RaisedLimits = 1,
    output: options.Outputs = None,
) -> None:
    """给文件夹或压缩包里的全部自评表计分（含子文件夹），排名并汇总年度目标的进度。

    读不了的、重复的、名录中未交的都会列出；一份坏表不影响其他表。
    """
    from jieyue_cli.batch.discover import discover
    from jieyue_cli.batch.run import Run
    from jieyue_cli.workbook import DEFAULT_LIMITS

    context("jieyue_cli.batch.workers", "jieyue_cli.report.json")
    standard = options.load_rubric(rubric)
    how = Format(format)
    if roster and agencies:
        raise typer.BadParameter("--roster 和 --agencies 只能给一个。")
    listed = options.load_roster(roster, standard) if roster else None
    planned = options.plan(output or [], [*places, *([roster] if roster else [])], how)
    run = Run(standard, discover(places), DEFAULT_LIMITS.raised(limits), listed, agencies, year)
    with _ended_by_ctrl_c(run):
        code = _reported(run, jobs or default_jobs(), how, planned)
    raise typer.Exit(options.INTERRUPTED if run.interrupted else code)


@contextmanager
def _ended_by_ctrl_c(run: Run) -> Iterator[None]:
    """Let the first Ctrl-C end the reading, so that what is finished is reported; a second one ends everything."""

    def stop(*_: object) -> None:
        if run.interrupted:
            raise KeyboardInterrupt
        run.interrupted = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reported(run: Run, jobs: int, how: Format, planned: options.Planned) -> int:
    """Read everything and report it as asked; returns the exit code."""
    if {how, *(each for _, each in planned)} <= {Format.JSON, Format.JSONL}:
        from jieyue_cli.report import json

        written = _counted(run, run.written(jobs, json.line))
        return _rows(run, list(written), how, planned) if planned or how is Format.JSON else _stream(run, written)
    return _whole(run, list(_counted(run, run.results(jobs))), how, planned)


def _counted(run: Run, results: Iterable[T]) -> Iterator[T]:
    """The run's results, with a progress bar."""
    with console.counting("读取", len(run.discovery.sources)) as advance:
        for result in results:
            advance()
            yield result
    if run.interrupted:
        console.say(f"收到 Ctrl-C：读完 {run.tally.files} 份，以下只是这些表的结果。")


def _stream(run: Run, results: Iterable[Written]) -> int:
    """Print each result as it is ready; the whole is never held."""
    from jieyue_cli.report import json

    failed = False
    for result in results:
        console.emit(result.data)
        failed = failed or result.failed
    progress, problems = _progress(run)
    console.emit(json.last_line(progress))
    options.report(problems)
    return options.exit_code([failed], problems)


def _rows(run: Run, results: list[Written], how: Format, planned: options.Planned) -> int:
    """Report results that are JSON already."""
    from jieyue_cli.report import json

    results.sort(key=lambda result: result.file)
    progress, problems = _progress(run)

    def render(how: Format) -> bytes:
        if how is Format.JSONL:
            return json.join_lines((result.data for result in results), progress)
        rows = ((result.file, result.data) for result in results)
        return json.join(run.rubric, rows, progress, problems)

    _put(render, results, how, planned, problems)
    return options.exit_code((result.failed for result in results), problems)


def _whole(run: Run, results: list[Result], how: Format, planned: options.Planned) -> int:
    from jieyue_cli.report.findings import Findings

    progress, problems = _progress(run)
    findings = Findings(run.rubric, sorted(results, key=lambda result: result.file), progress, problems)
    if how is Format.TEXT:
        from jieyue_cli.report.text_batch import batch_view

        options.write(lambda how: options.render(findings, how), planned)
        console.show(batch_view(findings))
        options.report([*(problem for result in findings.results for problem in result.problems), *problems])
        if run.discovery.skipped:
            console.say(f"另有 {run.discovery.skipped} 个其他文件（佐证材料等）没有读取。")
    else:
        _put(lambda how: options.render(findings, how), results, how, planned, problems)
    return options.exit_code((result.failed for result in results), problems)


def _put(
    render: Callable[[Format], bytes],
    results: Sequence[Result | Written],
    how: Format,
    planned: options.Planned,
    problems: Iterable[Problem],
) -> None:
    """Write or print a report for programs; tell the person only what it does not say."""
    options.write(render, planned)
    if not planned:
        console.emit(render(how))
    named = set() if how is Format.JSONL else {result.file for result in results}
    options.report(problem for problem in problems if problem.location.file not in named)


def _progress(run: Run) -> tuple[Progress, list[Problem]]:
    from jieyue_cli.problems import Code

    progress, problems = run.progress()
    if run.agencies is not None and progress.handed_in > run.agencies:
        options.stop([Code.AGENCIES_TOO_FEW.at(given=run.agencies, handed=progress.handed_in)])
    return progress, problems
