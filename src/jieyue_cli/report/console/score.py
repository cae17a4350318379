"""One result on the console: who, the verdict and its basis, units and items, and the way to the pass mark."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.text import Text

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.amounts import reach, short, shown, signed
from jieyue_cli.report.console.look import VERDICT_STYLE, OneLine, Page, Prose, columns, pairs, safe, section, table
from jieyue_cli.report.phrases import basis, capped, left_out, required
from jieyue_cli.report.ranking import NAMELESS
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import Advice, advise
from jieyue_cli.scoring.scorecard import ItemScore, Line, Scorecard, UnitScore, Verdict
from jieyue_cli.submission import AnswerKind
from jieyue_cli.text.numbers import plain

_ANSWER_WIDTH = 8


def score_view(result: Result, *, detail: bool) -> RenderableType:
    """Show one result; with ``detail`` every criterion with its answer, rule, points and cell."""
    card = result.deciding
    if card is None or result.self is None:
        return _unreadable(result)
    parts = [_head(result, card), Text(""), _units(result.self, result.verified)]
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
        ("依据", _basis(result)),
    ]
    sides = (("自评", result.self), ("核查", result.verified))
    gaps = [f"{word}{counts}" for word, side in sides if side and (counts := _open_answers(side))]
    if gaps:
        rows.append(("注意", "；".join(gaps)))
    if rubric.classes and agency and agency.group:
        rows.insert(3, ("类型", agency.group))
    rows += [("必须", required(requirement)) for requirement in card.requirements if not requirement.met]
    rows += [("折算" if "÷" in phrase else "不涉及", phrase) for phrase in left_out(card)]
    rows += [("附加分", phrase) for phrase in capped(card)]
    return pairs(rows)


def _verdict(result: Result, card: Scorecard) -> Text:
    verdict, mark = card.verdict, plain(card.rubric.pass_mark)
    text = Text(card.conclusion, VERDICT_STYLE[verdict])
    if card.rubric.grades and card.conclusion != verdict.chinese:
        text.append(f"（{verdict.chinese}）")
    text.append(f"　{basis(result)} {reach(card)} 分")
    more = card.at_most > card.total
    if verdict is Verdict.UNDETERMINED:
        text.append(f"，更正无法采信的 {card.count(AnswerKind.UNREADABLE)} 条后才能确定", "not bold")
    elif verdict is Verdict.FAIL:
        if card.total >= card.rubric.pass_mark:
            text.append("，分数够了，但有必须做到的没有做到", "not bold")
        else:
            text.append(f"，全部更正也不到 {mark} 分" if more else f"，还差 {short(card)} 分", "not bold")
    return text


def _basis(result: Result) -> str:
    if result.verified is None or result.self is None:
        return "自评（尚未核查，认定以核查得分为准）"
    more = result.verified.total - result.self.total
    if not more:
        return "核查（与自评相同）"
    points = shown(more, result.self, result.verified).removeprefix("-")
    return f"核查（比自评{'多' if more > 0 else '少'} {points} 分）"


def _more(own: Scorecard, verified: Scorecard) -> Fraction:
    """By how much the verified total is above the agency's own, as it is written."""
    return own.written(verified.written(verified.total - own.total))


def _open_answers(card: Scorecard) -> str:
    counts = (("未填报", card.count(AnswerKind.BLANK)), ("无法采信", card.count(AnswerKind.UNREADABLE)))
    return "，".join(f"{word} {number} 条" for word, number in counts if number)


