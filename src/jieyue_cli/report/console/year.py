"""The year's dates and the progress in parts on the console."""

from __future__ import annotations

import datetime as dt

from rich.console import RenderableType

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.calendar import called, day, kept, left
from jieyue_cli.report.console.look import Prose, columns, headless, section, table
from jieyue_cli.report.groups import HEADS, cells, groupings

_MOST_NAMES = 10


def dates(progress: Progress, today: dt.date | None) -> list[RenderableType]:
    """Until when each step is due, how many days are left, and who did not keep it."""
    if not progress.calendar:
        return []
    grid = headless()
    for _ in ("step", "day"):
        grid.add_column(no_wrap=True)
    grid.add_column()
    for due in progress.calendar:
        told = "；".join(filter(None, (left(due, today), kept(due, _MOST_NAMES))))
        grid.add_row(called(due), day(due), Prose(told))
    return [section("时间安排", grid)]


def grouped(progress: Progress) -> list[RenderableType]:
    """One table a grouping."""
    made: list[RenderableType] = []
    for heading, parts in groupings(progress):
        grid = table(gap=2)
        grid.add_column(heading)
        columns(grid, *HEADS, right=True)
        for part in parts:
            name, *numbers = cells(part)
            grid.add_row(Prose(name), *numbers)
        made.append(section(f"按{heading}的进度", grid))
    return made
