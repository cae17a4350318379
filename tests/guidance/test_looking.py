"""A look at a folder is bounded, and nothing that lies there ends it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic

import pytest

from guidance.offices import NAMES, YEAR
from jieyue_cli.guidance import looking
from jieyue_cli.guidance.looking import look
from jieyue_cli.guidance.sight import Glimpse, Kind
from returns import hand_in


def test_a_folder_of_very_many_files_is_looked_at_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_ENTRIES", 50)
    for number in range(60):
        (tmp_path / f"{number}.txt").touch()
    sight = look(tmp_path, 60)
    assert (len(sight.names), sight.cut, sight.things) == (51, True, ())


def test_no_more_files_are_opened_than_a_glance_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def counted(path: Path) -> Glimpse:
        opened.append(path)
        return Glimpse(Kind.OTHER)

    monkeypatch.setattr(looking, "glimpse", counted)
    for folder in range(40):
        (tmp_path / f"{folder}").mkdir()
        for number in range(40):
            (tmp_path / f"{folder}" / f"{number}.xlsx").touch()
    assert look(tmp_path, 60).cut
    assert len(opened) == 60, "of all folders together"


def test_many_loose_files_leave_the_folders_their_turn(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.xlsx").touch()
    hand_in(tmp_path / "交来的", NAMES[0])
    sight = look(tmp_path, 60)
    assert ([thing.name for thing in sight.things], sight.cut) == (["交来的"], True)


def test_when_time_is_up_names_tell_what_they_can(tmp_path: Path) -> None:
    YEAR["recorded"](tmp_path)
    before = monotonic()
    sight = look(tmp_path, 0)
    assert monotonic() - before < 0.3
    assert sight.cut
    assert {thing.name: thing.kind for thing in sight.things} == {"名录.csv": Kind.ROSTER, "台账.jsonl": Kind.LEDGER}


def test_forms_are_found_in_folders_of_agencies_and_beside_evidence(tmp_path: Path) -> None:
    for name in NAMES:
        hand_in(tmp_path / "交表" / name, name)
        (tmp_path / "交表" / name / "佐证材料").mkdir()
        (tmp_path / "交表" / name / "佐证材料" / "名录.csv").write_text("单位名称\n", encoding="utf-8")
    (thing,) = look(tmp_path, 60).things
    assert thing == ("交表", Kind.RETURNED, (2020,), "standard_2020", True)


def test_clutter_is_no_form(tmp_path: Path) -> None:
    hand_in(tmp_path, "~$示例市财政局", "._示例市财政局", ".示例市财政局")
    assert look(tmp_path, 60).things == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_never_waited_for_and_a_link_never_followed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "自己").symlink_to(tmp_path)
    (tmp_path / "断了.xlsx").symlink_to(tmp_path / "nothing")
    assert look(tmp_path, 60).things == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert not look(tmp_path / "nothing").readable


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_that_nobody_can_type_is_in_no_command(tmp_path: Path) -> None:
    hand_in(tmp_path / "a\nb", NAMES[0])
    (tmp_path / os.fsdecode(b"\xff")).mkdir()
    assert look(tmp_path, 60).things == ()
