"""``jieyue score``: one form or a few, every point explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console


def score(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", readable=False, help="交回的自评打分表，可以有几个。")
    ],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    detail: Annotated[bool, typer.Option("--detail", help="逐条列出全部得分点。")] = False,
    format: Annotated[Format, options.format_option("score")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("score", "给单位的反馈")] = None,
) -> None:
    """给一份或几份自评表计分，说明每一分的依据和所在单元格。

    未达标时列出最省力的达标途径。加 --detail 逐条列出全部得分点。
    """
    from jieyue_cli.batch.evidence import refusal
    from jieyue_cli.batch.run import assess_few
    from jieyue_cli.problems import Code, Severity
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.workbook import DEFAULT_LIMITS

    standard = options.load_rubric(rubric)
    planned = options.plan("score", output or [], files, format)
    findings = Findings(standard, list(assess_few(files, standard, DEFAULT_LIMITS.raised(limits))))
    if planned and all(refusal(result) is Code.FILE_MISSING for result in findings.results):
        options.stop([*(problem for result in findings.results for problem in result.problems), Code.OUTPUT_KEPT.at()])
    written = options.write(findings, planned)
    if format is TEXT:
        from jieyue_cli.report.console.score import score_view

        console.show(*(score_view(result, detail=detail) for result in findings.results))
        # the page of a file without a score gives its errors; on one screen that is enough
        once = console.on_one_screen()
        options.report(
            problem
            for result in findings.results
            for problem in result.problems
            if not (once and result.self is None and problem.severity is Severity.ERROR)
        )
    elif not planned:
        console.emit(format.render(findings))
    raise typer.Exit(options.exit_code(any(result.failed for result in findings.results), written=written))
