"""``extends``: a standard that states only its differences from another one, laid over that other one.

Parts that have an ``id`` are laid over the part with the same id; other lists and plain values are replaced; ``~``
takes a value away. ``remove: true`` takes a part away, ``after: id`` says where a new part stands. Every part keeps
the file, line and column it comes from.
"""

from __future__ import annotations

from collections.abc import Callable

from jieyue_cli.problems import Code
from jieyue_cli.rubric.tree import Node, Path, Tree

MOST_LEVELS = 8

Find = Callable[[str, str | None], tuple[str, bytes | None]]
"""A written name and the file that it is written in → the file it names, and its bytes; None where there is none."""

ONLY_HERE = ("remove", "after")
"""Keys that a part may have only in a standard that extends another."""

_Entry = dict[str, Node]
_Key = str | tuple[str, int]
_Sources = tuple[int | None, int | None]
"""Index of a part in the base's list and in the list laid over it; None where it is not there."""


def inherited(tree: Tree, find: Find, parse: Callable[[bytes, str], Tree], above: tuple[str, ...] = ()) -> Tree:
    """Lay ``tree`` over what it extends; ``problems`` tells where that cannot be had, and then ``data`` is None."""
    if not isinstance(tree.data, dict) or "extends" not in tree.data:
        return tree
    written, place = tree.data["extends"], tree.where(("extends",))
    if not isinstance(written, str):
        tree.problems.append(Code.RUBRIC_EXTENDS_MISSING.at(place, name=""))
        return _refused(tree)
    name, data = find(written, tree.file)
    if name in above or name == tree.file:
        tree.problems.append(Code.RUBRIC_EXTENDS_CIRCULAR.at(place, name=written))
        return _refused(tree)
    if len(above) >= MOST_LEVELS:
        tree.problems.append(Code.RUBRIC_EXTENDS_DEEP.at(place, most=MOST_LEVELS))
        return _refused(tree)
    if data is None:
        tree.problems.append(Code.RUBRIC_EXTENDS_MISSING.at(place, name=written[:40]))
        return _refused(tree)
    base = inherited(parse(data, name), find, parse, (*above, tree.file or ""))
    tree.problems += base.problems
    if not isinstance(base.data, dict):
        tree.problems.append(Code.RUBRIC_EXTENDS_BROKEN.at(place, name=written))
        return _refused(tree)
    return _Overlay(base, tree).whole()


def _refused(tree: Tree) -> Tree:
    tree.data = None
    return tree


