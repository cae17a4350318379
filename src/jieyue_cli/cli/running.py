"""A run over folders and archives, as every command that reads many forms prepares, watches and gathers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jieyue_cli import interruption
from jieyue_cli.cli import options
from jieyue_cli.cli.values import whole_number
from jieyue_cli.processes import MOST_JOBS, context, default_jobs
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run, Written
    from jieyue_cli.office.ledger.reading import Ledger
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.rubric.model import Rubric

T = TypeVar("T")
R = TypeVar("R", "Result", "Written")

Places = Annotated[
    list[Path], typer.Argument(metavar="文件夹|ZIP…", readable=False, help="交回的表所在的文件夹或 zip 压缩包。")
]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        "--roster", metavar="文件", readable=False, help="名录（.xlsx 或 .csv，有“单位名称”列）：进度的分母。"
    ),
]
LedgerFile = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="文件", readable=False, help="台账：以前各年以它为准，不再看往年的表。"),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="年份", parser=whole_number(1949, 2099), help="统计年度，默认取交回的表中最晚的年度。"
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="数", parser=whole_number(1, MOST_JOBS), help="同时读取的进程数，默认与处理器核数相同。"
    ),
]


def inputs(places: Iterable[Path], *files: Path | None) -> list[Path]:
    """Everything that is read: the places, and the other files as far as they are given."""
    return [*places, *(file for file in files if file)]


def check_folder(folder: Path, inputs: Iterable[Path]) -> None:
    """End the run, before any work, where ``folder`` is none, or no place to write to."""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    if output.is_other(folder) or folder.suffix.lower() in {".xlsx", ".zip"}:
        options.stop([Code.OUTPUT_NOT_FOLDER.at().inside(str(folder))])
    if problem := output.check(folder / "-", inputs=inputs):
        options.stop([problem.inside(str(folder))])


def ready_workers() -> None:
    """Start the process that workers are made from, while this one is still small."""
    with suppress(OSError):  # whoever needs workers and gets none says so
        context("jieyue_cli.batch.workers", "jieyue_cli.report.encoding")


def load_ledger(path: Path, *, new: bool = False) -> Ledger:
    """The ledger in ``path``; ends the run where its chain does not hold.

    ``new`` allows that there is no such file: that is a ledger without entries.
    """
    from jieyue_cli.office.ledger.reading import EMPTY, read_ledger
    from jieyue_cli.problems import Code

    with console.working("读取台账"):
        ledger, problems = read_ledger(path)
    if new and [problem.code for problem in problems] == [Code.FILE_MISSING]:
        return EMPTY
    if ledger is None:
        options.stop(problems)
    options.report(problems)
    return ledger


def loaded(rubric: str, roster: Path | None, ledger: Path | None = None) -> tuple[Rubric, Roster | None, Ledger | None]:
    """What a run rests on beside its forms; ends it where one of these does not hold. Workers get ready meanwhile."""
    ready_workers()
    standard = options.load_rubric(rubric)
    listed = options.load_roster(roster, standard) if roster else None
    return standard, listed, load_ledger(ledger) if ledger else None


def prepared(
    rubric: Rubric,
    places: Sequence[Path],
    limits: int,
    roster: Roster | None = None,
    agencies: int | None = None,
    year: int | None = None,
    ledger: Ledger | None = None,
    *,
    others: bool = False,
) -> Run:
    """Find the files below ``places``; ``limits`` is how many times the usual limits of reading hold.

    Earlier years are taken from ``ledger`` as far as it records them. With ``others``, the discovery hands over what is
    no spreadsheet too.
    """
    from jieyue_cli.batch.discover import discover
    from jieyue_cli.batch.evidence import Names
    from jieyue_cli.batch.run import Run
    from jieyue_cli.workbook import DEFAULT_LIMITS

    names = Names(roster.owners) if roster else None
    with console.counting("查找文件", None, "个") as seen:
        discovery = discover(places, names, others=others, seen=seen)
    record = ledger.record if ledger else None
    return Run(rubric, discovery, DEFAULT_LIMITS.raised(limits), roster, agencies, year, record)


def counted(run: Run, results: Iterable[T]) -> Iterator[T]:
    """The run's results, with a progress bar; after Ctrl-C, those that are finished."""
    with interruption.noticed(run.stop), console.counting("读取", len(run.discovery.sources)) as advance:
        for result in results:
            advance()
            yield result
    if run.interrupted:
        console.say(f"收到 {interruption.cause()}：只读完 {run.tally.files} 份，其余的没有读。")


