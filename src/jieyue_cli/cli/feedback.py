"""``jieyue feedback``: every form back to its agency, with comments at the cells and a sheet that sums them up."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli import console
from jieyue_cli.cli import options, running
from jieyue_cli.processes import default_jobs

if TYPE_CHECKING:
    from jieyue_cli.batch.run import Run
    from jieyue_cli.files.source import Source
    from jieyue_cli.problems import Code, Problem
    from jieyue_cli.report.annotated.making import Made
    from jieyue_cli.report.ranking import FileRow


def feedback(
    places: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件夹|ZIP|文件…", readable=False, help="交回的表，或它们所在的文件夹、zip 压缩包。"
        ),
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", readable=False, help="反馈写到哪个文件夹。")
    ],
    roster: running.RosterFile = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    jobs: running.Jobs = None,
    limits: options.RaisedLimits = 1,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """给每个单位做反馈：在交回的原表上批注，并附一张“核查反馈”表，原表其余内容一字不动。

    不能在原表上批注的（旧格式、加密、有签名等），另写一份反馈工作簿并说明原因。不会覆盖已有的文件，除非加 --force。
    """
    from jieyue_cli.problems import Code

    running.ready_workers()
    standard = options.load_rubric(rubric)
    listed = options.load_roster(roster, standard) if roster else None
    _check(folder, [*places, *([roster] if roster else [])])
    run = running.prepared(standard, places, limits, listed)
    if run.discovery.empty:
        options.stop([*(run.discovery.problems or [Code.NO_WORKBOOKS.at()]), Code.OUTPUT_KEPT.at()])
    with running.ended_by_ctrl_c(run):
        findings = running.gathered(run, run.results(jobs or default_jobs()))
    ...
