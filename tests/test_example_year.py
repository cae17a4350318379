"""The example year: every command with its whole output, and every figure of it worked out anew.

After a change that is meant to be seen, write the outputs anew and read every line of the difference:

    JIEYUE_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/test_example_year.py
"""

from __future__ import annotations

import itertools
import json
import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from year import CITY, TODAY, Seen, Step, call, lived_through

pytestmark = pytest.mark.slow
TRANSCRIPTS = Path(__file__).parents[1] / "examples" / "year"
WRITE = "JIEYUE_WRITE_EXAMPLES" in os.environ
HEAD = """\
# {part}（{today:%Y-%m-%d}）：“$”后是命令，其后是它的全部输出；“!”后是标准错误的一行；不是 0 的退出码另写一行。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's folder, once the year is over."""
    return tmp_path_factory.mktemp("year") / CITY


@pytest.fixture(scope="module")
def year(folder: Path) -> Mapping[Step, Seen]:
    """What each step wrote."""
    return lived_through(folder.parent)


def told(part: str, year: Mapping[Step, Seen]) -> Iterator[str]:
    """The transcript of one part."""
    yield HEAD.format(part=part, today=TODAY[part])
    for step, seen in year.items():
        if step.part == part:
            yield f"\n# {step.why}\n$ {step.line}\n{seen}"


@pytest.mark.parametrize("part", TODAY)
def test_the_transcript_shows_what_the_commands_print(part: str, year: Mapping[Step, Seen]) -> None:
    seen = "".join(told(part, year))
    file = TRANSCRIPTS / f"{part}.txt"
    if WRITE:
        file.write_text(seen, "utf-8", newline="\n")
    assert seen == file.read_text("utf-8")


def test_the_transcript_can_be_told_apart(year: Mapping[Step, Seen]) -> None:
    for step, seen in year.items():
        assert not [line for line in seen.on("out").splitlines() if line.startswith(("$ ", "! ", "# ", "[退出码"))], (
            step
        )


def test_the_parts_follow_each_other(year: Mapping[Step, Seen]) -> None:
    assert [part for part, _ in itertools.groupby(year, key=lambda step: step.part)] == list(TODAY)
    assert sorted(TODAY.values()) == list(TODAY.values())


RECOGNISED_2020 = {  # by what the office found; 示例市水务局 handed in under its former name
    "中共示例市委组织部": 100 - 3 - 3 - 2,
    "示例市政府办公室": 100 - 3,
    "示例市财政局": 100 - 2 - 3 - 2,
    "示例市水务局": 100 - 3 - 2 - 3 - 3 - 3 - 2 - 1 - 3,  # the mark itself
    "示例市人民检察院": 100 - 3 - 2 - 3 - 2,
    "示例市档案馆": 100 - 3 - 3 - 2 - 1,
    "示例市机关事务服务中心": 100 - 2 - 3,
    "示例市地方志研究室": 100 - 3 - 3 - 2 - 1,  # by the form of 示例市档案馆
}
FAILED_2020 = {
    "示例市教育局": 100 - 3 - 3 - 2 - 3 - 3 - 3 - 2 - 2,
    "示例市统计局": 100 - (1 + 3 + 3 + 2 + 1 + 1 + 2 + 3 + 3 + 2 + 2 + 2) - (3 + 2 + 2 + 2 + 3 + 2),
    "示例市交通运输局": 100 - 3 - 1 - (9 + 2 + 3 + 3 + 3 + 2 + 2),
    "示例镇人民政府": 100 - 3 - 2 - 2 - 3 - (3 + 2 + 2 + 2 + 3),
}
OTHERS_2020 = {
    "示例市总工会": "verifying",  # three findings of 42
    "示例市人大常委会办公室": "self_pass",  # late
    "示例市妇女联合会": "self_pass",  # copied
    "示例市人民法院": "returned",  # broken
}
RECOGNISED_2021 = {
    "中共示例市委办公室": 100 - 2 - 3,
    "示例市人大常委会办公室": 100 - 3 - 2 - 1,
    "示例市教育局": 100 - 3 - 2 - 3,
    "示例市交通运输局": 100 - 3 - 3 - 2,
    "示例市总工会": 100 - 3 - 3 - 1,
    "示例镇人民政府": 100 - 3 - 3 - 2 - 2,
}
WITHDRAWN_2021 = {"中共示例市委组织部": 100 - 3 - (9 + 3 + 3 + 3)}
FAILED_2021 = {"示例市统计局": 100 - 2 - 3 - (9 + 2 + 3 + 2)}
CLAIMED_2021 = {
    "中共示例市委宣传部": 100,
    "示例市供销合作社联合社": 100 - 3 - 3 - 2 - 3 - 3 - 2 - 2 - 2,  # the mark itself
    "示例市监察委员会": 100 - 3 - 3 - 2 - 3 - 3 - 3 - 2 - 2,
    "示例市人民法院": 100 - 3,
    "共青团示例市委员会": 100 - 3 - 2,
    "示例市妇女联合会": 100 - 3 - 3 - 3 - 3 - 2,
    "范例街道办事处": 100 - (3 + 3 + 2 + 2 + 3 + 3 + 3 + 2) - (3 + 2 + 2),
}
MARK = 80


