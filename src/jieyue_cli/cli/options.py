"""What several commands do in the same way: find the rubric, choose formats, check and write outputs, end the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Never

import typer

from jieyue_cli import interruption
from jieyue_cli.cli.values import whole_number
from jieyue_cli.report.formats import TEXT, Format, printed_by, written_by
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    import datetime as dt

    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.report.office.model import OfficeReport
    from jieyue_cli.rubric.model import Rubric

INPUT_ERRORS = 1
WRONG_USAGE = 2
INTERRUPTED = interruption.EXIT_CODE

DEFAULT_RUBRIC = DEFAULT
RubricName = Annotated[
    str,
    typer.Option(
        "--rubric", metavar="名称|文件", help="评价标准：内置名称或文件（.yaml、.xlsx），默认 standard_2020。"
    ),
]
RaisedLimits = Annotated[
    int,
    typer.Option(
        "--limits", metavar="倍数", parser=whole_number(1, 100), help="把读取上限（大小、格数、时间、内存）放宽到几倍。"
    ),
]


def _quiet(given: bool) -> None:
    if given:
        console.quiet()


Quiet = Annotated[
    bool, typer.Option("--quiet", callback=_quiet, help="只显示结果和错误：不显示进度条、提醒、说明和写入的文件名。")
]
"""Of any command: what the console then leaves out, it leaves out for all of them."""

Planned = list[tuple[Path, Format]]


def format_option(command: str) -> Any:
    """``--format`` with what a command prints; the first is the default."""
    formats = printed_by(command)
    *names, last = formats

    def parse(name: str | Format) -> Format:
        if isinstance(name, Format):  # the default
            return name
        if name not in formats:
            raise typer.BadParameter(f"应为 {'、'.join(formats)} 之一。")
        return formats[name]

    return typer.Option(
        "--format", metavar="格式", parser=parse, help=f"{'、'.join(names)} 或 {last}，默认 {names[0]}。"
    )


def output_option(command: str, what: str) -> Any:
    """``-o`` with the suffixes that a command writes, what people open first; ``what`` says what a workbook holds."""
    known = sorted(written_by(command).values(), key=lambda entry: (entry.encoded, bool(entry.commands)))
    suffixes = " ".join(entry.suffix for entry in known)
    return typer.Option(
        "-o", "--output", metavar="文件", help=f"写入文件，格式看后缀（{suffixes}），可以写几次；.xlsx 是{what}。"
    )


def load_rubric(name: str) -> Rubric:
    """The rubric called ``name``; ends the run with every fault where it does not hold."""
    from jieyue_cli.rubric.source import find

    rubric, problems = find(rubric_name(name))
    if rubric is None:
        stop(problems)
    report(problems)
    return rubric


def rubric_name(typed: str) -> str:
    """What names a rubric: as it was typed, or the path that was meant."""
    from jieyue_cli.files.typed import SwallowedError, meant
    from jieyue_cli.rubric.catalogue import shipped

    try:
        return typed if typed in shipped() else meant(typed)
    except SwallowedError:
        return typed


def contents(path: Path) -> bytes:
    """The bytes of an input; ends the run where they cannot be had."""
    from jieyue_cli.files.source import read_path
    from jieyue_cli.workbook import DEFAULT_LIMITS

    data, refused = read_path(path, DEFAULT_LIMITS.file_bytes)
    if data is None:
        stop(refused)
    return data


def check_year(rubric: Rubric, year: int | None) -> None:
    """Refuse to write forms for a year in which the standard was not yet issued: none of them could be read."""
    if year and year < rubric.issued.year:
        raise typer.BadParameter(f"评价年度 {year} 早于标准印发的 {rubric.issued.year} 年。")


def load_roster(path: Path, rubric: Rubric) -> Roster:
    """The roster in ``path``; ends the run where it is no safe denominator."""
    from dataclasses import replace
    from hashlib import sha256

    from jieyue_cli.agencies.roster import read_roster

    data = contents(path)
    roster, problems = read_roster(data, rubric.scope, str(path))
    if roster is None:
        stop(problems)
    report(problems)
    return replace(roster, sha256=sha256(data).hexdigest())


def now() -> dt.datetime:
    """The time of the run; ends it where what pins the time is no time."""
    from jieyue_cli import clock

    try:
        return clock.now()
    except ValueError as cause:
        raise typer.BadParameter(f"环境变量 {clock.PINNED} 应为整数（自 1970 年起的秒数）。") from cause


def stop(problems: Iterable[Problem]) -> Never:
    """End the run before it has begun, saying why."""
    report(problems)
    raise typer.Exit(WRONG_USAGE)


def report(problems: Iterable[Problem], *, singly: bool = False) -> None:
    """Tell the person about problems, on stderr; ``singly`` where none may be gathered with others."""
    listed = _told(problems)
    if listed:
        from jieyue_cli.report.console.problems import problems_view

        console.tell(problems_view(listed, singly=singly))


def summarise(problems: Iterable[Problem]) -> bool:
    """Tell about problems of many files, a kind in one entry; returns whether there is more to tell."""
    listed = _told(problems)
    if listed:
        from jieyue_cli.report.console.problems import summary_view

        console.tell(summary_view(listed))
    return len(listed) > len({problem.code for problem in listed})


def _told(problems: Iterable[Problem]) -> list[Problem]:
    """Those that the person wants to be told."""
    from jieyue_cli.problems import Severity

    return [problem for problem in problems if not console.is_quiet() or problem.severity is Severity.ERROR]


def plan(command: str, targets: Sequence[Path], inputs: Sequence[Path], printed: Format) -> Planned:
    """Know each output's format (its suffix decides, else ``--format``) and that it can be written, before any work."""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    known = written_by(command)
    problems: list[Problem] = []
    planned: Planned = []
    taken: list[Path] = []
    for target in targets:
        chosen = known.get(target.suffix.lower(), printed)
        if not chosen.suffix:
            problems.append(Code.OUTPUT_FORMAT.at(known=" ".join(known)).inside(str(target)))
            continue
        files = chosen.files(target, batch=command == "batch")
        refused = [problem for file in files if (problem := output.check(file, inputs=inputs))]
        if twice := next((file for file in files if any(output.same(file, other) for other in taken)), None):
            refused.append(Code.OUTPUT_TWICE.at().inside(str(twice)))
        problems += refused
        taken += files
        if not refused:
            planned.append((target, chosen))
    if problems:
        stop(problems)
    return planned


