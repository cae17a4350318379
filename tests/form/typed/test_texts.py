"""Sentences of the standard in a typed table: what may differ, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jieyue_cli.assessment import Status
from jieyue_cli.form.typed.sentences import Sentences
from typed_tables import (
    RUBRIC,
    Line,
    by_clause,
    by_criterion,
    by_item,
    codes,
    full,
    index_of,
    most,
    problems,
    total,
    with_score,
    with_text,
)

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""Half-width signs → full-width ones."""
SENTENCES = Sentences(RUBRIC)


def texts(change: Callable[[str], str], lines: Callable[[], tuple[Line, ...]] = by_item) -> tuple[Line, ...]:
    """Lines whose text was changed."""
    return tuple(replace(line, text=change(line.text)) for line in lines())


def numbered(style: Callable[[int], str]) -> tuple[Line, ...]:
    """One row an item, its criteria numbered in another style."""
    return tuple(
        replace(line, text="\n".join(style(n) + each.text for n, each in enumerate(line.criteria, 1)))
        for line in by_item()
    )


CHINESE = "一二三四五六七八九十"
SPELLINGS: dict[str, tuple[Line, ...]] = {
    "full width": texts(lambda text: text.translate(WIDE)),
    "spaces between all letters": texts(" ".join),
    "ideographic spaces": texts(lambda text: "　" + text.replace("，", "，　")),
    "OCR spaces in prices": texts(lambda text: text.replace("得2分", "得 2 分").replace("得1分", "得  1分")),
    "other punctuation": texts(
        lambda text: text.replace("，", ",").replace("；", ";").replace("、", "，").replace("“", '"')
    ),
    "no punctuation": texts(lambda text: text.translate(str.maketrans("", "", "，。；、“”《》"))),
    "line breaks inside": texts(lambda text: text.replace("，", "，\n")),
    "escaped line breaks": texts(lambda text: text.replace("\n", "_x000D_\n")),
    "no-break spaces": texts(lambda text: text.replace("。", "。\u00a0")),
    "(1)": numbered(lambda n: f"({n})"),
    "（1）": numbered(lambda n: f"（{n}）"),
    "1、": numbered(lambda n: f"{n}、"),
    "1)": numbered(lambda n: f"{n})"),
    "①": numbered(lambda n: chr(ord("①") + n - 1)),
    "⑴": numbered(lambda n: chr(ord("⑴") + n - 1)),
    "一是": numbered(lambda n: f"{CHINESE[n - 1]}是"),
    "一、": numbered(lambda n: f"{CHINESE[n - 1]}、"),
    "（一）": numbered(lambda n: f"（{CHINESE[n - 1]}）"),
    "第一，": numbered(lambda n: f"第{CHINESE[n - 1]}，"),
    "1.1": numbered(lambda n: f"2.{n} "),
    "a.": numbered(lambda n: f"{chr(96 + n)}."),
    "1 without a point": numbered(lambda n: f"{n}"),
}


@pytest.mark.parametrize("lines", SPELLINGS.values(), ids=SPELLINGS)
def test_spelling_does_not_matter(lines: tuple[Line, ...]) -> None:
    result = full(lines).result()
    assert total(result) == "100"
    assert codes(result) == []


def priced(change: Callable[[str], str]) -> tuple[Line, ...]:
    """One row a criterion, with its price (得2分 and what follows) written in another way."""

    def text(line: Line) -> str:
        head, got, tail = line.text.rpartition("得")
        return (
            head + change(got + tail)
            if got and "每" not in head and "1类" not in head and "1项" not in head
            else line.text
        )

    return tuple(replace(line, text=text(line)) for line in by_criterion())


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "",
        lambda price: f"（{price[1:].strip('。；')}）",
        lambda price: price.replace("2", "两").replace("1", "一").replace("3", "三"),
        lambda price: price.replace("得", "计"),
        lambda price: price.replace("得", "可得"),
        lambda price: price.replace("得", "最高得"),
    ],
    ids=["none", "in brackets", "in Chinese", "计", "可得", "最高得"],
)
def test_the_price_may_be_left_out_or_worded_otherwise(change: Callable[[str], str]) -> None:
    result = full(priced(change)).result()
    assert total(result) == "100"
    assert codes(result) == []


