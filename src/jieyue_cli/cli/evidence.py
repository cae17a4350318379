"""``jieyue evidence``: what evidence lies beside the forms, whose and for what, and what of it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import console
from jieyue_cli.cli import options, running
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.formats import TEXT, Format

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run
    from jieyue_cli.files.source import Source
    from jieyue_cli.office.evidence.model import File, Form, Review
    from jieyue_cli.problems import Problem
    from jieyue_cli.report.findings import Findings


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
    from jieyue_cli.problems import Code, by_weight
    from jieyue_cli.report.office.evidence import evidence_report

    running.ready_workers()
    standard = options.load_rubric(rubric)
    entries = options.load_roster(roster, standard) if roster else None
    planned = options.plan("evidence", output or [], [*places, *([roster] if roster else [])], format)
    run = running.prepared(standard, places, limits, entries, year=year, others=True)
    if planned and run.discovery.empty and not run.discovery.others:
        options.stop([*(run.discovery.problems or [Code.NO_WORKBOOKS.at()]), Code.OUTPUT_KEPT.at()])
    with running.ended_by_ctrl_c(run):
        findings = running.gathered(run, run.results(jobs or default_jobs()))
        files, problems = _digested(run, limits)
    if run.interrupted:
        console.say("表没有读完，所以没有核对佐证材料。")
        raise typer.Exit(options.INTERRUPTED)
    review = _reviewed(run, findings, files)
    found = by_weight([*review.problems, *problems])
    read = [*(problem for result in findings.results for problem in result.problems), *findings.problems]
    options.summarise([*read, *found])
    written = options.deliver(evidence_report(standard, review, found), format, planned)
    failed = any(result.failed for result in findings.results)
    raise typer.Exit(options.exit_code(failed, [*findings.problems, *found], written=written))


def _digested(run: Run, limits: int) -> tuple[list[File], list[Problem]]:
    """Every file beside the forms with its size and digest, until Ctrl-C; and what could not be read."""
    from jieyue_cli.files.digest import MOST_BYTES, Digester
    from jieyue_cli.office.evidence.model import File
    from jieyue_cli.office.evidence.spelling import leads_outside
    from jieyue_cli.problems import Code

    digester, files, problems = Digester(MOST_BYTES * limits), [], []
    sources = [] if run.interrupted else run.beside()
    with console.counting("比对文件", len(sources)) as advance:
        for source in sources:
            if run.interrupted:
                break
            advance()
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


def _reviewed(run: Run, findings: Findings[Result], files: Sequence[File]) -> Review:
    """What the files amount to for the agencies whose form of the year counts."""
    from jieyue_cli.agencies.roster import key
    from jieyue_cli.office.evidence.examine import examine
    from jieyue_cli.office.evidence.owners import Owners

    year = findings.progress.year if findings.progress else None
    outcomes = sorted(run.tally.outcomes, key=lambda form: form.file)
    names = {run.owners.get(form.key, form.key): form.name for form in reversed(outcomes)}
    offices: dict[str, list[str]] = {}
    for entry in run.roster.entries if run.roster else ():
        names[key(entry.name)] = entry.name
        offices[key(entry.name)] = [key(other) for other in entry.together]
    owners = Owners(run.discovery.places, run.names(), outcomes, run.owners, offices, year)
    forms = {form.key: form for form in _forms(run, findings, names, year)}
    standings = findings.account.standings if findings.account else ()
    ordered = [forms[own] for standing in standings if (own := key(standing.name)) in forms]
    return examine(run.rubric, year, ordered, files, owners, names)


def _forms(run: Run, findings: Findings[Result], names: dict[str, str], year: int | None) -> list[Form]:
    """The forms of the year that stand for their agencies, whether or not they can be decided already."""
    from jieyue_cli.agencies.remarks import Reason
    from jieyue_cli.agencies.roster import key
    from jieyue_cli.office.evidence.model import Form

    forms = []
    for result in findings.results:
        agency = result.agency
        if result.submission and result.self and agency and agency.name and agency.year == year:
            own = run.owners.get(key(agency.name), key(agency.name))
            if findings.account and findings.account.remark(result.file).reason in {None, Reason.UNDETERMINED}:
                forms.append(Form(own, names[own], agency.category, result.file, result.submission, result.self))
    return forms
