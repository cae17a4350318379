"""``jieyue letter``: letters to agencies and reports on the city in Word; their templates, and the check of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli.cli import options, running, usage
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.letters.kinds import KINDS, Kind
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.report.letters.placeholders import Letter

app = typer.Typer(rich_markup_mode=None)

_SUFFIX = ".docx"
_MOST_NAMED = 10
"""Agencies that one message names."""

Target = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar=f"文件夹|文件{_SUFFIX}",
        readable=False,
        help=f"每个机关一份的写进这个文件夹；公示和进度报告写成这个 {_SUFFIX} 文件。",
    ),
]
OwnTemplate = Annotated[
    Path | None,
    typer.Option("--template", metavar=f"文件{_SUFFIX}", readable=False, help="用本单位改过的模板。"),
]
Check = Callable[[Path], "Problem | None"]
"""Says why a file cannot be written."""
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的文件（可能已有人改过）。")]


def _command(kind: Kind) -> Callable[..., None]:
    """The command that writes letters of one kind."""

    def letter(
        places: running.Places,
        target: Target,
        rubric: options.RubricName = options.DEFAULT_RUBRIC,
        roster: running.RosterFile = None,
        ledger: running.LedgerFile = None,
        year: running.Year = None,
        template: OwnTemplate = None,
        jobs: running.Jobs = None,
        limits: options.RaisedLimits = 1,
        force: Force = False,
        quiet: options.Quiet = False,
    ) -> None:
        from jieyue_cli.files import output

        standard, entries, past = running.loaded(rubric, roster, ledger)
        inputs = running.inputs(places, roster, ledger, template)
        _writable(target, inputs, folder=kind.agencies, replace=force)
        form = _own(template, kind) if template else kind.template()
        run = running.prepared(standard, places, limits, entries, year=year, ledger=past)
        findings, _ = running.whole(run, jobs, f"写{kind.name}")
        failed = running.told(findings.results, findings.problems)
        check = partial(output.check, inputs=inputs, replace=force)
        written = _write(kind, form, findings, target, jobs or default_jobs(), check)
        raise typer.Exit(options.exit_code(failed, written=written))

    letter.__doc__ = f"{kind.summary}\n\n不会覆盖已有的文件，除非加 --force。日期、文号和印章留空待填。"
    return letter


for _kind in KINDS:
    app.command(_kind.name, cls=usage.Command)(_command(_kind))


@app.command("template", cls=usage.Command)
def template(
    kind: Annotated[str, typer.Argument(metavar="种类", help=f"{'、'.join(kind.name for kind in KINDS)} 之一。")],
    target: Annotated[
        Path, typer.Option("-o", "--output", metavar=f"文件{_SUFFIX}", readable=False, help="写到哪个文件。")
    ],
    force: Force = False,
) -> None:
    """写出一种函的模板，用 Word 或 WPS 改好后，写函时用 --template 给出。"""
    from jieyue_cli.files import output

    named = {kind.name: kind for kind in KINDS}
    if kind not in named:
        raise typer.BadParameter(f"没有“{kind}”这种函，应为 {'、'.join(named)} 之一。")
    _writable(target, [], folder=False, replace=force)
    if problem := output.write(target, named[kind].template()):
        options.stop([problem])
    console.remark(f"已写入 {target}")


@app.command("check", cls=usage.Command)
def check(
    file: Annotated[Path, typer.Argument(metavar=f"文件{_SUFFIX}", readable=False, help="改过的模板。")],
) -> None:
    """检查改过的模板：不认识的占位符、全角花括号、弯引号、没有成对的标记；并说明可用于哪种函。"""
    from jieyue_cli.problems import has_errors
    from jieyue_cli.report.letters.rendering import examine

    template, found = examine(_read(file), KINDS)
    fits = [name for name, problems in found.items() if not has_errors(problems)]
    closest = fits[0] if fits else min(found, key=lambda name: len(found[name]))
    options.report((problem.inside(str(file)) for problem in found[closest]), singly=True)
    if not fits:
        if template:
            console.say(f"以上按{closest}检查。")
        raise typer.Exit(options.WRONG_USAGE)
    console.show(f"{file}：没有错误，可用于{'、'.join(fits)}。")


def _writable(target: Path, inputs: Sequence[Path], *, folder: bool, replace: bool) -> None:
    """End the run, before any work, where nothing can be written to ``target``: one file, or several in a folder."""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code

    named = target.suffix.lower() == _SUFFIX
    if folder and (named or output.is_other(target)):
        options.stop([Code.OUTPUT_NOT_FOLDER.at().inside(str(target))])
    if not folder and not named:
        options.stop([Code.OUTPUT_FORMAT.at(known=_SUFFIX).inside(str(target))])
    if problem := output.check(target / _SUFFIX if folder else target, inputs=inputs, replace=replace):
        options.stop([problem.inside(str(target))])


def _read(file: Path) -> bytes:
    from jieyue_cli.files.source import read_path
    from jieyue_cli.problems import Code
    from jieyue_cli.report.letters.template import LIMITS

    data, refused = read_path(file, LIMITS.file_bytes)
    if data is None:
        foreign = any(problem.code in {Code.FOLDER_GIVEN, Code.FILE_NOT_REGULAR} for problem in refused)
        options.stop([Code.LETTER_NOT_DOCX.at(detail="不是文件").inside(str(file))] if foreign else refused)
    return data


def _own(file: Path, kind: Kind) -> bytes:
    """The office's own template; ends the run where it cannot be used."""
    from jieyue_cli.problems import has_errors
    from jieyue_cli.report.letters.rendering import examine

    found = examine(_read(file), [kind])
    problems = [problem.inside(str(file)) for problem in found.problems[kind.name]]
    if found.template is None or has_errors(problems):
        options.stop(problems)
    options.report(problems, singly=True)
    return found.template


