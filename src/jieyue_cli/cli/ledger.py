"""``jieyue ledger``: record a run in the ledger, show what is recorded, verify that nothing was changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import interruption
from jieyue_cli.cli import options, running, usage
from jieyue_cli.cli.values import whole_number
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.office.ledger.entry import Entry
    from jieyue_cli.office.ledger.reading import Ledger

app = typer.Typer(rich_markup_mode=None)

LedgerPath = Annotated[Path, typer.Argument(metavar="台账", readable=False, help="台账文件。")]
_LEAST_DIGITS, _DIGITS = 16, 64


def _hash(value: str) -> str:
    """A printed hash, whole or its beginning."""
    text = value.strip().lower()
    if not _LEAST_DIGITS <= len(text) <= _DIGITS or set(text) - set("0123456789abcdef"):
        raise typer.BadParameter(f"应为校验码的前 {_LEAST_DIGITS} 位或全部 {_DIGITS} 位。")
    return text


@app.command("record", cls=usage.Command)
def record(
    file: Annotated[Path, typer.Argument(metavar="台账", readable=False, help="台账文件，没有就新建。")],
    places: running.Places,
    roster: Annotated[
        Path, typer.Option("--roster", metavar="文件", readable=False, help="名录（.xlsx 或 .csv）：认定率的分母。")
    ],
    year: Annotated[int, typer.Option("--year", metavar="年份", parser=whole_number(1949, 2099), help="记哪一年。")],
    note: Annotated[
        str, typer.Option("--note", metavar="文字", help="原因：更正已记的年度、补记、撤销认定时必须写。")
    ] = "",
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="单位", help="只更正这个单位（可以写几次），其余照原样。")
    ] = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    jobs: running.Jobs = None,
    limits: options.RaisedLimits = 1,
    quiet: options.Quiet = False,
) -> None:
    """把一年的结果记入台账：各机关的状态，以及所依据的表、名录和标准（各有校验码）。

    已记的内容从不改动；再记同一年是更正，另成一条，以最后一条为准。
    """
    from jieyue_cli.files.appending import append, is_remote, locked
    from jieyue_cli.office.ledger.entry import hash_of, line
    from jieyue_cli.office.ledger.recording import Taken, entry_of
    from jieyue_cli.problems import Code
    from jieyue_cli.report.console.look import Page, pairs
    from jieyue_cli.report.office.recorded import recorded_facts

    running.ready_workers()
    now = options.now()
    standard = options.load_rubric(rubric)
    if now.year < standard.issued.year:
        options.stop([Code.LEDGER_CLOCK.at(today=now.date(), issued=standard.issued)])
    listed = options.load_roster(roster, standard)
    _writable(file, [*places, roster])
    run = running.prepared(standard, places, limits, listed, year=year)
    results = running.all_results(run, jobs, "记入台账")
    if is_remote(file):
        options.report([Code.LEDGER_REMOTE.at().inside(str(file))])
    recorded: list[bytes] = []
    with _told_when_interrupted(recorded), ExitStack() as stack:
        with console.working("等待台账"):
            refused = stack.enter_context(locked(file))
        if refused:
            options.stop([refused])
        ledger = running.load_ledger(file, new=True)
        run.record = ledger.record
        account = running.account(run)
        problems = [problem for problem in account.problems if problem.code is not Code.RECORDED_OTHERWISE]
        failed = running.told(results, problems)
        files = [(result.file, result.sha256) for result in results]
        taken = entry_of(Taken(standard, listed, files, account, run.tally), year, now, note.strip())
        if entry := _ruled(taken, ledger, agency or [], listed, file):
            text = line(entry)
            with interruption.held():
                if refused := append(file, ledger.kept, (b"" if ledger.ended else b"\n") + text + b"\n"):
                    options.stop([refused])
                recorded.append(text)
            entries, head = (*ledger.entries, entry), hash_of(text)
            console.show(Page(pairs(recorded_facts(standard, ledger._replace(entries=entries, head=head), entry))))
    raise typer.Exit(options.exit_code(failed))


@contextmanager
def _told_when_interrupted(recorded: Sequence[bytes]) -> Iterator[None]:
    """Say whether anything was recorded where the run is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        console.say("已经记入台账。" if recorded else "没有记入台账。")
        raise


