"""What the second sheet tells the clerk who fills in the form, made from the rubric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import ELSEWHERE, PENDING, Column
from jieyue_cli.form.turn import Turn
from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.model import INPUTS, Gate, Item, NotApplicable, Rubric, Unit
from jieyue_cli.rubric.rules import AnswerType, Branch
from jieyue_cli.submission import Completion
from jieyue_cli.text.numbers import plain


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the sheet."""

    text: str
    heading: bool = False


Guide = list[Paragraph]


def guide(rubric: Rubric, turn: Turn) -> Guide:
    """Title, how to fill in, how it is scored, by when, and who takes part."""
    how = _how_to_check() if turn is Turn.OFFICE else _how(rubric)
    total = "、".join(f"{unit.name} {plain(unit.points)} 分" for unit in rubric.units)
    counts = f"{len(rubric.units)} 个单元、{len(rubric.items)} 个项目、{len(rubric.criteria)} 条"
    scoring = [
        f"{counts}，满分 {rubric.full_marks}：{total}。",
        f"总分 {plain(rubric.pass_mark)} 分（含）以上为达标。空白按未做到计 0 分。",
        *_further(rubric),
    ]
    return [
        Paragraph(f"{rubric.title}　填写说明", heading=True),
        Paragraph(f"依据：{rubric.document}（{'、'.join(rubric.issuers)}，{rubric.issued:%Y-%m-%d}）"),
        Paragraph("怎样填写", heading=True),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(how, 1)),
        Paragraph("怎样计分", heading=True),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(scoring, 1)),
        *_guidance(rubric),
        *([Paragraph("时间", heading=True)] if rubric.calendar else []),
        *(Paragraph(f"{deadline.by}：{deadline.what}") for deadline in rubric.calendar),
        Paragraph("创建范围", heading=True),
        Paragraph("、".join(rubric.scope)),
    ]


def _guidance(rubric: Rubric) -> Iterator[Paragraph]:
    """What the standard tells of single inputs and criteria, in full."""
    outline = (criterion for item in rubric.items for criterion in item.outline)
    every = (*rubric.inputs, *(inner for top in (*rubric.gates, *outline) for inner in top.nested))
    told = [asked for asked in every if asked.guidance]
    if told:
        yield Paragraph("填报说明", heading=True)
    yield from (Paragraph(f"{asked.id}　{asked.guidance}") for asked in told)


def _how(rubric: Rubric) -> Iterator[str]:
    """What to enter where."""
    answer, finding = Column.ANSWER.word, Column.FINDING.word
    yield "在浅黄色格中填写：表头的单位名称、单位类别、评价年度等，以及每一行的完成情况、佐证材料、备注。"
    if rubric.classes:
        yield f"先在表头选“适用类型”（{'、'.join(rubric.classes)}）；显示“{ELSEWHERE}”的灰色行不适用于本类型，不填。"
    if rubric.inputs:
        listed = (f"{asked.id} {asked.text}（{provisions.asked(asked)}）" for asked in rubric.inputs)
        yield f"{INPUTS}只填一次，不计分：{'；'.join(listed)}。"
    if any(isinstance(inner.rule, Branch) for top in rubric.judged for inner in top.nested):
        yield "分情形的条目只填对上的一种情形；显示为灰色的各行不填，填了也不计分。"
    kinds: dict[AnswerType, list[str]] = {}
    for criterion in rubric.judged:
        for question in criterion.questions:
            own = f"{question.id} {criterion.describe}" if question.id == criterion.id else question.id
            kinds.setdefault(question.asked.type, []).append(own)
    kinds.pop(AnswerType.YES_NO, None)
    told = "；".join(f"下列各条{_TO_ENTER[kind]}：{'；'.join(listed)}" for kind, listed in kinds.items())
    yield f"“{answer}”多数从下拉列表选“是”或“否”；{told}。" if told else f"“{answer}”从下拉列表选“是”或“否”。"
    yield f"“{Column.EVIDENCE.word}”写文件名或文号，便于核查时对照。"
    if evidence := [question.id for question in rubric.questions.values() if question.evidence]:
        yield f"下列各条须写明佐证材料：{'、'.join(evidence)}。"
    pending = f"得分由公式自动计算；显示“{PENDING}”的一行填得不对，请按提示改正。"
    yield f"{pending}{_excuses(rubric)}"
    yield "不要改动编号、条文和表头；可以筛选、调整行高列宽。保存为 .xlsx 后交回。"
    yield f"浅蓝色的“{finding}”“{Column.OPINION.word}”和表头的核查各格由核查单位填写，填报单位请留空。"
    yield f"核查单位{_when_done()}"


