"""Entries are added under a lock, and are on the disk when that is said; a kill costs at most the last one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from jieyue_cli.files import appending
from jieyue_cli.files.appending import append, is_remote, locked
from jieyue_cli.office.ledger.reading import read_ledger
from jieyue_cli.problems import Code
from office.ledger.killed import record
from office.ledger.made import entry, lines
from program import environment


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """A Python process of its own."""
    command = [sys.executable, *arguments]
    variables = environment(PYTHONPATH=os.pathsep.join(sys.path))  # as pytest imports the tests
    return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_two_hundred_kills_lose_no_earlier_entry(tmp_path: Path) -> None:
    told, _ = started("-m", "office.ledger.killed", tmp_path / "台账.jsonl", "200").communicate(timeout=120)
    assert told.startswith(b"200 "), told.decode()


@pytest.mark.slow
def test_two_writers_at_once_both_get_in(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from office.ledger.killed import record; from office.ledger.made import entry\n"
        "for _ in range(8): record(Path(sys.argv[1]), entry(2020, note=sys.argv[2]))"
    )
    writers = [started("-c", code, tmp_path / "台账.jsonl", name) for name in ("甲", "乙")]
    assert [(writer.communicate(timeout=60)[0], writer.returncode) for writer in writers] == [(b"", 0)] * 2
    ledger, problems = read_ledger(tmp_path / "台账.jsonl")
    assert ledger is not None
    assert (sorted(one.note for one in ledger.entries), problems) == (["乙"] * 8 + ["甲"] * 8, ())


def test_whatever_was_left_of_a_line_is_cut_and_a_whole_one_is_ended(tmp_path: Path) -> None:
    file, (first, second) = tmp_path / "台账.jsonl", lines([entry(2020), entry(2021)])
    for size in range(0, len(second), 23):
        file.write_bytes(first + second[:size])
        record(file, entry(2022))
        assert file.read_bytes() == b"".join(lines([entry(2020), entry(2022)]))
    file.write_bytes(first + second[:-1])
    record(file, entry(2022))
    assert file.read_bytes() == b"".join(lines([entry(2020), entry(2021), entry(2022)]))


@pytest.mark.parametrize("before", [b"", b"".join(lines([entry(2020)]))])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, before: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    file = tmp_path / "台账.jsonl"
    if before:
        file.write_bytes(before)
    monkeypatch.setattr(os, "fsync", full)
    problem = append(file, len(before), b"{}\n")
    assert problem is not None
    assert (problem.code, file.exists() and file.read_bytes()) == (Code.OUTPUT_NO_SPACE, before or False)


def test_who_waits_too_long_for_another_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appending, "PATIENCE", 0)
    with filelock.FileLock(tmp_path / "台账.jsonl.lock"), locked(tmp_path / "台账.jsonl") as refused:
        assert refused == Code.FILE_IN_USE.at(lock="台账.jsonl.lock", seconds=0).inside(str(tmp_path / "台账.jsonl"))
    with locked(tmp_path / "台账.jsonl") as free:
        assert free is None


def test_where_nothing_can_be_locked_nothing_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    file = tmp_path / "文件" / "台账.jsonl"
    with locked(file) as refused:
        assert refused == Code.OUTPUT_REFUSED.at().inside(str(file))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says of each drive what it is")
@pytest.mark.parametrize(
    ("kind", "remote"), [("ext4", False), ("nfs4", True), ("cifs", True), ("smb3", True), ("fuse.sshfs", True)]
)
def test_a_share_is_told(tmp_path: Path, kind: str, remote: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    share = tmp_path.resolve() / "共享 盘"
    point = str(share).replace(" ", "\\040")
    (tmp_path / "mounts").write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(appending, "MOUNTS", tmp_path / "mounts")
    assert is_remote(share / "台账.jsonl") == remote
    assert not is_remote(tmp_path / "共享 盘以外" / "台账.jsonl")
