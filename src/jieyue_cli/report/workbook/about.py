"""说明: by which standard, how it was applied, by which program, and to which files exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jieyue_cli import __version__
from jieyue_cli.agencies.account import Account
from jieyue_cli.report.amounts import exact_percent
from jieyue_cli.report.ranking import NAMELESS, FileRow
from jieyue_cli.report.workbook.sheet import Book, Look, ReportColumn
from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.model import GATES, NotApplicable, Rubric
from jieyue_cli.text.numbers import plain

ABOUT = "说明"
_REFUSED = "，填“不涉及”计 0 分并提醒"


def about(book: Book, rubric: Rubric, account: Account | None, files: Sequence[FileRow]) -> None:
    """Write the sheet."""
    sheet = book.sheet(ABOUT, [ReportColumn("文件", 42), ReportColumn("单位名称", 24), ReportColumn("SHA-256", 68)])
    sheet.title("说明")
    for label, text in (*_standard(rubric), *_run(account)):
        sheet.text(label, Look.STRONG)
        sheet.wide(text)
        sheet.end()
    sheet.heading(f"读取的文件：{len(files)} 个")
    sheet.remark("SHA-256 由文件的全部内容算出：同一个文件总是相同，改动任何一处就不同。")
    sheet.repeated_head()
    for row in files:
        sheet.text(row.result.file)
        sheet.text("" if row.name == NAMELESS else row.name)
        sheet.text(row.result.sha256 or "没有读取")
        sheet.end()


def _standard(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """What the standard says, and what it leaves open."""
    mark = plain(rubric.pass_mark)
    yield "评价标准", f"{rubric.title}（{rubric.document}）"
    yield "发布", f"{'、'.join(rubric.issuers)}，{rubric.issued.isoformat()}"
    yield "标准编号 / 版本", rubric.mark
    yield "满分", rubric.full_marks
    if rubric.scale:
        yield "总分换算", rubric.scale.sentence("得分", rubric.points)
    compared = "按换算后的总分比较" if rubric.scale else "按没有舍入的得分比较"
    yield "达标线", f"{mark} 分（含），{compared}"
    if rubric.grades:
        yield "等级", "，".join(f"{grade.name} {plain(grade.start)} 分起" for grade in rubric.grades)
    if limit := provisions.limit(rubric):
        yield "空项上限", limit
    if rubric.demanding:
        gates = f"{GATES} {len(rubric.gates)} 项，" if rubric.gates else ""
        yield "必须做到的", f"{gates}标★或※的条目；没有做到的见“排名”的备注"
    if rubric.classes:
        yield "机关分类", "、".join(rubric.classes)
    yield "不涉及", "；".join(_policies(rubric))
    yield "年度目标", "，".join(f"{year} 年 {exact_percent(rubric.targets[year])}" for year in sorted(rubric.targets))


def _policies(rubric: Rubric) -> Iterator[str]:
    """What 不涉及 does, and where, if not everywhere the same."""
    places: dict[NotApplicable, list[str]] = {}
    for criterion in rubric.criteria:
        for policy in dict.fromkeys(leaf.not_applicable for leaf in criterion.leaves):
            places.setdefault(policy, []).append(criterion.id)
    most = max(places, key=lambda policy: len(places[policy]))
    for policy, criteria in places.items():
        where = "" if len(places) == 1 else "（其余得分点）" if policy is most else f"（{'、'.join(criteria)}）"
        yield f"{policy.chinese}{where}{_REFUSED if policy is NotApplicable.NOT_ALLOWED else ''}"


def _run(account: Account | None) -> Iterator[tuple[str, str]]:
    """How the standard was applied."""
    if account:
        progress = account.progress
        yield "统计年度", f"{progress.year} 年度" if progress.year else "没有读到评价年度"
        yield "认定率的分母", f"{progress.agencies} 个机关，来自{progress.denominator.chinese}"
    if account and account.record:
        yield "台账", f"以前年度依据台账，共 {account.record.entries} 条，校验码 {account.record.head}"
    yield "认定依据", "核查完成的按核查得分；没有核查或没有核查完的只是自评，不算认定。"
    yield "程序", f"jieyue {__version__}；同样的文件、名录和评价标准，生成的工作簿逐字节相同。"
