"""Ctrl-C and its like, pressed on a real terminal while a command is at work: what is left is whole, and is told."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals
from typing import TYPE_CHECKING

import pytest

from jieyue_cli.office.ledger.reading import read_ledger
from office.ledger.made import entry, lines
from returns import hand_in

if sys.platform == "win32":
    pytest.skip("signals and terminals of POSIX", allow_module_level=True)

from signal import SIGHUP

from pseudo_terminal import on_terminal

if TYPE_CHECKING:
    from pseudo_terminal import Shown

pytestmark = pytest.mark.slow

FORMS = 400
ROSTER = 800
LONG_LEDGER = 90_000
"""Entries; a second's work."""
ENDS = {"Ctrl-C": [SIGINT], "twice": [SIGINT, SIGINT], "end": [SIGTERM], "closed": [SIGHUP]}
ON_ROSTER = "--roster 名录.csv --year 2020"
COMMANDS = {
    "template": (f"template {ON_ROSTER} -o 果", ["制表"]),
    "feedback": ("feedback 交表 -o 果", ["读取", "批注"]),
    "letter": (f"letter 自评报告 交表 {ON_ROSTER} -o 果", ["读取", "写函  "]),
    "evidence": (f"evidence 交表 {ON_ROSTER} -o 果/a.xlsx", ["读取"]),
    "verify plan": (f"verify plan 交表 {ON_ROSTER} --seed 一 -o 果/a.xlsx", ["读取"]),
    "verify sheets": (f"verify sheets 交表 {ON_ROSTER} -o 果", ["读取", "制表"]),
    "plan": (f"plan 交表 {ON_ROSTER} -o 果/a.xlsx", ["读取"]),
    "compare": ("compare 交表 交表 -o 果/a.xlsx", ["读取"]),
    "batch": (f"batch 交表 {ON_ROSTER} -o 果/a.xlsx -o 果/b.html -o 果/c.json", ["读取"]),
    "ledger record": (f"ledger record 果/台账.jsonl 交表 {ON_ROSTER}", ["读取"]),
    "demo": ("demo 果", ["写出"]),
}
"""What is run, and what is to be seen when the signal comes."""
CASES = [(name, when) for name, (_, seen) in COMMANDS.items() for when in seen]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    names = [f"示例市第{number}局" for number in range(ROSTER)]
    hand_in(folder / "交表", *names[:FORMS])
    (folder / "名录.csv").write_text("单位名称,类别\n" + "".join(f"{name},行政机关\n" for name in names), "utf-8")
    return folder


@pytest.fixture
def place(office: Path, tmp_path: Path) -> Path:
    """A folder of the test's own, from which the office's is seen."""
    for name in ("交表", "名录.csv"):
        (tmp_path / name).symlink_to(office / name)
    (tmp_path / "果").mkdir()
    return tmp_path


def interrupted(place: Path, command: str, when: str, press: list[Signals]) -> tuple[Shown, list[Path]]:
    """Run it and interrupt it; every promise that holds for all commands is kept. Returns the files that are left."""
    ran = on_terminal(*command.split(), cwd=place, press=press, when=when, out=False)
    assert ran.code == 130 or (ran.code == -SIGINT and len(press) > 1), ran.raw  # Python is gone when the second comes
    assert "Traceback" not in ran.raw
    assert "已中断" in ran.lines[-1]
    assert ran.restored
    assert ran.seconds < 5
    assert not ran.left()
    files = [path for path in (place / "果").rglob("*") if path.is_file()]
    for path in files:
        assert path.suffix != ".part"
        if path.suffix in {".xlsx", ".docx"} and path.parts[-3:-2] != ("2021年",):  # where the example is damaged
            assert zipfile.is_zipfile(path)
    if (ledger := place / "果" / "台账.jsonl").exists():
        assert read_ledger(ledger)[1] == ()
    return ran, files


def stated(ran: Shown) -> int | None:
    """How many files were written, by what the run says; None where it does not."""
    found = re.search(r"(?:写好|写好反馈) (\d+) 份", "\n".join(ran.lines))
    return int(found[1]) if found else None


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("template", "Ctrl-C"),
        *(pytest.param(*case, marks=pytest.mark.long) for case in (("verify sheets", "end"), ("feedback", "closed"))),
    ],
)
def test_what_was_written_is_whole_and_counted(place: Path, name: str, how: str) -> None:
    command, (*_, when) = COMMANDS[name]
    ran, files = interrupted(place, command, when, ENDS[how])
    assert stated(ran) == len(files) < FORMS


@pytest.mark.parametrize("how", ["end", pytest.param("Ctrl-C", marks=pytest.mark.long)])
def test_what_was_read_is_reported(place: Path, how: str) -> None:
    command, _ = COMMANDS["batch"]
    ran, files = interrupted(place, command, r"[1-9]\d*/400", ENDS[how])
    assert {path.name for path in files} == {"a.xlsx", "b.html", "c.json"}
    assert re.search(r"只读完 \d+ 份，其余的没有读。", ran.raw)


def test_nothing_is_recorded_of_a_part(place: Path) -> None:
    ran, files = interrupted(place, COMMANDS["ledger record"][0], "读取", ENDS["Ctrl-C"])
    assert "表没有读完，所以没有记入台账。" in ran.raw
    assert [path.name for path in files if path.suffix != ".lock"] == []


def test_a_long_ledger_is_checked_in_sight_until_it_is_ended(tmp_path: Path) -> None:
    (tmp_path / "台账.jsonl").write_bytes(b"".join(lines([entry(2020)] * LONG_LEDGER)))
    verify = ("ledger", "verify", "台账.jsonl")
    whole = on_terminal(*verify, cwd=tmp_path, out=False)
    assert whole.code == 0
    assert any(re.match(rf"核对台账  \[#+-+\]  \d+/{LONG_LEDGER}  \d+ 条/秒  还需 \d+ 秒", bar) for bar in whole.drawn)
    ended = on_terminal(*verify, cwd=tmp_path, out=False, press=[SIGINT], when=rf"[1-9]\d*/{LONG_LEDGER}")
    assert (ended.code, ended.lines[-1], "Traceback" in ended.raw) == (130, "已中断。", False)
    assert re.search(rf"收到 Ctrl-C：核对了前 [1-9]\d* 条（共 {LONG_LEDGER} 条），没有发现改动。", ended.raw)


@pytest.mark.long
@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize(("name", "when"), CASES, ids=[" ".join(case) for case in CASES])
def test_every_command_ends_in_good_order(place: Path, name: str, when: str, how: str) -> None:
    ran, files = interrupted(place, COMMANDS[name][0], when, ENDS[how])
    if how != "twice" and name in {"template", "verify sheets", "letter", "feedback"} and (said := stated(ran)):
        assert said == len(files)


@pytest.mark.long
@pytest.mark.parametrize("tenths", range(12))
@pytest.mark.parametrize("name", ["batch", "template", "ledger record"])
def test_no_moment_is_a_bad_one(place: Path, name: str, tenths: int) -> None:
    """From the start of the program on, through imports and the start of the workers."""
    ran = on_terminal(*COMMANDS[name][0].split(), cwd=place, press=[SIGINT], after=0.05 + tenths / 20, out=False)
    assert ran.code in {130, -SIGINT}, ran.raw  # the latter where Python itself was not ready
    assert "Exception ignored" not in ran.raw
    assert not ran.left()
