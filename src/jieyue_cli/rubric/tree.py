"""YAML text → plain nested data that remembers the line and column of every key and value.

A standard in a spreadsheet becomes such a ``Tree`` too (``spreadsheet``), with sheet and cell.

Built on PyYAML's event stream because its loaders lose marks, accept duplicate keys and turn ``1.10`` into a
float and ``2020-08-03`` into a date (docs/hazards.md, 32). Every scalar stays the text that was written. Anchors,
aliases and tags are refused: a standard needs none, and they are how small files become large ones.
"""

from __future__ import annotations

import contextlib
import re
from collections import ChainMap
from collections.abc import Sequence
from typing import NamedTuple, Never, TypeAlias

import msgspec
import yaml

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.text.decoding import unicode_of

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]  # the same interface

MAX_BYTES = 1 << 20
"""A rubric of a hundred pages is about 100 KB."""
MAX_DEPTH = 30

Node: TypeAlias = "str | list[Node] | dict[str, Node] | None"
"""Plain data as YAML writes it; every scalar is the text that was written, and a blank one is None."""
Path = tuple[str | int, ...]
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML forbids."""
_COMMENT = re.compile(r"\s+#(.+)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_KEY = re.compile("[a-z_]+")
_SENTENCE = "text"
"""The key of what is published word for word: a comment behind it is more likely a part of it."""
_FLAGS = frozenset({"bonus", "distinct", "evidence", "negative", "positive", "reverse"})
"""The keys of what is so or not."""
_SPELLINGS = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1"), "true"),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0"), "false"),
}
"""How the model lets a flag be written; all that reads plain data knows one word for each."""
_MOST_LINES = 12
_MOST_SHOWN = 20
_AGAIN = -1
"""Where the marks of a key's second value go, so that they do not displace those of its first."""


class Mark(NamedTuple):
    """Where a part stands, counted from 1."""

    line: int
    column: int
    file: str | None = None
    sheet: str | None = None
    """Of a spreadsheet, whose rows are the lines."""

    @property
    def location(self) -> Location:
        """The place of a problem: sheet and cell, or ``行:列``."""
        if self.sheet is None:
            return Location(file=self.file, cell=f"{self.line}:{self.column}")
        from jieyue_cli.workbook.cells import address

        return Location(file=self.file, sheet=self.sheet, cell=address(self.line, self.column))

    @property
    def spoken(self) -> str:
        """The place in a sentence."""
        return f"第 {self.line} 行" if self.sheet is None else f"{self.sheet}!{self.location.cell}"


_CELL = re.compile("([A-Z]*)([0-9]+):?([0-9]*)")
_WIDEST = len(str(MAX_BYTES))
"""Characters of the largest column of a text; those of a sheet have three letters at most."""


def position(place: Location) -> tuple[str, str, int, str]:
    """Where a place stands among others: by file, sheet, line and column."""
    found = _CELL.fullmatch(place.cell or "")
    letters, line, column = found.groups() if found else ("", "0", "")
    return place.file or "", place.sheet or "", int(line), (letters or column).rjust(_WIDEST)


class Tree(msgspec.Struct):
    """A YAML document as nested dict, list, str and None, with where each part stands."""

    data: Node = None
    file: str | None = None
    """What a person calls the document; None where there is only one."""
    marks: dict[Path, Mark] = msgspec.field(default_factory=dict)
    """Path of a value → where it stands."""
    keys: dict[Path, Mark] = msgspec.field(default_factory=dict)
    """Path of a mapping's entry → where its key stands."""
    problems: list[Problem] = msgspec.field(default_factory=list)

    def where(self, path: Path, *, key: bool = False) -> Location:
        """``行:列`` of the value (or the key) at ``path``, or of the nearest part around it that exists."""
        return self.where_mark(path, key=key).location

    def where_mark(self, path: Path, *, key: bool = False) -> Mark:
        """Like ``where``, with line and column as numbers."""
        marks = ChainMap(self.keys, self.marks) if key else self.marks
        while path and path not in marks:
            path = path[:-1]
        return marks.get(path, Mark(1, 1, self.file))