def _units(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    grid = table()
    grid.add_column("评价单元和项目")
    columns(grid, "分值", "自评", *(("核查", "差") if verified else ()), right=True)
    for index, unit in enumerate(own.units):
        checked = verified.units[index] if verified else None
        grid.add_row(safe(unit.unit.name), *_numbers(unit.unit.points, unit, checked), style="bold")
        for place, item in enumerate(unit.items):
            other = checked.items[place] if checked else None
            grid.add_row(safe(f"  {item.item.name}"), *_numbers(item.item.points, item, other))
    grid.add_section()
    beside = []
    if verified:
        beside = [reach(verified), signed(verified.total - own.total, own, verified)]
    grid.add_row("总分", plain(own.rubric.full), reach(own), *beside, style="bold")
    return grid


def _numbers(points: Decimal, own: UnitScore | ItemScore, checked: UnitScore | ItemScore | None) -> list[str]:
    beside = [plain(checked.score), signed(checked.score - own.score)] if checked else []
    return [plain(points), plain(own.score), *beside]


def _advice(card: Scorecard, advice: Advice, *, detail: bool) -> RenderableType:
    grid = table(expand=True)
    columns(grid, "编号")
    columns(grid, "可增", "累计", right=True)
    columns(grid, "单元格", "办法")
    grid.add_column("评价标准", ratio=1)
    for step in advice.enough:
        grid.add_row(
            step.line.id,
            f"+{shown(step.gain, card)}" if step.gain else "",
            shown(step.reaches, card),
            step.line.claim.cell or "",
            safe(step.how),
            OneLine(step.line.criteria[0].text),
        )
    parts: list[RenderableType] = [grid] if advice.enough else []
    if advice.others:
        gain = card.written(advice.others[-1].reaches - advice.others[0].reaches + advice.others[0].gain)
        more = "" if detail else "，加 --detail 逐条查看"
        parts.append(Prose(Text(f"另有 {len(advice.others)} 条没有得满，共 {shown(gain, card)} 分{more}。", "dim")))
    gap = f"还差 {short(card)} 分" if advice.gap > 0 else "分数已够"
    must = "（前面是必须做到的）" if advice.missed else ""
    heading = f"最省力的达标途径：{gap}，做到以下 {len(advice.enough)} 条即可{must}"
    if not advice.attainable:
        lost = any(line.forfeited for line in (*card.gates, *card.lines))
        why = "弄虚作假扣除的分补不回来" if lost else "不涉及的条目不评分"
        heading = f"{gap}，但{why}，其余全部做到也不能达标"
    return section(heading, *parts)


def _lines(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    grid = table(gap=1, expand=True)
    columns(grid, "编号")
    columns(grid, "分值", right=True)
    for head in ("自评", *(("核查",) if verified else ())):
        grid.add_column(head, max_width=_ANSWER_WIDTH)
        columns(grid, "得分", right=True)
    grid.add_column("评价标准和计分依据", ratio=1)
    checked = {line.id: line for line in (*verified.gates, *verified.lines)} if verified else {}
    for gate in own.gates:
        grid.add_row(*_line(gate, checked.get(gate.id)))
    for unit in own.units:
        for item in unit.items:
            empty = [""] * (4 if verified else 2)
            heading = OneLine(f"{unit.unit.name}　{item.item.name}")
            grid.add_row(item.item.id, plain(item.item.points), *empty, heading, style="bold")
            for line in item.lines:
                grid.add_row(*_line(line, checked.get(line.id)))
    return grid


def _line(line: Line, checked: Line | None) -> list[RenderableType]:
    points = "" if line.gate else plain(line.points)
    cells: list[RenderableType] = [line.id, points, Prose(_answer(line)), _brought(line)]
    told = [Prose(f"自评：{reasons.why(line)}" if checked else reasons.why(line), "dim")]
    if checked:
        cells += [Prose(_answer(checked)), _brought(checked)]
        told.append(Prose(f"核查：{reasons.why(checked)}", "dim"))
    return [*cells, Group(OneLine(line.criteria[0].text), *told)]


def _brought(line: Line) -> str:
    return reasons.worth(line) if line.gate else plain(line.score)


def _answer(line: Line) -> str:
    """What was answered, short: the reason beside it says it in full."""
    answer = reasons.answer(line)
    if answer is None:
        return "未填" if line.claim.answer.kind is AnswerKind.BLANK else "?"
    if isinstance(answer, Decimal):
        return plain(answer)
    return answer if len(answer) <= _ANSWER_WIDTH else answer[: _ANSWER_WIDTH - 1] + "…"
