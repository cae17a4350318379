"""Letters to single agencies: whose form a letter is about, and what any of them may say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from msgspec.structs import replace

from jieyue_cli.agencies.remarks import Reason
from jieyue_cli.agencies.standings import Standing
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Problem, Severity
from jieyue_cli.report.amounts import reach
from jieyue_cli.report.calendar import Overdue, overdue, still_open
from jieyue_cli.report.feedback import Feedback, feedback_of
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters.placeholders import LEDGER, Letter, Placeholder, worked_out
from jieyue_cli.report.phrases import compared, conclusion, finished, inside, qualified, unfinished
from jieyue_cli.report.ranking import FileRow, rows
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.submission import VerificationState

_STANDS = (None, Reason.UNDETERMINED)
"""What is said of a form that stands for its agency, whether it counts yet or not."""
_FIGURES = 16
"""Of the 64 hexadecimal digits of a file's hash, those that a letter prints."""


class Mistake(NamedTuple):
    """An error in a file, as its agency is told."""

    place: str
    message: str


class Case(NamedTuple):
    """An agency and what it handed in for the year."""

    standing: Standing
    year: int | None
    rubric: Rubric
    told: Feedback
    """About its form; about a file without a score where none of its files stands for it."""
    stands: bool
    """Whether a form stands for it."""
    mistakes: tuple[Mistake, ...]
    """In that form; in everything that it handed in where none stands for it."""
    overdue: tuple[Overdue, ...]
    still_open: str
    """Until when forms are taken, as long as they are."""
    ledger: str
    """Which ledger earlier years are from; empty where from none."""


Refusal = Callable[[Case], str]
"""Why an agency gets no such letter; empty where it gets one."""


def letters(findings: Findings[Result], placeholders: tuple[Placeholder, ...], refusal: Refusal) -> Iterator[Letter]:
    """A letter for every agency in the order of the list, or why it gets none."""
    account = findings.account
    files = {row.result.file: row for row in rows(findings)}
    for standing in account.standings if account else ():
        case = _case(standing, [files[file] for file in standing.files], findings)
        reason = refusal(case) if case else "没有交这一年的表"
        if case is None or reason:
            yield Letter(standing.name, {}, reason)
        else:
            yield Letter(standing.name, worked_out(placeholders, case))


def _case(standing: Standing, files: list[FileRow], findings: Findings[Result]) -> Case | None:
    if not files:
        return None
    stands = [row for row in files if row.standing.reason in _STANDS]
    chosen = stands[0] if stands else replace(files[0], result=replace(files[0].result, self=None, verified=None))
    errors = (problem for row in stands or files for problem in row.problems if problem.severity is Severity.ERROR)
    mistakes = tuple(_mistake(error, standing.files) for error in errors)
    account = findings.account
    year, ledger = (account.progress.year, account.ledger) if account else (None, "")
    missed = tuple(overdue(account.progress, standing, findings.today)) if account else ()
    ahead = still_open(account.progress, findings.today) if account else ""
    card = chosen.result.deciding
    rubric = card.rubric if card else findings.rubric
    return Case(standing, year, rubric, feedback_of(chosen), bool(stands), mistakes, missed, ahead, ledger)


def _mistake(error: Problem, files: Sequence[str]) -> Mistake:
    """Name files without the folders of the office."""
    message = error.message
    for file in files:
        message = message.replace(file, PurePath(file).name)
    return Mistake(inside(error.location) or PurePath(error.location.file or "").name, message)


def _files(case: Case) -> str:
    return case.told.file if case.stands else "、".join(PurePath(file).name for file in case.standing.files)


def _digest(case: Case) -> str:
    """Of the file that the letter is about, where it is one."""
    one = case.stands or len(case.standing.files) == 1
    return (case.told.result.sha256 or "")[:_FIGURES] if one else ""


def _conclusion(case: Case) -> str:
    return conclusion(case.told.result) if case.stands else case.standing.remark


def _basis(case: Case) -> str:
    return compared(case.told.result) if case.stands else ""


def unfit(case: Case) -> str:
    """Why nothing can be said of an agency's score; empty where one form stands for it."""
    return "" if case.stands and case.told.card else case.standing.remark or case.standing.state.chinese


def unverified(case: Case) -> str:
    """Why the office's findings cannot be told; empty where it has finished."""
    state = case.told.result.verification.state
    return "" if state is VerificationState.COMPLETE else unfinished(case.told.result) or state.chinese


def _side(case: Case, *, office: bool) -> str | None:
    result = case.told.result
    card = finished(result) if office else result.self
    return reach(card) if card else None