PRICES = {
    "2.1.1": ["得2分", "得10分", "得0.1分", "（5分）", "得五分", "最高得3分", "得1.5分", "得1分，最高得4分"],
    "2.2.3": ["每项得2分，最高得5分", "每项得1分，最高得7分", "每项得5分", "得3分", "每项1分，最高4分"],
    "5.1.1": ["开展1项活动得1分，累计最高得4分", "得3分"],
    "1.1.1": ["得5分", "（8分）"],
}


@pytest.mark.parametrize(
    ("identifier", "price"), [(identifier, price) for identifier, prices in PRICES.items() for price in prices]
)
def test_another_price_is_another_rule(identifier: str, price: str) -> None:
    rows = by_criterion()
    index = index_of(rows, identifier)
    core = rows[index].text.split("，得")[0].split("，每")[0].split("，开展1")[0].strip("。")
    table = with_text(full(rows), index, f"{core}，{price}。")
    result = table.result()
    assert codes(result) == ["typed-price"]
    (problem,) = problems(result, "typed-price")
    assert (problem.location.cell, problem.location.criterion) == (table.place(index, "text"), identifier)
    assert total(result) == str(100 - rows[index].most)
    assert most(result) == "100"


@pytest.mark.parametrize(
    "text",
    [
        "未明确负责推进节约型机关建设的组织机构，得1分",
        "1.不明确负责推进节约型机关建设的组织机构，得1分",
        "基本 明确负责推进节约型机关建设的组织机构",
        "明确负责推进节约型机关建设的组织机构情况，得1分",
        "明确负责推进节约型机关建设的组织机构的，扣1分",
        "是否明确负责推进节约型机关建设的组织机构，得1分",
    ],
)
def test_words_joined_to_a_sentence_make_it_another(text: str) -> None:
    rows = by_clause()
    index = index_of(rows, "2.1.1")
    result = with_text(full(rows), index, text).result()
    assert codes(result) == ["typed-reworded"]
    assert (total(result), most(result)) == ("99", "100")


@pytest.mark.parametrize(
    "text",
    [
        "明确负责推进绿色机关建设的组织机构，得1分",
        "明确推进节约型机关建设的机构，得1分",
        "明确了负责推进节约型机关建设的组织机构，得1分",
        "完成上级交办的其他工作，得1分",
    ],
)
def test_changed_words_are_refused_and_their_points_not_scored(text: str) -> None:
    rows = by_clause()
    index = index_of(rows, "2.1.1")
    table = with_text(full(rows), index, text)
    result = table.result()
    assert codes(result) == ["typed-missing", "typed-stranger"]
    (stranger,) = problems(result, "typed-stranger")
    assert stranger.location.cell == table.place(index)
    assert (total(result), most(result)) == ("99", "100")


@pytest.mark.parametrize("score", [0, 2, 3, 4, 5])
@pytest.mark.parametrize("change", ["words", "price", "joined"])
def test_one_changed_sentence_in_an_item_makes_its_one_score_unclear(change: str, score: int) -> None:
    """4 of 5 could be with or without the changed sentence."""
    rows = by_item()
    index = index_of(rows, "2.1.1")
    before = "明确负责推进节约型机关建设的组织机构，得1分"
    after = {
        "words": "明确负责推进绿色机关建设的各类组织机构，得1分",
        "price": before[:-3] + "得2分",
        "joined": "未" + before,
    }
    table = with_text(full(rows), index, rows[index].text.replace(before, after[change]))
    result = with_score(table, index, score).result()
    assert "typed-coarse" in codes(result)
    assert (total(result), most(result)) == ("95", "100")


@pytest.mark.parametrize(("score", "found"), [(4, None), (2, None), (5, "score-too-high")])
def test_a_sentence_left_out_together_with_its_points(score: int, found: str | None) -> None:
    """Where the 分值 is lowered too, the score is clear: it covers what stands there."""
    rows = by_item()
    index = index_of(rows, "2.1.1")
    line = rows[index]
    shorter = replace(line, criteria=line.criteria[1:], text=line.text.split("\n", 1)[1])
    table = full((*rows[:index], shorter, *rows[index + 1 :]))
    result = with_score(table, index, score).result()
    assert codes(result) == ["typed-missing", *([found] if found else [])]
    assert total(result) == str(95 + (0 if found else score))


