"""A whole batch on the console: ranking, what could not be read, who is missing, what is lost, and the progress.

The progress comes last, because the end of a long output is what stays on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.corrections import Corrected
from jieyue_cli.agencies.progress import Lost, Progress
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.agencies import OUTSIDE, asked_for, groups, named, not_assessed, totals
from jieyue_cli.report.amounts import reach
from jieyue_cli.report.console.look import (
    VERDICT_STYLE,
    OneLine,
    Page,
    Prose,
    columns,
    hanging,
    headless,
    safe,
    section,
    table,
)
from jieyue_cli.report.console.pictures import reached, spread
from jieyue_cli.report.console.year import dates, grouped
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import amount, basis, conclusion, left_out, missed, numbered, sentences, unfinished
from jieyue_cli.report.progress import Fact, corrections, facts
from jieyue_cli.report.ranking import NAMELESS, FileRow, Ranked, ranking, rows
from jieyue_cli.rubric.model import Rubric, Unit
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

_MOST_NAMES = 60
_MOST_LOST = 10
_MOST_ASIDE = 20
_NAME_WIDTH, _NARROWEST = 24, 4
"""Cells: twelve characters of an agency's name must be seen at once."""
_WIDEST = 12
"""Cells that the conclusion, which may be a long grade, and its basis take on a line."""
_WORDS = frozenset({"结论", "依据"})


def batch_view(findings: Findings[Result]) -> RenderableType:
    """Show a batch; what is empty is left out."""
    files = rows(findings)
    rubric = findings.rubric
    parts: list[RenderableType] = [
        section(
            f"{_year(year)}排名（{clean(rubric.title)}，{rubric.passing}）",
            _Ranking(rubric, forms),
        )
        for year, forms in ranking(findings, files).items()
    ]
    parts += _aside("不涉及的条目", files, left_out)
    parts += _aside("必须做到而没有做到的", files, missed)
    parts += _unreadable(files)
    if account := findings.account:
        progress = account.progress
        parts += [
            *_duplicates(progress),
            *_requests(progress),
            *_criteria(rubric, "失分最多的条目", "共失分", progress.lost),
            *_corrections(rubric, progress),
            *_agencies(account),
            *_outside(progress),
            *_totals(rubric, account),
            *dates(progress, findings.today),
            *grouped(progress),
            _progress(account),
        ]
    return Page(*parts, Text(""))


def _year(year: int | None) -> str:
    return f"{year} 年度" if year else "年度不明的表，"


class _Ranking:
    """The forms by rank. The units' points give way where they would leave too little room for the agencies' names."""

    def __init__(self, rubric: Rubric, forms: Sequence[Ranked]) -> None:
        self._units = [_stacked(unit) for unit in rubric.units]
        self._forms = forms

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        needed = min(_NAME_WIDTH, max(cell_len(form.row.name) for form in self._forms))
        grid, room = self._grid(options.max_width, self._units)
        if room < needed:
            yield Text("这里放不下各评价单元的得分，见 -o 写出的 .xlsx。", "dim")
            grid, _ = self._grid(options.max_width, [])
        yield grid

    def _grid(self, width: int, units: list[str]) -> tuple[RenderableType, int]:
        """The table with these heads of units, and the room that it leaves for the names."""
        heads = ["名次", *units, "总分", "结论", "依据", "错\n误", "提\n醒"]
        rows = [_cells(form, units=bool(units)) for form in self._forms]
        widths = [
            min(_WIDEST, max(map(cell_len, (*head.split("\n"), *cells))))
            for head, *cells in zip(heads, *rows, strict=True)
        ]
        room = width - sum(widths) - len(widths)
        height = max(head.count("\n") for head in heads)
        grid = table(gap=1)
        for head, widest in zip(heads, widths, strict=True):
            grid.add_column(_low(head, height), width=widest, justify="left" if head in _WORDS else "right")
            if head == "名次":
                grid.add_column(_low("单位", height), width=max(_NARROWEST, room))
        for form, (rank, *numbers, total, said, side, errors, warnings) in zip(self._forms, rows, strict=True):
            style = VERDICT_STYLE[form.card.verdict] if form.card is form.row.result.verified else ""
            decision = (Text(total, "bold"), Prose(said, style), Prose(side))
            unchecked = [Text(state)] if (state := unfinished(form.row.result)) else []
            grid.add_row(rank, Group(Prose(_name(form)), *unchecked), *numbers, *decision, errors, warnings)
        return grid, room


def _name(form: Ranked) -> str:
    row = form.row
    if form.rank is None and row.standing.reason and row.name != NAMELESS:
        return f"{row.name}（{row.standing.reason.value}）"
    return row.called


def _cells(form: Ranked, *, units: bool) -> list[str]:
    """What stands beside the name."""
    row, card = form.row, form.card
    return [
        str(form.rank) if form.rank else "-",
        *(plain(unit.score) if unit.items else "—" for unit in card.units if units),
        reach(card),
        conclusion(row.result),
        basis(row.result),
        str(row.count(Severity.ERROR) or ""),
        str(row.count(Severity.WARNING) or ""),
    ]


def _stacked(unit: Unit) -> str:
    """A head two characters wide, as Chinese tables have them, with the points below."""
    name = clean(unit.name)
    return "\n".join([*(name[start : start + 2] for start in range(0, len(name), 2)), f"{plain(unit.points)}分"])


def _low(head: str, height: int) -> str:
    """Push a head down to the rule below it; the rows keep standing at the top of theirs."""
    return "\n" * (height - head.count("\n")) + head


