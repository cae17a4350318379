"""Zip archives of returns, as people and attackers make them; nothing in one is ever written to disk."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from jieyue_cli.assessment import Result
from jieyue_cli.batch.discover import discover
from jieyue_cli.batch.run import Run
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import DEFAULT_LIMITS
from returns import returned

FORM = returned("示例市财政局")
Members = Sequence[tuple[str, bytes]]


def packed(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return stream.getvalue()


def with_bytes_as_names(members: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Names that are these bytes, without a word about their encoding."""
    keys = [f"{number:@>{len(name)}}" for number, (name, _) in enumerate(members)]
    data = packed([(key, data) for key, (_, data) in zip(keys, members, strict=True)], zipfile.ZIP_STORED)
    for key, (name, _) in zip(keys, members, strict=True):
        data = data.replace(key.encode(), name)
    return data


def results(place: Path, rubric: Rubric) -> dict[str, Result]:
    run = Run(rubric, discover([place]), DEFAULT_LIMITS)
    return {result.file.removeprefix(f"{place.as_posix()}/"): result for result in run.results(1)}


def codes(place: Path, rubric: Rubric) -> dict[str, list[Code]]:
    return {name: [problem.code for problem in result.problems] for name, result in results(place, rubric).items()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the archive will be."""
    return tmp_path / "交表.zip"


def test_members_are_read_in_the_order_of_their_names(place: Path, rubric: Rubric) -> None:
    place.write_bytes(
        packed(
            [
                ("b/二.xlsx", FORM),
                ("a.xlsx", FORM),
                ("b/", b""),
                ("照片.jpg", b"x"),
                ("b/一", FORM),
                ("报告.docx", FORM),
            ]
        )
    )
    found = discover([place])
    assert [source.name for source in found.sources] == [
        f"{place.as_posix()}/{n}" for n in ("a.xlsx", "b/一", "b/二.xlsx")
    ]
    assert found.skipped == 2
    assert all(result.self for result in results(place, rubric).values())


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_do_not_say_their_encoding(encoding: str, place: Path, rubric: Rubric) -> None:
    place.write_bytes(
        with_bytes_as_names([("党群\\示例市总工会.xlsx".encode(encoding), FORM), ("说明.txt".encode(encoding), b"")])
    )
    assert list(results(place, rubric)) == ["党群/示例市总工会.xlsx"]


def test_names_in_no_encoding_at_all_are_still_names(place: Path, rubric: Rubric) -> None:
    place.write_bytes(with_bytes_as_names([(b"\xff\xff\x81.xlsx", FORM)]))
    (result,) = results(place, rubric).values()
    assert result.self is not None


def test_names_that_lead_elsewhere_write_nothing(place: Path, rubric: Rubric) -> None:
    names = ["../../outside.xlsx", "/absolute.xlsx", "C:\\windows.xlsx", "a/../../b.xlsx", "nul\0.xlsx"]
    place.write_bytes(packed([(name, FORM) for name in names]))
    read = results(place, rubric)
    assert len(read) == len(names)
    assert all(result.self for result in read.values())
    assert [path.name for path in place.parent.rglob("*")] == ["交表.zip"]
    assert not Path("/absolute.xlsx").exists()


def test_the_same_name_twice_and_names_that_differ_in_case(place: Path, rubric: Rubric) -> None:
    other = returned("示例市统计局")
    with pytest.warns(UserWarning, match="Duplicate name"):
        place.write_bytes(packed([("a.xlsx", FORM), ("a.xlsx", other), ("A.xlsx", other), ("A.XLSX", FORM)]))
    read = {name: result.agency.name for name, result in results(place, rubric).items() if result.agency}
    assert read == {
        "A.XLSX": "示例市财政局",
        "A.xlsx": "示例市统计局",
        "a.xlsx": "示例市财政局",
        "a（2）.xlsx": "示例市统计局",
    }


def test_members_of_one_name_have_remarks_of_their_own(place: Path, rubric: Rubric) -> None:
    other = returned("示例市财政局", {"1.1.1": "否"})
    members = [("a.xlsx", FORM), ("a.xlsx", other), ("a（2）.xlsx", FORM), ("", FORM), ("", returned("示例市统计局"))]
    papers = [("自评.pdf", b"%PDF"), ("自评.pdf", b"%PDF")]
    with pytest.warns(UserWarning, match="Duplicate name"):
        place.write_bytes(packed([*members, *papers]))
    run = Run(rubric, discover([place]), DEFAULT_LIMITS)
    files = {result.file.rpartition("/")[2] for result in run.results(1)}
    assert files == {"", "（2）", "a.xlsx", "a（2）.xlsx", "a（2）（2）.xlsx", "自评.pdf", "自评（2）.pdf"}
    account = run.account()
    assert [len(standing.files) for standing in account.standings] == [1, 4]
    assert len(account.remarks) == 6


def test_archives_in_archives_are_named(place: Path, rubric: Rubric) -> None:
    place.write_bytes(packed([("里/层.zip", packed([("a.xlsx", FORM)])), ("b.rar", b"Rar!"), ("c.xlsx", FORM)]))
    seen = codes(place, rubric)
    assert (seen["里/层.zip"], seen["b.rar"], seen["c.xlsx"]) == ([Code.ARCHIVE_NESTED], [Code.ARCHIVE_NESTED], [])


def test_a_member_with_a_password_is_named(place: Path, rubric: Rubric) -> None:
    data = bytearray(packed([("a.xlsx", FORM), ("b.xlsx", FORM)]))
    local, central = data.index(b"PK\3\4"), data.index(b"PK\1\2")
    data[local + 6] |= 1
    data[central + 8] |= 1
    place.write_bytes(bytes(data))
    assert codes(place, rubric) == {"a.xlsx": [Code.ARCHIVE_ENCRYPTED], "b.xlsx": []}


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_costs_only_itself(compression: int, place: Path, rubric: Rubric) -> None:
    data = bytearray(packed([("a.xlsx", FORM), ("b.xlsx", FORM)], compression))
    for offset in range(2000, 2100):
        data[offset] ^= 0xFF
    place.write_bytes(bytes(data))
    seen = codes(place, rubric)
    assert (seen["a.xlsx"], seen["b.xlsx"]) == ([Code.ARCHIVE_DAMAGED], [])


def test_a_size_that_lies_is_found_out(place: Path, rubric: Rubric) -> None:
    data = packed([("a.xlsx", FORM), ("b.xlsx", FORM)])
    central = data.index(b"PK\1\2")
    for size in (10, 10**9):
        lying = bytearray(data)
        lying[central + 24 : central + 28] = struct.pack("<I", size)
        place.write_bytes(bytes(lying))
        seen = codes(place, rubric)
        assert seen["a.xlsx"][0] in {Code.ARCHIVE_DAMAGED, Code.FILE_TOO_LARGE, Code.FILE_DAMAGED}
        assert seen["b.xlsx"] == []


def test_a_bomb_is_not_inflated(place: Path, rubric: Rubric) -> None:
    place.write_bytes(packed([("a.xlsx", bytes(DEFAULT_LIMITS.file_bytes + 1)), ("b.xlsx", FORM)]))
    assert codes(place, rubric) == {"a.xlsx": [Code.FILE_TOO_LARGE], "b.xlsx": []}


@pytest.mark.parametrize(
    "members", [[], [("a/", b"")], [("照片.jpg", b"x"), ("__MACOSX/._a.xlsx", b"x"), ("Thumbs.db", b"x")]]
)
def test_an_archive_without_a_workbook_is_named(members: Members, place: Path) -> None:
    place.write_bytes(packed(members))
    found = discover([place])
    assert found.sources == []
    assert [problem.code for problem in found.problems] == [Code.ARCHIVE_EMPTY]


def test_what_is_only_called_a_zip_is_named_for_what_it_is(tmp_path: Path, rubric: Rubric) -> None:
    for name, data in {"rar": b"Rar!\x1a\x07\x00", "cut": packed([("a.xlsx", FORM)])[:3000], "empty": b""}.items():
        (tmp_path / f"{name}.zip").write_bytes(data)
    for place in (tmp_path, tmp_path / "rar.zip"):
        for found in codes(place, rubric).values():
            assert found[0] in {Code.FILE_ARCHIVE, Code.FILE_DAMAGED, Code.FILE_EMPTY}


def test_an_archive_found_in_a_folder_is_opened(tmp_path: Path, rubric: Rubric) -> None:
    (tmp_path / "里").mkdir()
    (tmp_path / "里" / "交表.ZIP").write_bytes(packed([("a.xlsx", FORM)]))
    assert codes(tmp_path, rubric) == {"里/交表.ZIP/a.xlsx": []}
    assert len(discover([tmp_path, tmp_path / "里" / "交表.ZIP", tmp_path]).sources) == 1


def test_no_damage_to_an_archive_ends_a_run(place: Path, rubric: Rubric) -> None:
    whole = packed([("a.xlsx", FORM[:3000]), ("b", b"PK\3\4 no"), ("c.jpg", b"x" * 50)])
    chance = random.Random(7)  # noqa: S311 -- damage, not secrets
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        place.write_bytes(bytes(data[: chance.randrange(100, len(data))] if chance.random() < 0.3 else data))
        found = discover([place])
        assert found.sources or found.problems or found.skipped


def test_a_member_without_a_name_is_read_like_any_other(place: Path, rubric: Rubric) -> None:
    place.write_bytes(packed([("", b"no form"), ("a.xlsx", FORM)]))
    (place.parent / "b.xlsx").write_bytes(FORM)
    assert codes(place.parent, rubric) == {"b.xlsx": [], "交表.zip/a.xlsx": []}
    assert discover([place]).skipped == 1


def test_whatever_an_archive_provokes_costs_only_that_archive(
    place: Path, rubric: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> str:
        raise RuntimeError("nobody foresaw this")

    place.write_bytes(packed([("a.xlsx", FORM)]))
    (place.parent / "b.xlsx").write_bytes(FORM)
    monkeypatch.setattr("jieyue_cli.batch.discover.member_name", fails)
    assert codes(place.parent, rubric) == {"交表.zip": [Code.ARCHIVE_DAMAGED], "b.xlsx": []}
