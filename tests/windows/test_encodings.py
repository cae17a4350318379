"""Tables and texts as Notepad and Excel save them: any of their encodings, with a mark or without, any line ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jieyue_cli.agencies.roster import read_roster
from jieyue_cli.office.ledger.reading import read_ledger
from jieyue_cli.office.visit_list import read_visits
from jieyue_cli.problems import Code
from jieyue_cli.rubric import catalogue
from jieyue_cli.rubric.source import build
from jieyue_cli.text.decoding import text_of, unicode_of
from program import Call
from returns import hand_in

ROSTER = "单位名称,单位类别\n示例市财政局,行政机关\n“示例”委员会,党的机关\n"
PLAN = '{"visits": [{"name": "示例市财政局"}], "year": 2020}\n'
NOTEPAD: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "Unicode (UTF-16 LE)": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "Unicode big endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
}
"""Encodings of Notepad's list that say what they are."""
ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("encoding", [*NOTEPAD, "ANSI (GBK)"])
def test_a_roster_is_read_as_it_was_saved(encoding: str, ends: str) -> None:
    text = ROSTER.replace("\n", ends)
    data = NOTEPAD[encoding](text) if encoding in NOTEPAD else text.encode("gbk")
    roster, problems = read_roster(data, ["行政机关", "党的机关"], "名录.csv")
    assert (roster and [entry.name for entry in roster.entries], problems) == (["示例市财政局", "“示例”委员会"], ())


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("encoding", NOTEPAD)
def test_a_standard_is_read_as_it_was_saved(encoding: str, ends: str) -> None:
    text = catalogue.shipped()["standard_2020"].read_text("utf-8")
    assert build(NOTEPAD[encoding](text.replace("\n", ends))) == build(text.encode())


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("encoding", NOTEPAD)
def test_a_fault_of_a_standard_is_told_at_its_place_however_it_was_saved(encoding: str, ends: str) -> None:
    text = "id: a\ntitle: 示例\nids: b # 写错\n"
    rubric, problems = build(NOTEPAD[encoding](text.replace("\n", ends)))
    assert rubric is None
    assert [problem.location.cell for problem in problems if problem.code is Code.RUBRIC_UNKNOWN_KEY] == ["3:1"]


def test_a_standard_in_gbk_is_told_with_its_line_and_the_cure() -> None:
    rubric, (problem,) = build("id: a\ntitle: 示例\n".encode("gbk"), "标准.yaml")
    assert (rubric, problem.code, problem.location.cell) == (None, Code.RUBRIC_NOT_UTF8, "2:1")
    assert "用记事本打开，另存为，编码选 UTF-8" in problem.message


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("encoding", NOTEPAD)
def test_a_plan_is_read_as_it_was_saved(encoding: str, ends: str) -> None:
    visits, problems = read_visits(NOTEPAD[encoding](PLAN.replace("\n", ends)), "计划.json")
    assert visits is not None
    assert (visits.names, visits.year, problems) == (("示例市财政局",), 2020, ())


def test_half_a_character_is_no_text() -> None:
    assert unicode_of(b"\xff\xfea") is None
    assert unicode_of("示例".encode("gbk")) is None
    assert text_of(b"\xff\xff") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_of_the_beginning_of_a_file_the_last_character_may_be_cut_off(encoding: str) -> None:
    data = "示例\r\n财政局".encode(encoding)
    assert (text_of(data), text_of(data[:-1], whole=False)) == ("示例\n财政局", "示例\n财政")


# -- the ledger, of which not a byte may change ---------------------------------------------------------------


@pytest.fixture
def ledger(call: Call) -> bytes:
    """A ledger of two entries."""
    hand_in(Path("交表"), "示例市财政局")
    Path("名录.csv").write_text("单位名称\n示例市财政局\n", "utf-8")
    for note in ("", "更正"):
        ran = call("ledger", "record", "台账.jsonl", "交表", "--roster", "名录.csv", "--year", "2020", "--note", note)
        hand_in(Path("交表"), "示例市教育局")
        assert ran.code == 0, ran.err
    data = Path("台账.jsonl").read_bytes()
    assert (data.count(b"\n"), b"\r" in data) == (2, False)
    return data


def test_a_ledger_that_an_editor_saved_is_told_as_whole_but_not_used(ledger: bytes, call: Call) -> None:
    text = ledger.decode()
    saved = [encoded(text.replace("\n", ends)) for encoded in NOTEPAD.values() for ends in ("\n", "\r\n")]
    for data in [*saved[1:], text.replace("\n", "\r\n").encode("gbk"), text.encode("gbk")]:
        Path("另存.jsonl").write_bytes(data)
        read, problems = read_ledger(Path("另存.jsonl"))
        assert (read, [problem.code for problem in problems]) == (None, [Code.LEDGER_RESAVED])
        assert "2 条仍前后相接" in problems[0].message
    assert call("ledger", "verify", "另存.jsonl").code == 1
    restored = Path("另存.jsonl").read_bytes().decode("gbk").replace("\r\n", "\n")
    Path("另存.jsonl").write_bytes(restored.encode())
    assert call("ledger", "verify", "另存.jsonl").code == 0


def test_a_ledger_that_was_changed_is_not_said_to_be_whole(ledger: bytes) -> None:
    Path("另存.jsonl").write_bytes(ledger.replace("财政局".encode(), "教育局".encode(), 1).replace(b"\n", b"\r\n"))
    _, problems = read_ledger(Path("另存.jsonl"))
    assert Code.LEDGER_RESAVED not in [problem.code for problem in problems]


# -- what is written ------------------------------------------------------------------------------------------


def test_every_text_file_has_the_line_ends_of_its_readers(call: Call) -> None:
    hand_in(Path("交表"), "示例市财政局")
    written = [f"-o{option}" for option in ("a.csv", "a.json", "a.jsonl", "a.md", "a.html")]
    assert call("batch", "交表", *written).code == 0
    for path in Path.cwd().glob("a*"):
        data = path.read_bytes()
        if path.suffix == ".csv":  # Excel opens it by a double click
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\n") == data.count(b"\r\n") > 0
        else:
            assert not data.startswith(b"\xef\xbb\xbf")
            assert b"\r" not in data
    assert len(list(Path.cwd().glob("a*"))) == 8
