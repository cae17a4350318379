"""One form as a note: the conclusion, the way to the mark, the lines that lost points, and what to mend."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import reach, signed
from jieyue_cli.report.feedback import Feedback, feedback_of
from jieyue_cli.report.markdown.parts import Part, listing, of_year, page, standard
from jieyue_cli.report.phrases import compared, decided, finished, inside, prospect, qualified
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.markdown import paragraph, points
from jieyue_cli.text.numbers import plain


def form(row: FileRow) -> bytes:
    """The whole note."""
    result, told = row.result, feedback_of(row)
    parts: list[Part] = []
    if result.self and told.card:
        parts += [
            ("各评价单元的得分", _units(result.self, finished(result))),
            *_way(told),
            ("失分的条目", _losing(told)),
        ]
    lead = points(_told(result, told.card) if told.card else [result.status.chinese, f"文件：{result.file}"])
    return page(f"{of_year(row.year)}{row.called}", lead, [*parts, ("要更正和核对的", points(_mending(row)))])


def _told(result: Result, card: Scorecard) -> Iterator[str]:
    yield f"结论：{decided(result, card)}{prospect(card)}"
    yield f"依据：{compared(result)}"
    yield from (f"{label}：{text}" for label, text in qualified(result, card))
    yield f"标准：{standard(card.rubric)}"
    yield f"文件：{result.file}"


def _units(own: Scorecard, verified: Scorecard | None) -> str:
    totals = [(unit.unit.name, plain(unit.unit.points), plain(unit.score)) for unit in own.units if unit.items]
    lines = [*totals, (own.rubric.total_name, plain(own.rubric.full), reach(own))]
    if verified is None:
        return listing("评价单元 分值 自评", lines)
    found = [
        *(
            (plain(unit.score), signed(unit.score - claimed.score))
            for unit, claimed in zip(verified.units, own.units, strict=True)
            if unit.items
        ),
        (reach(verified), signed(verified.total - own.total, own, verified)),
    ]
    return listing("评价单元 分值 自评 核查 差", [(*left, *right) for left, right in zip(lines, found, strict=True)])


def _way(told: Feedback) -> Iterator[Part]:
    """The way to the pass mark, where that is not reached."""
    if told.way:
        steps = (
            (
                step.number,
                " ".join(step.sentences),
                plain(step.gain) if step.gain else "",
                plain(step.reaches),
                step.place.cell or "",
                step.how,
            )
            for step in told.steps
        )
        more = paragraph(f"{told.besides}。") if told.besides else ""
        yield told.way, listing("编号 评价标准 可增 累计 单元格 办法", steps) + more


def _losing(told: Feedback) -> str:
    lines = (
        (
            entry.number,
            " ".join(entry.sentences),
            plain(entry.points),
            plain(entry.line.score),
            reasons.why(entry.line),
        )
        for entry in told.lost
    )
    return listing("编号 评价标准 分值 得分 计分依据", lines)


def _mending(row: FileRow) -> Iterator[str]:
    for problem in row.problems:
        if problem.severity is not Severity.NOTE:
            place = inside(problem.location)
            yield f"{problem.severity.chinese}：{f'{place} ' if place else ''}{problem.message}"
