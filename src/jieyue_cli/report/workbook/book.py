"""Findings as a workbook for the office: progress, ranking, every score, what is lost, every problem.

Written with XlsxWriter and a pinned date, so that the same findings give the same bytes; everything that comes from a
handed-in file is written as text and can never become a formula, a link or a number.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem, Severity, by_weight
from jieyue_cli.report.amounts import tenths
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.phrases import basis, left_out, missed, sentence
from jieyue_cli.report.progress import facts
from jieyue_cli.report.ranking import FileRow, Ranked, ranking, rows
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn, ReportSheet
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.text.numbers import cut, plain

_LOOK = {Verdict.PASS: Look.GOOD, Verdict.FAIL: Look.BAD, Verdict.UNDETERMINED: Look.OPEN}
_SEVERITY = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.OPEN, Severity.NOTE: Look.MIDDLE}


def render(findings: Findings[Result]) -> bytes:
    """The whole workbook."""
    stream = io.BytesIO()
    rubric = findings.rubric
    files = rows(findings)
    forms = [form for year in ranking(findings, files).values() for form in year]
    book = Book(stream, rubric)
    _summary(book, findings, files)
    _ranking(book, rubric, forms)
    _scores(book, rubric, forms)
    if findings.progress:
        _lost(book, rubric, findings.progress)
    own = (problem for result in findings.results for problem in result.problems)
    _problems(book, by_weight([*own, *findings.problems]))
    book.close()
    return stream.getvalue()


def _summary(book: Book, findings: Findings[Result], files: Sequence[FileRow]) -> None:
    rubric, progress = findings.rubric, findings.progress
    sheet = book.sheet("汇总", [ReportColumn("项目", 36), ReportColumn("数值", 12), ReportColumn("说明", 72)])
    year = f"{progress.year} 年度" if progress and progress.year else ""
    sheet.title(f"{year}节约型机关评价汇总")
    sheet.subtitle(f"{rubric.title}（{rubric.document}），{plain(rubric.pass_mark)} 分（含）以上达标")
    if progress:
        sheet.head()
        for fact in facts(progress):
            sheet.text(fact.label, Look.STRONG)
            if isinstance(fact.value, Fraction):
                sheet.number(Decimal(tenths(fact.value)) / 1000, Look.PERCENT)
            else:
                sheet.number(fact.value)
            sheet.text(fact.note)
            sheet.end()
    unread = [row.result for row in files if row.result.deciding is None]
    reasons = [(result.file, result.problems[0].message if result.problems else "") for result in unread]
    sheet.listing("没能计分的文件", reasons)
    if progress:
        doubles = [(double.name, f"{double.year} 年度：{'、'.join(double.files)}") for double in progress.duplicates]
        sheet.listing("交了几份不同的表（都没有计入，请各留一份）", doubles)
        sheet.listing("被撤销的机关（以前认定，后来核查不达标）", [(name, "") for name in progress.withdrawn])
        sheet.listing("名录中还没有交表的机关", [(name, "") for name in progress.missing])


def _ranking(book: Book, rubric: Rubric, forms: Iterable[Ranked]) -> None:
    who = [ReportColumn("年度", 6), ReportColumn("名次", 6), ReportColumn("单位名称", 28), ReportColumn("单位类别", 13)]
    units = [ReportColumn(f"{unit.name}\n（{plain(unit.points)} 分）", 8.5) for unit in rubric.units]
    total = [ReportColumn("认定总分", 7), ReportColumn("最高", 6)]
    decision = [ReportColumn("结论", 8.5), ReportColumn("认定依据", 6)]
    sides = [ReportColumn("自评总分", 6), ReportColumn("核查总分", 6), ReportColumn("差", 6)]
    remarks = [ReportColumn("错误", 5), ReportColumn("提醒", 5), ReportColumn("备注", 14), ReportColumn("文件", 26)]
    sheet = book.sheet("排名", [*who, *units, *total, *decision, *sides, *remarks])
    sheet.title("排名")
    sheet.subtitle(
        "各单元得分和认定总分：有核查的按核查，否则按自评。“最高”是无法采信的填报更正后最多可得的总分。"
        "没有名次的：重复交表、单位或年度不明。"
    )
    sheet.filtered_head(keep=3)
    for form in forms:
        row, result = form.row, form.row.result
        sheet.number(row.year)
        sheet.number(form.rank)
        sheet.text(row.name, Look.STRONG)
        sheet.text((result.agency.category if result.agency else None) or "")
        sheet.numbers(unit.score for unit in form.card.units)
        sheet.number(form.card.shown, Look.TOTAL)
        sheet.number(cut(form.card.at_most))
        sheet.text(form.card.conclusion, _LOOK[form.card.verdict])
        sheet.text(basis(result), Look.MIDDLE)
        sheet.number(result.self.shown if result.self else None)
        sheet.number(result.verified.shown if result.verified else None)
        sheet.number(result.verified.shown - result.self.shown if result.verified and result.self else None)
        sheet.number(row.count(Severity.ERROR) or None)
        sheet.number(row.count(Severity.WARNING) or None)
        sheet.text("；".join(filter(None, (row.remark, *left_out(form.card), *missed(form.card)))))
        sheet.text(result.file)
        sheet.end()


def _scores(book: Book, rubric: Rubric, forms: Iterable[Ranked]) -> None:
    criteria = [ReportColumn(f"{criterion.id}\n（{plain(criterion.points)}）", 6.8) for criterion in rubric.criteria]
    who = [ReportColumn("单位名称", 30), ReportColumn("年度", 6.5), ReportColumn("所列得分", 6.5)]
    totals = [ReportColumn("自评总分", 6.5), ReportColumn("核查总分", 6.5)]
    sheet = book.sheet("得分明细", [*who, *totals, *criteria], pages_wide=2)
    sheet.title("得分明细")
    sheet.subtitle("每列一个得分点（括号内为分值），所列为核查得分，没有核查的为自评得分；条文见“失分统计”。")
    sheet.filtered_head(keep=1)
    for form in forms:
        result = form.row.result
        sheet.text(form.row.name, Look.STRONG)
        sheet.number(form.row.year)
        sheet.text(basis(result), Look.MIDDLE)
        sheet.number(result.self.shown if result.self else None)
        sheet.number(result.verified.shown if result.verified else None)
        _criteria(sheet, rubric, form.card)
        sheet.end()


def _criteria(sheet: ReportSheet, rubric: Rubric, card: Scorecard) -> None:
    """One score a criterion; where several are scored together, at the first of them; a dash for another class's."""
    lines = {line.criteria[0].id: line for line in card.lines}
    first = {criterion.id: line.criteria[0].id for line in card.lines for criterion in line.criteria}
    for criterion in rubric.criteria:
        line = lines.get(criterion.id)
        if line and line.state is LineState.EXCLUDED:
            sheet.text("不涉及", Look.MIDDLE)
        elif line:
            sheet.number(line.score, Look.LOST if line.lost else Look.NUMBER)
        else:
            sheet.text(f"见{first[criterion.id]}" if criterion.id in first else "—", Look.MIDDLE)


