"""``ledger show``: the recorded years against their targets, what changed and why; or one agency through the years."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from jieyue_cli.agencies.roster import key
from jieyue_cli.office.ledger.entry import Recorded
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.office.ledger.years import Change, Grouping, Year, corrections, years
from jieyue_cli.report import contract
from jieyue_cli.report.batch_contract import StateName
from jieyue_cli.report.contract import Number
from jieyue_cli.report.encoding import rate, rubric_row
from jieyue_cli.report.office.model import OfficeReport
from jieyue_cli.report.office.recorded import history_table, tables_of
from jieyue_cli.rubric.model import Rubric


class GroupRow(msgspec.Struct, frozen=True):
    """Agencies of one level, category or batch; ``name`` is null for those without one."""

    by: Grouping
    name: str | None
    agencies: int
    recognised: int
    rate: Number | None


class YearRow(msgspec.Struct, frozen=True):
    """What holds of one year; ``entry`` is the number of the entry that says so."""

    year: int
    entry: int
    agencies: int
    recognised: int
    rate: Number | None
    target_rate: Number | None
    required: int | None
    gap: int | None
    newly_recognised: list[str]
    withdrawn: list[str]
    groups: list[GroupRow]


class StandingRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """Where an agency stands by one entry."""

    state: StateName
    since: int | None
    claimed: Number | None
    verified: Number | None


class ChangeRow(msgspec.Struct, frozen=True):
    """An agency that a correction changed; null where it was, or is, not recorded."""

    name: str
    before: StandingRow | None
    after: StandingRow | None


class EntryRow(msgspec.Struct, frozen=True):
    """One entry; ``changes`` are those to the last entry of the same year, if there is one."""

    number: int
    year: int
    time: str
    note: str
    sha256: str
    program: str
    rubric: str
    inputs: int
    agencies: int
    changes: list[ChangeRow]


class HistoryRow(msgspec.Struct, frozen=True):
    """One entry about the agency asked for; ``holds`` is false where a later entry of the year corrects it."""

    entry: int
    year: int
    holds: bool
    standing: StandingRow


class Document(msgspec.Struct, frozen=True):
    """The whole output; ``history`` only where one agency was asked for."""

    rubric: contract.RubricRow
    head: str
    years: list[YearRow]
    entries: list[EntryRow]
    agency: str | None = None
    history: list[HistoryRow] = []


def ledger_report(rubric: Rubric, ledger: Ledger) -> OfficeReport:
    """Everything that is recorded."""
    made = list(years(rubric, ledger))
    document = _document(rubric, ledger, made)
    return OfficeReport(rubric, "台账", document, _facts(rubric, ledger), tables_of(ledger, made))


def agency_report(rubric: Rubric, ledger: Ledger, name: str) -> OfficeReport | None:
    """What is recorded of one agency; None where nothing is."""
    found = [(entry, one) for entry in ledger.entries for one in entry.agencies if key(one.name) == key(name)]
    if not found:
        return None
    history = [
        HistoryRow(entry.number, entry.year, ledger.last(entry.year) is entry, _row(one)) for entry, one in found
    ]
    document = _document(rubric, ledger, list(years(rubric, ledger)))
    document = msgspec.structs.replace(document, agency=found[-1][1].name, history=history)
    title = f"台账：{found[-1][1].name}"
    return OfficeReport(rubric, title, document, _facts(rubric, ledger), [history_table(ledger, found)])


def _facts(rubric: Rubric, ledger: Ledger) -> list[tuple[str, str]]:
    facts = [("条数", f"{len(ledger.entries)} 条"), ("校验码", ledger.head)]
    if others := sorted({one.rubric.mark for one in ledger.entries} - {rubric.mark}):
        facts.append(("标准", f"目标按 {rubric.mark}；台账中还有按 {'、'.join(others)} 记的"))
    return facts


def _document(rubric: Rubric, ledger: Ledger, made: Iterable[Year]) -> Document:
    changed = {entry.number: [_change_row(change) for change in found] for entry, found in corrections(ledger)}
    entries = [
        EntryRow(
            one.number,
            one.year,
            one.time,
            one.note,
            ledger.hashes[one.number],
            one.program,
            one.rubric.mark,
            len(one.inputs),
            len(one.agencies),
            changed.get(one.number, []),
        )
        for one in ledger.entries
    ]
    return Document(rubric_row(rubric), ledger.head, [_year_row(year) for year in made], entries)


def _year_row(year: Year) -> YearRow:
    return YearRow(
        year.entry.year,
        year.entry.number,
        year.whole.agencies,
        year.whole.recognised,
        rate(year.whole.rate),
        rate(year.target),
        year.required,
        year.gap,
        year.recognised,
        year.withdrawn,
        [
            GroupRow(by, share.name or None, share.agencies, share.recognised, rate(share.rate))
            for by, share in year.groups
        ],
    )


def _change_row(change: Change) -> ChangeRow:
    return ChangeRow(
        change.name, _row(change.before) if change.before else None, _row(change.after) if change.after else None
    )


def _row(one: Recorded) -> StandingRow:
    return StandingRow(one.state, one.since, one.claimed, one.verified)
