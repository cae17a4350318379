"""``jieyue score``: one form or a few, every point explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli import console
from jieyue_cli.cli import options
from jieyue_cli.cli.options import Format
from jieyue_cli.cli.values import choice


def score(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", readable=False, help="交回的自评打分表，可以有几个。")
    ],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    detail: Annotated[bool, typer.Option("--detail", help="逐条列出全部得分点。")] = False,
    format: Annotated[
        str, typer.Option(metavar="格式", parser=choice("text", "json", "csv"), help="text、json 或 csv，默认 text。")
    ] = "text",
    limits: options.RaisedLimits = 1,
    output: options.Outputs = None,
) -> None:
    """给一份或几份自评表计分，说明每一分的依据和所在单元格。

    未达标时列出最省力的达标途径。加 --detail 逐条列出全部得分点。
    """
    from jieyue_cli.batch.run import assess_few
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.workbook import DEFAULT_LIMITS

    standard = options.load_rubric(rubric)
    how = Format(format)
    planned = options.plan(output or [], files, how)
    findings = Findings(standard, list(assess_few(files, standard, DEFAULT_LIMITS.raised(limits))))
    options.write(lambda how: options.render(findings, how), planned)
    if how is Format.TEXT:
        from jieyue_cli.report.text_score import score_view

        console.show(*(score_view(result, detail=detail) for result in findings.results))
        options.report(problem for result in findings.results for problem in result.problems)
    elif not planned:
        console.emit(options.render(findings, how))
    raise typer.Exit(options.exit_code(result.failed for result in findings.results))