def _writable(file: Path, inputs: Sequence[Path]) -> None:
    """End the run, before any work, where nothing can be added to ``file``."""
    from jieyue_cli.files import output
    from jieyue_cli.office.ledger.reading import read_ledger
    from jieyue_cli.problems import Code

    if problem := output.check(file, inputs=inputs):
        options.stop([problem])
    if not output.is_folder(file.parent):
        options.stop([Code.LEDGER_FOLDER.at().inside(str(file))])
    ledger, problems = read_ledger(file)
    if ledger is None and output.is_other(file):
        options.stop(problems)


def _ruled(entry: Entry, ledger: Ledger, names: Sequence[str], roster: Roster, file: Path) -> Entry | None:
    """The entry as the next one; None where it says nothing new. Ends the run where it may not be recorded."""
    from jieyue_cli.office.ledger.ruling import ruled, singled, whole
    from jieyue_cli.problems import has_errors

    made, problems = singled(entry, names, roster, ledger) if names else whole(entry, ledger)
    if made:
        made, problems = ruled(made, ledger)
    placed = [problem.inside(str(file)) for problem in problems]
    if has_errors(placed):
        options.stop(placed)
    options.report(placed)
    return made


@app.command("show", cls=usage.Command)
def show(
    file: LedgerPath,
    agency: Annotated[str | None, typer.Option("--agency", metavar="单位", help="只看这个单位历年的记录。")] = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    format: Annotated[Format, options.format_option("ledger show")] = TEXT,
    output: Annotated[list[Path] | None, options.output_option("ledger show", "各年进度、分组、变动和更正")] = None,
    quiet: options.Quiet = False,
) -> None:
    """列出台账中各年的认定率和目标，按级别、类别、批次，新认定和撤销的，每次更正及原因；或一个单位的历年记录。"""
    from jieyue_cli.problems import Code
    from jieyue_cli.report.office.ledger import agency_report, ledger_report

    standard = options.load_rubric(rubric)
    planned = options.plan("ledger show", output or [], [file], format)
    ledger = running.load_ledger(file)
    report = agency_report(standard, ledger, agency) if agency else ledger_report(standard, ledger)
    if report is None:
        options.stop([Code.LEDGER_STRANGER.at(name=agency).inside(str(file))])
    raise typer.Exit(options.exit_code(failed=False, written=options.deliver(report, format, planned)))


@app.command("verify", cls=usage.Command)
def verify(
    file: LedgerPath,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="校验码", parser=_hash, help="函或报告上印的台账校验码，看是否在这份台账里。"),
    ] = None,
) -> None:
    """检查台账自记录以来有没有改动、删减、插入或调换，指出第一处；再给出台账的校验码。

    拿着文件的人可以把整份重写，所以还要与函、报告上印的校验码核对（--head）。
    """
    from jieyue_cli.office.ledger.reading import read_ledger
    from jieyue_cli.problems import Code
    from jieyue_cli.report.console.look import Page, pairs

    ledger, problems = read_ledger(file, _watched)
    options.report(problems)
    if ledger is None:
        kept = {problem.code for problem in problems} <= {Code.LEDGER_BROKEN, Code.LEDGER_NEWER, Code.LEDGER_RESAVED}
        raise typer.Exit(options.INPUT_ERRORS if kept else options.WRONG_USAGE)
    facts = [("条数", f"{len(ledger.entries)} 条，前后相接，没有改动"), ("年度", "、".join(map(str, ledger.years)))]
    facts.append(("校验码", ledger.head))
    number = next((place for place, known in enumerate(ledger.hashes) if place and known.startswith(head or " ")), 0)
    if number:
        facts.append(("核对", f"{head} 是第 {number} 条的校验码，其后又记了 {len(ledger.entries) - number} 条"))
    console.show(Page(pairs(facts)))
    if head and not number:
        options.report([Code.LEDGER_HEAD.at(seen=head).inside(str(file))])
        raise typer.Exit(options.INPUT_ERRORS)


def _watched(lines: Sequence[bytes]) -> Iterator[bytes]:
    """The lines with a progress bar; Ctrl-C ends the run with how many of them fit."""
    fitting = 0
    for text in running.each("核对台账", running.until_asked(lines), len(lines), "条"):
        yield text
        fitting += 1
    if interruption.asked() and fitting < len(lines):
        console.say(f"收到 {interruption.cause()}：核对了前 {fitting} 条（共 {len(lines)} 条），没有发现改动。")
        raise typer.Exit(options.INTERRUPTED)
