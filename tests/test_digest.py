"""Files are digested in pieces and never beyond a bound; what cannot be read costs only itself."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from pathlib import Path

import pytest

from jieyue_cli.files.digest import Digester
from jieyue_cli.files.source import Member, Source

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def told(digester: Digester, source: Source) -> tuple[int | None, bool, str]:
    """Size, whether there is a digest, and what is said."""
    size, sha256, problem = digester.digest(source)
    return size, sha256 is not None, problem.message.partition("，")[0] if problem else ""


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_file_of_any_size_has_its_digest(size: int, tmp_path: Path) -> None:
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    (tmp_path / "a.bin").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.bin", data)
    expected = (size, hashlib.sha256(data).hexdigest(), None)
    assert Digester().digest(Source(str(tmp_path / "a.bin"))) == expected
    assert Digester().digest(Source("a.zip/a.bin", Member(tmp_path / "a.zip", 0))) == expected


def test_what_is_larger_than_the_bound_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(2 << 20))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(str(number), bytes(1 << 20))
        archive.writestr("large", bytes(2 << 20))
    digester = Digester(1 << 20)
    assert told(digester, Source(str(tmp_path / "a.bin"))) == (2 << 20, False, "读不到内容（超过 1 MB）")
    members = [told(digester, Source("", Member(tmp_path / "a.zip", place))) for place in range(7)]
    assert members == [
        *[(1 << 20, True, "")] * 4,
        *[(1 << 20, False, "读不到内容（压缩包解开后过大）")] * 2,
        (2 << 20, False, "读不到内容（超过 1 MB）"),
    ]


def test_a_member_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("good", "damaged", "locked"):
            archive.writestr(name, name.encode() * 100)
    data = bytearray(path.read_bytes())
    data[data.index(b"damageddamaged") + 30] ^= 0xFF
    entry = data.rindex(b"locked") - 46
    data[entry + 8] |= 1  # the flag of encryption, in the directory
    path.write_bytes(data)
    digester = Digester()
    assert [told(digester, Source("", Member(path, place))) for place in (0, 1, 2, 0)] == [
        (400, True, ""),
        (700, False, "读不到内容（压缩包已损坏）"),
        (600, False, "读不到内容（压缩包加了密码）"),
        (400, True, ""),
    ]
    assert told(digester, Source("", Member(path, 9))) == (None, False, "读不到内容（压缩包已损坏）")
    assert told(digester, Source(str(tmp_path / "gone"))) == (None, False, "读不到内容（没有权限、被占用或已不在）")
    assert told(digester, Source("a\0b")) == (None, False, "读不到内容（没有权限、被占用或已不在）")


@POSIX
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert told(Digester(), Source(str(tmp_path / "link"))) == (None, False, "这是指向别处的链接")


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert told(Digester(), Source(str(tmp_path / "a.pdf"))) == (None, False, "读不到内容（不是普通文件）")
