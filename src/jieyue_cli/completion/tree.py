"""What can be typed after ``jieyue``: values only, the same for every shell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Values(NamedTuple):
    """What may stand at a place."""

    words: tuple[str, ...] = ()
    files: bool = False
    """Whether names of files and folders may stand there too."""


class Option(NamedTuple):
    """One option of a command."""

    names: tuple[str, ...]
    help: str
    values: Values | None
    """None where nothing follows it."""


class Node(NamedTuple):
    """The program, a group of commands, or a command."""

    path: str
    """Its words after ``jieyue``, with blanks between them; empty for the program."""
    help: str
    options: tuple[Option, ...]
    commands: tuple[tuple[str, str], ...]
    """Names of what stands below it, and their help."""
    arguments: Values

    @property
    def described(self) -> tuple[tuple[str, str], ...]:
        """Its options by every name, with their help."""
        return tuple((name, option.help) for option in self.options for name in option.names)


def placed(nodes: Sequence[Node]) -> Iterator[tuple[str, Option, Values]]:
    """Every option that something follows, with the path of its command."""
    for node in nodes:
        for option in node.options:
            if option.values is not None:
                yield node.path, option, option.values
