"""One result on the console: who, the verdict and its basis, units and items, and the way to the pass mark."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import reach, shown, signed
from jieyue_cli.report.console.look import (
    VERDICT_STYLE,
    Entry,
    Head,
    Ledger,
    OneLine,
    Page,
    Prose,
    columns,
    pairs,
    safe,
    section,
    table,
)
from jieyue_cli.report.phrases import (
    besides,
    compared,
    decided,
    finished,
    numbered,
    prospect,
    qualified,
    sentences,
    way,
)
from jieyue_cli.report.ranking import NAMELESS
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import Advice, advise
from jieyue_cli.scoring.lines import ItemScore, Line, UnitScore
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import AnswerKind
from jieyue_cli.text.numbers import plain

_ANSWER_WIDTH = 8
"""Characters; in so many cells, on two lines at most."""
_HOW_WIDTH = 20


def score_view(result: Result, *, detail: bool) -> RenderableType:
    """Show one result; with ``detail`` every criterion with its answer, rule, points and cell."""
    card = result.deciding
    if card is None or result.self is None:
        return _unreadable(result)
    checked = finished(result)
    parts = [_head(result, card), Text(""), _units(result.self, checked)]
    if advice := advise(card):
        parts.append(_advice(card, advice, detail=detail))
    if detail:
        parts.append(section("逐条得分", _lines(result.self, result.verified)))
    return Page(*parts, Text(""))


def _unreadable(result: Result) -> RenderableType:
    verdict = Text(result.status.chinese, "bold red")
    reasons = [("原因", problem.message) for problem in result.problems if problem.severity is Severity.ERROR]
    return Page(pairs([("文件", result.file), ("结论", verdict), *reasons]), Text(""))


def _head(result: Result, card: Scorecard) -> RenderableType:
    """Who, and the verdict."""
    agency, rubric = result.agency, card.rubric
    who = safe(agency.name if agency and agency.name else NAMELESS, "bold")
    who.append_text(safe(f"　{agency.category if agency and agency.category else '类别不明'}", "not bold"))
    who.append(f"　{agency.year} 年度" if agency and agency.year else "　年度不明", "not bold")
    mark = f"满分 {rubric.full_marks}，{plain(rubric.pass_mark)} 分（含）以上达标"
    rows: list[tuple[str, str | Text]] = [
        ("单位", who),
        ("文件", result.file),
        ("标准", f"{rubric.title}，{mark}"),
        ("结论", _verdict(result, card)),
        ("依据", compared(result)),
    ]
    if rubric.classes and agency and agency.group:
        rows.insert(3, ("类型", agency.group))
    return pairs([*rows, *qualified(result, card)])


def _verdict(result: Result, card: Scorecard) -> Text:
    text = Text(decided(result, card), VERDICT_STYLE[card.verdict])
    text.append(prospect(card), "not bold")
    return text


def _units(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    grid = table()
    grid.add_column("评价单元和项目")
    columns(grid, "分值", "自评", *(("核查", "差") if verified else ()), right=True)
    for index, unit in enumerate(own.units):
        if not unit.items:  # it is for other classes of agency
            continue
        checked = verified.units[index] if verified else None
        grid.add_row(safe(unit.unit.name), *_numbers(unit.unit.points, unit, checked), style="bold")
        for place, item in enumerate(unit.items):
            other = checked.items[place] if checked else None
            grid.add_row(safe(f"  {item.item.name}"), *_numbers(item.item.points, item, other))
    grid.add_section()
    beside = []
    if verified:
        beside = [reach(verified), signed(verified.total - own.total, own, verified)]
    grid.add_row(own.rubric.total_name, plain(own.rubric.full), reach(own), *beside, style="bold")
    return grid


def _numbers(points: Decimal, own: UnitScore | ItemScore, checked: UnitScore | ItemScore | None) -> list[str]:
    beside = [plain(checked.score), signed(checked.score - own.score)] if checked else []
    return [plain(points), plain(own.score), *beside]


def _advice(card: Scorecard, advice: Advice, *, detail: bool) -> RenderableType:
    grid = table(expand=True)
    columns(grid, "编号")
    columns(grid, "可增", "累计", right=True)
    columns(grid, "单元格")
    grid.add_column("办法", max_width=_HOW_WIDTH)
    grid.add_column("评价标准", ratio=1)
    for step in advice.enough:
        grid.add_row(
            numbered(card.rubric, step.line.id),
            f"+{shown(step.gain, card)}" if step.gain else "",
            shown(step.reaches, card),
            step.line.claim.cell or "",
            Prose(step.how),
            OneLine(" ".join(sentences(step.line.criteria))),
        )
    parts: list[RenderableType] = [grid] if advice.enough else []
    if more := besides(card, advice):
        parts.append(Prose(Text(f"{more}{'' if detail else '，加 --detail 逐条查看'}。", "dim")))
    return section(way(card, advice), *parts)


def _lines(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    heads = [Head("编号"), Head("分值", "right")]
    for head in ("自评", *(("核查",) if verified else ())):
        heads += [Head(head, widest=_ANSWER_WIDTH), Head("得分", "right")]
    heads.append(Head("评价标准和计分依据"))
    checked = {line.id: line for line in (*verified.gates, *verified.lines)} if verified else {}
    entries = [_line(own.rubric, gate, checked.get(gate.id)) for gate in own.gates]
    empty = [""] * (len(heads) - 3)
    for unit in own.units:
        for item in unit.items:
            heading = OneLine(f"{unit.unit.name}　{item.item.name}")
            entries.append(Entry([item.item.id, plain(item.item.points), *empty], heading, style="bold"))
            entries += [_line(own.rubric, line, checked.get(line.id)) for line in item.lines]
    return Ledger(heads, entries)


def _line(rubric: Rubric, line: Line, checked: Line | None) -> Entry:
    cells = [numbered(rubric, line.id), "" if line.gate else plain(line.points), _answer(line), _brought(line)]
    told = [Prose(f"自评：{reasons.why(line)}" if checked else reasons.why(line), "dim")]
    if checked:
        cells += [_answer(checked), _brought(checked)]
        told.append(Prose(f"核查：{reasons.why(checked)}", "dim"))
    text = OneLine(" ".join(sentences(line.criteria)))
    if len(line.criteria) > 1:
        return Entry(cells, text, below=Padding(Group(*told), (0, 0, 0, 2)))
    return Entry(cells, Group(text, *told))


def _brought(line: Line) -> str:
    return reasons.worth(line) if line.gate else plain(line.score)


def _answer(line: Line) -> str:
    """What was answered, short: the reason beside it says it in full."""
    answer = reasons.answer(line)
    if answer is not None and len(line.claims) > 1:
        return "见依据"
    if answer is None:
        return "未填" if line.claim.answer.kind is AnswerKind.BLANK else "?"
    if isinstance(answer, Decimal):
        return plain(answer)
    return answer if len(answer) <= _ANSWER_WIDTH else answer[: _ANSWER_WIDTH - 1] + "…"
