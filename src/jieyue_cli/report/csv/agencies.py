"""The tables of a batch about agencies: where each one stands, and the recognised ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jieyue_cli.report.agencies import published, with_states
from jieyue_cli.report.calendar import days_late
from jieyue_cli.report.csv.cells import Row
from jieyue_cli.text.numbers import plain

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.standings import Standing


def agencies(account: Account) -> Iterator[Row]:
    """The head, then one row an agency."""
    yield (
        *("单位名称", "单位类别", "级别", "批次年度", "状态", "认定年度", "已交表", "自评总分", "核查总分"),
        *("填报日期", "迟交天数", "核查日期", "实施方案报送日期", "在名录", "备注", "文件"),
    )
    for standing, state in with_states(account):
        yield _agency(standing, state, days_late(account.progress, standing))


def recognised(account: Account) -> Iterator[Row]:
    """The head, then who is recognised: since the run's year, then since earlier ones."""
    yield "序号", "单位名称", "单位类别", "认定年度", "说明"
    new, earlier = published(account)
    told = [*((standing, "本年认定") for standing in new), *((standing, "以前年度认定") for standing in earlier)]
    for number, (standing, what) in enumerate(told, 1):
        yield str(number), standing.name, standing.category or "", str(standing.since), what


def _agency(standing: Standing, state: str, late: int) -> Row:
    return [
        standing.name,
        standing.category or "",
        standing.level or "",
        str(standing.batch or ""),
        state,
        str(standing.since or ""),
        "是" if standing.handed_in else "否",
        *("" if total is None else plain(total) for total in (standing.claimed, standing.verified)),
        str(standing.filled_on or ""),
        str(late or ""),
        str(standing.checked_on or ""),
        str(standing.plan_filed or ""),
        "是" if standing.listed else "否",
        standing.remark,
        "、".join(standing.files),
    ]
