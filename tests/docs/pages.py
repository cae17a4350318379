"""The pages of the documentation, and what stands in them as code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "examples").glob("*.md"),
    ]
)
"""All but the changelog, which tells of programs that were."""
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_PLACEHOLDER = re.compile(r"[…\[\]|]|\.\.\.|\b[A-Z]{1,}\b")
_CALL = re.compile(r"(?:^|[\s&;/\\])(?:jieyue|python3? -m jieyue_cli)(?:\.exe)?(?= |$)(?P<rest>[^&;#>]*)")


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    page: Path
    line: int
    """Where its fence stands, from 0."""
    language: str
    lines: tuple[str, ...]
    mark: str
    """The comment just before it."""

    def __str__(self) -> str:
        return f"{name(self.page)}:{self.line + 1}"


@dataclass(frozen=True)
class Written:
    """A call of ``jieyue`` as it is written in prose or in a block."""

    place: str
    text: str
    """Without the program's name."""

    @property
    def words(self) -> list[str]:
        """Its words, a placeholder's marks taken off."""
        return [word for word in shlex.split(re.sub(r"[\[\]|]|\.\.\.", " ", self.text.replace("\\", "/"))) if word]

    @property
    def exact(self) -> bool:
        """Whether it could be typed as it stands."""
        return not _PLACEHOLDER.search(self.text)


def name(page: Path) -> str:
    """From the root."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    mark = ""
    for token in _MARKDOWN.parse(page.read_text("utf-8")):
        if token.type == "fence" and token.map:
            yield Block(page, token.map[0], token.info.strip(), tuple(token.content.splitlines()), mark)
        if token.nesting == 0:
            mark = token.content.strip() if token.type == "html_block" else ""


def quoted(page: Path) -> Iterator[tuple[str, str]]:
    """What stands in backticks, with its place."""
    for token in _MARKDOWN.parse(page.read_text("utf-8")):
        for child in token.children or []:
            if child.type == "code_inline" and token.map:
                yield f"{name(page)}:{token.map[0] + 1}", child.content.replace("\n", " ")


def code(page: Path) -> Iterator[tuple[str, str]]:
    """Everything that a reader may type: what stands in backticks, and the lines of blocks for a shell."""
    yield from quoted(page)
    for block in blocks(page):
        if block.language in {"sh", "bat", "console"}:
            yield from ((str(block), line.removeprefix("$ ")) for line in block.lines)


def calls(page: Path) -> Iterator[Written]:
    """The calls of ``jieyue`` on a page that are not run as blocks of ``console``."""
    for place, text in quoted(page):
        if match := re.match(r"(?:[\w.\\/]*[\\/])?jieyue(?:\.exe)?(?= |$)(?P<rest>.*)", text):
            yield Written(place, match["rest"].strip())
    for block in blocks(page):
        if block.language in {"sh", "bat"}:
            for line in block.lines:
                yield from (Written(str(block), match["rest"].strip()) for match in _CALL.finditer(line))
