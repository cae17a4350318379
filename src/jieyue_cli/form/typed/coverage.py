"""Which sentences of a typed table a score covers, or why that is not clear.

A score covers the rows of its own merged cell. A single score in the first of several rows with one common 分值 covers
all of them, if that 分值 is the sum of their points. Every other score covers its own row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from jieyue_cli.form.typed.rows import Rows, SentenceRow
from jieyue_cli.form.typed.scores import full_points, possible_scores, stated_points
from jieyue_cli.form.typed.table import Role, TypedTable, filled
from jieyue_cli.rubric.model import Criterion, Item
from jieyue_cli.workbook.cells import Cell

_SHORTEST_SENTENCE = 6
"""Characters of foreign text from which it may be a changed sentence; a shorter one is a remark (已完成)."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One cell of points and the sentences it covers."""

    cell: Cell
    criteria: tuple[Criterion, ...]
    unclear: str = ""
    """Why it is not clear which sentences the cell covers, in Chinese; empty where it is clear."""


@dataclass(slots=True)
class RowGroup:
    """Rows that share one cell of points."""

    cell: Cell
    entries: list[SentenceRow]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All the sentences of the rows, each once."""
        return tuple({criterion.id: criterion for entry in self.entries for criterion in entry.criteria}.values())


@dataclass(slots=True)
class Block:
    """Groups of rows that share one 分值: its merged cell covers them, or it stands in the first only."""

    prices: list[Cell]
    """The filled cells of 分值, usually one."""
    groups: list[RowGroup]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All the sentences of the groups."""
        return tuple(criterion for group in self.groups for criterion in group.criteria)

    @property
    def stated(self) -> Decimal | None:
        """The sum of the 分值; None where they are blank or one is no number."""
        numbers = [stated_points(price) for price in self.prices]
        known = [number for number in numbers if number is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


class Coverage:
    """How the scores of one column are spread over the rows of one table."""

    def __init__(self, table: TypedTable, rows: Rows, column: int, item_of: Mapping[str, Item]) -> None:
        self.table = table
        self.rows = rows
        self.column = column
        self.item_of = item_of
        self.incomplete = {item_of[identifier].id for identifier in rows.missing}
        """Ids of items of which a sentence is not in the table."""
        starts = [entry.row for entry in rows.entries]
        self.next_row = dict(pairwise(starts))

    def blocks(self) -> list[Block]:
        """Every row with sentences, in groups that share a score and blocks that share a 分值."""
        blocks: list[Block] = []
        before = ""
        for group in self._groups():
            prices = self._prices(group)
            item = self.item_of[group.criteria[0].id].id
            if blocks and item == before and all(price in blocks[-1].prices for price in prices):
                blocks[-1].groups.append(group)
            else:
                blocks.append(Block(prices, [group]))
            before = item
        return blocks

    def _prices(self, group: RowGroup) -> list[Cell]:
        column = self.table.column(Role.POINTS)
        cells = (self.table.anchor(entry.row, column) for entry in group.entries) if column else ()
        return list(dict.fromkeys(cell for cell in cells if filled(cell)))

    def covers(self) -> Iterator[Cover]:
        """Yield every cell of points with the sentences it covers."""
        for block in self.blocks():
            yield from self._covers(block)

    def lacks(self, rows: RowGroup | Block) -> bool:
        """Whether a sentence of the items in these rows is nowhere in the table."""
        return any(self.item_of[criterion.id].id in self.incomplete for criterion in rows.criteria)

    def unmatched(self) -> Iterator[Cell]:
        """Yield points beside a text that is not in the standard, or beside no text at all."""
        groups = self._groups()
        covered = {group.cell.address for group in groups} | {
            cell.address for group in groups for cell in self._below(group)
        }
        last = max((entry.row for entry in self.rows.entries), default=0)
        for row in self.table.body:
            cell = self.table.sheet.cell(row, self.column)
            alone = row < last and self.rows.plain(row) and cell.address not in covered
            if (alone and stated_points(cell) is not None) or (row in self.rows.foreign and filled(cell)):
                yield cell

    def _groups(self) -> list[RowGroup]:
        groups: list[RowGroup] = []
        for entry in self.rows.entries:
            cell = self.table.anchor(entry.row, self.column)
            if groups and groups[-1].cell.address == cell.address:
                groups[-1].entries.append(entry)
            else:
                groups.append(RowGroup(cell, [entry]))
        return groups

    def _covers(self, block: Block) -> Iterator[Cover]:
        used = [group for group in block.groups if filled(group.cell) or self._below(group)]
        if len(block.groups) > 1 and len(used) == 1 and (cover := self._of_only_score(block, used[0])):
            yield cover
            return
        for group in block.groups:
            cell = group.cell if filled(group.cell) else next(iter(self._below(group)), group.cell)
            yield Cover(cell, group.criteria, self._unclear(block, group) if filled(cell) else "")

    def _of_only_score(self, block: Block, only: RowGroup) -> Cover | None:
        """What the only score in a block covers: all its rows, or unclear which; None for its own row alone."""
        first = only is block.groups[0]
        if first and block.stated == full_points(block.criteria):
            unclear = next((why for group in block.groups if (why := self._unclear(block, group))), "")
            return Cover(only.cell, block.criteria, unclear)
        number = stated_points(only.cell)
        own = possible_scores(only.criteria)
        priced_together = first and block.stated is not None and block.stated != full_points(only.criteria)
        if (
            number
            and number <= full_points(block.criteria)
            and ((own is not None and number not in own) or priced_together)
        ):
            return Cover(only.cell, block.criteria, "写在一行，却不像只是这一行的")
        return None

    def _unclear(self, block: Block, group: RowGroup) -> str:
        """Why it is not clear what a score of the group covers, in Chinese; empty where it is clear."""
        row, criteria = group.entries[0].row, group.criteria
        area = self.table.area(row, self.column)
        several = len(criteria) > 1
        partial = self.lacks(group)
        alone = several and len(block.groups) == 1
        reasons = {
            "所在的格子与别的列合并在一起": self.table.sideways(row, self.column),
            "跨了几个评价项目": len({self.item_of[criterion.id].id for criterion in criteria}) > 1,
            "还管着对不上评价标准的行": area and any(area.top <= row <= area.bottom for row in self.rows.foreign),
            "所管的条文有改动或重复": several and any(criterion.id in self.rows.refused for criterion in criteria),
            "旁边的文字有的对不上评价标准": partial
            and any(len(entry.leftover) >= _SHORTEST_SENTENCE for entry in group.entries),
            "所管的条文不全": partial and alone and block.stated != full_points(criteria),
            "所管的条文旁还写着别的分数": bool(self._below(group)),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    def _below(self, group: RowGroup) -> list[Cell]:
        """Filled cells of points below the group's texts, in rows without a text of their own."""
        cells = [cell for entry in group.entries for cell in self._cells_below(entry)]
        return [cell for cell in cells if filled(cell) and cell.address != group.cell.address]

    def _cells_below(self, entry: SentenceRow) -> Iterator[Cell]:
        """Yield the cells of points below an entry: all beside its merged text, behind that only numbers."""
        area = self.table.area(entry.cell.row, entry.cell.column)
        bottom = area.bottom if area else entry.row
        for row in range(entry.row + 1, self.next_row.get(entry.row, bottom + 1)):
            if not self.rows.plain(row):
                return
            cell = self.table.anchor(row, self.column)
            if row <= bottom or stated_points(cell) is not None:
                yield cell
