"""Either/or, all of, and plain nesting: one score made of several parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from jieyue_cli.problems import Code
from jieyue_cli.rubric.rules.base import Combination, Flaw, LineState, Outcome
from jieyue_cli.text.numbers import ZERO, add, plain

Parts = Sequence[tuple[Outcome, Decimal]]
"""What each part is worth, with the most that it can bring."""
_MOST_SUMS = 200_000
"""Where there are more different sums, any amount is taken for possible."""


def _together(parts: Parts, at_least: Fraction, at_most: Fraction, points: Decimal) -> Outcome:
    """The outcome of parts of which some may be pending or blank."""
    if at_most > at_least:
        return Outcome(LineState.PENDING, ZERO, Fraction(points))
    blank = all(outcome.state is LineState.BLANK for outcome, _ in parts)
    return Outcome(LineState.BLANK if blank else LineState.SCORED, at_least, at_least)


class Either(Combination):
    """被评为节水型单位得7分，否则依据…: the path that brings most counts."""

    kind: Literal["either"] = "either"

    @override
    def combine(self, parts: Parts, points: Decimal) -> Outcome:
        at_least = max(outcome.at_least for outcome, _ in parts)
        at_most = max(outcome.at_most for outcome, _ in parts)
        return _together(parts, at_least, at_most, points)

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        return f"几种情形取最高：{next((why for part, why in parts if part.at_least == outcome.at_least), '')}"

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
    def combine(self, parts: Parts, points: Decimal) -> Outcome:
        blank = all(outcome.state is LineState.BLANK for outcome, _ in parts)
        if any(outcome.at_most < most for outcome, most in parts):
            return Outcome(LineState.BLANK if blank else LineState.SCORED, ZERO, ZERO)
        if any(outcome.at_least < most for outcome, most in parts):
            return Outcome(LineState.PENDING, ZERO, Fraction(points))
        return Outcome(LineState.SCORED, Fraction(points), Fraction(points))

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        if outcome.at_least:
            return f"{len(parts)} 项全部做到"
        return f"{len(parts)} 项须全部做到：{'；'.join(why for part, why in parts if not part.at_least)}"

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
    def examples(self, parts: Sequence[tuple[str, Decimal]], points: Decimal) -> Iterator[tuple[str, Fraction]]:
        done = [(Outcome(LineState.SCORED, Fraction(most), Fraction(most)), most) for _, most in parts]
        missed = Outcome(LineState.SCORED, ZERO, ZERO)
        yield "各部分都得满分", self.combine(done, points).at_least
        for at, (identifier, most) in enumerate(parts):
            yield f"只差 {identifier}", self.combine([*done[:at], (missed, most), *done[at + 1 :]], points).at_least

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
    def combine(self, parts: Parts, points: Decimal) -> Outcome:
        at_least = add(outcome.at_least for outcome, _ in parts)
        at_most = add(outcome.at_most for outcome, _ in parts)
        return _together(parts, at_least, at_most, points)

    @override
    def why(self, parts: Sequence[tuple[Outcome, str]], outcome: Outcome) -> str:
        return "；".join(f"{why} → {plain(part.at_least)} 分" for part, why in parts)

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
    def examples(self, parts: Sequence[tuple[str, Decimal]], points: Decimal) -> Iterator[tuple[str, Fraction]]:
        """None: that the parts add up says all."""
        yield from ()

    @override
    def formula(self, parts: Sequence[tuple[str, str, Decimal]], points: Decimal) -> str:
        return "+".join(f"IF({out},0,{part})" for part, out, _ in parts)

    @override
    def flaws(self, parts: Sequence[Decimal], points: Decimal) -> Iterator[Flaw]:
        if sum(parts) != points:
            facts = {"name": "这一条", "stated": plain(points), "sum": plain(sum(parts, Decimal(0)))}
            yield Flaw(("..", "points"), Code.RUBRIC_SUM, facts)
