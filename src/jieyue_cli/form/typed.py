"""The published table typed by hand → Submission: sentences are matched by their text, points are taken as written.

A score may stand beside one sentence, beside a numbered point with several, or once for a whole item. It belongs
to the rows that its own merged cell spans, or else to those that share the 分值 it stands beside; what it covers is
one claim, and the result says how coarse the table was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jieyue_cli.form.answers import written
from jieyue_cli.form.notes import read_notes
from jieyue_cli.form.scores import stated_number, understand_score
from jieyue_cli.form.sentences import Sentences
from jieyue_cli.form.typed_table import Role, TypedTable
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.rubric.rules import plain
from jieyue_cli.scoring import ZERO
from jieyue_cli.submission import UNREADABLE, Claim, Kind, Statement, Submission
from jieyue_cli.workbook.cells import Cell


def read_typed(table: TypedTable, rubric: Rubric) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read a typed table; None where its sentences are not this rubric's."""
    reading = _Reading(table, rubric)
    submission = reading.submission()
    return submission, tuple(reading.problems)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row with sentences of the standard, or with the name of an item."""

    row: int
    cell: Cell
    """Where the text is."""
    criteria: tuple[Criterion, ...]


class _Reading:
    """One pass over one table; collects the problems on the way."""

    def __init__(self, table: TypedTable, rubric: Rubric) -> None:
        self.table = table
        self.rubric = rubric
        self.problems: list[Problem] = []
        self.refused: set[str] = set()
        """Criteria whose sentence cannot be trusted."""
        self.item_of = {criterion.id: item for item in rubric.items for criterion in item.criteria}

    def submission(self) -> Submission | None:
        """Read the table, or say that it is another standard's."""
        entries = self._entries()
        found = sum(len(entry.criteria) for entry in entries)
        if found * 2 < len(self.rubric.criteria):
            facts = {"found": found, "all": len(self.rubric.criteria)}
            self.problems = [Code.TYPED_OTHER.at(self.table.place(None), **facts)]
            return None
        self._missing(entries)
        blocks = self._blocks(entries)
        rows: dict[int, set[str]] = {}
        for entry in entries:
            rows.setdefault(entry.row, set()).update(criterion.id for criterion in entry.criteria)
        notes = read_notes(self.table, self.rubric, rows)
        self.problems += notes.problems
        claimed = self._statement(blocks, Role.SELF)
        verified = self._statement(blocks, Role.OFFICE) if Role.OFFICE in self.table.columns else ()
        self._describe(claimed)
        begun = any(claim.cell and claim.answer.kind is not Kind.BLANK for claim in verified)
        return Submission(
            notes.agency,
            Statement(claimed, notes.stated(Role.SELF), notes.grades),
            Statement(verified, notes.stated(Role.OFFICE)) if begun else None,
        )

    # -- which row holds what --------------------------------------------------------------------------------

    def _entries(self) -> list[_Entry]:
        sentences = Sentences(self.rubric)
        entries: list[_Entry] = []
        named: list[_Entry] = []
        for row in self.table.body():
            for role in (Role.TEXT, Role.ITEM):
                if role not in self.table.columns:
                    continue
                cell = self.table.sheet.cell(row, self.table.columns[role])
                if not isinstance(cell.value, str):
                    continue
                found = sentences.find(cell.value)
                if found.criteria:
                    entries.append(_Entry(row, cell, found.criteria))
                    self._flaws(cell, found.changed, found.leftover)
                    break
                if item := sentences.item(cell.value):
                    named.append(_Entry(row, cell, item.criteria))
                    break
        spelled = {self.item_of[criterion.id].id for entry in entries for criterion in entry.criteria}
        entries += [entry for entry in named if self.item_of[entry.criteria[0].id].id not in spelled]
        return self._without_doubles(sorted(entries, key=lambda entry: entry.row))

    def _flaws(self, cell: Cell, changed: Iterable[Criterion], leftover: str) -> None:
        for criterion in changed:
            self.refused.add(criterion.id)
            facts = {"criterion": criterion.id, "points": plain(criterion.points)}
            self.problems.append(Code.TYPED_PRICE.at(self.table.place(cell, criterion.id), **facts))
        if leftover:
            self.problems.append(Code.TYPED_LEFTOVER.at(self.table.place(cell), text=written(leftover)))

    def _without_doubles(self, entries: list[_Entry]) -> list[_Entry]:
        places: dict[str, list[str]] = {}
        for entry in entries:
            for criterion in entry.criteria:
                places.setdefault(criterion.id, []).append(entry.cell.address)
        doubled = {identifier: cells for identifier, cells in places.items() if len(cells) > 1}
        for identifier, cells in doubled.items():
            self.refused.add(identifier)
            place = self.table.place(None, identifier)
            self.problems.append(Code.TYPED_DOUBLED.at(place, criterion=identifier, cells="、".join(cells)))
        kept = [
            _Entry(entry.row, entry.cell, tuple(each for each in entry.criteria if each.id not in doubled))
            for entry in entries
        ]
        return [entry for entry in kept if entry.criteria]

    def _missing(self, entries: list[_Entry]) -> None:
        present = {criterion.id for entry in entries for criterion in entry.criteria} | self.refused
        for criterion in self.rubric.criteria:
            if criterion.id not in present:
                facts = {"criterion": criterion.id, "text": criterion.text[:12]}
                self.problems.append(Code.TYPED_MISSING.at(self.table.place(None, criterion.id), **facts))

    # -- which score covers what -----------------------------------------------------------------------------

    def _blocks(self, entries: list[_Entry]) -> list[list[_Entry]]:
        """Rows that share one 分值: its merged cell spans them, or it stands in the first and the others are blank."""
        blocks: list[list[_Entry]] = []
        before = None
        for entry in entries:
            cell = self.table.anchor(entry.row, Role.POINTS)
            item = self.item_of[entry.criteria[0].id].id
            blank = not written(cell.value)
            same = before is not None and before[1] == item and (blank or cell.address == before[0])
            if same and blocks:
                blocks[-1].append(entry)
            else:
                blocks.append([entry])
                before = (cell.address, item)
        for block in blocks:
            self._points(block)
        return blocks

    def _points(self, block: list[_Entry]) -> None:
        cell = self.table.anchor(block[0].row, Role.POINTS)
        stated, expected = stated_number(cell), _points(each for entry in block for each in entry.criteria)
        if stated is not None and stated != expected:
            facts = {"seen": plain(stated), "expected": plain(expected)}
            self.problems.append(Code.TYPED_POINTS.at(self.table.place(cell), **facts))

    def _statement(self, blocks: list[list[_Entry]], role: Role) -> tuple[Claim, ...]:
        claims = [claim for block in blocks for claim in self._block_claims(block, role)]
        covered = {identifier for claim in claims for identifier in claim.criteria}
        lost = [each for each in self.rubric.criteria if each.id not in covered]
        return (*claims, *(Claim((criterion.id,), UNREADABLE) for criterion in lost))

    def _block_claims(self, block: list[_Entry], role: Role) -> list[Claim]:
        by_cell: dict[str, tuple[Cell, list[Criterion]]] = {}
        for entry in block:
            cell = self.table.anchor(entry.row, role)
            by_cell.setdefault(cell.address, (cell, []))[1].extend(entry.criteria)
        filled = [cell for cell, _ in by_cell.values() if written(cell.value) or cell.state.value != "typed"]
        first = next(iter(by_cell.values()))[0]
        if len(filled) == 1 and filled[0] is first and self._whole(block):
            return self._claims(first, [each for entry in block for each in entry.criteria])
        return [claim for cell, criteria in by_cell.values() for claim in self._claims(cell, criteria)]

    def _whole(self, block: list[_Entry]) -> bool:
        """Whether the block's 分值 prices all its rows together."""
        stated = stated_number(self.table.anchor(block[0].row, Role.POINTS))
        return stated == _points(each for entry in block for each in entry.criteria)

    def _claims(self, cell: Cell, criteria: list[Criterion]) -> list[Claim]:
        trusted = [criterion for criterion in criteria if criterion.id not in self.refused]
        if not trusted:
            return []
        identifiers = tuple(criterion.id for criterion in trusted)
        place = self.table.place(cell, identifiers[0] if len(identifiers) == 1 else None)
        if len({self.item_of[identifier].id for identifier in identifiers}) > 1:
            self.problems.append(Code.TYPED_COARSE.at(place))
            return [
                Claim((identifier,), UNREADABLE, None, self.table.sheet.name, cell.address)
                for identifier in identifiers
            ]
        answer, findings = understand_score(cell, trusted)
        self.problems += [code.at(place, **facts) for code, facts in findings]
        if answer.kind is Kind.NOT_APPLICABLE:
            self.problems.append(Code.ANSWER_NOT_APPLICABLE.at(place, seen=written(cell.value)))
        return [Claim(identifiers, answer, written(cell.value) or None, self.table.sheet.name, cell.address)]

    def _describe(self, claims: Iterable[Claim]) -> None:
        scores = [claim for claim in claims if claim.answer.kind is Kind.SCORE]
        single = sum(len(claim.criteria) == 1 for claim in scores)
        facts: Mapping[str, object] = {"scores": len(scores), "single": single, "several": len(scores) - single}
        self.problems.append(Code.TYPED_TABLE.at(self.table.place(None), **facts))


def _points(criteria: Iterable[Criterion]) -> Decimal:
    return sum((criterion.points for criterion in criteria), ZERO)
