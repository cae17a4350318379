"""The tables that forms share: each distinct line, item, problem and sentence stands in them once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from jieyue_cli.problems import Code, Problem
from jieyue_cli.report.page.rows import ItemRow, KindRow, LineRow, ProblemRow, SideRow
from jieyue_cli.report.phrases import inside
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import ItemScore, Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

T = TypeVar("T")


class Table(Generic[T]):
    """Distinct rows in the order of their first use."""

    def __init__(self) -> None:
        self._places: dict[T, int] = {}

    def place(self, row: T) -> int:
        """Where this row stands; it is added where it is new."""
        return self._places.setdefault(row, len(self._places))

    @property
    def rows(self) -> list[T]:
        """All rows."""
        return list(self._places)


class Scores:
    """Items and lines of all forms.

    Forms share most of their lines as objects; these are recognised without a look at what they hold.
    """

    def __init__(self) -> None:
        self.items: Table[ItemRow] = Table()
        self.lines: Table[LineRow] = Table()
        self._placed: dict[int, tuple[object, int]] = {}

    def side(self, card: Scorecard) -> SideRow:
        """One side of a form."""
        return SideRow(
            plain(card.written(card.total)),
            plain(card.written(card.at_most)),
            tuple(plain(unit.score) if unit.items else "" for unit in card.units),
            tuple(self._item(item) for unit in card.units for item in unit.items),
            tuple(map(self._line, card.gates)),
        )

    def _item(self, score: ItemScore) -> int:
        known = self._placed.get(id(score))
        if known is None:
            row = ItemRow(score.item.id, plain(score.score), tuple(map(self._line, score.lines)))
            known = self._placed[id(score)] = score, self.items.place(row)  # what is held keeps its id
        return known[1]

    def _line(self, line: Line) -> int:
        known = self._placed.get(id(line))
        if known is None:
            known = self._placed[id(line)] = line, self.lines.place(_line(line))
        return known[1]


def _line(line: Line) -> LineRow:
    return LineRow(
        line.id,
        "" if line.gate else plain(line.points),
        reasons.worth(line).removesuffix(" 分") if line.state is not LineState.EXCLUDED else "不涉及",
        clean(reasons.why(line)),
        line.lost > 0,
    )


class Problems:
    """Problems of all forms, and their kinds."""

    def __init__(self) -> None:
        self._rows: Table[ProblemRow] = Table()
        self._kinds: Table[Code] = Table()
        self._all: list[list[Problem]] = []

    def places(self, problems: Iterable[Problem]) -> tuple[int, ...]:
        """Where one file's problems stand."""
        return tuple(map(self._place, problems))

    def _place(self, problem: Problem) -> int:
        kind = self._kinds.place(problem.code)
        if kind == len(self._all):
            self._all.append([])
        self._all[kind].append(problem)
        return self._rows.place(ProblemRow(kind, clean(inside(problem.location)), clean(problem.message)))

    @property
    def rows(self) -> list[ProblemRow]:
        """Every distinct problem."""
        return self._rows.rows

    @property
    def kinds(self) -> list[KindRow]:
        """Every kind with how often it is there, in how many files."""
        return [
            KindRow(
                code.severity.value,
                clean(group[0].message),
                len(group),
                len({problem.location.file for problem in group}),
            )
            for code, group in zip(self._kinds.rows, self._all, strict=True)
        ]
