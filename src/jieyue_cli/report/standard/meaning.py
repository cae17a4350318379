"""A standard in sentences, on a console and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from jieyue_cli.report.console.look import Page, Prose, hanging
from jieyue_cli.rubric.meaning.parts import Passage
from jieyue_cli.rubric.meaning.whole import passages
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.markdown import escaped

_INDENT, _DEEPEST = 2, 4


def meaning_view(rubric: Rubric) -> RenderableType:
    """Part by part: its words as published, and below them what the program does."""
    head = Text(f"{rubric.title}（{rubric.mark}）", "bold")
    return Page(Prose(head), *(line for passage in passages(rubric) for line in _lines(passage)), Text(""))


def _lines(passage: Passage) -> Iterator[RenderableType]:
    if passage.depth <= 1:
        yield Text("")
    margin = (0, 0, 0, _INDENT * min(passage.depth, _DEEPEST))
    yield Padding(Prose(Text(headed(passage), "bold" if passage.depth <= 1 else "")), margin)
    yield from (Padding(hanging("-", _INDENT, Text(sentence)), margin) for sentence in passage.sentences)


def headed(passage: Passage) -> str:
    """``2.2.3 制定…，最高得5分。（5 分）``."""
    points = f"（{passage.points} 分）" if passage.points else ""
    return f"{passage.id} {passage.text}{points}".strip()


def render(rubric: Rubric) -> bytes:
    """A heading for each unit and item, and lists."""
    lines = [f"# {escaped(f'{rubric.title}（{rubric.mark}）')}\n"]
    for passage in passages(rubric):
        if passage.depth <= 1:
            lines.append(f"\n{'##' if passage.depth == 0 else '###'} {escaped(headed(passage))}\n\n")
        else:
            lines.append(f"\n**{escaped(headed(passage))}**\n\n")
        lines += [f"- {escaped(sentence)}\n" for sentence in passage.sentences]
    return "".join(lines).encode()