class _RefusedError(Exception):
    """The document cannot be built further; the problem is already noted."""


def parse(data: bytes, file: str | None = None) -> Tree:
    """Build the tree; ``tree.data`` is None when the text cannot be understood at all."""
    tree = Tree(file=file)
    if len(data) > MAX_BYTES:
        tree.problems.append(Code.RUBRIC_TOO_LARGE.at(Location(file=file), limit=MAX_BYTES // 1024))
        return tree
    text = unicode_of(data)
    if text is None:
        tree.problems.append(Code.RUBRIC_NOT_UTF8.at(Mark(_first_foreign_line(data), 1, file).location))
        return tree
    builder = _Builder(text, tree)
    try:
        tree.data = builder.document()
    except yaml.MarkedYAMLError as error:
        line, column, hint = _slip(text, error)
        syntax = Code.RUBRIC_SYNTAX.at(Mark(line, column, file).location, hint=hint)
        tree.problems += _too_deep(text, error, file) or [syntax]
    except yaml.reader.ReaderError:
        # libyaml counts bytes here and PyYAML characters: the character is looked for instead
        forbidden = _FORBIDDEN.search(text)
        before = text[: forbidden.start()] if forbidden else ""
        place = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"), file)
        tree.problems.append(Code.RUBRIC_SYNTAX.at(place.location, hint="有 YAML 不允许的控制字符"))
    except _RefusedError:
        tree.data = None
    if builder.commas:
        tree.problems.append(Code.RUBRIC_COMMA.at(builder.commas[0].location, lines=_lines(builder.commas)))
    return tree


def _first_foreign_line(data: bytes) -> int:
    """The line of the first byte that is not UTF-8; 1 where there is none."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 1


def _lines(marks: Sequence[Mark]) -> str:
    """The lines in which these stand, each once."""
    lines = list(dict.fromkeys(str(mark.line) for mark in marks))
    more = f" 等 {len(lines)} " if len(lines) > _MOST_LINES else " "
    return f"{'、'.join(lines[:_MOST_LINES])}{more}".rstrip()


def _too_deep(text: str, error: yaml.MarkedYAMLError, file: str | None) -> list[Problem]:
    """Return the problem of too deep nesting in the text before a syntax error, if it is there.

    libyaml scans up to 1024 characters ahead before it returns an event, and since 0.2.6 it fails at the thousandth
    bracket: with many brackets in one line it fails before ``_Builder`` sees the first of them.
    """
    mark = error.problem_mark or error.context_mark
    before = Tree(file=file)
    with contextlib.suppress(yaml.YAMLError, _RefusedError):
        _Builder(text[: mark.index if mark else 0], before).document()
    return [problem for problem in before.problems if problem.code is Code.RUBRIC_TOO_DEEP]


def _slip(text: str, error: yaml.MarkedYAMLError) -> tuple[int, int, str]:
    """Line, column and cure of a syntax error; a common slip is looked for in its line and the one before."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, 1, _CHECK
    for number in (mark.line, mark.line - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if "\t" in line:
            return number + 1, line.index("\t") + 1, "用了制表符缩进，请改为空格"
        if "：" in line and ":" not in line:
            return number + 1, line.index("：") + 1, "用了全角冒号“：”，请改为半角冒号加空格“: ”"
    line = lines[mark.line] if mark.line < len(lines) else ""
    if line[mark.column : mark.column + 1] == ":" and ": " in line[: mark.column]:
        return mark.line + 1, mark.column + 1, "文字里有半角冒号加空格“: ”，请给整段文字加双引号，或改用全角冒号“：”"
    opened = error.context_mark
    if opened and not "".join(lines[mark.line :])[mark.column :].strip():
        # what was opened is never closed: the end of the text tells nobody where
        return opened.line + 1, opened.column + 1, _CHECK
    return mark.line + 1, mark.column + 1, _CHECK


_CHECK = "请检查缩进、引号、括号是否成对，冒号后是否有空格"


class _Builder:
    """Walks the parser's events once."""

    def __init__(self, text: str, tree: Tree) -> None:
        self._events = iter(yaml.parse(text, Loader=Loader))
        self._text = text
        self._lines = text.split("\n")
        self._tree = tree
        self.commas: list[Mark] = []
        """Where a comma in text without quotes began another entry of a mapping in braces."""

    def document(self) -> Node:
        """Return the data of the only document."""
        next(self._events)  # stream start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._tree.problems.append(Code.RUBRIC_EMPTY.at(Location(file=self._tree.file)))
            raise _RefusedError
        data = self._value(next(self._events), ())
        next(self._events)  # document end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse(Code.RUBRIC_SEVERAL_DOCUMENTS, after)
        return data

    def _value(self, event: yaml.Event, path: Path) -> Node:
        if isinstance(event, yaml.NodeEvent) and (isinstance(event, yaml.AliasEvent) or event.anchor):
            self._refuse(Code.RUBRIC_ANCHOR, event)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self._refuse(Code.RUBRIC_TAG, event)
        if len(path) > MAX_DEPTH:
            self._refuse(Code.RUBRIC_TOO_DEEP, event)
        self._tree.marks[path] = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            self._comment(event, path)
            empty = event.implicit[0] and event.value in {"", "~", "null"}
            return None if empty else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path, braces=bool(getattr(event, "flow_style", False)))

    def _comment(self, event: yaml.ScalarEvent, path: Path) -> None:
        """Warn where what stands behind Chinese text without quotes is taken for a comment, but looks like text too."""
        end = event.end_mark
        if event.style or end is None or end.line >= len(self._lines):
            return
        comment = _COMMENT.match(self._lines[end.line], end.column)
        if not comment or not _CHINESE.search(comment[1]) or (event.value and not _CHINESE.search(event.value)):
            return
        if path[-1:] == (_SENTENCE,) or not comment[1][0].isspace():
            place = Mark(end.line + 1, comment.start(1), self._tree.file).location
            self._tree.problems.append(Code.RUBRIC_COMMENT.at(place, lost=comment[1].rstrip()[:_MOST_SHOWN]))

    def _sequence(self, path: Path) -> list[Node]:
        values: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path, *, braces: bool) -> dict[str, Node]:
        values: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(Code.RUBRIC_KEY, event)
            key, value = str(event.value), next(self._events)
            inner = (*path, key)
            if braces and not _KEY.fullmatch(key) and ":" not in self._between(event, value):
                self.commas.append(self._mark(event))
                continue
            if key in values:
                self._value(value, (*path, key, _AGAIN))
                first = self._tree.keys[inner].line
                place = self._mark(event).location
                self._tree.problems.append(Code.RUBRIC_DUPLICATE_KEY.at(place, key=key, first=first))
                continue
            self._tree.keys[inner] = self._mark(event)
            values[key] = _flag(read) if isinstance(read := self._value(value, inner), str) and key in _FLAGS else read
        return values

    def _between(self, key: yaml.Event, value: yaml.Event) -> str:
        """What stands between a key and its value: a colon, but for a key that stands alone in braces."""
        end, start = key.end_mark, value.start_mark
        assert end is not None and start is not None, "a parser marks every event"  # noqa: S101, PT018 -- as below
        return self._text[end.index : start.index]

    def _refuse(self, code: Code, event: yaml.Event) -> Never:
        self._tree.problems.append(code.at(self._mark(event).location))
        raise _RefusedError

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None, "a parser marks every event"  # noqa: S101 -- the library's promise
        return Mark(start.line + 1, start.column + 1, self._tree.file)


def _flag(written: str) -> str:
    return _SPELLINGS.get(written.lower(), written)
