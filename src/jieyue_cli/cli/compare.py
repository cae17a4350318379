"""``jieyue compare``: two files, two folders or two recorded years side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli.cli import options, running
from jieyue_cli.report.formats import TEXT, Format

if TYPE_CHECKING:
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.report.office.model import OfficeReport
    from jieyue_cli.rubric.model import Rubric

_YEAR = re.compile(r"\d{4}", re.ASCII)
_Made = tuple["OfficeReport", bool]
"""The report, and whether an input has errors."""
_WHAT = "一份表、一个文件夹或压缩包，或台账中的年份"


def compare(
    before: Annotated[Path, typer.Argument(metavar="甲", readable=False, help=f"{_WHAT}。")],
    after: Annotated[Path, typer.Argument(metavar="乙", readable=False, help="与甲同类的另一个。")],
    rubric: Annotated[
        list[str] | None,
        typer.Option("--rubric", metavar="名称|文件", help="评价标准，默认 standard_2020；写两次则先甲后乙。"),
    ] = None,
    roster: running.RosterFile = None,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", metavar="文件", readable=False, help="台账：比较其中的两年。")
    ] = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("compare")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("compare", "各表的工作簿")] = None,
) -> None:
    """两份表、两个文件夹或台账中的两年并列：总分、结论、逐条、各机关的变化。

    改一改表再比，就知道补上哪几条会怎样。
    """
    names = rubric or [options.DEFAULT_RUBRIC]
    if len(names) > 2:  # noqa: PLR2004 -- 甲 and 乙
        raise typer.BadParameter("--rubric 最多写两次：先甲后乙。")
    standards = [options.load_rubric(name) for name in names] * (3 - len(names))
    listed = options.load_roster(roster, standards[1]) if roster else None
    places = [before, after]
    inputs = running.inputs([] if ledger else places, roster, ledger)
    planned = options.plan("compare", output or [], inputs, format)
    if ledger:
        made = _years(ledger, places, standards, listed)
    elif _folders(places):
        made = _runs(places, standards, listed, limits, jobs, writes=bool(planned))
    else:
        made = _files(places, standards, limits)
    report, failed = made
    raise typer.Exit(options.exit_code(failed, written=options.deliver(report, format, planned)))


def _folders(places: Sequence[Path]) -> bool:
    """Whether these are folders or archives; ends the run where they are not of one kind, or not there."""
    from jieyue_cli.files.reaching import reachable
    from jieyue_cli.files.source import Archives, why_not
    from jieyue_cli.problems import Code

    for place in places:
        try:
            reachable(place).stat()
        except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
            code = Code.COMPARED_NO_LEDGER if _YEAR.fullmatch(str(place)) else why_not(error)
            options.stop([code.at().inside(str(place))])
    reached = [reachable(place) for place in places]
    many = [place.is_dir() or (place.is_file() and Archives().holds_files(place)) for place in reached]
    if many[0] != many[1]:
        options.stop([Code.COMPARED_UNLIKE.at(other=places[1]).inside(str(places[0]))])
    return many[0]


def _files(places: Sequence[Path], standards: Sequence[Rubric], limits: int) -> _Made:
    from jieyue_cli.batch.run import assess_few
    from jieyue_cli.report.office.comparison import of_files
    from jieyue_cli.workbook import DEFAULT_LIMITS

    raised = DEFAULT_LIMITS.raised(limits)
    results = [
        result
        for place, standard in zip(places, standards, strict=True)
        for result in assess_few([place], standard, raised)
    ]
    options.report(problem for result in results for problem in result.problems)
    failed = any(result.failed for result in results)
    return of_files(results[0], results[1], standards), failed


def _runs(
    places: Sequence[Path],
    standards: Sequence[Rubric],
    roster: Roster | None,
    limits: int,
    jobs: int | None,
    *,
    writes: bool,
) -> _Made:
    from jieyue_cli.office.comparison import accumulated, of_run
    from jieyue_cli.office.comparison import compare as compared
    from jieyue_cli.report.office.comparison import of_sets

    running.ready_workers()
    sides, failed = [], False
    for place, standard in zip(places, standards, strict=True):
        run = running.prepared(standard, [place], limits, roster)
        findings, account = running.whole(run, jobs, "比较", writes=writes)
        failed = running.told(findings.results, account.problems) or failed
        sides.append(of_run(place.as_posix(), standard, account, findings.results))
    both = accumulated(sides[0], sides[1], _owner(roster))
    return of_sets(compared(*both, _owner(roster)), "folders", standards[1]), failed


def _years(ledger: Path, places: Sequence[Path], standards: Sequence[Rubric], roster: Roster | None) -> _Made:
    from jieyue_cli.office.comparison import compare as compared
    from jieyue_cli.office.comparison import of_year
    from jieyue_cli.problems import Code
    from jieyue_cli.report.office.comparison import of_sets

    if not all(_YEAR.fullmatch(str(place)) for place in places):
        options.stop([Code.COMPARED_YEARS.at()])
    recorded = running.load_ledger(ledger)
    entries = []
    for year, standard in zip(map(int, map(str, places)), standards, strict=True):
        entry = recorded.last(year)
        if entry is None:
            known = f"有 {'、'.join(map(str, recorded.years))} 年" if recorded.years else "还是空的"
            options.stop([Code.COMPARED_NOT_RECORDED.at(year=year, known=known).inside(str(ledger))])
        entries.append(of_year(entry, standard))
    return of_sets(compared(entries[0], entries[1], _owner(roster)), "years", standards[1]), False


def _owner(roster: Roster | None) -> Callable[[str], str]:
    """Who goes by which name now."""
    owners = roster.owners if roster else {}
    return lambda same: owners.get(same, same)
