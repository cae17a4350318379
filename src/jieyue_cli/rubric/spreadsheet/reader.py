"""A workbook → the plain data of a standard, each part with the cell it stands in, and every fault of its cells."""

from __future__ import annotations

from jieyue_cli.problems import Code
from jieyue_cli.rubric.spreadsheet.entries import Rows
from jieyue_cli.rubric.spreadsheet.table import Basics, located
from jieyue_cli.rubric.spreadsheet.values import Cells
from jieyue_cli.rubric.spreadsheet.vocabulary import TOP
from jieyue_cli.rubric.tree import Tree
from jieyue_cli.workbook import Limits, read_workbook
from jieyue_cli.workbook.limits import MIB

_LIMITS = Limits(file_bytes=4 * MIB, inflated_bytes=24 * MIB, box_cells=600_000, careful_cells=100_000, sheets=50)
"""A standard is read in the program's own process: what takes seconds is none."""


def read(data: bytes, file: str | None) -> Tree:
    """Build the tree; ``data`` is None where the workbook is no standard, or lacks what one cannot do without."""
    tree = Tree(file=file)
    book, problems = read_workbook(data, _LIMITS)
    foreign = Code.RUBRIC_FOREIGN.at()
    problems = tuple(foreign if problem.code is Code.FILE_FOREIGN else problem for problem in problems)
    tree.problems += [problem.inside(file) if file else problem for problem in problems]
    if book is None:
        return tree
    basics, entries, more = located(book, file)
    tree.problems += more
    if basics is None or entries is None:
        return tree
    tree.data = {}
    _top(tree, basics)
    Rows(tree, entries).read()
    return tree


def _top(tree: Tree, basics: Basics) -> None:
    """What stands in 基本情况; the value of a key that is not there would stand at the head of the sheet."""
    assert isinstance(tree.data, dict)  # noqa: S101 -- the caller's own
    cells = Cells(basics.grid)
    tree.marks[()] = basics.grid.mark(1, 1)
    for word, basic in TOP.items():
        if word not in basics.labels:
            continue
        row, column = basics.labels[word]
        tree.marks[basic.field.key,] = basics.grid.mark(row, column)
        value = cells.value(basic.field, word, row, column)
        if value is not None:
            tree.data[basic.field.key] = value
    tree.problems += cells.problems
