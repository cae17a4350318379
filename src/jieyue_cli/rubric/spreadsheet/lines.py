"""``名称：值``: the lines of a cell, and what they quote because their own signs could be taken for something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jieyue_cli.text.folding import label

LONGEST = 4_000
"""Characters of a line that is looked at; two sentences of the longest kind have 1,000."""
_QUOTED = re.compile("“((?:[^”]|””)*)”")
_NAME_QUOTED = re.compile(r"“((?:[^”]|””)*)”\s*[：:]\s*")
_VALUE_QUOTED = re.compile(r"\s*[：:]\s*(“(?:[^”]|””)*”)$")


def quoted(text: str) -> str:
    """A text in quotation marks, for what could be taken for something else."""
    return f"“{text.replace('”', '””')}”"


def unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it."""
    found = _QUOTED.fullmatch(text) if len(text) <= LONGEST else None
    return found[1].replace("””", "”") if found else text


def pair(line: str) -> tuple[str, str] | None:
    """``名称：值``, parted at the last colon outside of quotation marks; None where there is no colon."""
    line = line.strip()
    if len(line) > LONGEST:
        return None
    if found := _NAME_QUOTED.match(line):
        return found[1].replace("””", "”"), unquoted(line[found.end() :])
    if found := _VALUE_QUOTED.search(line):
        return line[: found.start()], unquoted(found[1])
    name, colon, value = line.rpartition("：" if "：" in line else ":")
    return (name.strip(), value.strip()) if colon and name.strip() else None


def paired(name: str, value: str) -> str:
    """The line that ``pair`` parts into these two."""
    return safe(pair, (name, value), *pairs(name, value))


def term(line: str) -> tuple[str, str]:
    """``名称：值`` where the name is one of a few words, parted at the first colon; the name is folded."""
    name, _, value = line.partition("：" if "：" in line else ":")
    return label(name), value.strip()


def pairs(name: str, value: str) -> tuple[str, ...]:
    """Every way to write a line, the plainest first."""
    return (
        f"{name}：{value}",
        f"{quoted(name)}：{value}",
        f"{name}：{quoted(value)}",
        f"{quoted(name)}：{quoted(value)}",
    )


def safe(read: Callable[[str], object], meant: object, *texts: str) -> str:
    """The first of these texts that is read as what is meant; the last is always."""
    return next((text for text in texts if read(text) == meant), texts[-1])


def lines_of(text: str) -> Iterator[str]:
    """The lines of a cell that say something."""
    return (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip())
