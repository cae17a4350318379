"""A whole batch on the console: ranking, what could not be read, who is missing, what is lost, and the progress.

The progress comes last, because the end of a long output is what stays on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import percent, reach
from jieyue_cli.report.console.look import VERDICT_STYLE, OneLine, Page, Prose, columns, hanging, section, table
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import basis, left_out, missed, sentence
from jieyue_cli.report.progress import Fact, facts
from jieyue_cli.report.ranking import NAMELESS, FileRow, Ranked, ranking, rows
from jieyue_cli.rubric.model import Rubric, Unit
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

_MOST_NAMES = 60
_MOST_LOST = 10
_MOST_ASIDE = 20


def batch_view(findings: Findings[Result]) -> RenderableType:
    """Show a batch; what is empty is left out."""
    files = rows(findings)
    rubric = findings.rubric
    parts: list[RenderableType] = [
        section(
            f"{_year(year)}排名（{clean(rubric.title)}，{plain(rubric.pass_mark)} 分（含）以上达标）",
            _ranking(rubric, forms),
        )
        for year, forms in ranking(findings, files).items()
    ]
    parts += _aside("不涉及的条目", files, left_out)
    parts += _aside("必须做到而没有做到的", files, missed)
    parts += _unreadable(files)
    if progress := findings.progress:
        parts += [
            *_duplicates(progress),
            *_names("被撤销的机关（以前认定，后来核查不达标）", progress.withdrawn),
            *_names("名录中还没有交表的机关", progress.missing),
            *_lost(rubric, progress),
            _progress(progress),
        ]
    return Page(*parts, Text(""))


def _year(year: int | None) -> str:
    return f"{year} 年度" if year else "年度不明的表，"


def _ranking(rubric: Rubric, forms: Iterable[Ranked]) -> RenderableType:
    heads = [_stacked(unit) for unit in rubric.units]
    height = max(head.count("\n") for head in heads)
    grid = table(gap=1, expand=True)
    columns(grid, _low("名次", height), right=True)
    grid.add_column(_low("单位", height), ratio=1, min_width=12)
    columns(grid, *(_low(head, height) for head in heads), _low("总分", height), right=True)
    columns(grid, _low("结论", height), _low("依据", height))
    columns(grid, _low("错\n误", height), _low("提\n醒", height), right=True)
    for form in forms:
        grid.add_row(*_form(form))
    return grid


def _stacked(unit: Unit) -> str:
    """A head two characters wide, as Chinese tables have them, with the points below."""
    name = clean(unit.name)
    return "\n".join([*(name[start : start + 2] for start in range(0, len(name), 2)), f"{plain(unit.points)}分"])


def _low(head: str, height: int) -> str:
    """Push a head down to the rule below it; the rows keep standing at the top of theirs."""
    return "\n" * (height - head.count("\n")) + head


def _form(form: Ranked) -> Sequence[RenderableType]:
    row, card = form.row, form.card
    name = row.name if row.name != NAMELESS else f"{NAMELESS}{row.result.file}"
    return (
        str(form.rank) if form.rank else "-",
        Prose(name),
        *(plain(unit.score) for unit in card.units),
        Text(reach(card), "bold"),
        Text(card.conclusion, VERDICT_STYLE[card.verdict]),
        basis(row.result),
        str(row.count(Severity.ERROR) or ""),
        str(row.count(Severity.WARNING) or ""),
    )


def _aside(heading: str, files: Iterable[FileRow], phrases: Callable[[Scorecard], list[str]]) -> list[RenderableType]:
    """What decides beside the points, agency by agency."""
    scored = [(row.name, phrases(card)) for row in files if (card := row.result.deciding)]
    lines = [f"{name}：{'；'.join(sentences)}" for name, sentences in scored if sentences]
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
    lines = (f"{double.name} {double.year} 年度：{'、'.join(double.files)}" for double in progress.duplicates)
    return [section(f"交了几份不同的表（{len(progress.duplicates)} 个机关，都没有计入，请各留一份）", *_bullets(lines))]


def _names(heading: str, names: Sequence[str]) -> list[RenderableType]:
    if not names:
        return []
    rest = len(names) - _MOST_NAMES
    more = f" 等，其余 {rest} 个见 -o 写出的 .xlsx" if rest > 0 else ""
    text = Text("、".join(clean(name) for name in names[:_MOST_NAMES]) + more)
    return [section(f"{heading}（{len(names)} 个）", Prose(text))]


def _lost(rubric: Rubric, progress: Progress) -> list[RenderableType]:
    if not progress.lost:
        return []
    grid = table(expand=True)
    columns(grid, "编号")
    columns(grid, "机关", "共失分", right=True)
    grid.add_column("评价标准", ratio=1)
    for lost in progress.lost[:_MOST_LOST]:
        grid.add_row(lost.criterion, str(lost.agencies), plain(lost.points), OneLine(sentence(rubric, lost.criterion)))
    rest = len(progress.lost) - _MOST_LOST
    more = [Text(f"其余 {rest} 条见 -o 写出的 .xlsx。", "dim")] if rest > 0 else []
    return [section("失分最多的条目", grid, *more)]


def _progress(progress: Progress) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True, style="bold")
    grid.add_column()
    for fact in facts(progress):
        grid.add_row(fact.label, _value(fact), Prose(fact.note))
    return section(f"{_year(progress.year) if progress.year else ''}进度", grid)


def _value(fact: Fact) -> str:
    if fact.value is None:
        return "-"
    return percent(fact.value) if isinstance(fact.value, Fraction) else str(fact.value)


def _bullets(lines: Iterable[str]) -> Iterable[RenderableType]:
    return (hanging("-", 2, line) for line in lines)
