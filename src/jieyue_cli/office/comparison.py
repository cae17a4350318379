"""Two files, two folders or two recorded years side by side: what changed, by how much and for whom; pure.

Comparing the other way round gives the same with signs turned (docs/office/plan.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Literal, NamedTuple

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import key
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.assessment import Result
from jieyue_cli.office.ledger.entry import Entry
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import ZERO, add

Losses = Mapping[str, Fraction]
"""编号 → points lost on it, by the side that decides; several joined by ``+`` where they are scored together."""
Owner = Callable[[str], str]
"""``key`` of a name → that of the agency it belongs to now."""


class LineChange(NamedTuple):
    """One line of two forms that is answered, or worth, something else."""

    criterion: str
    side: Literal["self", "verified"]
    before: Line | None
    """None where there is no such line: another standard, or a table that scores it together with others."""
    after: Line | None

    @property
    def difference(self) -> Fraction:
        """Points, after less before; none for a gate."""
        scores = [line.score if line and not line.gate else ZERO for line in (self.before, self.after)]
        return scores[1] - scores[0]


def line_changes(before: Result, after: Result) -> Iterator[LineChange]:
    """What differs line by line, in the standard's order: the agency's side, then the office's where both have one."""
    if before.self and after.self:
        yield from _changed("self", before.self, after.self)
    if before.verified and after.verified:
        yield from _changed("verified", before.verified, after.verified)


def _changed(side: Literal["self", "verified"], before: Scorecard, after: Scorecard) -> Iterator[LineChange]:
    old = {line.id: line for line in (*before.gates, *before.lines)}
    new = {line.id: line for line in (*after.gates, *after.lines)}
    for criterion in (*new, *(criterion for criterion in old if criterion not in new)):
        was, now = old.get(criterion), new.get(criterion)
        if was is None or now is None or _told(was) != _told(now):
            yield LineChange(criterion, side, was, now)


def _told(line: Line) -> tuple[object, ...]:
    return line.score, line.state, line.forfeited, *(claim.said for claim in line.claims)


class Member(NamedTuple):
    """One agency on one side."""

    name: str
    state: State
    total: Fraction | None
    """By the side that decides; None where no form stands for it."""
    lost: Losses | None
    """None where no form of its counts."""


class Side(NamedTuple):
    """One folder, or one recorded year."""

    name: str
    year: int | None
    standard: str
    """Id and version."""
    asks: tuple[str, ...] | None
    """The 编号 of its criteria, in order; None where only what was lost is known."""
    agencies: int
    """The denominator."""
    members: tuple[Member, ...]

    @property
    def recognised(self) -> int:
        """The numerator."""
        return sum(member.state is State.RECOGNISED for member in self.members)


class Kind(Enum):
    """What became of an agency; the order is that of the lists."""

    RECOGNISED = "recognised"
    UNRECOGNISED = "unrecognised"
    UP = "up"
    DOWN = "down"
    SCORED = "scored"
    """With a total on the second side only."""
    UNSCORED = "unscored"
    OTHER = "other"
    """Another state, or other lines with the same total."""
    NEW = "new"
    GONE = "gone"
    SAME = "same"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return _CHINESE[self]


_CHINESE = {
    Kind.RECOGNISED: "新认定",
    Kind.UNRECOGNISED: "不再认定",
    Kind.UP: "得分升",
    Kind.DOWN: "得分降",
    Kind.SCORED: "新有得分",
    Kind.UNSCORED: "不再有分",
    Kind.OTHER: "其他变化",
    Kind.NEW: "甲没有",
    Kind.GONE: "乙没有",
    Kind.SAME: "未变",
}


class Change(NamedTuple):
    """One agency on both sides."""

    before: Member | None
    after: Member | None
    kind: Kind

    @property
    def name(self) -> str:
        """As it is called now, with what it was called before."""
        old, new = (member.name if member else "" for member in (self.before, self.after))
        return f"{new}（原{old}）" if old and new and key(old) != key(new) else new or old

    @property
    def difference(self) -> Fraction | None:
        """After less before; None where one side has no total."""
        totals = [member.total if member else None for member in (self.before, self.after)]
        return None if totals[0] is None or totals[1] is None else totals[1] - totals[0]


class Shift(NamedTuple):
    """One criterion over the agencies of which a form counts on both sides."""

    criterion: str
    before: Fraction | None
    """Points that they lost on it together; None where that side's standard has no such criterion."""
    after: Fraction | None
    rose: int
    """Agencies that lose less."""
    fell: int


class Comparison(NamedTuple):
    """Two folders or years."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    """Every agency of either, by kind; within each as the second side lists them."""
    pairs: int
    """Agencies of which a form counts on both sides."""
    shifts: tuple[Shift, ...]
    """Criteria on which something changed for anybody, or that only one side asks for; most agencies first."""

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many agencies are of each kind."""
        return Counter(change.kind for change in self.changes)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.shifts and all(change.kind is Kind.SAME for change in self.changes)


def of_run(name: str, rubric: Rubric, account: Account, results: Iterable[Result]) -> Side:
    """A folder as one side; who is not in the roster is in no denominator, and not on the side."""
    by_file = {result.file: result for result in results}
    listed = [standing for standing in account.standings if standing.listed]
    members = [_member(standing, by_file.get(account.form_of(standing) or "")) for standing in listed]
    asks = tuple(rubric.by_id)
    return Side(name, account.progress.year, rubric.mark, asks, account.progress.agencies, tuple(members))