def _lost(book: Book, rubric: Rubric, progress: Progress) -> None:
    line = [ReportColumn("编号", 9), ReportColumn("评价标准", 84), ReportColumn("分值", 8)]
    sheet = book.sheet("失分统计", [*line, ReportColumn("失分机关", 11), ReportColumn("共失分", 11)])
    sheet.title("失分统计")
    sheet.subtitle(f"{progress.year} 年度已计入的表，按失分机关数排列；没有机关失分的条目不列。")
    sheet.filtered_head()
    for lost in progress.lost:
        sheet.text(lost.criterion, Look.MIDDLE)
        sheet.text(sentence(rubric, lost.criterion))
        sheet.number(sum((rubric.by_id[part].points for part in lost.criterion.split("+")), Decimal(0)))
        sheet.number(lost.agencies)
        sheet.number(lost.points)
        sheet.end()


def _problems(book: Book, problems: Sequence[Problem]) -> None:
    where = [ReportColumn("文件", 40), ReportColumn("工作表", 14), ReportColumn("单元格", 9), ReportColumn("编号", 9)]
    sheet = book.sheet("问题清单", [ReportColumn("程度", 7), *where, ReportColumn("问题和处理办法", 80)])
    sheet.title("问题清单")
    counts = "，".join(
        f"{severity.chinese} {sum(problem.severity is severity for problem in problems)} 个" for severity in Severity
    )
    sheet.subtitle(f"{counts}。错误：该处或整份表没有计分；提醒：已计分，请核对；说明：已按惯例读取。")
    sheet.filtered_head()
    for problem in problems:
        place = problem.location
        sheet.text(problem.severity.chinese, _SEVERITY[problem.severity])
        sheet.text(place.file or "")
        sheet.text(place.sheet or "")
        sheet.text(place.cell or "", Look.MIDDLE)
        sheet.text(place.criterion or "", Look.MIDDLE)
        sheet.text(problem.message)
        sheet.end()
