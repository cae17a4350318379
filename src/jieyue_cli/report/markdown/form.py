"""One form as a note: the conclusion, the way to the mark, the lines that lost points, and what to mend."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import reach, shown, signed
from jieyue_cli.report.markdown.parts import Part, listing, of_year, page, standard
from jieyue_cli.report.phrases import (
    besides,
    capped,
    compared,
    decided,
    finished,
    inside,
    left_out,
    missed,
    numbered,
    prospect,
    sentences,
    unanswered,
    way,
)
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.markdown import paragraph, points
from jieyue_cli.text.numbers import plain


def form(row: FileRow) -> bytes:
    """The whole note."""
    result, card = row.result, row.result.deciding
    parts: list[Part] = []
    if result.self and card:
        parts += [
            ("各评价单元的得分", _units(result.self, finished(result))),
            *_way(card),
            ("失分的条目", _losing(card)),
        ]
    lead = points(_told(result, card) if card else [result.status.chinese, f"文件：{result.file}"])
    return page(f"{of_year(row.year)}{row.called}", lead, [*parts, ("要更正和核对的", points(_mending(row)))])


def _told(result: Result, card: Scorecard) -> Iterator[str]:
    yield f"结论：{decided(result, card)}{prospect(card)}"
    yield f"依据：{compared(result)}"
    if gaps := unanswered(result):
        yield f"注意：{gaps}"
    yield from (f"必须：{phrase}" for phrase in missed(card))
    yield from (f"不涉及：{phrase}" for phrase in left_out(card))
    yield from (f"附加分：{phrase}" for phrase in capped(card))
    yield f"标准：{standard(card.rubric)}"
    yield f"文件：{result.file}"


def _units(own: Scorecard, verified: Scorecard | None) -> str:
    totals = [(unit.unit.name, plain(unit.unit.points), plain(unit.score)) for unit in own.units]
    lines = [*totals, ("总分", plain(own.rubric.full), reach(own))]
    if verified is None:
        return listing("评价单元 分值 自评", lines)
    found = [
        *(
            (plain(unit.score), signed(unit.score - claimed.score))
            for unit, claimed in zip(verified.units, own.units, strict=True)
        ),
        (reach(verified), signed(verified.total - own.total, own, verified)),
    ]
    return listing("评价单元 分值 自评 核查 差", [(*left, *right) for left, right in zip(lines, found, strict=True)])


def _way(card: Scorecard) -> Iterator[Part]:
    """The way to the pass mark, where that is not reached."""
    if advice := advise(card):
        steps = (
            (
                numbered(card.rubric, step.line.id),
                " ".join(sentences(step.line.criteria)),
                shown(step.gain, card) if step.gain else "",
                shown(step.reaches, card),
                step.line.claim.cell or "",
                step.how,
            )
            for step in advice.enough
        )
        more = besides(card, advice)
        further = paragraph(f"{more}。") if more else ""
        yield way(card, advice), listing("编号 评价标准 可增 累计 单元格 办法", steps) + further


def _losing(card: Scorecard) -> str:
    lines = (
        (
            numbered(card.rubric, line.id),
            " ".join(sentences(line.criteria)),
            plain(line.points),
            plain(line.score),
            reasons.why(line),
        )
        for line in card.lines
        if line.lost
    )
    return listing("编号 评价标准 分值 得分 计分依据", lines)


def _mending(row: FileRow) -> Iterator[str]:
    for problem in row.problems:
        if problem.severity is not Severity.NOTE:
            place = inside(problem.location)
            yield f"{problem.severity.chinese}：{f'{place} ' if place else ''}{problem.message}"