def write(findings: Findings[Any], planned: Planned) -> bool:
    """Write each planned report, and say which cannot be written after all; returns whether all could be.

    Nothing is written where there is nothing to report on: a mistyped folder must not replace a good report.
    """
    from jieyue_cli.problems import Code

    if planned and not findings.results:
        if interruption.asked():
            console.say("一份也没有读完，所以什么也没有写入。")
            raise typer.Exit(INTERRUPTED)
        stop([*findings.problems, Code.OUTPUT_KEPT.at()])
    return _write(findings, planned, batch=findings.account is not None)


def deliver(subject: OfficeReport, format: Format, planned: Planned) -> bool:
    """Write one of the office's reports as planned, and show it to a person or print it for a program.

    Returns whether all could be written.
    """
    from jieyue_cli.report.office.console import office_view

    written = _write(subject, planned, batch=False)
    if format is TEXT:
        with console.working("排版"):
            console.show(office_view(subject))
    elif not planned:
        for piece in format.pieces(subject):
            console.emit(piece)
    return written


def _write(subject: Findings[Any] | OfficeReport, planned: Planned, *, batch: bool) -> bool:
    from jieyue_cli.files import output

    refused: list[Problem] = []
    due = [file for target, chosen in planned for file in chosen.files(target, batch=batch)]
    try:
        for _, chosen in planned:
            for pieces in chosen.rendered(subject):
                file = due[0]
                if output.is_other(file):
                    console.remark(f"{file} 已存在，将被替换。")
                with console.working(f"写入 {file.name}"):
                    problem = output.write_pieces(file, pieces)
                if problem:
                    refused.append(problem)
                else:
                    console.remark(f"已写入 {file}")
                del due[0]
    except KeyboardInterrupt:
        console.say(f"收到 {interruption.cause()}：没有写 {'、'.join(map(str, due))}。")
        raise
    report(refused)
    return not refused


def exit_code(failed: bool, between: Iterable[Problem] = (), *, written: bool = True) -> int:
    """2 where a report could not be written, 1 where an input or something between inputs has an error, else 0."""
    from jieyue_cli.problems import has_errors

    if not written:
        return WRONG_USAGE
    return INPUT_ERRORS if failed or has_errors(between) else 0