ABOUT = (
    Placeholder("单位名称", "单位全称，名录怎样写就怎样写", lambda case: case.standing.name),
    Placeholder("单位类别", "名录或表中的单位类别，没有就空着", lambda case: case.standing.category),
    Placeholder("年度", "评价年度，如 2020", lambda case: case.year),
    Placeholder("评价标准", "评价标准的名称", lambda case: case.rubric.title),
    Placeholder("标准文号", "评价标准的文号", lambda case: case.rubric.document),
    Placeholder("达标线", "达标的最低分，如 80", lambda case: case.rubric.pass_mark),
    Placeholder("满分", "满分，如 100 分", lambda case: case.rubric.full_marks),
    Placeholder("备注", "机关名单中的备注，如撤销认定、合署；常常空着", lambda case: case.standing.remark),
    Placeholder("文件名", "这封函所依据的表的文件名；交了几份而都没有计入的，几份都写", _files),
    Placeholder(
        "文件校验码",
        f"那份表的 SHA-256 校验码的前 {_FIGURES} 位：表改动过，校验码就不同",
        _digest,
    ),
    Placeholder(*LEDGER, lambda case: case.ledger),
    Placeholder("自评得分", "按单位填报计算的总分；有待更正时是一个范围", lambda case: _side(case, office=False)),
)
"""What every letter to an agency may say."""

OVERDUE = Placeholder(
    "逾期事项",
    "这个单位自己没有按期限做到的：迟交自评、迟报或没有报实施方案；没有就空着",
    lambda case: case.overdue,
    (
        Placeholder("步骤", "报送实施方案或自评报送", lambda entry: entry.step),
        Placeholder("期限", "如 2020-10-31", lambda entry: entry.day),
        Placeholder("情况", "迟交或迟报几天，如 迟交 3 天；或 未报", lambda entry: entry.told),
        Placeholder("天数", "未报的离期限几天，如 还有 3 天、已过 3 天；早已过去的空着", lambda entry: entry.left),
    ),
)


def qualifying(side: Callable[[Case], Scorecard | None]) -> Placeholder:
    """What goes with the total of one side."""

    def facts(case: Case) -> list[tuple[str, str]]:
        card = side(case)
        return qualified(case.told.result, card) if card else []

    return Placeholder(
        "其他事项",
        "总分以外要说明的：必须做到而没有做到的、不涉及、附加分、不计的分、换算",
        facts,
        (
            Placeholder("名称", "基本数据、注意、必须、不涉及、折算、附加分、不计或换算", lambda fact: fact[0]),
            Placeholder("内容", "一句话", lambda fact: fact[1]),
        ),
    )


SCORED = (
    Placeholder("结论", "达标、未达标等结论；没有核查完的写明是自评", _conclusion),
    Placeholder("结论依据", "结论按自评还是按核查，两者差多少", _basis),
    Placeholder("核查得分", "核查完成后的总分；没有核查完就空着", lambda case: _side(case, office=True)),
    qualifying(lambda case: case.told.card),
    OVERDUE,
)

_LINE = (
    Placeholder("编号", "评价标准的编号", lambda line: line.number),
    Placeholder("评价标准", "条文原文", lambda line: "；".join(line.sentences)),
    Placeholder("分值", "最多得几分", lambda line: line.points),
    Placeholder("自评得分", "按单位填报得几分", lambda line: line.claimed),
    Placeholder("核查得分", "按核查得几分；没有核查完就空着", lambda line: line.verified),
    Placeholder("得分", "按结论所依据的一方得几分", lambda line: line.line.score),
    Placeholder("原因", "为什么得这些分，注明单元格", lambda line: "；".join(line.reasons)),
)


LOST = Placeholder("失分条目", "没有得满分的条目，按标准的顺序", lambda case: case.told.lost, _LINE)
LINES = Placeholder("条目", "没有得满分或核查与自评不一致的条目，按标准的顺序", lambda case: case.told.lines, _LINE)
DIFFERING = Placeholder("不一致条目", "核查与自评不一致的条目", lambda case: case.told.differing, _LINE)
WAY = (
    Placeholder("达标途径", "还差几分，做到哪几条就够；已达标就空着", lambda case: case.told.way),
    Placeholder(
        "达标步骤",
        "达标途径的各条，最省力的在前",
        lambda case: case.told.steps,
        (
            Placeholder("编号", "评价标准的编号", lambda step: step.number),
            Placeholder("评价标准", "条文原文", lambda step: "；".join(step.sentences)),
            Placeholder("可增", "能增加几分", lambda step: step.gain),
            Placeholder("累计", "做到这一条时的总分", lambda step: step.reaches),
            Placeholder("办法", "怎样做到", lambda step: step.how),
        ),
    ),
    Placeholder("其余失分", "达标途径以外还有几条没有得满", lambda case: case.told.besides),
)
MISTAKES = Placeholder(
    "要更正的问题",
    "交来的表中的错误",
    lambda case: case.mistakes,
    (
        Placeholder("位置", "工作表和单元格；说的是整份文件时写文件名", lambda mistake: mistake.place),
        Placeholder("问题", "看到了什么，怎样更正", lambda mistake: mistake.message),
    ),
)