def _how_to_check() -> Iterator[str]:
    """What the office enters where, beside the claims."""
    finding, opinion = Column.FINDING.word, Column.OPINION.word
    yield "本表已填好机关的自评和佐证材料，各格锁定，核查时不改；带到现场或在电脑上逐条对照。"
    yield f"在浅蓝色格中填写：每一条的“{finding}”（填法与自评相同），以及表头的核查完成、核查人、核查日期。"
    yield f"“{finding}”与自评不同的，在“{opinion}”中写明依据；“{Column.VERIFIED_SCORE.word}”自动计算。"
    yield _when_done()
    yield "打印为 A4 横向；最后一页由单位负责人、核查人签字。填好的表放回交回的表的文件夹，汇总时以核查过的一份为准。"


def _when_done() -> str:
    """What 核查完成 offers, and what each means."""
    return (
        f"核查完后在“{Field.COMPLETION.label}”中选一种：逐条都填了“{Column.FINDING.word}”的选"
        f"“{Completion.EACH_FILLED.value}”，空白计 0 分；"
        f"只填与自评不同的选“{Completion.BLANK_AS_CLAIMED.value}”；"
        f"还没有核查完的选“{Completion.UNFINISHED.value}”，结论暂按自评。"
    )


_TO_ENTER = {
    AnswerType.COUNT: "填数量（整数，没有填 0）",
    AnswerType.NUMBER: "填数值",
    AnswerType.PERCENT: "填百分数",
    AnswerType.CHOICE: "从下拉列表选一档",
    AnswerType.POINTS: "填应得的分",
    AnswerType.TEXT: "填文字",
    AnswerType.DATE: "填日期",
}


def _excuses(rubric: Rubric) -> str:
    """Where 不涉及 may be answered, and what it does."""
    effects: dict[str, list[str]] = {}
    for criterion in rubric.judged:
        for leaf in criterion.leaves:
            effect = "视为符合" if isinstance(criterion, Gate) else leaf.not_applicable.chinese
            effects.setdefault(effect, []).extend(question.id for question in leaf.questions if question.excusable)
    for asked in rubric.inputs:
        if asked.not_applicable is not NotApplicable.NOT_ALLOWED:
            effects.setdefault(f"用到它的各条{asked.not_applicable.chinese}", []).append(asked.id)
    told = []
    for effect, own in effects.items():
        if own:
            where = "各条" if len(own) == len(rubric.questions) else f"{'、'.join(own)} "
            told.append(f"{where}没有这类情况的可填“不涉及”（{effect}）")
    return f"{'；'.join(told)}。" if told else "本标准不设“不涉及”，没有做到的填“否”或 0。"


def _further(rubric: Rubric) -> Iterator[str]:
    """What else decides besides the points."""
    if rubric.gates:
        yield f"达标前提不计分，有一条不符合即不能达标：{'；'.join(gate.text for gate in rubric.gates)}。"
    wholes: list[Unit | Item] = [*rubric.units, *rubric.items]
    marked = [f"{whole.name} {whole.must.chinese}" for whole in wholes if whole.must]
    outline = (criterion for item in rubric.items for top in item.outline for criterion in top.nested)
    marked += [f"{criterion.id} {criterion.must.chinese}" for criterion in outline if criterion.must]
    if marked:
        yield f"必须做到：{'；'.join(marked)}。"
    yield from _units(rubric)
    if NotApplicable.RESCALED in rubric.policies:
        yield f"有缺项的按“得分÷应得满分×{plain(rubric.points)}”折算总分。"
    if rubric.scale:
        total = rubric.scale.sentence("得分", rubric.points)
        yield f"总分按“{total}”换算，达标线和等级都按换算后的总分。"
    if rubric.not_applicable_limit:
        yield f"{provisions.limit(rubric)}。"
    if rubric.grades:
        yield f"等级：{provisions.grades(rubric)}。"
    if rubric.forfeit:
        yield f"弄虚作假的，{provisions.forfeit(rubric)}。"


def _units(rubric: Rubric) -> Iterator[str]:
    """Where a unit may count less than its items bring."""
    names = {unit.id: unit.name for unit in rubric.units}
    for unit in rubric.units:
        if unit.entry:
            yield f"{unit.name}：{unit.entry.chinese(names)}。"
        if unit.deductions:
            lost = "；".join(each.chinese for each in unit.deductions)
            yield f"{unit.name}的得分中，{lost}；没有填报的，本单元暂不计分。"
