"""The draw: the same for whoever draws again, hardly touched by another roster, and as large as was asked for."""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieyue_cli.office.sampling import Drawn, Size, draw, ranked, split, zero_defect

_NAMES = st.lists(st.text("甲乙丙丁戊己局委办A1", min_size=1, max_size=6), unique=True, min_size=1, max_size=40)
_FRAMES = st.lists(st.integers(0, 60), min_size=1, max_size=9)


def test_the_order_is_that_of_the_hash_of_seed_and_name() -> None:
    names = ["示例市财政局", "示例市教育局", "示例市水务局"]
    hashes = {name: hashlib.sha256(("2021-11-01," + name).encode("utf-8")).hexdigest() for name in names}
    assert [(one.hash, one.name) for one in ranked("2021-11-01", names)] == sorted(
        (digest, name) for name, digest in hashes.items()
    )
    assert ranked("2021-11-01", names)[0] == (
        "05a84555aeed126045ba0f89d52b2735b1925dbed2e82447c16510138c03d6b3",
        "示例市财政局",
    )


@given(_NAMES, st.integers(1, 10), st.data())
def test_one_name_less_changes_nothing_but_that_name_and_the_next_moves_up(
    names: list[str], number: int, data: st.DataObject
) -> None:
    def drawn(some: list[str]) -> set[str]:
        return {one.name for one in draw("种子", {None: some}, Size(number)) if one.drawn}

    order = [one.name for one in ranked("种子", names)]
    gone = data.draw(st.sampled_from(names))
    assert [one.name for one in ranked("种子", [name for name in names if name != gone])] == [
        name for name in order if name != gone
    ]
    before, after = drawn(names), drawn([name for name in names if name != gone])
    assert after == set([name for name in order if name != gone][:number])
    assert before - after <= {gone}
    assert after - before <= set(order[number : number + 1])


@given(_NAMES, st.randoms(use_true_random=False))
def test_the_order_of_the_roster_decides_nothing(names: list[str], chance: object) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked("种子", shuffled) == ranked("种子", names)


@pytest.mark.parametrize(
    ("population", "number"),
    [(0, 0), (1, 1), (2, 2), (10, 10), (11, 9), (24, 15), (50, 22), (100, 25), (500, 28), (10_000, 29), (10**6, 29)],
)
def test_the_zero_defect_table(population: int, number: int) -> None:
    assert zero_defect(population) == number


@pytest.mark.parametrize("population", [*range(1, 60), 100, 333, 500])
def test_the_table_is_the_fewest_that_miss_a_tenth_with_five_per_cent_at_most(population: int) -> None:
    false = -(-population // 10)
    number = zero_defect(population)

    def missed(some: int) -> Fraction:
        return Fraction(comb(population - false, some), comb(population, some))

    assert missed(number) <= Fraction(1, 20) < missed(number - 1)


@given(_FRAMES, st.integers(0, 700))
def test_a_number_is_shared_out_in_proportion(frames: list[int], number: int) -> None:
    made = split(number, frames)
    whole, kinds = sum(frames), sum(map(bool, frames))
    assert sum(made) == min(number, whole)
    assert all(0 <= own <= frame for own, frame in zip(made, frames, strict=True))
    if number >= kinds:
        assert all(own for own, frame in zip(made, frames, strict=True) if frame)
    quotas = [Fraction(min(number, whole) * frame, whole) if whole else Fraction(0) for frame in frames]
    if all(quota >= 1 or not quota for quota in quotas):  # nobody had to be lifted to one
        assert all(abs(own - quota) < 1 for own, quota in zip(made, quotas, strict=True))


@pytest.mark.parametrize(
    ("number", "frames", "made"),
    [
        (22, [5, 10, 35], [2, 5, 15]),  # 2.2, 4.4, 15.4: the largest remainder; of equal ones the first
        (5, [1, 1, 100], [1, 1, 3]),
        (2, [1, 1, 1], [1, 1, 0]),
        (3, [1, 0, 1, 98], [1, 0, 1, 1]),
        (1000, [3, 4], [3, 4]),
        (3, [0, 0], [0, 0]),
    ],
)
def test_shares_of_a_number(number: int, frames: list[int], made: list[int]) -> None:
    assert split(number, frames) == made


@pytest.mark.parametrize(
    ("size", "numbers"),
    [
        (Size(share=Fraction(1, 10)), [1, 1, 4]),
        (Size(share=Fraction(1)), [1, 10, 39]),
        (Size(share=Fraction(1, 1000)), [1, 1, 1]),
        (Size(number=10), [1, 2, 7]),
        (Size(), [1, 4, 17]),  # of 50 the table asks for 22
    ],
)
def test_the_size_of_the_draw(size: Size, numbers: list[int]) -> None:
    assert size.of([1, 10, 39]) == numbers


def test_each_category_is_drawn_on_its_own() -> None:
    frames = {"行政机关": ["甲局", "乙局", "丙局"], "审判机关": ["法院"], None: []}
    made = draw("种子", frames, Size(share=Fraction(1, 3)))
    assert [(one.category, one.rank, one.drawn) for one in made] == [
        ("行政机关", 1, True),
        ("行政机关", 2, False),
        ("行政机关", 3, False),
        ("审判机关", 1, True),
    ]
    assert made[3] == Drawn("审判机关", 1, hashlib.sha256("种子,法院".encode()).hexdigest(), "法院", drawn=True)


PAGE = (Path(__file__).parents[2] / "docs" / "office" / "verification.md").read_text(encoding="utf-8")


def test_the_page_shows_how_to_draw_again() -> None:
    shown = re.findall(r"printf '%s' '(.*),(.*)' \| sha256sum\n([0-9a-f]{64})", PAGE)
    seed = shown[0][0]
    assert [(one.hash, one.name) for one in ranked(seed, [name for _, name, _ in shown])] == sorted(
        (digest, name) for _, name, digest in shown
    )
    assert "财政局 1、水务局 2、教育局 3" in PAGE
    assert [one.name[3:] for one in ranked(seed, [name for _, name, _ in shown])] == ["财政局", "水务局", "教育局"]


def test_the_page_states_the_table_as_it_is() -> None:
    rows = [tuple(map(int, row)) for row in re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)]
    assert rows == [(population, -(-population // 10), zero_defect(population)) for population, *_ in rows]
    assert len(rows) == 6