def _member(standing: Standing, result: Result | None) -> Member:
    total = standing.claimed if standing.verified is None else standing.verified
    card = result.deciding if result and standing.handed_in else None
    lost = {line.id: line.lost for line in card.lines if line.lost} if card else None
    return Member(standing.name, standing.state, total, lost)


def of_year(entry: Entry, rubric: Rubric) -> Side:
    """A recorded year as one side; ``rubric`` is the standard that it may have been scored by."""
    members = []
    for row in entry.agencies:
        total = row.claimed if row.verified is None else row.verified
        lost = {criterion: Fraction(points) for criterion, points in row.lost.items()} if row.handed_in else None
        members.append(Member(row.name, State(row.state), None if total is None else Fraction(total), lost))
    agencies = entry.roster.agencies if entry.roster else len(members)
    asks = tuple(rubric.by_id) if entry.rubric.mark == rubric.mark else None
    return Side(f"台账 {entry.year} 年", entry.year, entry.rubric.mark, asks, agencies, tuple(members))


def accumulated(before: Side, after: Side, owner: Owner = str) -> tuple[Side, Side]:
    """Both sides; where their years differ, the later one with the recognitions of the earlier one that still hold."""
    if before.year is None or after.year is None or before.year == after.year:
        return before, after
    if before.year > after.year:
        return accumulated(after, before, owner)[::-1]
    held = {
        same: member
        for same, member in _by_owner(before.members, owner).items()
        if member.state in {State.RECOGNISED, State.WITHDRAWN}
    }
    later = _by_owner(after.members, owner)
    members = [member._replace(state=_since(held.get(same), member.state)) for same, member in later.items()]
    more = [member._replace(total=None, lost=None) for same, member in held.items() if same not in later]
    return before, after._replace(members=(*members, *more), agencies=after.agencies + len(more))


def _since(before: Member | None, state: State) -> State:
    """A later year's state of an agency that was recognised, or withdrawn, before."""
    if before is None or state in {State.RECOGNISED, State.WITHDRAWN}:
        return state
    if state is State.FAILED or (before.state is State.WITHDRAWN and state is State.MISSING):
        return State.WITHDRAWN
    return State.RECOGNISED if before.state is State.RECOGNISED else state


def compare(before: Side, after: Side, owner: Owner = str) -> Comparison:
    """Set two sides side by side; ``owner`` tells which agency goes by which name now."""
    old, new = _by_owner(before.members, owner), _by_owner(after.members, owner)
    both = [(old.get(same), new.get(same)) for same in (*new, *(same for same in old if same not in new))]
    changes = [Change(was, now, _kind(was, now)) for was, now in both]
    order = list(Kind)
    changes.sort(key=lambda change: order.index(change.kind))
    pairs = [(was.lost, now.lost) for was, now in both if was and now and None not in (was.lost, now.lost)]
    counting = [(was, now) for was, now in pairs if was is not None and now is not None]
    return Comparison(before, after, tuple(changes), len(counting), tuple(_shifts(before, after, counting)))


def _by_owner(members: Iterable[Member], owner: Owner) -> dict[str, Member]:
    """Each agency under its own name's key, or that of the agency it is now, where only one claims it."""
    own = {key(member.name): member for member in members}
    made: dict[str, Member] = {}
    for same, member in own.items():
        now = owner(same)
        made[same if now in own or now in made else now] = member
    return made


def _kind(before: Member | None, after: Member | None) -> Kind:
    if before is None or after is None:
        return Kind.NEW if before is None else Kind.GONE
    recognised = [member.state is State.RECOGNISED for member in (before, after)]
    if recognised[0] != recognised[1]:
        return Kind.RECOGNISED if recognised[1] else Kind.UNRECOGNISED
    if before.total is None or after.total is None:
        if before.total != after.total:
            return Kind.SCORED if before.total is None else Kind.UNSCORED
    elif before.total != after.total:
        return Kind.UP if after.total > before.total else Kind.DOWN
    same = (before.state, before.total, before.lost) == (after.state, after.total, after.lost)
    return Kind.SAME if same else Kind.OTHER


def _shifts(before: Side, after: Side, pairs: Sequence[tuple[Losses, Losses]]) -> list[Shift]:
    asked = [frozenset(side.asks or ()) for side in (before, after)]
    order = {criterion: at for at, criterion in enumerate((*(before.asks or ()), *(after.asks or ())))}
    lost = {criterion for pair in pairs for losses in pair for criterion in losses}
    one_sided = asked[0] ^ asked[1] if before.asks and after.asks else frozenset()
    shifts = []
    for criterion in sorted(lost | one_sided, key=lambda line: (order.get(line.partition("+")[0], len(order)), line)):
        both = [(was.get(criterion, ZERO), now.get(criterion, ZERO)) for was, now in pairs]
        rose, fell = sum(now < was for was, now in both), sum(now > was for was, now in both)
        absent = [bool(set(criterion.split("+")) & one_sided - own) for own in asked]
        if rose or fell or any(absent):
            sums = [None if gone else add(side[at] for side in both) for at, gone in enumerate(absent)]
            shifts.append(Shift(criterion, sums[0], sums[1], rose, fell))
    return sorted(shifts, key=lambda shift: -shift.rose - shift.fell)
