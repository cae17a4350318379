"""What the second sheet tells the clerk who fills in the form, made from the rubric."""

from __future__ import annotations

from dataclasses import dataclass

from jieyue_cli.form.layout import PENDING, Column
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import plain


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the sheet."""

    text: str
    heading: bool = False


Guide = list[Paragraph]


def guide(rubric: Rubric) -> Guide:
    """Title, how to fill in, how it is scored, by when, and who takes part."""
    counted = [criterion for criterion in rubric.criteria if criterion.rule.kind != "all_or_nothing"]
    listed = "；".join(f"{criterion.id} {criterion.describe}" for criterion in counted)
    answer, finding = Column.ANSWER.word, Column.FINDING.word
    how = [
        "在浅黄色格中填写：表头的单位名称、单位类别、评价年度等，以及每一行的完成情况、佐证材料、备注。",
        f"“{answer}”多数从下拉列表选“是”或“否”；下列各条填数量（整数，没有填 0）：{listed}。",
        f"“{Column.EVIDENCE.word}”写文件名或文号，便于核查时对照。",
        f"得分由公式自动计算；显示“{PENDING}”的一行填得不对，请按提示改正。本标准不设“不涉及”，没有做到的填“否”或 0。",
        "不要改动编号、条文和表头；可以筛选、调整行高列宽。保存为 .xlsx 后交回。",
        f"浅蓝色的“{finding}”“{Column.OPINION.word}”由核查单位填写，填报单位请留空。",
    ]
    total = "、".join(f"{unit.name} {plain(unit.points)} 分" for unit in rubric.units)
    counts = f"{len(rubric.units)} 个单元、{len(rubric.items)} 个项目、{len(rubric.criteria)} 条"
    scoring = [
        f"{counts}，满分 {plain(rubric.points)} 分：{total}。",
        f"总分 {plain(rubric.pass_mark)} 分（含）以上为达标。空白按未做到计 0 分。",
    ]
    return [
        Paragraph(f"{rubric.title}　填写说明", heading=True),
        Paragraph(f"依据：{rubric.document}（{'、'.join(rubric.issuers)}，{rubric.issued:%Y-%m-%d}）"),
        Paragraph("怎样填写", heading=True),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(how, 1)),
        Paragraph("怎样计分", heading=True),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(scoring, 1)),
        Paragraph("时间", heading=True),
        *(Paragraph(f"{deadline.by}：{deadline.what}") for deadline in rubric.calendar),
        Paragraph("创建范围", heading=True),
        Paragraph("、".join(rubric.scope)),
    ]
