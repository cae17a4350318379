"""The year's dates as every report shows them: until when, how many days are left, who is late and who is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from jieyue_cli.rubric.calendar import STEPS

if TYPE_CHECKING:
    from jieyue_cli.agencies.calendar import Due
    from jieyue_cli.agencies.progress import Progress
    from jieyue_cli.agencies.standings import Standing

LATE = {"plan": "迟报", "self_assessment": "迟交", "verification": "核查迟于期限"}
MISSING = {"plan": "未报", "self_assessment": "未交", "verification": "交了还没有核查完"}
"""What is said of those who are late and missing, for each step."""
_LONGEST = 90
"""Days after a date for which it is still told how many have gone by."""


class Overdue(NamedTuple):
    """What an agency itself did not do in time."""

    step: str
    day: str
    told: str
    """By how many days it was late, or that it was not done."""
    left: str
    """What ``left`` says of the date where it was not done."""


def called(due: Due) -> str:
    """The step as a clerk calls it."""
    return STEPS[due.step]


def day(due: Due) -> str:
    """Until when; a dash where that depends on a year that is not known."""
    return str(due.due or "-")


def left(due: Due, today: dt.date | None) -> str:
    """``还有 3 天``, ``今天截止`` or ``已过 3 天``; empty for a date that is neither this year's nor just over."""
    if due.due is None or today is None:
        return ""
    days = (due.due - today).days
    if due.due.year != today.year and not -_LONGEST <= days < 0:
        return ""
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天" if days else "今天截止"


def deadline(due: Due, today: dt.date | None) -> str:
    """``2020-10-31，还有 3 天``."""
    return "，".join(filter(None, (day(due), left(due, today))))


def counted_from(progress: Progress, today: dt.date | None) -> str:
    """The day from which the days left are counted; empty where ``left`` says nothing of any date."""
    return str(today) if any(left(due, today) for due in progress.calendar) else ""


def kept(due: Due, most: int | None = None) -> str:
    """How a step was kept, in one sentence that names at most so many agencies of a kind.

    Named are only those that the list of the agencies' states does not tell.
    """
    if not due.known:
        return "名录有“实施方案报送日期”列才能列出"
    told = [
        _told(LATE[due.step], len(due.late), due.late[:most]),
        _told(MISSING[due.step], len(due.missing), due.missing[:most] if due.step == "plan" else ()),
        _told("没有填日期", due.undated),
    ]
    return "；".join(filter(None, told)) or "没有逾期的"


def _told(label: str, agencies: int, names: Sequence[str] = ()) -> str:
    """``迟交 3 个：甲局、乙局 等``; nothing where there is nobody."""
    if not agencies or not names:
        return f"{label} {agencies} 个" if agencies else ""
    return f"{label} {agencies} 个：{'、'.join(names)}{' 等' if len(names) < agencies else ''}"


def days_late(progress: Progress, standing: Standing) -> int:
    """By how many days an agency's form was late; 0 where it was not, or the standard has no date for it."""
    return sum(due.days(standing) for due in progress.calendar if due.step == "self_assessment")


def overdue(progress: Progress, standing: Standing, today: dt.date | None) -> list[Overdue]:
    """The dates that an agency did not keep; the verification is the office's."""
    told = []
    for due in progress.calendar:
        days = due.days(standing) if due.step != "verification" else 0
        missing = due.step == "plan" and due.lacks(standing)
        if days or missing:
            said = (f"{LATE[due.step]} {days} 天", "") if days else (MISSING[due.step], left(due, today))
            told.append(Overdue(called(due), day(due), *said))
    return told


def still_open(progress: Progress, today: dt.date | None) -> str:
    """The last day for handing in a form, with the days left; empty where it is over or not in sight."""
    ahead = (due for due in progress.calendar if today and due.due and due.due >= today and left(due, today))
    return next((deadline(due, today) for due in ahead if due.step == "self_assessment"), "")
