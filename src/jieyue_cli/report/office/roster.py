"""``roster check``: what was understood of a roster: whom the denominator counts, whom not and why, what to mend."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from jieyue_cli.agencies.roster import Roster, RosterEntry
from jieyue_cli.problems import Problem, by_weight, has_errors
from jieyue_cli.report.contract import ProblemRow
from jieyue_cli.report.encoding import problem_row
from jieyue_cli.report.groups import UNNAMED
from jieyue_cli.report.office.model import Cell, Head, OfficeReport, Table
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import in_utf8

_NAMED = 20
"""Agencies that the table of what is lacking names."""
_ROW = re.compile(r"[A-Z]+(\d+)")


class AgencyRow(msgspec.Struct, frozen=True):
    """One agency of the roster."""

    row: int | None
    name: str
    category: str | None
    level: str | None
    code: str | None
    batch: int | None
    aliases: tuple[str, ...]
    together: tuple[str, ...]
    contact: str | None
    phone: str | None
    plan_filed: str | None
    """YYYY-MM-DD."""
    outside: str | None
    """Why it is not assessed; null for who is in scope."""


class Count(msgspec.Struct, frozen=True):
    """How many of those in scope have one value; null for those that have none."""

    value: str | int | None
    agencies: int


class Columns(msgspec.Struct, frozen=True):
    """The headers of the list."""

    used: tuple[str, ...]
    ignored: tuple[str, ...]


class Document(msgspec.Struct, frozen=True):
    """What ``roster check --format json`` prints."""

    file: str
    usable: bool
    """Whether it is a safe denominator; false where ``problems`` hold an error."""
    agencies: int
    """How many are in scope: the denominator."""
    outside: int
    categories: list[Count]
    levels: list[Count]
    batches: list[Count]
    columns: Columns
    entries: list[AgencyRow]
    """Row by row, with those that are not assessed in their places."""
    problems: list[ProblemRow]


class _Trait(NamedTuple):
    """What agencies are counted by."""

    name: str
    of: Callable[[RosterEntry], str | int | None]


_CATEGORY = _Trait("单位类别", lambda entry: entry.category)
_LEVEL = _Trait("级别", lambda entry: entry.level)
_BATCH = _Trait("批次年度", lambda entry: entry.batch)
_CODE = _Trait("统一社会信用代码", lambda entry: entry.code)


def report(rubric: Rubric, file: str, roster: Roster) -> OfficeReport:
    """Make the report on a roster that may be unsafe (``agencies.roster.understood``)."""
    entries = sorted((*roster.entries, *roster.outside), key=lambda entry: entry.row or 0)
    problems = by_weight(roster.notes)
    document = Document(
        file=in_utf8(file),
        usable=not has_errors(problems),
        agencies=len(roster),
        outside=len(roster.outside),
        categories=_counts(roster, _CATEGORY),
        levels=_counts(roster, _LEVEL),
        batches=_counts(roster, _BATCH),
        columns=Columns(roster.columns, roster.ignored),
        entries=[*map(_row, entries)],
        problems=[*map(problem_row, problems)],
    )
    facts = [
        ("文件", file),
        ("结论", _verdict(document, problems)),
        ("机关总数", f"{document.agencies} 个，认定率的分母"),
        ("不参评", f"{document.outside} 个，不在机关总数中"),
        ("用到的列", "、".join(roster.columns)),
        ("没有用到的列", "、".join(roster.ignored) or "无"),
    ]
    tables = [
        _agencies(entries, problems),
        Table("统计", [Head("按", 18), Head("值", 34), Head("机关数", 8, right=True)], list(_statistics(document))),
        Table("不参评", _who(Head("原因", 40)), [(entry.name, entry.row, entry.outside) for entry in roster.outside]),
        Table("别名和合署", _who(Head("别名", 30), Head("合署", 30)), list(_names(entries))),
        Table(
            "缺项", [Head("缺什么", 18), Head("机关数", 8, right=True), Head("单位名称", 90)], list(_lacking(roster))
        ),
        Table(
            "问题",
            [Head("程度", 6), Head("单元格", 10), Head("问题和处理办法", 100)],
            [(found.severity.chinese, found.location.cell, found.message) for found in problems],
            most=0,
        ),
    ]
    return OfficeReport(rubric, "名录检查", document, facts, tables)


def _verdict(document: Document, problems: Sequence[Problem]) -> str:
    counts = Counter(found.severity.chinese for found in problems)
    told = "，".join(f"{name} {number} 处" for name, number in counts.items()) or "没有问题"
    return f"{'可以' if document.usable else '有错误，更正前不能'}用作名录（{told}）"


def _counts(roster: Roster, trait: _Trait) -> list[Count]:
    """By value, the most agencies first and equal ones in the roster's order, those without one last."""
    numbers = Counter(trait.of(entry) for entry in roster.entries)
    known = [Count(value, number) for value, number in numbers.most_common() if value is not None]
    if not known:
        return []
    return [*known, Count(None, numbers[None])] if numbers[None] else known


