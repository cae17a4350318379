"""核查对照: the agencies' claims beside the office's findings, criterion by criterion and agency by agency.

Only finished verifications are compared, of forms that count for the year: an unfinished one decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from jieyue_cli.agencies.corrections import Corrections
from jieyue_cli.report.phrases import numbered, sentences
from jieyue_cli.report.progress import changed
from jieyue_cli.report.ranking import Ranked
from jieyue_cli.report.workbook.scores import Lines
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.scoring.differences import pairs
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import VerificationState
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import add, cut, plain

COMPARED, COMPARED_AGENCIES = "核查对照", "机关核查对照"
_NAMED = 12
"""Agencies named at a criterion; all of them are on the other sheet."""


class Compared(NamedTuple):
    """One agency's claims and the office's findings."""

    form: Ranked
    claimed: Scorecard
    verified: Scorecard

    @property
    def name(self) -> str:
        """The agency."""
        return self.form.row.name

    @property
    def difference(self) -> Fraction:
        """What the office's total has more; negative where it has less."""
        return self.verified.shown - self.claimed.shown

    @property
    def pairs(self) -> list[tuple[Line, Line]]:
        """Every line that both sides have."""
        return pairs(self.claimed, self.verified)


def compared(forms: Iterable[Ranked], year: int | None) -> list[Compared]:
    """The forms of a year that count and whose verification is complete."""
    made = []
    for form in forms:
        result = form.row.result
        complete = result.verification.state is VerificationState.COMPLETE
        if complete and form.row.standing.counts and form.row.year == year and result.self and result.verified:
            made.append(Compared(form, result.self, result.verified))
    return made


class _Difference(NamedTuple):
    """What became of a line in all forms together."""

    criteria: Sequence[Criterion]
    points: Fraction
    claimed: list[Fraction]
    found: list[Fraction]
    who: list[tuple[Fraction, str]]
    """By how much the finding is above the claim, and whose it is; without those where it is equal."""


def by_criterion(book: Book, rubric: Rubric, forms: Sequence[Compared], made: Corrections) -> None:
    """Write one row a criterion where findings differ from claims."""
    what = [ReportColumn("编号", 10), ReportColumn("评价标准", 44), ReportColumn("分值", 6)]
    means = [ReportColumn("自评平均", 7.5), ReportColumn("核查平均", 7.5), ReportColumn("平均差", 7.5)]
    many = [ReportColumn("不同的机关", 12, full=0), ReportColumn("共核减", 7.5)]
    who = [*many, ReportColumn("哪些机关（核查减自评）", 29)]
    sheet = book.sheet(COMPARED, [*what, *means, *who], keep=1)
    sheet.title("核查对照")
    sheet.subtitle(f"{_overall(made)}以下按不同的机关数排列；核查与自评处处相同的条目不列。")
    sheet.filtered_head()
    lines: dict[str, _Difference] = {}
    for form in forms:
        for claim, finding in form.pairs:
            line = lines.setdefault(claim.id, _Difference(claim.criteria, claim.points, [], [], []))
            line.claimed.append(claim.score)
            line.found.append(finding.score)
            if finding.score != claim.score:
                line.who.append((finding.score - claim.score, form.name))
    for identifier, line in sorted(lines.items(), key=lambda entry: -len(entry[1].who)):
        if line.who:
            _criterion(sheet, numbered(rubric, identifier), line)


def _criterion(sheet: ReportSheet, called: str, line: _Difference) -> None:
    sheet.text(called, Look.MIDDLE)
    sheet.lines(sentences(line.criteria))
    sheet.number(line.points)
    claimed, found = _mean(line.claimed), _mean(line.found)
    sheet.numbers((claimed, found, found - claimed))
    sheet.number(len(line.who))
    sheet.number(-add(more for more, _ in line.who))
    named = [f"{name} {_signed(more)}" for more, name in sorted(line.who, key=lambda entry: entry[0])]
    sheet.text(abridged(named, _NAMED, "个"))
    sheet.end()


def by_agency(book: Book, forms: Sequence[Compared], lines: Lines, made: Corrections) -> None:
    """Write one row an agency, the largest reductions first."""
    sheet = book.sheet(
        COMPARED_AGENCIES,
        [
            ReportColumn("单位名称", 28),
            ReportColumn("自评总分", 9),
            ReportColumn("核查总分", 9),
            ReportColumn("差", 8),
            ReportColumn("结论", 10),
            ReportColumn("不同的条目数", 12, full=0),
            ReportColumn("哪些条目（自评 → 核查）", 56),
        ],
        keep=1,
    )
    sheet.title("机关核查对照")
    sheet.subtitle(f"{_overall(made)}以下按核减的多少排列。点核查总分转到得分明细。")
    sheet.filtered_head()
    for form in sorted(forms, key=lambda form: form.difference):
        moved = [(claim, finding) for claim, finding in form.pairs if claim.score != finding.score]
        sheet.text(form.name, Look.STRONG)
        sheet.number(form.claimed.shown)
        lines.total(sheet, form.verified.shown, [form.form.row.result.file])
        sheet.number(form.difference)
        sheet.text(form.verified.conclusion, Look.MIDDLE)
        sheet.number(len(moved))
        sheet.text(
            "、".join(
                f"{numbered(form.claimed.rubric, claim.id)}（{plain(claim.score)} → {plain(finding.score)}）"
                for claim, finding in moved
            )
        )
        sheet.end()


def _overall(made: Corrections) -> str:
    """What claims and findings come to together."""
    if not made.agencies:
        return "还没有核查完成的表。"
    without = f"，其中 {made.unexplained} 条改动没有写核查意见" if made.unexplained else ""
    return f"核查完成 {made.agencies} 个机关：{changed(made)}{without}。"


def _mean(points: Sequence[Fraction]) -> Fraction:
    """As it is written: whoever subtracts two of them gets the difference that stands beside them."""
    return cut(add(points) / len(points))


def _signed(amount: Fraction) -> str:
    return f"{'+' if amount > 0 else '−'}{plain(abs(amount))}"