def _write(kind: Kind, template: bytes, findings: Findings[Result], target: Path, jobs: int, check: Check) -> bool:
    """Write every letter there is to write, and say who gets none and why; returns whether all could be written."""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.letters.rendering import render

    with console.working("计算"):
        letters = list(kind.letters(findings))
    options.report(_without(kind, letters), singly=True)
    due = [letter for letter in letters if not letter.reason]
    files = list(_files(kind, due, target))
    checked = [check(file) for file in files]
    refused = [problem for problem in checked if problem]
    todo = [(file, letter) for file, letter, problem in zip(files, due, checked, strict=True) if not problem]
    made = render(template, [letter.facts for _, letter in todo], jobs)
    targets = iter(todo)
    written = 0
    for document in running.each("写函", running.until_asked(made), len(todo)):
        file, _ = next(targets)
        problem = document.inside(str(file)) if isinstance(document, Problem) else output.write(file, document)
        refused += [problem] if problem else []
        written += not problem
    options.summarise(refused)
    running.end_unfinished(kind.name, written, len(due), target)
    if due:
        where = f"{target} 中的 {len(due) - len(refused)} 份{kind.name}" if kind.agencies else str(target)
        console.remark(f"已写入 {where}" if len(refused) < len(due) else f"没有写成{kind.name}。")
    return not refused


def _files(kind: Kind, letters: Sequence[Letter], target: Path) -> Iterator[Path]:
    """Where each letter goes."""
    from jieyue_cli.form.blank.naming import file_names

    if not kind.agencies:
        return iter([target] * len(letters))
    return (target / name for name in file_names((letter.name for letter in letters), f"-{kind.name}{_SUFFIX}"))


def _without(kind: Kind, letters: Sequence[Letter]) -> Iterator[Problem]:
    """Say of whom there is no letter: one message a reason."""
    from jieyue_cli.problems import Code
    from jieyue_cli.text.listing import abridged

    without = sorted((letter for letter in letters if letter.reason), key=lambda letter: letter.reason)
    for reason, group in groupby(without, lambda letter: letter.reason):
        names = [letter.name for letter in group]
        yield Code.LETTER_NONE.at(kind=kind.name, reason=reason, names=abridged(names, _MOST_NAMED, "个"))
