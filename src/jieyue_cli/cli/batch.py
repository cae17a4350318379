"""``jieyue batch``: a folder of forms, ranked, with the progress toward the year's target."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from jieyue_cli import console
from jieyue_cli.cli import options
from jieyue_cli.cli.options import Format
from jieyue_cli.processes import MOST_JOBS, default_jobs

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run
    from jieyue_cli.problems import Problem
    from jieyue_cli.progress import Progress


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

    standard = options.load_rubric(rubric)
    how = Format(format)
    if roster and agencies:
        raise typer.BadParameter("--roster 和 --agencies 只能给一个。")
    listed = options.load_roster(roster, standard) if roster else None
    planned = options.plan(output or [], [*places, *([roster] if roster else [])], how)
    run = Run(standard, discover(places), DEFAULT_LIMITS.raised(limits), listed, agencies, year)
    streamed = how is Format.JSONL and not planned
    with _ended_by_ctrl_c(run):
        results = _counted(run, jobs or default_jobs())
        code = _stream(run, results) if streamed else _whole(run, list(results), how, planned)
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


def _counted(run: Run, jobs: int) -> Iterator[Result]:
    """The run's results, with a progress bar."""
    with console.counting("读取", len(run.found.sources)) as advance:
        for result in run.results(jobs):
            advance()
            yield result
    if run.interrupted:
        console.say(f"收到 Ctrl-C：读完 {run.tally.files} 份，以下只是这些表的结果。")


def _stream(run: Run, results: Iterable[Result]) -> int:
    """Print each result as it is ready; the whole is never held."""
    from jieyue_cli.report import json
    from jieyue_cli.report.findings import Findings

    code = 0
    for result in results:
        console.emit(json.line(result))
        code = max(code, options.exit_code(Findings(run.rubric, [result])))
    progress, problems = _progress(run)
    console.emit(json.last_line(progress))
    options.report(problems)
    return max(code, options.exit_code(Findings(run.rubric, [], problems=problems)))


def _whole(run: Run, results: list[Result], how: Format, planned: options.Planned) -> int:
    from jieyue_cli.report.findings import Findings

    progress, problems = _progress(run)
    findings = Findings(run.rubric, sorted(results, key=lambda result: result.file), progress, problems)
    options.write(findings, planned)
    if how is Format.TEXT:
        from jieyue_cli.report.text_batch import batch_view

        console.show(batch_view(findings))
        options.report([*(problem for result in findings.results for problem in result.problems), *problems])
        if run.found.skipped:
            console.say(f"另有 {run.found.skipped} 个其他文件（佐证材料等）没有读取。")
    else:
        if not planned:
            console.emit(options.render(findings, how))
        named = set() if how is Format.JSONL else {result.file for result in results}
        options.report(problem for problem in problems if problem.location.file not in named)
    return options.exit_code(findings)


def _progress(run: Run) -> tuple[Progress, list[Problem]]:
    from jieyue_cli.problems import Code

    progress, problems = run.progress()
    if run.agencies is not None and progress.handed_in > run.agencies:
        options.stop([Code.AGENCIES_TOO_FEW.at(given=run.agencies, handed=progress.handed_in)])
    return progress, problems
