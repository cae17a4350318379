"""Findings as a note in Markdown.

Of a batch: the progress, the agencies, the ranking and what is lost. Of one form: the conclusion, the way to the mark,
the lines that lost points, and what to mend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.agencies import asked_for, groups, named
from jieyue_cli.report.amounts import percent, reach, shown, signed
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import (
    basis,
    besides,
    capped,
    compared,
    conclusion,
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
from jieyue_cli.report.progress import Fact, facts
from jieyue_cli.report.ranking import NAMELESS, FileRow, Ranked, ranking, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.markdown import escaped, paragraph, points, table
from jieyue_cli.text.numbers import plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.progress import Progress

Part = tuple[str, str]
"""A heading and what stands below it; a part without anything below is left out."""
_NUMBERS = ("数值", "名次", "机关", "共失分", "分值", "自评", "核查", "差", "可增", "累计", "得分")


def render(findings: Findings[Result]) -> bytes:
    """The whole note; several forms stand one after another."""
    files = rows(findings)
    if findings.account:
        return _batch(findings, files, findings.account).encode()
    return "\n".join(map(_form, files)).encode()


def _batch(findings: Findings[Result], files: Sequence[FileRow], account: Account) -> str:
    rubric, progress = findings.rubric, account.progress
    parts: list[Part] = [
        ("进度", _progress(progress)),
        (f"机关名单（{len(account.standings)} 个）", _agencies(account)),
        *(
            (f"{_year(year) or '年度不明的表，'}排名", _ranking(forms))
            for year, forms in ranking(findings, files).items()
        ),
        ("失分的条目", _lost(rubric, progress)),
        ("有机关填“不涉及”的条目", points(f"{what}：{who}" for what, who in asked_for(progress))),
        ("交了几份不同的表，都没有计入", points(_doubled(progress))),
        ("没能计分的文件", points(_refused(files))),
    ]
    return _page(f"{_year(progress.year)}节约型机关评价汇总", paragraph(_standard(rubric)), parts)


def _form(row: FileRow) -> str:
    result, card = row.result, row.result.deciding
    name = row.name if row.name != NAMELESS else f"{NAMELESS}{result.file}"
    parts: list[Part] = []
    if result.self and card:
        parts += [
            ("各评价单元的得分", _units(result.self, finished(result))),
            *_way(card),
            ("失分的条目", _losing(card)),
        ]
    lead = points(_told(result, card) if card else [result.status.chinese, f"文件：{result.file}"])
    return _page(f"{_year(row.year)}{name}", lead, [*parts, ("要更正和核对的", points(_mending(row)))])


def _page(title: str, lead: str, parts: Iterable[Part]) -> str:
    below = "".join(f"## {escaped(heading)}\n\n{body}" for heading, body in parts if body)
    return f"# {escaped(title)}\n\n{lead}{below}".rstrip("\n") + "\n"


def _table(heads: str, lines: Iterable[Sequence[str]]) -> str:
    """A table with these heads, or nothing where it has no row."""
    listed = list(lines)
    return table(heads.split(), listed, numbers=_NUMBERS) if listed else ""


def _year(year: int | None) -> str:
    return f"{year} 年度" if year else ""


def _standard(rubric: Rubric) -> str:
    return f"{rubric.title}（{rubric.document}），{plain(rubric.pass_mark)} 分（含）以上达标"


# -- a batch -------------------------------------------------------------------------------------------------


def _progress(progress: Progress) -> str:
    return _table("项目 数值 说明", ((fact.label, _value(fact), fact.note) for fact in facts(progress)))


def _value(fact: Fact) -> str:
    if fact.value is None:
        return "-"
    return percent(fact.value) if isinstance(fact.value, Fraction) else str(fact.value)


def _agencies(account: Account) -> str:
    return points(
        f"{heading}（{len(standings)} 个）：{'、'.join(map(named, standings))}"
        for heading, standings in groups(account)
    )


def _ranking(forms: Iterable[Ranked]) -> str:
    return _table("名次 单位名称 总分 结论 依据 备注", map(_ranked, forms))


def _ranked(form: Ranked) -> Sequence[str]:
    row = form.row
    name = row.name if row.name != NAMELESS else f"{NAMELESS}{row.result.file}"
    return str(form.rank or "-"), name, reach(form.card), conclusion(row.result), basis(row.result), row.remark


def _lost(rubric: Rubric, progress: Progress) -> str:
    lines = (
        (
            numbered(rubric, lost.criterion),
            " ".join(sentences([rubric.by_id[part] for part in lost.criterion.split("+")])),
            str(lost.agencies),
            plain(lost.points),
        )
        for lost in progress.lost
    )
    return _table("编号 评价标准 机关 共失分", lines)


def _doubled(progress: Progress) -> Iterator[str]:
    for double in progress.duplicates:
        yield f"{double.name} {double.year} 年度：{'、'.join(double.files)}"


def _refused(files: Iterable[FileRow]) -> Iterator[str]:
    for row in files:
        if row.result.deciding is None:
            yield f"{row.result.file}：{row.problems[0].message if row.problems else row.result.status.chinese}"


# -- one form ------------------------------------------------------------------------------------------------


def _told(result: Result, card: Scorecard) -> Iterator[str]:
    yield f"结论：{decided(result, card)}{prospect(card)}"
    yield f"依据：{compared(result)}"
    if gaps := unanswered(result):
        yield f"注意：{gaps}"
    yield from (f"必须：{phrase}" for phrase in missed(card))
    yield from (f"不涉及：{phrase}" for phrase in left_out(card))
    yield from (f"附加分：{phrase}" for phrase in capped(card))
    yield f"标准：{_standard(card.rubric)}"
    yield f"文件：{result.file}"


def _units(own: Scorecard, verified: Scorecard | None) -> str:
    totals = [(unit.unit.name, plain(unit.unit.points), plain(unit.score)) for unit in own.units]
    lines = [*totals, ("总分", plain(own.rubric.full), reach(own))]
    if verified is None:
        return _table("评价单元 分值 自评", lines)
    found = [
        *(
            (plain(unit.score), signed(unit.score - claimed.score))
            for unit, claimed in zip(verified.units, own.units, strict=True)
        ),
        (reach(verified), signed(verified.total - own.total, own, verified)),
    ]
    return _table("评价单元 分值 自评 核查 差", [(*left, *right) for left, right in zip(lines, found, strict=True)])


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
        yield way(card, advice), _table("编号 评价标准 可增 累计 单元格 办法", steps) + further


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
    return _table("编号 评价标准 分值 得分 计分依据", lines)


def _mending(row: FileRow) -> Iterator[str]:
    for problem in row.problems:
        if problem.severity is not Severity.NOTE:
            place = inside(problem.location)
            yield f"{problem.severity.chinese}：{f'{place} ' if place else ''}{problem.message}"
