"""``compare``: two files, folders or recorded years side by side, as a document and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec.structs import replace

from jieyue_cli.assessment import Result
from jieyue_cli.office.comparison import Change, Comparison, Kind, LineChange, Member, Shift, Side, line_changes
from jieyue_cli.report.amounts import percent, reach, signed
from jieyue_cli.report.batch_contract import StateName
from jieyue_cli.report.contract import Answered, Number, TotalRow
from jieyue_cli.report.encoding import total_row
from jieyue_cli.report.office.model import Cell, Head, OfficeReport, Table
from jieyue_cli.report.phrases import basis, conclusion, numbered, sentences, unfinished
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.numbers import cut, decimal

NO_DIFFERENCE = "没有不同"
_TITLE = "甲乙对比"
_SCORES = [Head(text, 8, right=True) for text in ("甲得分", "乙得分", "差")]
_SIDES = {"self": "自评", "verified": "核查"}


class SideRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """One of the two: a form, or a folder or recorded year; keys of the other kind are left out."""

    name: str
    """The file, the folder, or the year."""
    standard: str
    """Id and version."""
    year: int | None
    agency: str | msgspec.UnsetType | None = msgspec.UNSET
    status: Literal["pass", "fail", "undetermined", "unreadable"] | msgspec.UnsetType = msgspec.UNSET
    claimed: TotalRow | msgspec.UnsetType | None = msgspec.UNSET
    verified: TotalRow | msgspec.UnsetType | None = msgspec.UNSET
    agencies: int | msgspec.UnsetType = msgspec.UNSET
    recognised: int | msgspec.UnsetType = msgspec.UNSET


class WorthRow(msgspec.Struct, frozen=True):
    """An answer and what it brings."""

    answer: Answered
    score: Number


class LineRow(msgspec.Struct, frozen=True):
    """One line of two forms that differs; null where a form has no such line."""

    criterion: str
    side: Literal["self", "verified"]
    before: WorthRow | None
    after: WorthRow | None
    difference: Number


class MemberRow(msgspec.Struct, frozen=True):
    """One agency on one side."""

    name: str
    state: StateName
    total: Number | None


class ChangeRow(msgspec.Struct, frozen=True):
    """One agency on both sides; null where it is not there."""

    kind: Literal["recognised", "unrecognised", "up", "down", "scored", "unscored", "other", "new", "gone", "same"]
    before: MemberRow | None
    after: MemberRow | None
    difference: Number | None


class ShiftRow(msgspec.Struct, frozen=True):
    """One criterion over the ``pairs``: points lost together, and how many agencies lose less or more."""

    criterion: str
    before: Number | None
    after: Number | None
    rose: int
    fell: int


class Document(msgspec.Struct, frozen=True):
    """The whole output of ``compare``; ``files`` have ``lines``, ``folders`` and ``years`` what follows it."""

    kind: Literal["files", "folders", "years"]
    same: bool
    before: SideRow
    after: SideRow
    lines: list[LineRow] | msgspec.UnsetType = msgspec.UNSET
    counts: dict[str, int] | msgspec.UnsetType = msgspec.UNSET
    """Agencies by ``kind``."""
    changes: list[ChangeRow] | msgspec.UnsetType = msgspec.UNSET
    pairs: int | msgspec.UnsetType = msgspec.UNSET
    """Agencies of which a form counts on both sides."""
    criteria: list[ShiftRow] | msgspec.UnsetType = msgspec.UNSET


def of_files(before: Result, after: Result, standards: Sequence[Rubric]) -> OfficeReport:
    """The report on two forms; ``standards`` are those by which they were read."""
    changes = list(line_changes(before, after))
    rows = [_file_row(result, standard) for result, standard in zip((before, after), standards, strict=True)]
    alike = rows[0] == replace(rows[1], name=rows[0].name) and before.verification == after.verification
    same = alike and not changes and before.self is not None
    document = Document("files", same, rows[0], rows[1], lines=[_line_row(change) for change in changes])
    facts = [*_file_facts(before, after, rows), ("对比", NO_DIFFERENCE if same else f"逐条 {len(changes)} 处不同")]
    return OfficeReport(standards[1], _TITLE, document, facts, [_lines(standards[1], changes)])


def of_sets(found: Comparison, kind: Literal["folders", "years"], rubric: Rubric) -> OfficeReport:
    """The report on two folders or recorded years; ``rubric`` has the words of the criteria."""
    counts = found.counts
    document = Document(
        kind,
        found.same,
        _side_row(found.before),
        _side_row(found.after),
        counts={kind.value: counts[kind] for kind in Kind},
        changes=[_change_row(change) for change in found.changes],
        pairs=found.pairs,
        criteria=[_shift_row(shift) for shift in found.shifts],
    )
    told = "，".join(f"{kind.chinese} {counts[kind]}" for kind in Kind if counts[kind])
    facts = [
        ("甲", _said_of(found.before)),
        ("乙", _said_of(found.after)),
        ("标准", _both(found.before.standard, found.after.standard)),
        ("机关", told or "没有"),
        ("对比", NO_DIFFERENCE if found.same else f"已认定{_more(found)}"),
    ]
    return OfficeReport(rubric, _TITLE, document, facts, [_changes(found), _shifts(rubric, found)])


def _file_row(result: Result, standard: Rubric) -> SideRow:
    agency = result.agency
    return SideRow(
        in_utf8(result.file),
        standard.mark,
        agency.year if agency else None,
        agency=agency.name if agency else None,
        status=result.status.value,
        claimed=total_row(result.self) if result.self else None,
        verified=total_row(result.verified) if result.verified else None,
    )


def _line_row(change: LineChange) -> LineRow:
    sides = [_worth(line) for line in (change.before, change.after)]
    return LineRow(change.criterion, change.side, sides[0], sides[1], decimal(change.difference))


def _worth(line: Line | None) -> WorthRow | None:
    if line is None:
        return None
    answer = reasons.answer(line)
    return WorthRow(decimal(answer) if isinstance(answer, Decimal) else answer, decimal(line.score))


def _side_row(side: Side) -> SideRow:
    return SideRow(in_utf8(side.name), side.standard, side.year, agencies=side.agencies, recognised=side.recognised)


def _change_row(change: Change) -> ChangeRow:
    sides = [_member_row(member) for member in (change.before, change.after)]
    return ChangeRow(change.kind.value, sides[0], sides[1], _number(change.difference))


def _member_row(member: Member | None) -> MemberRow | None:
    return MemberRow(member.name, member.state.value, _number(member.total)) if member else None


def _shift_row(shift: Shift) -> ShiftRow:
    return ShiftRow(shift.criterion, _number(shift.before), _number(shift.after), shift.rose, shift.fell)


def _number(amount: Fraction | None) -> Number | None:
    return None if amount is None else decimal(amount)


def _file_facts(before: Result, after: Result, rows: Sequence[SideRow]) -> Iterator[tuple[str, str]]:
    first, second = rows
    yield "甲", before.file
    yield "乙", after.file
    yield "单位", _both(str(first.agency or "不明"), str(second.agency or "不明"), "（不是同一单位）")
    yield "年度", _both(*(str(row.year or "不明") for row in rows))
    yield "标准", _both(first.standard, second.standard)
    for word, cards in (("自评", (before.self, after.self)), ("核查", (before.verified, after.verified))):
        if any(cards):
            yield word, _both(*(f"{reach(card)} 分" if card else "没有" for card in cards)) + _difference(*cards)
    if before.verification != after.verification or before.verified:
        yield (
            "核查进度",
            _both(*(unfinished(result) or result.verification.state.chinese for result in (before, after))),
        )
    bases = [basis(result) for result in (before, after)]
    which = "" if bases[0] == bases[1] or not all(bases) else f"（甲按{bases[0]}，乙按{bases[1]}）"
    follows = _both(conclusion(before), conclusion(after))
    yield "结论", f"{follows}{_difference(before.deciding, after.deciding)}{which}"


def _both(before: str, after: str, unlike: str = "") -> str:
    return before if before == after else f"{before} → {after}{unlike}"


def _difference(before: Scorecard | None, after: Scorecard | None) -> str:
    if before is None or after is None or before.total == after.total:
        return ""
    return f"（{signed(after.total - before.total, before, after)} 分）"


def _lines(rubric: Rubric, changes: Iterable[LineChange]) -> Table:
    heads = [Head("编号", 14), Head("一方", 6), Head("甲", 12), Head("乙", 12), *_SCORES, Head("评价标准", 50)]
    rows = []
    for change in changes:
        line = change.after or change.before
        cells: list[Cell] = [numbered(rubric, change.criterion), _SIDES[change.side]]
        cells += [_answer(side) for side in (change.before, change.after)]
        cells += [_brought(side) for side in (change.before, change.after)]
        rows.append([*cells, change.difference or None, "；".join(sentences(line.criteria)) if line else ""])
    return Table("逐条不同", heads, rows, "只列填报或得分不同的；“没有这一条”是另一份的标准没有，或与别的条合并打分。")


def _answer(line: Line | None) -> str:
    if line is None:
        return "没有这一条"
    answer = reasons.answer(line)
    return "未填" if answer is None else reasons.words(answer)


def _brought(line: Line | None) -> Cell:
    return None if line is None else reasons.worth(line) if line.gate else line.score


def _said_of(side: Side) -> str:
    year = f"，{side.year} 年度" if side.year and str(side.year) not in side.name else ""
    rate = f"（{percent(Fraction(side.recognised, side.agencies))}）" if side.agencies else ""
    return f"{side.name}{year}：已认定 {side.recognised} / {side.agencies}{rate}"


def _more(found: Comparison) -> str:
    more = found.after.recognised - found.before.recognised
    return f"{'多' if more > 0 else '少'} {abs(more)} 个" if more else "数不变"


def _changes(found: Comparison) -> Table:
    heads = [Head("机关", 28), Head("变化", 10), *_SCORES, Head("状态", 28)]
    rows: list[Sequence[Cell]] = [
        [
            change.name,
            change.kind.chinese,
            *(member.total if member else None for member in (change.before, change.after)),
            change.difference or None,
            _both(*(member.state.chinese if member else "没有" for member in (change.before, change.after))),
        ]
        for change in found.changes
        if change.kind is not Kind.SAME
    ]
    note = "得分按核查完成的核查得分，否则按自评。认定累计到较晚的年度，撤销的除外。未变的不列。"
    return Table("机关的变化", heads, rows, note)


def _shifts(rubric: Rubric, found: Comparison) -> Table:
    means = [Head(f"{side}平均失分", 12, right=True) for side in "甲乙"]
    counts = [Head(word, 8, right=True) for word in ("变好", "变差")]
    heads = [Head("编号", 14), *means, *counts, Head("评价标准", 62)]
    known = rubric.by_id
    rows = []
    for shift in found.shifts:
        criteria = [known[part] for part in shift.criterion.split("+") if part in known]
        lost = [None if side is None or not found.pairs else cut(side / found.pairs) for side in shift[1:3]]
        words = "；".join(sentences(criteria)) if criteria else ""
        rows.append([numbered(rubric, shift.criterion), *lost, shift.rose, shift.fell, words])
    note = f"两边都有表计入的 {found.pairs} 个机关平均；变好、变差是失分变少、变多的机关数。没有变化的条目不列。"
    return Table("逐条失分的变化", heads, rows, note, most=10)
