"""``jieyue feedback``: every form back to its agency, with comments at the cells and a sheet that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import interruption
from jieyue_cli.cli import options, running
from jieyue_cli.processes import default_jobs
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    import datetime as dt

    from jieyue_cli.assessment import Result
    from jieyue_cli.batch.run import Run
    from jieyue_cli.report.annotated.series import Sent, Target
    from jieyue_cli.report.findings import Findings


def feedback(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="文件夹|ZIP|文件…", readable=False, help="交回的表，或它们所在的文件夹、zip 压缩包。"),
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", readable=False, help="反馈写到哪个文件夹。")
    ],
    roster: Annotated[
        Path | None,
        typer.Option(metavar="文件", readable=False, help="名录：只用来核对单位名称，不影响得分。"),
    ] = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    limits: options.RaisedLimits = 1,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
    quiet: options.Quiet = False,
) -> None:
    """给每个单位做反馈：在交回的原表上批注，另附一张“核查反馈”表，原表其余内容一字不动。

    不能在原表上批注的（旧格式、有签名、读不了等），写一份反馈工作簿并说明原因。不会覆盖已有的文件，除非加 --force。
    """
    from jieyue_cli.report.annotated.series import Target

    day = options.now().date()
    standard, listed, _ = running.loaded(rubric, roster)
    target = Target(folder, running.inputs(places, roster), force)
    running.check_folder(folder, target.inputs)
    run = running.prepared(standard, places, limits, listed)
    running.refuse_nothing(run)
    findings = running.gathered(run, run.results(default_jobs()))
    sent = _sent(run, findings, target, day)
    code = _told(findings, sent, folder)
    raise typer.Exit(options.INTERRUPTED if interruption.asked() else code)


def _sent(run: Run, findings: Findings[Result], target: Target, day: dt.date) -> list[Sent]:
    """Write the feedback on every file; after Ctrl-C, no further one."""
    from jieyue_cli.report.annotated.making import Maker
    from jieyue_cli.report.annotated.series import answerable, send
    from jieyue_cli.report.ranking import rows

    forms = answerable(rows(findings))
    maker = Maker(run.assessor, day)
    outcomes = send(maker, forms, run.discovery.sources, target, run.limits.file_bytes)
    sent = list(running.each("批注", running.until_asked(outcomes), len(forms)))
    if interruption.asked() and len(sent) < len(forms):
        console.say(f"收到 {interruption.cause()}：还有 {len(forms) - len(sent)} 份没有做反馈。")
    return sent


def _told(findings: Findings[Result], sent: Sequence[Sent], folder: Path) -> int:
    """Say what was written and what was not; returns the exit code."""
    from jieyue_cli.problems import has_errors
    from jieyue_cli.report.annotated.series import WHY

    own = [problem for outcome in sent for problem in outcome.problems]
    unread = [problem for result in findings.results if result.self is None for problem in result.problems]
    options.summarise([*unread, *findings.problems, *own])
    written = [outcome for outcome in sent if outcome.written]
    apart = Counter(outcome.apart for outcome in written if outcome.apart)
    parts = []
    if annotated := len(written) - apart.total():
        parts.append(f"原表上批注 {annotated} 份")
    if apart:
        reasons = "，".join(f"{WHY[code]} {number} 份" for code, number in apart.items())
        parts.append(f"另写反馈工作簿 {apart.total()} 份（{reasons}）")
    if len(written) < len(sent):
        parts.append(f"没有写的 {len(sent) - len(written)} 份")
    details = f"：{'，'.join(parts)}" if parts else ""
    console.remark(f"写好反馈 {len(written)} 份（在 {folder} 中）{details}。")
    failed = any(result.failed for result in findings.results)
    return options.exit_code(failed, findings.problems, written=not has_errors(own))
