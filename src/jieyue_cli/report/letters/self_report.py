"""自评报告: a draft for each agency from its own form, to be checked and completed by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from jieyue_cli.assessment import Result
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.placeholders import Letter, Placeholder
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.rubric.model import INPUTS
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.lines import Line, UnitScore
from jieyue_cli.text.numbers import plain


class _Entry(NamedTuple):
    """A line of the agency's own score, with the evidence that it names."""

    number: str
    line: Line
    evidence: str


class _Chapter(NamedTuple):
    """A unit with its lines."""

    score: UnitScore
    entries: tuple[_Entry, ...]


def _chapters(case: agency.Case) -> Iterator[_Chapter]:
    result = case.told.result
    cited = result.submission.cited if result.submission else {}
    for unit in (unit for unit in (result.self.units if result.self else ()) if unit.items):
        yield _Chapter(unit, tuple(_entry(case, line, cited) for line in unit.lines))


def _entry(case: agency.Case, line: Line, cited: Mapping[str, str]) -> _Entry:
    named = [cited[question] for claim in line.claims for question in claim.criteria if question in cited]
    return _Entry(numbered(case.rubric, line.id), line, "；".join(named))


def _answer(line: Line) -> str:
    said = reasons.answer(line)
    return plain(said) if isinstance(said, Decimal) else said or "未填报"


_ENTRY = (
    Placeholder("编号", "评价标准的编号", lambda entry: entry.number),
    Placeholder("评价标准", "条文原文", lambda entry: "；".join(sentences(entry.line.criteria))),
    Placeholder("填报", "单位填的完成情况", lambda entry: _answer(entry.line)),
    Placeholder("分值", "最多得几分", lambda entry: entry.line.points),
    Placeholder("得分", "按填报得几分", lambda entry: entry.line.score),
    Placeholder("原因", "为什么得这些分，注明单元格", lambda entry: reasons.why(entry.line)),
    Placeholder("佐证材料", "表中“佐证材料”一栏写的；没有写就空着", lambda entry: entry.evidence),
)

PLACEHOLDERS = (
    *agency.ABOUT,
    Placeholder("自评结论", "按自评的结论，如 达标", lambda case: case.told.result.self.conclusion),
    agency.qualifying(lambda case: case.told.result.self),
    Placeholder(
        INPUTS,
        "标准中的基本数据，没有就空着",
        lambda case: reasons.inputs(case.told.result.self),
        (
            Placeholder("名称", "问的是什么", lambda entry: entry[0].text),
            Placeholder("填报", "单位填的，带单位", lambda entry: reasons.noted(*entry)),
        ),
    ),
    Placeholder(
        "评价单元",
        "各评价单元，按标准的顺序",
        _chapters,
        (
            Placeholder("名称", "评价单元的名称", lambda chapter: chapter.score.unit.name),
            Placeholder("分值", "最多得几分", lambda chapter: chapter.score.unit.points),
            Placeholder("得分", "按填报得几分", lambda chapter: chapter.score.score),
            Placeholder(
                "得分条目",
                "这个单元中按填报得分的条目",
                lambda chapter: [entry for entry in chapter.entries if entry.line.score > 0],
                _ENTRY,
            ),
        ),
    ),
    Placeholder(
        "失分条目",
        "按填报没有得满分的条目，没有填报的也在内",
        lambda case: [entry for chapter in _chapters(case) for entry in chapter.entries if entry.line.lost > 0],
        _ENTRY,
    ),
)


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """A draft for every agency that has filled in a form."""
    return agency.letters(findings, PLACEHOLDERS, _refusal)


def _refusal(case: agency.Case) -> str:
    reason = agency.unfit(case)
    return reason or ("" if case.told.result.self else "没有自评")