def _aside(heading: str, files: Iterable[FileRow], phrases: Callable[[Scorecard], list[str]]) -> list[RenderableType]:
    """What decides beside the points, agency by agency."""
    scored = [(row.name, phrases(card)) for row in files if (card := row.result.deciding)]
    lines = [Text(f"{safe(name)}：{clean('；'.join(sentences))}") for name, sentences in scored if sentences]
    if not lines:
        return []
    shown: list[RenderableType] = [hanging("-", 2, line) for line in lines[:_MOST_ASIDE]]
    if len(lines) > _MOST_ASIDE:
        shown.append(Text(f"其余 {len(lines) - _MOST_ASIDE} 个见 -o 写出的 .xlsx。", "dim"))
    return [section(f"{heading}（{len(lines)} 个机关）", *shown)]


def _unreadable(files: Iterable[FileRow]) -> list[RenderableType]:
    unscored = [row for row in files if row.result.deciding is None]
    if not unscored:
        return []
    lines = (
        f"{row.result.file}：{row.problems[0].message if row.problems else row.result.status.chinese}"
        for row in unscored
    )
    return [section(f"没能计分的文件（{len(unscored)} 个）", *_bullets(lines))]


def _duplicates(progress: Progress) -> list[RenderableType]:
    if not progress.duplicates:
        return []
    lines = (
        Text(f"{safe(double.name)} {double.year} 年度：{_listed(double.files, '份')}") for double in progress.duplicates
    )
    return [section(f"交了几份不同的表（{len(progress.duplicates)} 个机关，都没有计入，请各留一份）", *_bullets(lines))]


def _requests(progress: Progress) -> list[RenderableType]:
    """Who asked for 不涉及; what the standard makes of it otherwise is said beside the scores."""
    asked = asked_for(progress)
    if not asked:
        return []
    return [section(f"有机关填“不涉及”的条目（{len(asked)} 条）", *_bullets(f"{what}：{who}" for what, who in asked))]


def _agencies(account: Account) -> list[RenderableType]:
    """Every agency once, one line a state."""
    grid = headless()
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True, style="bold")
    grid.add_column()
    for heading, standings in groups(account):
        grid.add_row(
            heading, str(len(standings)), Prose(Text(_listed([named(standing) for standing in standings], "个")))
        )
    year = account.progress.year
    return [section(f"{_year(year) if year else ''}机关名单（{len(account.standings)} 个）", grid)] if grid.rows else []


def _outside(progress: Progress) -> list[RenderableType]:
    """Whom the roster does not count, one line a reason."""
    reasons = not_assessed(progress)
    lines = (f"{clean(reason)}（{len(names)} 个）：{_listed(names, '个')}" for reason, names in reasons[:_MOST_ASIDE])
    heading = f"名录写明{OUTSIDE}的单位（{len(progress.outside)} 个，不在机关总数中）"
    return [section(heading, *_bullets(lines), *_more(len(reasons) - _MOST_ASIDE))] if reasons else []


def _more(rest: int) -> list[RenderableType]:
    return [Text(f"其余 {rest} 种原因见 -o 写出的 .xlsx。", "dim")] if rest > 0 else []


def _listed(names: Sequence[str], unit: str) -> str:
    """The names one after another; of very many the first, and how many more there are."""
    rest = len(names) - _MOST_NAMES
    more = f" 等，其余 {rest} {unit}见 -o 写出的 .xlsx" if rest > 0 else ""
    return "、".join(clean(name) for name in names[:_MOST_NAMES]) + more


def _criteria(rubric: Rubric, heading: str, counted: str, rows: Sequence[Lost | Corrected]) -> list[RenderableType]:
    """The first criteria of a list; ``counted`` is what their points are."""
    if not rows:
        return []
    grid = table(expand=True)
    columns(grid, "编号")
    columns(grid, "机关", counted, right=True)
    grid.add_column("评价标准", ratio=1)
    for row in rows[:_MOST_LOST]:
        criteria = [rubric.by_id[criterion] for criterion in row.criterion.split("+")]
        text = OneLine(" ".join(sentences(criteria)))
        grid.add_row(numbered(rubric, row.criterion), str(row.agencies), plain(row.points), text)
    rest = [row.criterion for row in rows[_MOST_LOST:]]
    more = [Text(f"其余 {amount(rest)}见 -o 写出的 .xlsx。", "dim")] if rest else []
    return [section(heading, grid, *more)]


def _corrections(rubric: Rubric, progress: Progress) -> list[RenderableType]:
    """What finished verifications changed."""
    made = corrections(progress)
    criteria = _criteria(rubric, "核查改动最多的条目", "共核减", progress.corrections.criteria)
    return [section("自评与核查对照", _facts(made)), *criteria] if made else []


def _totals(rubric: Rubric, account: Account) -> list[RenderableType]:
    """How the totals that count are spread."""
    counted = totals(account)
    return [section(f"总分分布（{len(counted)} 个机关）", spread(counted, rubric))] if len(counted) > 1 else []


def _progress(account: Account) -> RenderableType:
    progress = account.progress
    lines = _facts(facts(progress))
    if account.ledger:
        lines.add_row("台账", "", Prose(f"以前年度的依据，校验码 {account.ledger}"))
    heading = f"{_year(progress.year) if progress.year else ''}进度"
    return section(heading, reached(progress), lines)


def _facts(lines: Iterable[Fact]) -> Table:
    grid = headless()
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True, style="bold")
    grid.add_column()
    for fact in lines:
        grid.add_row(fact.label, fact.shown, Prose(fact.note))
    return grid


def _bullets(lines: Iterable[str | Text]) -> Iterable[RenderableType]:
    return (hanging("-", 2, line) for line in lines)