def each(what: str, items: Iterable[T], total: int, unit: str = "份") -> Iterator[T]:
    """One after another with a progress bar; Ctrl-C is for the ``items`` to see, which then end by themselves."""
    if not total:
        return
    with interruption.noticed(), console.counting(what, total, unit) as advance:
        for item in items:
            yield item
            advance()


def until_asked(items: Iterable[T]) -> Iterator[T]:
    """Items that end after Ctrl-C: no further one is made, and nothing of the one under way is lost."""
    remaining = iter(items)
    while not interruption.asked():
        try:
            yield next(remaining)
        except StopIteration:
            return


def end_unfinished(made: str, finished: int, total: int, where: Path) -> None:
    """End the run after Ctrl-C, saying how many of what it should have ``made`` are there."""
    if interruption.asked():
        rest = f"其余 {total - finished} 份没有写" if finished < total else "已经全部写完"
        console.say(f"收到 {interruption.cause()}：{where} 中写好 {finished} 份{made}（共 {total} 份），{rest}。")
        raise typer.Exit(options.INTERRUPTED)


def refuse_nothing(run: Run) -> None:
    """End the run where there is no file to report on, so that nothing is written."""
    from jieyue_cli.problems import Code

    if run.discovery.empty:
        options.stop([*(run.discovery.problems or [Code.NO_WORKBOOKS.at()]), Code.OUTPUT_KEPT.at()])


def refuse_part(run: Run, made: str) -> None:
    """End the run after Ctrl-C without ``made``, which what was not read might change."""
    if run.interrupted or interruption.asked():
        console.say(f"表没有读完，所以没有{made}。" if run.interrupted else f"没有{made}。")
        raise typer.Exit(options.INTERRUPTED)


def gathered(run: Run, results: Iterable[R]) -> Findings[R]:
    """All results in the order of their files, with what they amount to."""
    from jieyue_cli.report.findings import Findings

    today = options.now().date()
    by_name = sorted(counted(run, results), key=lambda result: result.file)
    return Findings(run.rubric, by_name, account(run), today)


def all_results(run: Run, jobs: int | None, made: str, *, writes: bool = True) -> list[Result]:
    """All results in the order of their files, for what a part of the forms would make wrong.

    Ctrl-C ends the run without ``made``; where the run ``writes`` something, so does finding no file to report on.
    """
    if writes:
        refuse_nothing(run)
    results = sorted(counted(run, run.results(jobs or default_jobs())), key=lambda result: result.file)
    refuse_part(run, made)
    return results


def whole(run: Run, jobs: int | None, made: str, *, writes: bool = True) -> tuple[Findings[Result], Account]:
    """As ``all_results``, with what they amount to."""
    from jieyue_cli.report.findings import Findings

    today = options.now().date()
    results = all_results(run, jobs, made, writes=writes)
    amount = account(run)
    return Findings(run.rubric, results, amount, today), amount


def told(results: Sequence[Result], between: Sequence[Problem]) -> bool:
    """Tell about everything that was found in the forms and ``between`` them; returns whether an error is among it."""
    from jieyue_cli.problems import has_errors

    options.summarise([*(problem for result in results for problem in result.problems), *between])
    return any(result.failed for result in results) or has_errors(between)


def account(run: Run) -> Account:
    """What the run amounts to; ends it where more agencies handed in than there are said to be."""
    from jieyue_cli.problems import Code

    with console.working("汇总"):
        account = run.account()
    known = len(account.standings)
    if run.agencies is not None and known > run.agencies:
        options.stop([Code.AGENCIES_TOO_FEW.at(given=run.agencies, handed=known)])
    return account
