"""``jieyue roster``: begin a roster, and see what is understood of one before a rate is worked out with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options, usage
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console

app = typer.Typer(rich_markup_mode=None)

_SUFFIX = ".xlsx"


@app.command("new", cls=usage.Command)
def new(
    file: Annotated[Path, typer.Argument(metavar=f"文件{_SUFFIX}", readable=False, help="要新建的名录。")],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """新建一份空白名录：各列有下拉选项和填写提示，另附一页说明。

    不会覆盖已有的文件，除非加 --force。
    """
    from jieyue_cli.agencies.roster.blank import blank_roster
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    if file.suffix.lower() != _SUFFIX:
        options.stop([Code.OUTPUT_FORMAT.at(known=_SUFFIX).inside(str(file))])
    standard = options.load_rubric(rubric)
    problem = output.check(file, inputs=[], replace=force) or output.write(file, blank_roster(standard))
    if problem:
        options.stop([problem])
    console.remark(f"已写入 {file}")


@app.command("check", cls=usage.Command)
def check(
    file: Annotated[Path, typer.Argument(metavar="名录", readable=False, help="名录（.xlsx 或 .csv）。")],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    format: Annotated[Format, options.format_option("roster check")] = TEXT,
    quiet: options.Quiet = False,
    output: Annotated[
        list[Path] | None, options.output_option("roster check", "逐个机关列出读到的内容和问题的工作簿")
    ] = None,
) -> None:
    """列出名录中读到了什么：机关总数（分母）、类别、级别、批次、别名、合署、不参评的，和逐行的问题。"""
    from jieyue_cli.agencies.roster import understood
    from jieyue_cli.problems import has_errors
    from jieyue_cli.report.office.roster import report

    standard = options.load_rubric(rubric)
    planned = options.plan("roster check", output or [], [file], format)
    roster, problems = understood(options.contents(file), standard.scope, str(file))
    if roster is None:
        options.stop(problems)
    if format.name != "json":  # which has them all
        options.report(problems)
    written = options.deliver(report(standard, str(file), roster), format, planned)
    raise typer.Exit(options.exit_code(failed=False, written=written and not has_errors(problems)))
