"""What several commands do in the same way: find the rubric, choose formats, check and write outputs, end the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Never

import typer

from jieyue_cli import console
from jieyue_cli.cli.values import whole_number
from jieyue_cli.report.formats import Format, printed_by, written
from jieyue_cli.rubric.catalogue import DEFAULT

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
_WRITTEN = sorted(written().values(), key=lambda entry: (entry.encoded, bool(entry.commands)))
"""What people open comes first."""
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="文件",
        help=f"写入文件，格式看后缀（{' '.join(entry.suffix for entry in _WRITTEN)}），可以写几次。",
    ),
]

RaisedLimits = Annotated[
    int,
    typer.Option(
        "--limits", metavar="倍数", parser=whole_number(1, 100), help="把读取上限（大小、格数、时间、内存）放宽到几倍。"
    ),
]

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


def load_rubric(name: str) -> Rubric:
    """The rubric called ``name``; ends the run with every fault where it does not hold."""
    from jieyue_cli.rubric.source import find

    rubric, problems = find(name)
    if rubric is None:
        stop(problems)
    report(problems)
    return rubric


def load_roster(path: Path, rubric: Rubric) -> Roster:
    """The roster in ``path``; ends the run where it is no safe denominator."""
    from jieyue_cli.agencies.roster import read_roster
    from jieyue_cli.files.source import read_path
    from jieyue_cli.workbook import DEFAULT_LIMITS

    data, refused = read_path(path, DEFAULT_LIMITS.file_bytes)
    if data is None:
        stop(refused)
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
        from jieyue_cli.report.console.problems import problems_view

        console.tell(problems_view(listed, singly=singly))


def plan(targets: Sequence[Path], inputs: Sequence[Path], printed: Format) -> Planned:
    """Know each output's format (its suffix decides, else ``--format``) and that it can be written, before any work."""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    known = written()
    problems: list[Problem] = []
    planned: Planned = []
    for target in targets:
        chosen = known.get(target.suffix.lower(), printed)
        if not chosen.suffix:
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


def write(findings: Findings[Any], planned: Planned) -> None:
    """Write each planned report; ends the run where one cannot be written after all."""
    from jieyue_cli.files import output

    for target, chosen in planned:
        problem = output.write(target, chosen.render(findings))
        if problem:
            stop([problem])
        console.say(f"已写入 {target}")


def exit_code(failed: bool, between: Iterable[Problem] = ()) -> int:
    """1 where an input could not be scored or has errors, or there is an error between the files; else 0."""
    from jieyue_cli.problems import has_errors

    return INPUT_ERRORS if failed or has_errors(between) else 0
