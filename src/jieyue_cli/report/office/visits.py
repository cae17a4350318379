"""``verify plan``: whom to visit and why, and everything needed to draw again, as a document and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import Roster
from jieyue_cli.office.consistency import Note
from jieyue_cli.office.sampling import CONFIDENCE, FALSE_CLAIMS, Drawn, Size
from jieyue_cli.office.visit_list import VISITS
from jieyue_cli.office.visits import How, Plan, Stratum, Visit
from jieyue_cli.report.amounts import exact_percent
from jieyue_cli.report.contract import Number, RubricRow
from jieyue_cli.report.encoding import rubric_row
from jieyue_cli.report.office.model import Cell, Head, OfficeReport, Table
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import decimal, plain

_UNKNOWN = "类别不明"
_MOST_NAMED = 20
"""Agencies that a note's row names; the document has all."""
_HASH = 12
"""Characters of a hash in a reason; the draw has the whole."""


class RosterRow(msgspec.Struct, frozen=True):
    """The roster that was drawn from."""

    sha256: str
    """Of its file."""
    agencies: int


class LedgerRow(msgspec.Struct, frozen=True):
    """The ledger that earlier years were taken from."""

    head: str
    """The hash of its last entry."""
    entries: int


class SizeRow(msgspec.Struct, frozen=True):
    """How many are drawn: of all, of each category, or by the zero-defect table where both are null."""

    number: int | None
    share: Number | None


class VisitRow(msgspec.Struct, frozen=True):
    """One agency to be visited; ``rank`` and ``hash`` of a random one."""

    name: str
    category: str | None
    how: Literal["certain", "random"]
    reasons: list[str]
    rank: int | None
    hash: str | None
    since: int | None
    """The year of its recognition, in a re-check."""
    total: Number | None
    """自评总分; in a re-check the total at its recognition. Null where that is not known."""
    files: list[str]
    """Everything it handed in for the year; in a re-check the form by which it was recognised, where that is read."""


class Document(msgspec.Struct, frozen=True):
    """The whole output of ``verify plan``."""

    year: int | None
    recheck: bool
    seed: str
    method: str
    rubric: RubricRow
    roster: RosterRow
    ledger: LedgerRow | None
    size: SizeRow
    sizes: list[Stratum]
    visits: list[VisitRow]
    frame: list[Drawn]
    """Everybody that was not certain, in the order of the draw."""
    notes: list[Note]


class Sources(NamedTuple):
    """What the plan was made from."""

    rubric: Rubric
    roster: Roster
    account: Account


def report(sources: Sources, plan: Plan) -> OfficeReport:
    """The plan as every format shows it."""
    title = "回头看名单" if plan.recheck else "现场核查名单"
    tables = (_visits(plan), _strata(plan), _frame(plan), _notes(plan))
    return OfficeReport(sources.rubric, title, _document(sources, plan), list(_facts(sources, plan)), tables)


def method(plan: Plan) -> str:
    """How was drawn, in one sentence."""
    return f"必查的全部核查；其余在各单位类别内按“种子,单位名称”的 SHA-256 从小到大排列，取前几个；{_size(plan.size)}。"


def _size(size: Size) -> str:
    if size.number is not None:
        return f"共抽 {size.number} 个，按各类家数分摊（最大余数法）"
    if size.share is not None:
        return f"每类抽 {exact_percent(size.share)}，向上取整"
    chance = f"若有 {exact_percent(FALSE_CLAIMS)} 虚报，抽中的全无虚报的机会不超过 {exact_percent(1 - CONFIDENCE)}"
    return f"总数按零缺陷抽样对这些单位合起来计算（{chance}），再按各类家数分摊（最大余数法）"


def _document(sources: Sources, plan: Plan) -> Document:
    record = sources.account.record
    share = plan.size.share
    return Document(
        sources.account.progress.year,
        plan.recheck,
        plan.seed,
        method(plan),
        rubric_row(sources.rubric),
        RosterRow(sources.roster.sha256, len(sources.roster)),
        LedgerRow(record.head, record.entries) if record else None,
        SizeRow(plan.size.number, None if share is None else decimal(share)),
        list(plan.strata),
        [_visit(plan, visit) for visit in plan.visits],
        list(plan.frame),
        list(plan.notes),
    )


def _visit(plan: Plan, visit: Visit) -> VisitRow:
    candidate, drawn = visit.candidate, visit.drawn
    total = _total(plan, visit)
    return VisitRow(
        candidate.name,
        candidate.standing.category,
        visit.how.value,
        list(visit.reasons),
        drawn.rank if drawn else None,
        drawn.hash if drawn else None,
        candidate.recognised if plan.recheck else None,
        total,
        [in_utf8(file) for file in _files(plan, visit)],
    )


def _files(plan: Plan, visit: Visit) -> Sequence[str]:
    """What it handed in for the year; in a re-check the form by which it was recognised, where that is known."""
    seen = visit.candidate.recognition if plan.recheck else None
    return (seen.form.file,) if seen and seen.form else visit.candidate.standing.files


