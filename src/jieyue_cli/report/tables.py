"""What several reports show in the same way: ranks, basis, remarks, progress facts, percentages, harmless text.

Each is decided here once, so that the console, the CSV file and the workbook can never disagree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code, Location, Problem, Severity, by_weight
from jieyue_cli.report.findings import Findings
from jieyue_cli.rubric.model import GATES, Rubric
from jieyue_cli.scoring.scorecard import Requirement, Scorecard
from jieyue_cli.text.numbers import add, decimal, plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.progress import Progress

_CENT = Decimal("0.01")
NAMELESS = "（没有单位名称）"
_REMARKS = {
    Code.SUBMISSION_DOUBLED: "重复，未计入",
    Code.SUBMISSION_COPIED: "内容相同，只计一次",
    Code.AGENCY_NOT_LISTED: "不在名录，未计入",
    Code.YEAR_LATER: "晚于统计年度，未计入",
}


class FileRow(msgspec.Struct, frozen=True):
    """One file with everything said about it, also by comparison with the other files."""

    result: Result
    problems: tuple[Problem, ...]
    """Its own and those between the files, errors first."""

    @property
    def name(self) -> str:
        """The agency, as a reader is shown it."""
        agency = self.result.agency
        return clean(agency.name) if agency and agency.name else NAMELESS

    @property
    def year(self) -> int | None:
        """The year the form is for; None where it could not be read."""
        return self.result.agency.year if self.result.agency else None

    @property
    def remark(self) -> str:
        """Why the form does not count in the progress, or not alone; usually empty."""
        said = {_REMARKS[problem.code]: None for problem in self.problems if problem.code in _REMARKS}
        return "；".join(said)

    def count(self, severity: Severity) -> int:
        """How many problems weigh so much."""
        return sum(problem.severity is severity for problem in self.problems)

    def has(self, code: Code) -> bool:
        """Whether this was found."""
        return any(problem.code is code for problem in self.problems)


class Ranked(msgspec.Struct, frozen=True):
    """A scored form in its place among those of its year."""

    row: FileRow
    card: Scorecard
    """The score that decides."""
    rank: int | None
    """None where the form cannot be told to be the agency's one form."""


class Fact(msgspec.Struct, frozen=True):
    """One line of the progress table."""

    label: str
    value: int | Fraction | None
    note: str


def rows(findings: Findings) -> list[FileRow]:
    """One row a file, in the findings' order."""
    between: dict[str | None, list[Problem]] = {}
    for problem in findings.problems:
        between.setdefault(problem.location.file, []).append(problem)
    return [
        FileRow(result, tuple(by_weight((*result.problems, *between.get(result.file, ())))))
        for result in findings.results
    ]


def all_problems(findings: Findings) -> list[Problem]:
    """Every problem of the run, errors first; within a severity, file by file."""
    return by_weight([*(problem for result in findings.results for problem in result.problems), *findings.problems])


def ranking(findings: Findings, listed: Sequence[FileRow]) -> Mapping[int | None, list[Ranked]]:
    """Year → its scored forms by deciding total; the year of the progress first, then the latest, unknown last.

    Equal totals share a rank and keep their order. A form whose agency or year is unknown, one of several different
    forms of an agency, and a second copy have no rank and stand last: giving them one would let one of them win.
    """
    years: dict[int | None, list[tuple[FileRow, Scorecard]]] = {}
    for row in listed:
        if card := row.result.deciding:
            years.setdefault(row.year, []).append((row, card))
    of_progress = findings.progress.year if findings.progress else None
    order = sorted(years, key=lambda year: (year is None, year != of_progress, -(year or 0)))
    return {year: _ranked(years[year]) for year in order}


def _ranked(forms: Iterable[tuple[FileRow, Scorecard]]) -> list[Ranked]:
    from jieyue_cli.agencies.roster import key

    ranked: list[Ranked] = []
    apart: list[Ranked] = []
    copies: set[tuple[str, str | None]] = set()
    for row, card in sorted(forms, key=lambda form: -form[1].total):
        copy = (key(row.name), row.result.sha256)
        second = row.has(Code.SUBMISSION_COPIED) and copy in copies
        if second or row.name == NAMELESS or row.year is None or row.has(Code.SUBMISSION_DOUBLED):
            apart.append(Ranked(row, card, None))
            continue
        copies.add(copy)
        tied = ranked and ranked[-1].card.total == card.total
        ranked.append(Ranked(row, card, ranked[-1].rank if tied else len(ranked) + 1))
    return ranked + apart


def basis(result: Result) -> str:
    """Which side's score decides: 核查 where the office has checked, else 自评; nothing where there is no score."""
    if result.deciding is None:
        return ""
    return "核查" if result.verified else "自评"


def reach(card: Scorecard) -> str:
    """The total, as a range where mending could still raise it."""
    if card.at_most == card.total:
        return plain(card.written(card.total))
    return f"{plain(card.written(card.total))}～{plain(card.written(card.at_most))}"


