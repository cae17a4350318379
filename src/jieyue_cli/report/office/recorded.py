"""The ledger in tables and words: years, groups, who joined and who left, entries and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.agencies.past import PRINTED
from jieyue_cli.agencies.standings import State
from jieyue_cli.office.ledger.entry import Entry, Recorded
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.office.ledger.years import Change, Share, Year, changes, corrections, years
from jieyue_cli.report.amounts import percent
from jieyue_cli.report.groups import NAMES, UNNAMED
from jieyue_cli.report.office.model import Head, Rate, Table
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import plain

_MOST_CHANGES = 20
"""That are told at once."""


def tables_of(ledger: Ledger, made: Sequence[Year]) -> tuple[Table, ...]:
    """Everything that is recorded."""
    return _years(made), _groups(made), _moves(made), _entries(ledger), _corrections(ledger)


def history_table(ledger: Ledger, found: Iterable[tuple[Entry, Recorded]]) -> Table:
    """What is recorded of one agency, entry by entry."""
    heads = (Head("年度"), Head("条", right=True), Head("状态", 20), _points("自评"), _points("核查"), Head("说明", 60))
    rows = [
        (entry.year, entry.number, _state(one), one.claimed, one.verified, _said(ledger, entry, one))
        for entry, one in found
    ]
    return Table("历年记录", heads, rows)


def recorded_facts(rubric: Rubric, ledger: Ledger, entry: Entry) -> list[tuple[str, str]]:
    """What was recorded, for whoever recorded it: the figures, what changed, and the hash to print."""
    (year,) = (year for year in years(rubric, ledger) if year.entry is entry)
    before = next((one for one in reversed(ledger.entries[:-1]) if one.year == entry.year), None)
    facts = [
        ("已记入台账", f"第 {entry.number} 条，{entry.year} 年度"),
        ("已认定", f"{_share(year.whole)}，其中本年新认定 {len(year.recognised)} 个"),
    ]
    if year.withdrawn:
        facts.append(("撤销认定", "、".join(year.withdrawn)))
    if before:
        changed = changes(before, entry)
        told = [f"{change.name}：{_change(change)}" for change in changed[:_MOST_CHANGES]]
        told += [f"共 {len(changed)} 个单位，其余见 ledger show"] if len(changed) > _MOST_CHANGES else []
        facts.append((f"更正第 {before.number} 条", "；".join(told) or "各单位的记录没有变化"))
    return [*facts, ("校验码", ledger.head)]


def _points(text: str) -> Head:
    return Head(text, 10, right=True)


def _years(made: Iterable[Year]) -> Table:
    heads = (
        Head("年度"),
        *(
            Head(text, 10, right=True)
            for text in ("机关总数", "已认定", "认定率", "目标", "应达", "还差", "新认定", "撤销")
        ),
    )
    rows = [
        (
            year.entry.year,
            year.whole.agencies,
            year.whole.recognised,
            _rate(year.whole),
            None if year.target is None else Rate(year.target),
            year.required,
            year.gap,
            len(year.recognised),
            len(year.withdrawn),
        )
        for year in made
    ]
    return Table("各年进度", heads, rows, "已认定含以前年度认定、现在仍有效的；分母是当年的名录。")


def _groups(made: Iterable[Year]) -> Table:
    heads = (
        Head("年度"),
        Head("分组"),
        Head("名称", 24),
        *(_points(text) for text in ("机关", "已认定", "认定率")),
    )
    rows = [
        (year.entry.year, NAMES[by], share.name or UNNAMED, share.agencies, share.recognised, _rate(share))
        for year in made
        for by, share in year.groups
    ]
    return Table("按级别、类别、批次", heads, rows)


def _moves(made: Iterable[Year]) -> Table:
    rows = [
        (year.entry.year, what, name)
        for year in made
        for what, names in (("新认定", year.recognised), ("撤销认定", year.withdrawn))
        for name in names
    ]
    return Table("新认定和撤销", (Head("年度"), Head("变动"), Head("单位名称", 40)), rows)


def _entries(ledger: Ledger) -> Table:
    heads = (Head("条", right=True), Head("年度"), Head("时间", 20), Head("校验码", 18), Head("原因", 60))
    rows = [
        (one.number, one.year, one.time[:16].replace("T", " "), ledger.hashes[one.number][:PRINTED], one.note)
        for one in ledger.entries
    ]
    return Table("记录", heads, rows, f"校验码是前 {PRINTED} 位，与函和报告上印的核对。")


def _corrections(ledger: Ledger) -> Table:
    heads = (Head("条", right=True), Head("年度"), Head("单位名称", 24), Head("变化", 60))
    rows = [
        (entry.number, entry.year, change.name, _change(change))
        for entry, changed in corrections(ledger)
        for change in changed
    ]
    return Table("更正", heads, rows, "同一年再记时与上一条不同的单位。")


def _rate(share: Share) -> Rate | None:
    return None if share.rate is None else Rate(share.rate)


def _share(share: Share) -> str:
    figures = f"{share.recognised} / {share.agencies}"
    return figures if share.rate is None else f"{figures}（{percent(share.rate)}）"


def _state(one: Recorded) -> str:
    state = State(one.state).chinese
    return f"{state}（自 {one.since}）" if one.since else state


def _said(ledger: Ledger, entry: Entry, one: Recorded) -> str:
    parts = [
        "" if ledger.last(entry.year) is entry else "已更正",
        "{} 年认定，{} 年核查未达标".format(*one.withdrawn) if one.withdrawn else "",
        entry.note,
    ]
    return "；".join(filter(None, parts))


def _change(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return f"原来没有 → {_state(after)}" if after else "不再在名录中"
    sides = [("", _state(before), _state(after))]
    sides += [
        (label, "空" if old is None else plain(old), "空" if new is None else plain(new))
        for label, old, new in (("自评 ", before.claimed, after.claimed), ("核查 ", before.verified, after.verified))
    ]
    told = [f"{label}{old} → {new}" for label, old, new in sides if old != new]
    return "；".join(told) or "失分条目、类别、级别或批次不同"
