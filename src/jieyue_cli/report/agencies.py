"""The agencies' list as every report shows it: groups of one state, and the list that is ready to be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.rubric.model import NotApplicable

if TYPE_CHECKING:
    from jieyue_cli.agencies.account import Account
    from jieyue_cli.agencies.progress import Progress

UNLISTED = "不在名录"
OUTSIDE = "不参评"
_RULING = {NotApplicable.NOT_ALLOWED: "标准不设不涉及，按 0 分计，请裁定"}


class Group(NamedTuple):
    """Agencies that stand in the same place."""

    heading: str
    standings: Sequence[Standing]


def groups(account: Account) -> Iterator[Group]:
    """Every agency in exactly one group; empty groups are left out. Recognised ones are split by what is to do."""
    listed = [standing for standing in account.standings if standing.listed]
    left_out = {entry.name for entry in account.progress.outside}
    strangers = [standing for standing in account.standings if not standing.listed]
    recognised, earlier = published(account)
    absent = [standing for standing in earlier if not standing.files]
    made = [
        Group("本年认定", recognised),
        Group("以前认定", [standing for standing in earlier if standing.files]),
        Group("以前认定，今年未交表", absent),
        *(
            Group(state.chinese, [standing for standing in listed if standing.state is state])
            for state in State
            if state is not State.RECOGNISED
        ),
        Group(UNLISTED, [standing for standing in strangers if standing.name not in left_out]),
        Group(f"{OUTSIDE}，交了表", [standing for standing in strangers if standing.name in left_out]),
    ]
    return (group for group in made if group.standings)


def with_states(account: Account) -> Iterator[tuple[Standing, str]]:
    """Every agency with its state as a clerk reads it; last in their roster's order those that are not assessed."""
    left_out = {entry.name for entry in account.progress.outside}
    handed_in = {standing.name: standing for standing in account.standings if not standing.listed}
    for standing in account.standings:
        if standing.listed or standing.name not in left_out:
            yield standing, standing.state.chinese
    for entry in account.progress.outside:
        own = handed_in.get(entry.name) or Standing(entry.name, None, State.MISSING, listed=False)
        yield replace(own, category=entry.category or own.category, remark=entry.outside), OUTSIDE


def not_assessed(progress: Progress) -> list[tuple[str, list[str]]]:
    """Who is not assessed, by the reason that the roster gives."""
    names: dict[str, list[str]] = {}
    for entry in progress.outside:
        names.setdefault(entry.outside, []).append(entry.name)
    return list(names.items())


def published(account: Account) -> tuple[list[Standing], list[Standing]]:
    """Who is recognised since the run's year, and who since an earlier one."""
    recognised = [standing for standing in account.standings if standing.state is State.RECOGNISED]
    new = [standing for standing in recognised if standing.since == account.progress.year]
    return new, [standing for standing in recognised if standing.since != account.progress.year]


def named(standing: Standing) -> str:
    """The name with what its group does not say: 自 2020, 核查未完成（3 / 42）."""
    if standing.state is State.RECOGNISED:
        return f"{standing.name}（自 {standing.since}）"
    told = standing.remark and standing.state in {State.VERIFYING, State.RETURNED} and standing.listed
    return f"{standing.name}（{standing.remark}）" if told else standing.name


def totals(account: Account) -> list[Fraction]:
    """The totals of all who handed in, each by the side that decides."""
    handed_in = [standing for standing in account.standings if standing.handed_in]
    decided = [standing.claimed if standing.verified is None else standing.verified for standing in handed_in]
    return [total for total in decided if total is not None]


def asked_for(progress: Progress) -> list[tuple[str, str]]:
    """Who asked for 不涉及, criterion by criterion: 编号 with what the standard makes of it, and the agencies."""
    asked: dict[tuple[str, NotApplicable], list[str]] = {}
    for request in progress.not_applicable:
        asked.setdefault((request.criterion, request.policy), []).append(request.name)
    return [
        (f"{criterion}（{_RULING.get(policy, policy.chinese)}）", "、".join(names))
        for (criterion, policy), names in asked.items()
    ]
