"""``jieyue doctor``: whether the program and this computer are fit for the work, and how to mend what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from jieyue_cli import __version__
from jieyue_cli.cli import options
from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jieyue_cli.doctor.finding import Finding

_STATE, _NAME = 8, 12
"""Cells of the first two columns."""
_LEAST = 20
"""Cells of the last one; a terminal narrower than all three breaks the lines itself."""
_CURE = "怎么办："


def doctor() -> None:
    """检查程序和这台电脑：文件、编码、文件夹、时钟、字体、表格软件等，并说怎么办。"""
    from jieyue_cli.doctor.checks import CHECKS
    from jieyue_cli.doctor.finding import State, examine
    from jieyue_cli.doctor.installation import system

    console.spell(f"jieyue {__version__}，{system()}\n")
    states = []
    for check in CHECKS:
        finding = examine(check)
        states.append(finding.state)
        console.spell("\n".join(_lines(check.name, finding)))
    console.spell(f"\n{_summary([states.count(state) for state in (State.WRONG, State.REMARK)])}")
    raise typer.Exit(options.INPUT_ERRORS if State.WRONG in states else 0)


def _lines(name: str, finding: Finding) -> Iterator[str]:
    """A row of the table, and below it what to do."""
    head = _filled(finding.state.value, _STATE) + _filled(name, _NAME)
    width = max(_LEAST, min(console.columns(), console.PIPED_WIDTH) - _STATE - _NAME)
    for text in (finding.seen, _CURE + finding.cure if finding.cure else ""):
        for line in _broken(text, width) if text else ():
            yield (head + line).rstrip()
            head = " " * (_STATE + _NAME)


def _filled(text: str, width: int) -> str:
    from jieyue_cli.text.typesetting import cells

    return text + " " * (width - cells(text))


def _broken(text: str, width: int) -> Iterator[str]:
    from itertools import pairwise

    from jieyue_cli.text.cleaning import clean
    from jieyue_cli.text.typesetting import line_starts

    text = clean(text)
    for start, end in pairwise((0, *line_starts(text, width), len(text))):
        yield text[start:end].strip()


def _summary(counts: Sequence[int]) -> str:
    wrong, remarks = counts
    if not wrong and not remarks:
        return "都好，可以使用。"
    told = "，".join(f"{word} {count} 项" for word, count in (("有问题", wrong), ("留意", remarks)) if count)
    return f"{told}。按“怎么办”仍解决不了的，请把以上各行发给程序的维护者。"
