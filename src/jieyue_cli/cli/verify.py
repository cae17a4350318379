"""``jieyue verify``: plan the visits of the year, and make the forms to check with."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options, running, usage
from jieyue_cli.cli.sheets import sheets
from jieyue_cli.cli.values import share as shares
from jieyue_cli.cli.values import whole_number
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console

app = typer.Typer(rich_markup_mode=None)

_LONGEST_SEED = 200
"""Characters that people can read out and a cell shows."""


def _seed(text: str) -> str:
    """A seed that can be printed and typed again: without blanks around it."""
    from jieyue_cli.text.cleaning import clean

    seed = clean(text).strip()
    if not seed:
        raise typer.BadParameter("种子是空的，请写一段文字，如当众抽出的号码。")
    if len(seed) > _LONGEST_SEED:
        raise typer.BadParameter(f"种子太长，不要超过 {_LONGEST_SEED} 个字。")
    return seed


@app.command("plan", cls=usage.Command)
def plan(
    places: running.Places,
    roster: Annotated[
        Path, typer.Option("--roster", metavar="文件", readable=False, help="名录（.xlsx 或 .csv）：从中抽取。")
    ],
    seed: Annotated[
        str,
        typer.Option(
            "--seed", metavar="文字", parser=_seed, help="种子：同一个种子总是抽出同样的单位，请事先公开定下。"
        ),
    ],
    number: Annotated[
        int | None, typer.Option("--number", metavar="数", parser=whole_number(1), help="一共抽查几个（必查的另计）。")
    ] = None,
    share: Annotated[
        Fraction | None,
        typer.Option("--share", metavar="比例", parser=shares, help="每类抽查多少，如 10% 或 0.1，向上取整。"),
    ] = None,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="回头看：从以前年度认定的单位中抽取，而不是从今年交表的单位中。")
    ] = False,
    ledger: running.LedgerFile = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    year: running.Year = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("verify plan")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("verify plan", "核查名单、抽样过程和核对提示")] = None,
) -> None:
    """抽取现场核查的单位：该查的必查，其余每类随机抽查，每个都写明原因。

    不写 --number 和 --share 时，家数按零缺陷抽样计算。同样的表、名录和种子总是得出同样的名单。
    """
    from jieyue_cli.office.candidates import candidates
    from jieyue_cli.office.sampling import Size
    from jieyue_cli.office.visits import plan_of
    from jieyue_cli.problems import Code
    from jieyue_cli.report.office.visits import Sources, report

    if number is not None and share is not None:
        raise typer.BadParameter("--number 和 --share 只能给一个。")
    running.ready_workers()
    standard = options.load_rubric(rubric)
    listed = options.load_roster(roster, standard)
    past = running.load_ledger(ledger) if ledger else None
    planned = options.plan("verify plan", output or [], running.inputs(places, roster, ledger), format)
    run = running.prepared(standard, places, limits, listed, year=year, ledger=past)
    findings, account = running.whole(run, jobs, "抽取")
    failed = running.told(findings.results, account.problems)
    with console.working("抽取"):
        everybody = candidates(standard, account, run.tally, findings.results, listed, past)
        made = plan_of(standard, everybody, run.tally.texts(), seed, Size(number, share), recheck=recheck)
    if not made.strata:
        options.stop([(Code.RECHECK_NOBODY if recheck else Code.VISITS_NOBODY).at(year=account.progress.year)])
    if number is not None and number > len(made.frame):
        options.report([Code.VISITS_ALL.at(asked=number, frame=len(made.frame))])
    written = options.deliver(report(Sources(standard, listed, account), made), format, planned)
    raise typer.Exit(options.exit_code(failed, written=written))


app.command("sheets", cls=usage.Command)(sheets)
