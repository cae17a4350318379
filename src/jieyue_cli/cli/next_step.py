"""``jieyue`` alone: what lies in the current folder, and what comes next."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.guidance.sight import Sight, Thing

_MOST_SHOWN = 8


def next_step(*, dropping: bool) -> int:
    """Say it on stdout; ``dropping`` adds that files may be dropped on the program."""
    from jieyue_cli import clock
    from jieyue_cli.guidance.advice import advise
    from jieyue_cli.guidance.looking import look

    sight = look(Path(), math.inf if clock.PINNED in os.environ else None)  # a pinned run depends on no clock
    advice = advise(sight, _year())
    lines = [*_seen(sight), advice.where, "", "接下来："]
    for step in advice.steps:
        lines += [f"  {step.why}", f"    {step.line}"]
    lines += ["", "全部命令：jieyue --help；某个命令怎么用：jieyue 命令 --help。"]
    if dropping:
        lines.append("也可以把交回的表、整个文件夹或压缩包拖到本程序的图标上，直接看结果。")
    console.spell("\n".join(lines))
    return 0


def _seen(sight: Sight) -> list[str]:
    """What lies here, a line each, and a blank line; nothing where nothing is known."""
    from jieyue_cli.guidance.looking import GUIDE
    from jieyue_cli.guidance.sight import Kind

    if not sight.readable:
        return ["当前文件夹打不开，看不到里面有什么。", ""]
    shown = [thing for thing in sight.things if thing.kind is not Kind.REPORT]
    lines = [f"  {_entry(thing)}" for thing in shown[:_MOST_SHOWN]]
    if more := len(shown[_MOST_SHOWN:]):
        lines.append(f"  …… 另有 {more} 项")
    if reports := len(sight.things) - len(shown):
        lines.append(f"  {Kind.REPORT.value}　{reports} 份")
    if GUIDE in sight.names:
        lines.append(f"  {GUIDE}　示例市依次可以试的命令都写在里面")
    if lines:
        lines = ["当前文件夹里看起来有：", *lines]
    if sight.cut:
        lines.append("（这里的文件很多，或打开很慢，只看了一部分。）")
    return [*lines, ""] if lines else []


def _entry(thing: Thing) -> str:
    years = "、".join(map(str, thing.years))
    return f"{thing.name}　{thing.kind.value}" + (f"（{years} 年）" if years else "")


def _year() -> int | None:
    from jieyue_cli import clock

    try:
        return clock.now().year
    except ValueError:  # what pins the time is no time; forms are then made without a year
        return None