def _total(plan: Plan, visit: Visit) -> Number | None:
    candidate = visit.candidate
    if not plan.recheck:
        claimed = candidate.standing.claimed
        return None if claimed is None else decimal(claimed)
    return decimal(candidate.recognition.total) if candidate.recognition else None


def _facts(sources: Sources, plan: Plan) -> Iterator[tuple[str, str]]:
    account, roster = sources.account, sources.roster
    certain = sum(stratum.certain for stratum in plan.strata)
    frame, drawn = len(plan.frame), sum(one.drawn for one in plan.frame)
    yield "年度", str(account.progress.year)
    yield "种子", plan.seed
    yield "抽样方法", method(plan)
    yield "核查单位", f"{certain + drawn} 个：必查 {certain} 个；其余 {frame} 个中抽查 {drawn} 个"
    yield "范围", _range(account, plan)
    if not plan.recheck:
        facts = plan.certainty
        yield "接近达标线", f"与 {plain(sources.rubric.pass_mark)} 分相差不超过 {plain(facts.step)} 分"
        if facts.compared:
            shown = f"有往年得分可比的 {facts.compared} 个单位中，比上一次高 {plain(facts.jump)} 分或更多"
            yield "涨幅居前", shown
    yield "评价标准", sources.rubric.mark
    yield "名录", f"{len(roster)} 个单位，SHA-256 {roster.sha256}"
    if account.record:
        yield "台账", f"{account.record.entries} 条，末条校验码 {account.record.head}"
    if plan.notes:
        yield "核对提示", f"{len(plan.notes)} 条，只供核查人参考，不是结论，不影响得分"


def _range(account: Account, plan: Plan) -> str:
    population = sum(stratum.population for stratum in plan.strata)
    if plan.recheck:
        return f"以前年度认定、本年还没有核查完的 {population} 个单位"
    listed = [standing for standing in account.standings if standing.listed]
    done = sum(standing.verified is not None for standing in listed)
    nothing = sum(not standing.files for standing in listed)
    rest = len(listed) - population - done - nothing
    left = [(done, "已核查完"), (nothing, "没有交表"), (rest, "交的表没有计入")]
    others = "、".join(f"{word} {number} 个" for number, word in left if number)
    return f"交了表、还没有核查完的 {population} 个单位" + (f"（不在其内：{others}）" if others else "")


def _visits(plan: Plan) -> Table:
    heads = [
        Head("序号", 5, right=True),
        Head("单位名称", 20),
        Head("单位类别", 16),
        Head("抽取方式", 8),
        Head("认定得分" if plan.recheck else "自评总分", 8, right=True),
        Head("原因", 36),
        Head("文件", 26, on_console=False),
    ]
    rows: list[Sequence[Cell]] = [
        (
            number,
            visit.candidate.name,
            visit.candidate.standing.category or _UNKNOWN,
            visit.how.chinese,
            _total(plan, visit),
            _why(visit),
            "、".join(_files(plan, visit)),
        )
        for number, visit in enumerate(plan.visits, 1)
    ]
    return Table(VISITS, heads, rows)


def _why(visit: Visit) -> str:
    if visit.how is How.CERTAIN or visit.drawn is None:
        return "；".join(visit.reasons)
    return f"本类第 {visit.drawn.rank} 位（{visit.drawn.hash[:_HASH]}…）"


def _strata(plan: Plan) -> Table:
    heads = [Head("单位类别", 22), *(Head(text, 10, right=True) for text in ("范围内", "必查", "抽样总体", "抽查"))]
    rows: list[Sequence[Cell]] = [
        (row.category or _UNKNOWN, row.population, row.certain, row.frame, row.drawn) for row in plan.strata
    ]
    return Table("各类家数", heads, rows, "范围内 = 必查 + 抽样总体；抽查的从抽样总体中抽取。")


def _frame(plan: Plan) -> Table:
    heads = [
        Head("单位类别", 18),
        Head("位次", 5, right=True),
        Head("单位名称", 24),
        Head("抽中", 5),
        Head("SHA-256", 66, on_console=False),
    ]
    rows: list[Sequence[Cell]] = [
        (one.category or _UNKNOWN, one.rank, one.name, "是" if one.drawn else "", one.hash) for one in plan.frame
    ]
    note = "SHA-256 按“种子,单位名称”（半角逗号，UTF-8，末尾没有换行）计算，各类内从小到大排位；用别的程序可以复算。"
    return Table("抽样过程", heads, rows, note, most=10)


def _notes(plan: Plan) -> Table:
    heads = [Head("种类", 14), Head("单位", 36), Head("提示", 66)]
    rows: list[Sequence[Cell]] = [
        (note.kind.chinese, abridged(note.agencies, _MOST_NAMED, "个"), note.text) for note in plan.notes
    ]
    return Table("核对提示", heads, rows, "只供核查人参考，不是结论，不影响得分。", most=20)