def test_a_sentence_left_out_under_the_full_price_makes_the_score_unclear() -> None:
    rows = by_item()
    index = index_of(rows, "2.1.1")
    result = with_text(full(rows), index, rows[index].text.split("\n", 1)[1]).result()
    assert codes(result) == ["typed-missing", "typed-coarse"]
    assert (total(result), most(result)) == ("95", "100")


def test_a_changed_row_under_a_merged_score_makes_it_unclear() -> None:
    rows = by_clause()
    index = index_of(rows, "2.1.2")
    first = index_of(rows, "2.1.1")
    merged = replace(
        with_text(full(rows, price_per="merged", merge=frozenset({"self"})), index, "明确绿色工作的机构，得2分"),
        scores=tuple(
            int(line.item.points) if n == 0 or rows[n - 1].item is not line.item else None
            for n, line in enumerate(rows)
        ),
    )
    result = with_score(merged, first, 3).result()
    assert codes(result) == ["typed-missing", "typed-coarse"]
    assert (total(result), most(result)) == ("95", "100")


@pytest.mark.parametrize("remark", ["（已成立领导小组，见附件1）", "。\n说明：正在推进", "；完成情况良好"])
def test_a_remark_apart_from_the_sentence_is_only_named(remark: str) -> None:
    rows = by_clause()
    index = index_of(rows, "2.1.1")
    result = with_text(full(rows), index, rows[index].text + remark).result()
    assert total(result) == "100"
    assert codes(result) == ["typed-leftover"]


def test_names_of_items_and_prices_in_the_same_cell_are_no_remark() -> None:
    rows = tuple(replace(line, text=f"{line.item.name}（{line.item.points}分）：{line.text}") for line in by_item())
    result = full(rows).result()
    assert total(result) == "100"
    assert codes(result) == []


def test_a_sentence_said_twice_is_refused() -> None:
    rows = by_clause()
    index = index_of(rows, "3.1.1")
    doubled = full((*rows[: index + 1], rows[index], *rows[index + 1 :]))
    result = doubled.result()
    (problem,) = problems(result, "typed-doubled")
    assert f"{doubled.place(index, 'text')}、{doubled.place(index + 1, 'text')}" in problem.message
    assert (total(result), most(result)) == ("98", "100")


def test_a_sentence_said_twice_in_one_cell_is_refused() -> None:
    rows = by_clause()
    index = index_of(rows, "3.1.1")
    result = with_text(full(rows), index, rows[index].text + "\n" + rows[index].text).result()
    assert codes(result) == ["typed-doubled"]
    assert total(result) == "98"


def test_half_a_table() -> None:
    rows = by_criterion()
    result = full(rows[:30]).result()
    assert codes(result) == ["typed-missing"] * 12
    assert result.status is Status.UNDETERMINED
    assert (total(result), most(result)) == (str(sum(line.most for line in rows[:30])), "100")


def test_less_than_half_a_table_is_another_standard() -> None:
    result = full(by_criterion()[:20]).result()
    (problem,) = result.problems
    assert result.status is Status.UNREADABLE
    assert "20 条（共 42 条）" in problem.message


def test_a_row_the_agency_added_is_not_scored() -> None:
    table = full(by_clause(), after={4: (None, None, None, "自主创新工作，得5分", 5, 5)})
    result = table.result()
    assert total(result) == "100"
    assert codes(result) == ["typed-stranger"]


@pytest.mark.parametrize("line", by_criterion(), ids=lambda line: line.criteria[0].id)
def test_each_sentence_is_found_alone(line: Line) -> None:
    matches = SENTENCES.find("3." + line.text)
    assert matches.criteria == line.criteria
    assert (matches.repriced, matches.reworded, matches.leftovers) == ([], [], [])


def test_a_cell_too_long_for_a_table_is_not_searched() -> None:
    assert not SENTENCES.find(by_item()[0].text + "长" * 10_000).criteria


@pytest.mark.parametrize("name", ["管理机构", "二、管理机构（5分）", "2. 管理 机构", "管理\n机构"])
def test_names_of_items(name: str) -> None:
    part = SENTENCES.part(name)
    assert part
    assert part.name == "管理机构"
    assert SENTENCES.part(name + "情况") is None
