"""One result on the console: who, the verdict and its basis, units and items, and the way to the pass mark."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from jieyue_cli.advice import Advice, advise
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.report.tables import NAMELESS, basis, reach, sentence, signed
from jieyue_cli.report.text_look import VERDICT_STYLE, one_line, pairs, safe, section, table
from jieyue_cli.rubric.rules import plain
from jieyue_cli.scoring import ItemScore, Line, Scorecard, UnitScore, Verdict
from jieyue_cli.submission import Kind

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
    return Group(*parts, Text(""))


def _unreadable(result: Result) -> RenderableType:
    reasons = [problem for problem in result.problems if problem.severity is Severity.ERROR]
    rows: list[tuple[str, RenderableType]] = [
        ("文件", safe(result.file)), ("结论", Text(result.status.chinese, "bold red"))]
    rows += [("原因", safe(problem.message)) for problem in reasons]
    return Group(pairs(rows), Text(""))


def _head(result: Result, card: Scorecard) -> RenderableType:
    agency, rubric = result.agency, card.rubric
    who = Text()
    who.append_text(safe(agency.name if agency and agency.name else NAMELESS, "bold"))
    who.append_text(safe(f"　{agency.category if agency and agency.category else '类别不明'}"))
    who.append(f"　{agency.year} 年度" if agency and agency.year else "　年度不明")
    mark = f"满分 {plain(rubric.points)} 分，{plain(rubric.pass_mark)} 分（含）以上达标"
    rows: list[tuple[str, RenderableType]] = [
        ("单位", who),
        ("文件", safe(result.file)),
        ("标准", safe(f"{rubric.title}，{mark}")),
        ("结论", _verdict(result, card)),
        ("依据", _basis(result)),
    ]
    for word, side in (("自评", result.self), ("核查", result.verified)):
        if side and (open_answers := _open_answers(side)):
            rows.append(("填报" if word == "自评" else "核查", Text(open_answers)))
    return pairs(rows)


def _verdict(result: Result, card: Scorecard) -> Text:
    verdict, mark = card.verdict, plain(card.rubric.pass_mark)
    text = Text(verdict.chinese, VERDICT_STYLE[verdict])
    text.append(f"　{basis(result)} {reach(card)} 分", "bold")
    more = card.at_most > card.total
    if verdict is Verdict.UNDETERMINED:
        text.append(f"，更正无法采信的 {card.count(Kind.UNREADABLE)} 条后才能定")
    elif verdict is Verdict.FAIL:
        text.append(f"，全部更正也不到 {mark} 分" if more else f"，还差 {plain(card.rubric.pass_mark - card.total)} 分")
    elif more:
        text.append("，更正后只会更高")
    return text


def _basis(result: Result) -> Text:
    if result.verified is None or result.self is None:
        return Text("自评（尚未核查，核查后以核查得分认定）")
    less = result.verified.total - result.self.total
    compared = "与自评相同" if not less else f"比自评{'多' if less > 0 else '少'} {plain(abs(less))} 分"
    return Text(f"核查（{compared}）")


def _open_answers(card: Scorecard) -> str:
    counts = (("未填报", card.count(Kind.BLANK)), ("无法采信", card.count(Kind.UNREADABLE)))
    return "，".join(f"{word} {number} 条" for word, number in counts if number)


def _units(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    grid = table()
    grid.add_column("评价单元和项目", overflow="fold")
    for head in ("分值", "自评", *(("核查", "差") if verified else ())):
        grid.add_column(head, justify="right", no_wrap=True)
    for index, unit in enumerate(own.units):
        checked = verified.units[index] if verified else None
        grid.add_row(safe(unit.unit.name), *_numbers(unit.unit.points, unit, checked), style="bold")
        for place, item in enumerate(unit.items):
            other = checked.items[place] if checked else None
            grid.add_row(safe(f"  {item.item.name}"), *_numbers(item.item.points, item, other))
    grid.add_section()
    totals = [reach(own), *((reach(verified), signed(verified.total - own.total)) if verified else ())]
    grid.add_row("总分", plain(own.rubric.points), *totals, style="bold")
    return grid


def _numbers(points: Decimal, own: UnitScore | ItemScore, checked: UnitScore | ItemScore | None) -> list[str]:
    beside = [plain(checked.score), signed(checked.score - own.score)] if checked else []
    return [plain(points), plain(own.score), *beside]


def _advice(card: Scorecard, advice: Advice, *, detail: bool) -> RenderableType:
    grid = table(expand=True)
    for head, justify in (("编号", "left"), ("可增", "right"), ("累计", "right")):
        grid.add_column(head, justify="right" if justify == "right" else "left", no_wrap=True)
    grid.add_column("单元格", no_wrap=True)
    grid.add_column("办法", no_wrap=True)
    grid.add_column("评价标准", ratio=1)
    for step in advice.enough:
        grid.add_row(step.line.id, f"+{plain(step.gain)}", plain(step.reaches), step.line.claim.cell or "", step.how,
                     one_line(sentence(card.rubric, step.line.id)))
    heading = f"最省力的达标途径：还差 {plain(advice.gap)} 分，做到以下 {len(advice.enough)} 条即可"
    parts: list[RenderableType] = [grid]
    if advice.others:
        gain = sum((step.gain for step in advice.others), Decimal(0))
        more = "" if detail else "，加 --detail 逐条查看"
        parts.append(Text(f"另有 {len(advice.others)} 条没有得满，共 {plain(gain)} 分{more}。", "dim"))
    return section(heading, *parts)


def _lines(own: Scorecard, verified: Scorecard | None) -> RenderableType:
    grid = table(expand=True)
    grid.add_column("编号", no_wrap=True)
    grid.add_column("得分/分值" if not verified else "自评/核查/分值", justify="right", no_wrap=True)
    grid.add_column("完成情况" if not verified else "自评/核查情况", max_width=2 * _ANSWER_WIDTH, overflow="fold")
    grid.add_column("评价标准和计分依据", ratio=1)
    checked = {line.id: line for line in verified.lines} if verified else {}
    for unit in own.units:
        for item in unit.items:
            grid.add_row(item.item.id, f"{plain(item.score)}/{plain(item.item.points)}" if not verified else "", "",
                         one_line(f"{unit.unit.name}　{item.item.name}"), style="bold")
            for line in item.lines:
                grid.add_row(*_line(line, checked.get(line.id)))
    return grid


def _line(line: Line, checked: Line | None) -> tuple[RenderableType, ...]:
    scores = [plain(side.score) for side in (line, checked) if side]
    answers = "/".join(_answer(side) for side in (line, checked) if side)
    reasons = [safe(f"核查：{checked.why}", "dim")] if checked else []
    own = f"自评：{line.why}" if checked else line.why
    text = Group(one_line(line.criteria[0].text), safe(own, "dim"), *reasons)
    return line.id, "/".join([*scores, plain(line.points)]), safe(answers), text


def _answer(line: Line) -> str:
    answer = line.answer
    if answer is None:
        return "未填"
    return plain(answer) if isinstance(answer, Decimal) else _short(answer)


def _short(answer: str) -> str:
    return answer if len(answer) <= _ANSWER_WIDTH else answer[: _ANSWER_WIDTH - 1] + "…"
