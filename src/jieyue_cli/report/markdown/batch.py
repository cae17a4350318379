"""A batch as a note: the progress, the agencies, the ranking, what is lost, and what did not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import OUTSIDE, asked_for, groups, named, not_assessed
from jieyue_cli.report.amounts import reach
from jieyue_cli.report.calendar import called, day, kept
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.groups import HEADS, cells, groupings
from jieyue_cli.report.markdown.parts import Part, listing, of_year, page, standard
from jieyue_cli.report.phrases import basis, conclusion, numbered, sentences
from jieyue_cli.report.progress import Fact, corrections, facts
from jieyue_cli.report.ranking import FileRow, Ranked, ranking, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.markdown import paragraph, points
from jieyue_cli.text.numbers import plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.corrections import Corrected
    from jieyue_cli.agencies.progress import Lost, Progress


def batch(findings: Findings[Result], account: Account) -> bytes:
    """The whole note."""
    files, rubric, progress = rows(findings), findings.rubric, account.progress
    parts: list[Part] = [
        ("进度", _facts(facts(progress))),
        *(
            (f"按{heading}的进度", listing(f"{heading} {' '.join(HEADS)}", map(cells, shares)))
            for heading, shares in groupings(progress)
        ),
        ("时间安排", listing("步骤 期限 情况", ((called(due), day(due), kept(due)) for due in progress.calendar))),
        (f"机关名单（{len(account.standings)} 个）", _agencies(account)),
        (f"名录写明{OUTSIDE}的单位（{len(progress.outside)} 个，不在机关总数中）", points(_outside(progress))),
        *(
            (f"{of_year(year) or '年度不明的表，'}排名", _ranking(forms))
            for year, forms in ranking(findings, files).items()
        ),
        ("失分的条目", _criteria(rubric, "共失分", progress.lost)),
        ("自评与核查对照", _facts(corrections(progress))),
        ("核查改动的条目", _criteria(rubric, "共核减", progress.corrections.criteria)),
        ("有机关填“不涉及”的条目", points(f"{what}：{who}" for what, who in asked_for(progress))),
        ("交了几份不同的表，都没有计入", points(_doubled(progress))),
        ("没能计分的文件", points(_refused(files))),
    ]
    return page(f"{of_year(progress.year)}节约型机关评价汇总", paragraph(standard(rubric)), parts)


def _facts(lines: Iterable[Fact]) -> str:
    return listing("项目 数值 说明", ((fact.label, fact.shown, fact.note) for fact in lines))


def _agencies(account: Account) -> str:
    return points(
        f"{heading}（{len(standings)} 个）：{'、'.join(map(named, standings))}"
        for heading, standings in groups(account)
    )


def _outside(progress: Progress) -> Iterator[str]:
    return (f"{reason}（{len(names)} 个）：{'、'.join(names)}" for reason, names in not_assessed(progress))


def _ranking(forms: Iterable[Ranked]) -> str:
    return listing("名次 单位名称 总分 结论 依据 备注", map(_ranked, forms))


def _ranked(form: Ranked) -> Sequence[str]:
    row = form.row
    return str(form.rank or "-"), row.called, reach(form.card), conclusion(row.result), basis(row.result), row.remark


def _criteria(rubric: Rubric, counted: str, rows: Iterable[Lost | Corrected]) -> str:
    lines = (
        (
            numbered(rubric, row.criterion),
            " ".join(sentences([rubric.by_id[part] for part in row.criterion.split("+")])),
            str(row.agencies),
            plain(row.points),
        )
        for row in rows
    )
    return listing(f"编号 评价标准 机关 {counted}", lines)


def _doubled(progress: Progress) -> Iterator[str]:
    for double in progress.duplicates:
        yield f"{double.name} {double.year} 年度：{'、'.join(double.files)}"


def _refused(files: Iterable[FileRow]) -> Iterator[str]:
    for row in files:
        if row.result.deciding is None:
            yield f"{row.result.file}：{row.problems[0].message if row.problems else row.result.status.chinese}"
