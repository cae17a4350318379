"""What several commands do in the same way: find the rubric, check and write outputs, show, choose the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer

from jieyue_cli import console
from jieyue_cli.cli.values import whole_number
from jieyue_cli.rubric.built_in import DEFAULT
from jieyue_cli.rubric.catalogue import find

if TYPE_CHECKING:
    from jieyue_cli.agencies.roster import Roster
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.rubric.model import Rubric

INPUT_ERRORS = 1
WRONG_USAGE = 2
INTERRUPTED = 130

DEFAULT_RUBRIC = DEFAULT
RubricName = Annotated[
    str, typer.Option("--rubric", metavar="名称|文件", help="评价标准：内置名称或 YAML 文件，默认 standard_2020。")
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o", "--output", metavar="文件", help="写入文件，格式看后缀（.xlsx .csv .json .jsonl），可以写几次。"
    ),
]

RaisedLimits = Annotated[
    int,
    typer.Option(
        "--limits", metavar="倍数", parser=whole_number(1, 100), help="把读取上限（大小、格数、时间、内存）放宽到几倍。"
    ),
]


class Format(Enum):
    """How a report is written; the value is its name on the command line and its suffix."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


Planned = list[tuple[Path, Format]]


def load_rubric(name: str) -> Rubric:
    """The rubric called ``name``; ends the run with every fault where it does not hold."""
    rubric, problems = find(name)
    if rubric is None:
        stop(problems)
    return rubric


def load_roster(path: Path, rubric: Rubric) -> Roster:
    """The roster in ``path``; ends the run where it is no safe denominator."""
    from jieyue_cli.agencies.roster import read_roster
    from jieyue_cli.batch.discover import Source, read
    from jieyue_cli.workbook import DEFAULT_LIMITS

    data, problem = read(Source(str(path)), DEFAULT_LIMITS.file_bytes)
    if data is None:
        stop([problem.inside(str(path))] if problem else [])
    roster, problems = read_roster(data, rubric.scope, str(path))
    if roster is None:
        stop(problems)
    report(problems)
    return roster


def stop(problems: Iterable[Problem]) -> Never:
    """End the run before it has begun, saying why."""
    report(problems)
    raise typer.Exit(WRONG_USAGE)


def report(problems: Iterable[Problem], *, singly: bool = False) -> None:
    """Tell the person about problems, on stderr; ``singly`` where none may be gathered with others."""
    listed = list(problems)
    if listed:
        from jieyue_cli.report.text_problems import problems_view

        console.tell(problems_view(listed, singly=singly))


def plan(targets: Sequence[Path], inputs: Sequence[Path], how: Format) -> Planned:
    """Know each output's format (its suffix decides, else ``--format``) and that it can be written, before any work."""
    from jieyue_cli import files as output
    from jieyue_cli.problems import Code

    known = {f".{known.value}": known for known in Format if known is not Format.TEXT}
    problems: list[Problem] = []
    planned: Planned = []
    for target in targets:
        chosen = known.get(target.suffix.lower(), how)
        if chosen is Format.TEXT:
            problems.append(Code.OUTPUT_FORMAT.at(known=" ".join(known)).inside(str(target)))
        elif problem := output.check(target, inputs=inputs):
            problems.append(problem)
        else:
            planned.append((target, chosen))
            if target.exists():
                console.say(f"{target} 已存在，将被替换。")
    if problems:
        stop(problems)
    return planned


def write(render: Callable[[Format], bytes], planned: Planned) -> None:
    """Write each planned report; ends the run where one cannot be written after all."""
    from jieyue_cli import files as output

    for target, how in planned:
        problem = output.write(target, render(how))
        if problem:
            stop([problem])
        console.say(f"已写入 {target}")


def render(findings: Findings, how: Format) -> bytes:
    """A report as the bytes of a file."""
    if how is Format.CSV:
        from jieyue_cli.report import csv_table

        return csv_table.render(findings)
    if how is Format.XLSX:
        from jieyue_cli.report.workbook import book

        return book.render(findings)
    from jieyue_cli.report import json

    return json.render_lines(findings) if how is Format.JSONL else json.render(findings)


def exit_code(failed: Iterable[bool], between: Iterable[Problem] = ()) -> int:
    """0 where all inputs were read and scored, 1 where one was not or has errors, or something between them is one."""
    from jieyue_cli.problems import has_errors

    return INPUT_ERRORS if any(failed) or has_errors(between) else 0
