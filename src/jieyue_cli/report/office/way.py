"""``plan``: the way to the target, as a document and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from jieyue_cli.office.way import Below, Way
from jieyue_cli.report.amounts import exact_percent, reach, short, shown
from jieyue_cli.report.batch_contract import ProgressRow, StateName
from jieyue_cli.report.contract import Number, RubricRow, VerdictName
from jieyue_cli.report.encoding import progress_row, rubric_row
from jieyue_cli.report.office.model import Cell, Head, OfficeReport, Table
from jieyue_cli.report.phrases import brief, numbered, sentences, way
from jieyue_cli.report.progress import facts
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.advice import AdviceStep
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.numbers import ZERO, decimal

CHEAPEST = "必须做到的在先，其余先做增分最多的"
"""By which rule the cheapest two are chosen."""
_COUNTED = {"机关总数", "已认定", "认定率", "年度目标", "还差"}


class TargetRow(msgspec.Struct, frozen=True):
    """What is asked for by the end of a year, and how many recognitions are short of it."""

    year: int
    rate: Number
    required: int
    gap: int
    gap_if_confirmed: int
    """Once all of ``waiting`` are recognised."""
    gap_if_mended: int
    """Once all of ``below`` with ``cheapest.verdict`` pass are recognised too."""


class WaitingRow(msgspec.Struct, frozen=True, rename={"claimed": "self"}):
    """At the mark by its own score; only the verification is missing."""

    name: str
    state: StateName
    claimed: Number


class StepRow(msgspec.Struct, frozen=True):
    """One criterion, or one gate."""

    criterion: str
    gain: Number
    """Points of the total; 0 for a gate, and for what a cap leaves nothing of."""
    correction: bool
    """Whether the answer has only to be corrected."""
    how: str


class CheapestRow(msgspec.Struct, frozen=True):
    """What follows if only the first two steps are taken; fewer where no more is open."""

    criteria: list[str]
    total: Number
    verdict: VerdictName


class BelowRow(msgspec.Struct, frozen=True):
    """An agency that is below the mark, or cannot be told to reach it; the nearest first."""

    name: str
    category: str | None
    level: str | None
    state: StateName
    file: str
    verdict: VerdictName
    total: Number
    at_most: Number
    missing: Number
    """Points to the mark; 0 where only a requirement is missed."""
    attainable: bool
    steps: list[StepRow]
    """The fewest that reach the mark, answers to be corrected first; all that is open where they do not."""
    cheapest: CheapestRow


class MeasureRow(msgspec.Struct, frozen=True):
    """One criterion over all of ``below``; what helps most agencies first."""

    criterion: str
    agencies: int
    points: Number | None
    """Lacking together; null for a gate."""
    alone: int
    """Agencies that reach the mark by it alone."""


class FormlessRow(msgspec.Struct, frozen=True):
    """Who has to hand in a form first, or another one."""

    name: str
    state: StateName
    remark: str | None


class Document(msgspec.Struct, frozen=True):
    """The whole output of ``plan``."""

    rubric: RubricRow
    progress: ProgressRow
    """As of ``batch``."""
    targets: list[TargetRow]
    waiting: list[WaitingRow]
    below: list[BelowRow]
    measures: list[MeasureRow]
    formless: list[FormlessRow]


def report(rubric: Rubric, found: Way) -> OfficeReport:
    """The report on a way."""
    title = f"{f'{found.progress.year} 年度' if found.progress.year else ''}达标途径"
    return OfficeReport(rubric, title, _document(rubric, found), list(_facts(found)), _tables(rubric, found))


def _document(rubric: Rubric, found: Way) -> Document:
    return Document(
        rubric_row(rubric),
        progress_row(found.progress),
        [TargetRow(row.year, decimal(row.share), *row[2:]) for row in found.targets],
        [WaitingRow(row.name, row.state.value, decimal(row.claimed or ZERO)) for row in found.waiting],
        [_below_row(row) for row in found.below],
        [
            MeasureRow(row.line.id, row.agencies, None if row.line.gate else decimal(row.points), row.alone)
            for row in found.measures
        ],
        [FormlessRow(row.name, row.state.value, in_utf8(row.remark) or None) for row in found.formless],
    )


def _below_row(row: Below) -> BelowRow:
    card, standing = row.card, row.standing
    steps = [StepRow(step.line.id, decimal(card.written(step.gain)), _is_pending(step), step.how) for step in row.steps]
    cheapest = CheapestRow(
        [step.line.id for step in row.cheapest], decimal(card.written(row.then.total)), row.then.verdict.value
    )
    return BelowRow(
        standing.name,
        standing.category,
        standing.level,
        standing.state.value,
        in_utf8(row.file),
        card.verdict.value,
        decimal(card.written(card.total)),
        decimal(card.written(card.at_most)),
        _missing(row),
        row.advice.attainable,
        steps,
        cheapest,
    )


def _facts(found: Way) -> Iterator[tuple[str, str]]:
    for fact in facts(found.progress):
        if fact.label in _COUNTED:
            yield fact.label, f"{fact.shown}（{fact.note}）" if fact.note else fact.shown
    waiting, below, passing = len(found.waiting), len(found.below), found.passing
    now = found.targets[0] if found.targets and found.targets[0].year == found.progress.year else None
    if waiting:
        yield (
            "只待核查",
            f"{waiting} 个自评已达标{_then(now.gap_if_confirmed, '全部核查达标后') if now and now.gap else ''}",
        )
    if below:
        more = _then(now.gap_if_mended, "连同只待核查的都认定后") if now and now.gap else ""
        yield "各补两条", f"{below} 个未达标的各补两条（{CHEAPEST}），其中 {passing} 个达标{more}"
    if found.formless:
        yield "要先交表", f"{len(found.formless)} 个，交表后才知道差多少"


def _then(gap: int, when: str) -> str:
    return f"；{when}{f'还差 {gap} 个' if gap else '即完成年度目标'}"


def _tables(rubric: Rubric, found: Way) -> list[Table]:
    return [
        Table(
            "未达标的机关",
            [
                *(Head("机关", 22), Head("状态", 12), Head("得分", 14, right=True)),
                *_figures("还差", "条数"),
                *(Head("补两条后", 14), Head("要做到的", 40)),
            ],
            [_below_cells(row) for row in found.below],
            f"离达标线最近的在前；条数是达标最少要做到的条数。补两条后：{CHEAPEST}，只补两条时的得分和结论。",
            most=20,
            below=True,
        ),
        Table(
            "帮助最多的措施",
            [Head("编号", 14), *_figures("机关", "共失分", "单靠它达标"), Head("评价标准", 70)],
            [
                [
                    numbered(rubric, row.line.id),
                    row.agencies,
                    None if row.line.gate else row.points,
                    row.alone,
                    "；".join(sentences(row.line.criteria)),
                ]
                for row in found.measures
            ],
            "机关：未达标的机关中这一条没有得满的。单靠它达标：其中只补上这一条就达标的。",
            most=10,
        ),
        Table(
            "年度目标",
            [*_figures("年度", "至少", "还差", "核查达标后还差", "再各补两条后还差"), Head("目标", 24)],
            [
                [str(row.year), *row[2:], f"{exact_percent(row.share)} × {found.progress.agencies}"]
                for row in found.targets
            ],
            f"已认定 {found.progress.recognised} 个。以后年度按现在的机关数和现在的认定算。",
        ),
        Table(
            "只待核查的机关",
            [Head("机关", 24), Head("状态", 12), Head("自评得分", 10, right=True), Head("备注", 60)],
            [[row.name, row.state.chinese, row.claimed, row.remark] for row in found.waiting],
        ),
        Table(
            "要先交表的机关",
            [Head("机关", 24), Head("状态", 12), Head("备注", 60)],
            [[row.name, row.state.chinese, row.remark] for row in found.formless],
        ),
    ]


def _figures(*heads: str) -> list[Head]:
    return [Head(text, max(8, 2 * len(text) + 2), right=True) for text in heads]


def _below_cells(row: Below) -> Sequence[Cell]:
    card, then = row.card, row.then
    state = Verdict.UNDETERMINED.chinese if card.verdict is Verdict.UNDETERMINED else row.standing.state.chinese
    total: Cell = card.written(card.total) if card.at_most == card.total else reach(card)
    number = len(row.steps) if row.advice.attainable else None
    after = f"{shown(then.total, then)} {then.conclusion}"
    return [row.standing.name, state, total, _missing(row), number, after, _todo(card, row)]


def _todo(card: Scorecard, row: Below) -> str:
    """What the agency lacks, in words."""
    if not row.advice.attainable:
        return way(card, row.advice)
    first = [f"先填清 {'、'.join(row.advice.first)}（以下按不扣分计算）"] if row.advice.first else []
    return "；".join([*first, *(_step(card, step) for step in row.steps)])


def _step(card: Scorecard, step: AdviceStep) -> str:
    gain = f"，+{shown(step.gain, card)}" if step.gain else ""
    return f"{numbered(card.rubric, step.line.id)} {brief(step.line.criteria)}（{step.how}{gain}）"


def _missing(row: Below) -> Number:
    """Points to the mark, as written."""
    return Number(short(row.card)) if row.advice.gap > 0 else Number(0)


def _is_pending(step: AdviceStep) -> bool:
    return step.line.state is LineState.PENDING
