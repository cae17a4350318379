"""``jieyue evidence``: what evidence lies beside the forms, whose and for what, and what of it is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli.cli import options, running
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.formats import TEXT, Format

if TYPE_CHECKING:
    from jieyue_cli.batch.run import Run
    from jieyue_cli.files.source import Source
    from jieyue_cli.office.evidence.model import File
    from jieyue_cli.problems import Problem


def evidence(
    places: running.Places,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    roster: running.RosterFile = None,
    year: running.Year = None,
    jobs: running.Jobs = None,
    format: Annotated[Format, options.format_option("evidence")] = TEXT,
    quiet: options.Quiet = False,
    limits: options.RaisedLimits = 1,
    output: Annotated[list[Path] | None, options.output_option("evidence", "各机关、各文件和各项发现的工作簿")] = None,
) -> None:
    """核对自评表旁边的佐证材料：哪条得分没有佐证，引用的文件在不在，哪些文件没有引用。

    只看文件名、大小和内容是否相同，不打开佐证材料；去掉没有佐证的得分后重算总分。
    """
    from jieyue_cli.office.evidence.review import review_of
    from jieyue_cli.problems import by_weight
    from jieyue_cli.report.office.evidence import report

    standard, entries, _ = running.loaded(rubric, roster)
    planned = options.plan("evidence", output or [], running.inputs(places, roster), format)
    run = running.prepared(standard, places, limits, entries, year=year, others=True)
    if planned and not run.discovery.others:
        running.refuse_nothing(run)
    results = sorted(running.counted(run, run.results(jobs or default_jobs())), key=lambda result: result.file)
    files, problems = _digested(run, limits)
    running.refuse_part(run, "核对佐证材料")
    account = running.account(run)
    review = review_of(run, account, results, files)
    found = by_weight([*review.problems, *problems])
    failed = running.told(results, [*account.problems, *found])
    written = options.deliver(report(standard, review, found), format, planned)
    raise typer.Exit(options.exit_code(failed, written=written))


def _digested(run: Run, limits: int) -> tuple[list[File], list[Problem]]:
    """Every file beside the forms with its size and digest, until Ctrl-C; and what could not be read."""
    from jieyue_cli.files.digest import MOST_BYTES, Digester
    from jieyue_cli.office.evidence.model import File
    from jieyue_cli.office.evidence.spelling import leads_outside
    from jieyue_cli.problems import Code

    digester, files, problems = Digester(MOST_BYTES * limits), [], []
    sources = run.beside()
    for source in running.each("比对文件", running.until_asked(sources), len(sources), "个"):
        inside = _inside(source)
        if inside.startswith("/") or leads_outside(inside):
            problems.append(Code.EVIDENCE_OUTSIDE.at(cited=inside).inside(source.name))
            continue
        size, sha256, problem = digester.digest(source)
        problems += [problem.inside(source.name)] if problem else []
        if problem is None or problem.code is Code.EVIDENCE_UNREAD:
            files.append(File(source.name, size, sha256))
    return files, problems


def _inside(source: Source) -> str:
    """The name of a member in its archive; nothing for a file on the disk, whose path the system gave."""
    return source.name.removeprefix(f"{source.member.archive.as_posix()}/") if source.member else ""
