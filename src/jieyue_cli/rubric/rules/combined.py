"""Either/or, all of, and plain nesting: one score made of several parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Combination, Flaw, LineState, Outcome
from jieyue_cli.text.numbers import plain

_MOST_SUMS = 200_000
"""Beyond so many different sums any amount is taken for possible."""


class Either(Combination):
    """被评为节水型单位得7分，否则依据…: the path that brings most counts."""

    kind: Literal["either"] = "either"

    @override
    def combine(self, parts: Sequence[tuple[Outcome, Decimal]], points: Decimal) -> Outcome:
        best = max(outcome.score for outcome, _ in parts)
        most = max(outcome.at_most for outcome, _ in parts)
        if most > best:
            return Outcome(LineState.PENDING, Decimal(0), points)
        blank = all(outcome.state is LineState.BLANK for outcome, _ in parts)
        return Outcome(LineState.BLANK if blank else LineState.SCORED, best, best)

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        return f"几种情形取最高：{next((why for part, why in parts if part.score == outcome.score), '')}"

    @override
    def steps(self, parts: Sequence[Iterable[Decimal] | None], points: Decimal) -> Iterable[Decimal] | None:
        known = [set(steps) for steps in parts if steps is not None]
        return sorted(set[Decimal]().union(*known)) if len(known) == len(parts) else None

    @override
    def describe(self, points: Decimal) -> str:
        return f"下列情形取得分最高的一种，最高{plain(points)}分"

    @override
    def condition(self, points: Decimal) -> str:
        return "下列有一种符合即可"

    @override
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        best = f"MAX({','.join(f'IFERROR({part},0)' for part, _, _ in parts)})"
        open_ = f"MAX({','.join(f'IF(ISERROR({part}),{plain(most)},0)' for part, _, most in parts)})"
        return f"IF({open_}>{best},NA(),{best})"

    @override
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        if max(parts) != points:
            yield Flaw(("..", "points"), Code.RUBRIC_TOP, {"top": plain(max(parts)), "points": plain(points)})


class AllOf(Combination):
    """三项均完成: the points only where every part is full."""

    kind: Literal["all_of"] = "all_of"

    @override
    def combine(self, parts: Sequence[tuple[Outcome, Decimal]], points: Decimal) -> Outcome:
        blank = all(outcome.state is LineState.BLANK for outcome, _ in parts)
        if any(outcome.at_most < most for outcome, most in parts):
            return Outcome(LineState.BLANK if blank else LineState.SCORED, Decimal(0), Decimal(0))
        if any(outcome.score < most for outcome, most in parts):
            return Outcome(LineState.PENDING, Decimal(0), points)
        return Outcome(LineState.SCORED, points, points)

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        if outcome.score:
            return f"{len(parts)} 项全部做到"
        return f"{len(parts)} 项须全部做到：{'；'.join(why for part, why in parts if not part.score)}"

    @override
    def steps(self, parts: Sequence[Iterable[Decimal] | None], points: Decimal) -> Iterable[Decimal]:
        return (Decimal(0), points)

    @override
    def describe(self, points: Decimal) -> str:
        return f"下列各项全部做到得{plain(points)}分，否则不得分"

    @override
    def condition(self, points: Decimal) -> str:
        return "下列须全部符合"

    @override
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        least = (
            f"MIN({','.join(f'IF({out},1,IF(IFERROR({part},{plain(m)})<{plain(m)},0,1))' for part, out, m in parts)})"
        )
        sure = f"AND({','.join(f'OR({out},NOT(ISERROR({part})))' for part, out, _ in parts)})"
        return f"IF({least}=0,0,IF({sure},{plain(points)},NA()))"

    @override
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        yield from ()


class SumOf(Combination):
    """4. → 1) 2) 3): nested numbering; the parts add up."""

    kind: Literal["sum"] = "sum"

    @override
    def combine(self, parts: Sequence[tuple[Outcome, Decimal]], points: Decimal) -> Outcome:
        score = sum((outcome.score for outcome, _ in parts), Decimal(0))
        most = sum((outcome.at_most for outcome, _ in parts), Decimal(0))
        if most > score:
            return Outcome(LineState.PENDING, Decimal(0), points)
        blank = all(outcome.state is LineState.BLANK for outcome, _ in parts)
        return Outcome(LineState.BLANK if blank else LineState.SCORED, score, score)

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        return "；".join(f"{why} → {plain(part.score)} 分" for part, why in parts)

    @override
    def steps(self, parts: Sequence[Iterable[Decimal] | None], points: Decimal) -> Iterable[Decimal] | None:
        sums = {Decimal(0)}
        for steps in parts:
            listed = [] if steps is None else list(steps)
            if not 0 < len(sums) * len(listed) < _MOST_SUMS:
                return None
            sums = {before + step for before in sums for step in listed}
        return sorted(sums)

    @override
    def describe(self, points: Decimal) -> str:
        return f"下列各条相加，共{plain(points)}分"

    @override
    def condition(self, points: Decimal) -> str:
        return "下列须全部符合"

    @override
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        return "+".join(f"IF({out},0,{part})" for part, out, _ in parts)

    @override
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        if sum(parts) != points:
            facts = {"name": "这一条", "stated": plain(points), "sum": plain(sum(parts, Decimal(0)))}
            yield Flaw(("..", "points"), Code.RUBRIC_SUM, facts)