def expected(year: int) -> dict[str, tuple[str, int | None]]:
    """Each agency that handed in, or was recognised: its state by the end of the year, and the score that decides."""
    if year == 2020:
        return {
            **{name: ("recognised", score) for name, score in RECOGNISED_2020.items()},
            **{name: ("failed", score) for name, score in FAILED_2020.items()},
            **{name: (state, None) for name, state in OTHERS_2020.items()},
        }
    return {
        **dict.fromkeys(RECOGNISED_2020, ("recognised", None)),
        **{name: ("recognised", score) for name, score in RECOGNISED_2021.items()},
        **{name: ("withdrawn", score) for name, score in WITHDRAWN_2021.items()},
        **{name: ("failed", score) for name, score in FAILED_2021.items()},
        **{name: ("self_pass" if score >= MARK else "self_fail", score) for name, score in CLAIMED_2021.items()},
    }


def listed(document: Any) -> dict[str, Any]:
    """Name → row, of the agencies of the roster."""
    return {row["name"]: row for row in document["agencies"] if row["listed"]}


def written(folder: Path, name: str) -> Any:
    """A JSON file that a step wrote, with exact numbers."""
    return json.loads((folder / name).read_text("utf-8"), parse_float=Decimal)


def printed(folder: Path, *arguments: str) -> Any:
    """What a command prints for programs, once the year is over."""
    seen = call(*arguments, "--format", "json", cwd=folder, today=TODAY["2021年核查以后"])
    return json.loads(seen.on("out"), parse_float=Decimal)


def percent(part: int, whole: int) -> str:
    """As a clerk rounds it."""
    return f"{Decimal(100 * part) / whole:.1f}%"


def seen_at(year: Mapping[Step, Seen], beginning: str) -> Seen:
    """What the first step wrote whose command begins so."""
    return next(seen for step, seen in year.items() if step.line.startswith(f"jieyue {beginning}"))


def check_states(document: Any, expected: Mapping[str, tuple[str, int | None]]) -> None:
    """Each agency of the roster is where it should be, with the score that decides."""
    rows = listed(document)
    states = {name: row["state"] for name, row in rows.items()}
    assert states == dict.fromkeys(rows, "missing") | {name: state for name, (state, _) in expected.items()}
    for name, (state, score) in expected.items():
        if score is not None:
            assert rows[name]["self" if state.startswith("self") else "verified"] == score, name


def check_progress(document: Any, year: int, shares: Mapping[int, Decimal]) -> None:
    """Every count of the progress is one of the list of agencies."""
    rows, progress = listed(document), document["progress"]
    counted = Counter(row["state"] for row in rows.values())
    ready = [row for row in rows.values() if row["state"] in {"self_pass", "verifying"} and row["self"] >= MARK]
    required = math.ceil(shares[year] * len(rows))
    expected = {
        "year": year,
        "agencies": len(rows),
        "target_rate": shares[year],
        "required": required,
        "recognised": counted["recognised"],
        "self_assessed": len(ready),
        "missing": [name for name, row in rows.items() if row["state"] == "missing"],
        "gap": max(0, required - counted["recognised"]),
        "gap_if_confirmed": max(0, required - counted["recognised"] - len(ready)),
    }
    assert {name: progress[name] for name in expected} == expected
    assert progress["rate"] == round(Decimal(counted["recognised"]) / len(rows), 6)


SHARES = {2020: Decimal("0.25"), 2021: Decimal("0.5")}


def test_the_first_year_ends_as_worked_out_by_hand(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = written(folder, "2020年汇总.json")
    check_states(document, expected(2020))
    check_progress(document, 2020, SHARES)


def test_the_second_year_ends_as_worked_out_by_hand(folder: Path, year: Mapping[Step, Seen]) -> None:
    """From the folders of both years."""
    document = printed(folder, "batch", "2020年", "2021年", "2021年核查", "--roster", "名录.xlsx")
    check_states(document, expected(2021))
    check_progress(document, 2021, SHARES)


def test_the_console_says_what_the_document_does(folder: Path, year: Mapping[Step, Seen]) -> None:
    rows = listed(written(folder, "2020年汇总.json"))
    shown = " ".join(seen_at(year, "batch 2020年").on("out").split())
    recognised = sum(row["state"] == "recognised" for row in rows.values())
    assert f"机关总数 {len(rows)} 分母" in shown
    assert f"已认定 {recognised} 分子" in shown
    assert f"认定率 {percent(recognised, len(rows))} {recognised} / {len(rows)} " in shown


def test_the_published_list_names_who_is_recognised(folder: Path, year: Mapping[Step, Seen]) -> None:
    letter = docx.Document(str(folder / "2020年公示.docx"))
    lines = [*(line.text for line in letter.paragraphs)]
    lines += [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    text = "\n".join(lines)
    rows = listed(written(folder, "2020年汇总.json"))
    assert {name for name in rows if name in text} == set(RECOGNISED_2020)