def short(card: Scorecard) -> str:
    """Points that are missing to the pass mark, rounded up where they are cut: what is written must be enough."""
    gap = Fraction(card.rubric.pass_mark) - card.total
    shown = decimal(card.written(gap))
    return plain(shown if shown == gap else shown + _CENT)


def required(requirement: Requirement) -> str:
    """What has to be reached and is not, or not yet for certain."""
    lacking, asked = ("不符合", GATES) if requirement.gate else ("没有做到", requirement.must.chinese)
    return f"{requirement.id} {requirement.text}：{lacking if requirement.met is False else '尚待更正'}（{asked}）"


def missed(card: Scorecard) -> list[str]:
    """Every requirement that is not met."""
    return [required(requirement) for requirement in card.requirements if not requirement.met]


def left_out(card: Scorecard) -> list[str]:
    """What 不涉及 did: which criteria, under which policy, and the denominator that is left."""
    told = []
    for policy in card.rubric.policies:
        if lines := [line for line in card.excused if line.policy is policy]:
            points = add(line.points for line in lines)
            told.append(f"{'、'.join(line.id for line in lines)}，{policy.chinese}，共 {plain(points)} 分")
    if told and card.denominator != card.rubric.points:
        told.append(f"应得满分 {plain(card.denominator)} 分（原 {plain(card.rubric.points)} 分）")
    if card.rescaled:
        scaled = f"{plain(card.raw)} 分折算为 {plain(card.written(card.total))} 分"
        told.append(f"{scaled}（基础得分 ÷ 应得满分 × {plain(card.rubric.points)}）")
    return told


def capped(card: Scorecard) -> list[str]:
    """Where a bonus unit's cap took points away."""
    return [
        f"{unit.unit.name}最多计 {plain(unit.unit.points)} 分，超出的 {plain(unit.beyond)} 分不计"
        for unit in card.units
        if unit.beyond
    ]


def signed(difference: Fraction) -> str:
    """A difference with its sign; nothing where there is none."""
    if not difference:
        return ""
    return f"+{plain(difference)}" if difference > 0 else plain(difference)


def facts(progress: Progress) -> list[Fact]:
    """The progress toward the year's target, numerator and denominator always beside the rate."""
    lines = [
        Fact("机关总数", progress.agencies, f"分母，来自{progress.denominator.chinese}"),
        Fact("已认定", progress.recognised, "分子，核查达标的机关，含以前年度认定的"),
        Fact("认定率", progress.rate, f"{progress.recognised} / {progress.agencies}"),
    ]
    if progress.target_rate is None or progress.required is None:
        lines.append(Fact("年度目标", None, "这一年没有年度目标"))
    else:
        asked = f"{exact_percent(progress.target_rate)} × {progress.agencies}，至少 {progress.required} 个机关"
        lines.append(Fact("年度目标", progress.target_rate, asked))
        lines.append(Fact("还差", progress.gap, "" if progress.gap or not progress.agencies else "已完成年度目标"))
    confirmed = ""
    if progress.gap:
        left = progress.gap_if_confirmed
        confirmed = f"全部核查达标后还差 {left} 个" if left else "全部核查达标即完成年度目标"
    lines += [
        Fact("自评达标待核查", progress.self_assessed, confirmed),
        Fact("已交表的机关", progress.handed_in, _year(progress)),
        Fact("表格文件", progress.files, f"其中 {progress.unreadable} 个没能计分"),
    ]
    return lines


def _year(progress: Progress) -> str:
    return f"{progress.year} 年度" if progress.year else "没有读到评价年度"


def tenths(share: Fraction) -> int:
    """Tenths of a per cent, rounded half up from the exact fraction: 358/825 is 434."""
    return (2000 * share.numerator + share.denominator) // (2 * share.denominator)


def percent(share: Fraction) -> str:
    """A rate as shown: ``43.4%``."""
    whole, tenth = divmod(tenths(share), 10)
    return f"{whole}.{tenth}%"


def exact_percent(share: Fraction) -> str:
    """A target as set: ``25%``; it comes from a decimal and so has a finite form."""
    return f"{plain(Decimal(100 * share.numerator) / share.denominator)}%"


def sentence(rubric: Rubric, line: str) -> str:
    """The standard's words for a line; those of the first criterion where several are scored together."""
    return rubric.by_id[line.partition("+")[0]].text


def inside(place: Location) -> str:
    """A place within its file: ``自评打分表!G14（2.2.3）``."""
    return str(msgspec.structs.replace(place, file=None))


def clean(text: str) -> str:
    """Make text from a foreign file harmless on a console and lawful in XML, one character at a time.

    Line breaks and tabs become spaces; control, direction and zero-width characters go; half a character becomes ``?``.
    """
    return text if text.isprintable() else "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp":
            return " " if char.isspace() else ""
        case "Cf":
            return ""
        case "Cs":
            return "?"
        case "Cn" if ord(char) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 -- the noncharacters that end each plane
            return ""
    return char