class _Overlay:
    """One tree laid over another, with the marks of both."""

    def __init__(self, base: Tree, over: Tree) -> None:
        self.base = base
        self.over = over
        self.made = Tree(file=over.file, problems=over.problems)

    def whole(self) -> Tree:
        """Lay the documents over each other."""
        data = self._both(self.base.data, self.over.data, (), (), ())
        if isinstance(data, dict):
            data.pop("extends", None)
            if isinstance(targets := data.get("targets"), dict):
                data["targets"] = dict(sorted(targets.items()))
        self.made.data = data
        return self.made

    def _both(self, below: Node, above: Node, base: Path, over: Path, made: Path) -> Node:
        if isinstance(below, dict) and isinstance(above, dict) and not self._other_kind(below, above):
            self.made.marks[made] = self.over.where_mark(over)
            return self._mapping(below, above, base, over, made)
        old, new = _with_ids(below), _with_ids(above)
        if old is not None and new is not None:
            self.made.marks[made] = self.over.where_mark(over)
            return self._entries(old, new, base, over, made)
        return self._copy(self.over, above, over, made)

    def _other_kind(self, below: _Entry, above: _Entry) -> bool:
        """Whether a rule of one kind takes the place of a rule of another: nothing of the old one is left.

        So it is where an input takes the place of a value that is asked for, or the other way round.
        """
        other = ("input" in above) != ("input" in below) and not above.keys() - {"input", "name", "value"}
        return other or ("kind" in above and above["kind"] != below.get("kind", "all_or_nothing"))

    def _mapping(self, below: _Entry, above: _Entry, base: Path, over: Path, made: Path) -> Node:
        values: _Entry = {}
        for key in (*below, *(key for key in above if key not in below)):
            if key in above and above[key] is None and key in below:
                continue
            if key in above:
                self.made.keys[(*made, key)] = self.over.keys[(*over, key)]
            else:
                self._key(self.base, (*base, key), (*made, key))
            if key not in above:
                values[key] = self._copy(self.base, below[key], (*base, key), (*made, key))
            elif key not in below:
                values[key] = self._copy(self.over, above[key], (*over, key), (*made, key))
            else:
                values[key] = self._both(below[key], above[key], (*base, key), (*over, key), (*made, key))
        return values

    def _entries(self, below: list[_Entry], above: list[_Entry], base: Path, over: Path, made: Path) -> Node:
        """Lay parts over those with the same id; the order is the base's, new parts where ``after`` says."""
        order: dict[_Key, _Sources] = {}
        for at, entry in enumerate(below):
            order[_free(order, str(entry["id"]))] = (at, None)
        for at, entry in enumerate(above):
            order = self._placed(order, (*over, at), entry, at)
        values: list[Node] = []
        for old, new in order.values():
            place = (*made, len(values))
            if new is None:
                values.append(self._copy(self.base, below[old or 0], (*base, old or 0), place))
            elif old is None:
                values.append(self._copy(self.over, _plain(above[new]), (*over, new), place))
            else:
                values.append(self._both(below[old], _plain(above[new]), (*base, old), (*over, new), place))
        return values

    def _placed(self, order: dict[_Key, _Sources], path: Path, entry: _Entry, at: int) -> dict[_Key, _Sources]:
        key: _Key = str(entry["id"])
        if (wanted := entry.get("remove")) is not None:
            if wanted != "true":
                self._malformed((*path, "remove"), wanted, "true")
            elif order.pop(key, None) is None:
                self._unknown((*path, "id"), str(key), "不能删除")
            return order
        old, new = order.get(key, (None, None))
        if new is not None:  # written twice here: both stay, and are reported as duplicates
            key, old = _free(order, str(key)), None
        after = entry.get("after")
        if not isinstance(after, str) or after == key or after not in order:
            if isinstance(after, str):
                self._unknown((*path, "after"), after, "不能排在它后面")
            elif after is not None:
                self._malformed((*path, "after"), after, "一个编号")
            order[key] = (old, at)
            return order
        order.pop(key, None)
        moved: dict[_Key, _Sources] = {}
        for other, sources in order.items():
            moved[other] = sources
            if other == after:
                moved[key] = (old, at)
        return moved

    def _malformed(self, path: Path, value: Node, expected: str) -> None:
        seen = f"“{value}”" if isinstance(value, str) else ""
        place = self.over.where(path)
        self.made.problems.append(Code.RUBRIC_VALUE.at(place, key=path[-1], seen=seen, expected=expected))

    def _unknown(self, path: Path, identifier: str, use: str) -> None:
        code = Code.RUBRIC_EXTENDS_UNKNOWN
        self.made.problems.append(code.at(self.over.where(path), id=identifier[:40], use=use))

    def _copy(self, source: Tree, value: Node, path: Path, made: Path) -> Node:
        self.made.marks[made] = source.where_mark(path)
        if isinstance(value, dict):
            for key in value:
                self._key(source, (*path, key), (*made, key))
            return {key: self._copy(source, inner, (*path, key), (*made, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._copy(source, inner, (*path, at), (*made, at)) for at, inner in enumerate(value)]
        return value

    def _key(self, source: Tree, path: Path, made: Path) -> None:
        if path in source.keys:
            self.made.keys[made] = source.keys[path]


def _with_ids(value: Node) -> list[_Entry] | None:
    """A list whose entries all have an id; None for anything else."""
    if not isinstance(value, list):
        return None
    entries = [entry for entry in value if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    return entries if len(entries) == len(value) else None


def _plain(entry: _Entry) -> _Entry:
    """The part itself, without what says where it goes."""
    return {key: value for key, value in entry.items() if key not in ONLY_HERE}


def _free(order: dict[_Key, _Sources], identifier: str) -> _Key:
    """A key for a part: its id, or one of its own where another part has that id already."""
    return identifier if identifier not in order else (identifier, len(order))