def _row(entry: RosterEntry) -> AgencyRow:
    return AgencyRow(
        row=entry.row,
        name=entry.name,
        category=entry.category,
        level=entry.level,
        code=entry.code,
        batch=entry.batch,
        aliases=entry.aliases,
        together=entry.together,
        contact=entry.contact,
        phone=entry.phone,
        plan_filed=entry.plan_filed.isoformat() if entry.plan_filed else None,
        outside=entry.outside or None,
    )


def _who(*heads: Head) -> list[Head]:
    return [Head("单位名称", 30), Head("行", 6, right=True), *heads]


def _agencies(entries: Sequence[RosterEntry], problems: Sequence[Problem]) -> Table:
    """Everything that is known of each agency, with the problems of its row."""
    told: defaultdict[int, list[str]] = defaultdict(list)
    rows = Counter(entry.row for entry in entries)
    for found in problems:
        place = _ROW.fullmatch(found.location.cell or "")
        if place and rows[int(place[1])] == 1:  # of two agencies side by side, the row does not tell which is meant
            told[int(place[1])].append(found.message)
    heads = _who(
        Head("单位类别", 18), Head("级别", 8), Head("统一社会信用代码", 22), Head("别名", 20), Head("合署", 20)
    )
    heads += [Head("批次年度", 8, right=True), Head("联系人", 10), Head("联系电话", 14), Head("不参评原因", 16)]
    heads += [Head("实施方案报送日期", 18), Head("问题", 50)]
    lines: list[list[Cell]] = [
        [
            entry.name,
            entry.row,
            entry.category,
            entry.level,
            entry.code,
            "、".join(entry.aliases),
            "、".join(entry.together),
            entry.batch,
            entry.contact,
            entry.phone,
            entry.outside,
            entry.plan_filed.isoformat() if entry.plan_filed else None,
            "".join(told.get(entry.row or 0, ())),
        ]
        for entry in entries
    ]
    return Table("名录", heads, lines, most=0)


def _statistics(document: Document) -> Iterator[Sequence[Cell]]:
    for trait, counts in (
        (_CATEGORY, document.categories),
        (_LEVEL, document.levels),
        (_BATCH, document.batches),
    ):
        for count in counts:
            yield trait.name, UNNAMED if count.value is None else str(count.value), count.agencies


def _names(entries: Sequence[RosterEntry]) -> Iterator[Sequence[Cell]]:
    for entry in entries:
        if entry.aliases or entry.together:
            yield entry.name, entry.row, "、".join(entry.aliases), "、".join(entry.together)


def _lacking(roster: Roster) -> Iterator[Sequence[Cell]]:
    """Of those in scope."""
    for trait in (_CATEGORY, _LEVEL, _CODE, _BATCH):
        names = [entry.name for entry in roster.entries if trait.of(entry) is None]
        more = " 等，全部见“名录”表" if len(names) > _NAMED else ""
        if names:
            every = len(names) == len(roster)
            yield trait.name, len(names), f"都{UNNAMED}" if every else "、".join(names[:_NAMED]) + more
