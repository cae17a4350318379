"""A rubric's YAML or spreadsheet → ``Rubric``, with every fault at its line or cell and all of them at once."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from jieyue_cli.files.reaching import reachable
from jieyue_cli.files.source import why_not
from jieyue_cli.problems import Code, Location, Problem, Severity
from jieyue_cli.rubric import soundness
from jieyue_cli.rubric.catalogue import DEFAULT, shipped
from jieyue_cli.rubric.defaults import completed
from jieyue_cli.rubric.faults import is_echo, translated, unsound
from jieyue_cli.rubric.inheritance import inherited
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.tree import MAX_BYTES, Node, Tree, parse, position

_SUFFIXES = {".yaml", ".yml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_WORKBOOKS = (b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin."""
_MOST_OF_WORKBOOK = 4 << 20
"""A standard of 600 sentences in a spreadsheet is about 50 KB; a seal or a logo in it may be larger."""
_MOST_GUESSES = 500
"""Faults for which the word that was meant is sought; a file with more is no standard."""


def find(name: str) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Load the rubric called ``name``: a shipped one's name, or the path of a YAML file or a spreadsheet."""
    path, problems = _path(name)
    if path is None:
        return None, problems
    return _as_shipped(*load(path)) if name in shipped() else load(path)


class Whole(NamedTuple):
    """A standard as it was written, with all that it extends, and what it is built to."""

    data: dict[str, Node]
    rubric: Rubric

    def said_by(self, text: bytes) -> bool:
        """Whether ``text`` is the same standard, in whatever form."""
        return build(text)[0] == self.rubric


def whole(name: str) -> tuple[Whole | None, tuple[Problem, ...]]:
    """The rubric called ``name``, to be written in another form; None where it does not hold."""
    path, problems = _path(name)
    if path is None:
        return None, problems
    data, problems = _read(path)
    if data is None:
        return None, problems
    tree = _tree(data, str(path))
    rubric, problems = _built(tree)
    return (Whole(tree.data, rubric) if rubric and isinstance(tree.data, dict) else None), problems


def _path(name: str) -> tuple[Path | None, tuple[Problem, ...]]:
    """The file that ``name`` means."""
    known = shipped()
    if name in known:
        return known[name], ()
    path = Path(name)
    if path.suffix.lower() in _SUFFIXES or os.path.exists(reachable(path)):  # noqa: PTH110 -- pathlib raises for some names
        return path, ()
    if DEFAULT not in known:
        return None, (Code.RUBRIC_LOST.at(),)
    return None, (Code.RUBRIC_UNKNOWN.at(name=name, known="、".join(known)),)


def _as_shipped(rubric: Rubric | None, problems: tuple[Problem, ...]) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """What was loaded; nobody has to mend a standard that came with the program line by line."""
    if rubric:
        return rubric, problems
    first = problems[0]
    place = " ".join(filter(None, (first.location.cell, first.message.rstrip("。"))))
    return None, (Code.RUBRIC_SPOILT.at(detail=place).inside(first.location.file or ""),)


def load(path: Path) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Read the rubric at ``path``; None with at least one error where it does not hold."""
    data, problems = _read(path)
    return (None, problems) if data is None else build(data, str(path))


def _read(path: Path) -> tuple[bytes | None, tuple[Problem, ...]]:
    try:
        return _bytes(path), ()
    except OSError as error:
        folder = os.path.isdir(reachable(path))  # noqa: PTH112 -- pathlib raises for a name that no file can have
        code = why_not(error)
        if isinstance(error, _NotAFileError):
            code = Code.RUBRIC_FOLDER if folder else Code.FILE_NOT_REGULAR
        return None, (code.at().inside(str(path)),)


class _NotAFileError(OSError):
    """A folder, or a pipe, whose reader would wait for ever."""


def build(data: bytes, name: str | None = None) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Build a rubric from the bytes of YAML or of a workbook; the problems tell the place, with the name of the file.

    The cell of a place in YAML is ``行:列``.
    """
    return _built(_tree(data, name))


def _tree(data: bytes, name: str | None) -> Tree:
    """The plain data of a rubric, laid over what it extends."""
    return inherited(_parsed(data, name), _parent, _parsed)


def _parsed(data: bytes, name: str | None) -> Tree:
    if not data.startswith(_WORKBOOKS):
        return parse(data, name)
    from jieyue_cli.rubric.spreadsheet.reader import read

    return read(data, name)


def _built(tree: Tree) -> tuple[Rubric | None, tuple[Problem, ...]]:
    if tree.data is None:
        return None, tuple(tree.problems) or (Code.RUBRIC_EMPTY.at(Location(file=tree.file)),)
    complete = completed(tree.data)
    rubric, found = None, list[Problem]()
    try:
        rubric = Rubric.model_validate(complete)
    except ValidationError as error:
        faults = [details for details in error.errors(include_url=False) if not is_echo(details)]
        found += [translated(tree, details, guess=index < _MOST_GUESSES) for index, details in enumerate(faults)]
    found += [unsound(tree, flaw) for flaw in soundness.flaws(tree.data, complete)]
    # what could not be read in a place is not missing there
    told = {problem.location for problem in tree.problems if problem.severity is Severity.ERROR}
    problems = [*tree.problems, *(problem for problem in found if problem.location not in told)]
    problems = list(dict.fromkeys(sorted(problems, key=lambda problem: position(problem.location))))
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if broken else rubric), tuple(problems)


def _parent(written: str, inside: str | None) -> tuple[str, bytes | None]:
    """The standard that ``extends`` names: a shipped one, or a path beside the file that names it."""
    known = shipped()
    path = known[written] if written in known else Path(inside or "").parent / written
    try:
        return os.path.normpath(path), _bytes(path)
    except (OSError, ValueError):
        return written, None


def _bytes(path: Path) -> bytes:
    """The file, or as many of its bytes as show that it is too large."""
    place = reachable(path)
    if not stat.S_ISREG(place.stat().st_mode):
        raise _NotAFileError
    with place.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
        return data + file.read(_MOST_OF_WORKBOOK - MAX_BYTES) if data.startswith(_WORKBOOKS) else data
