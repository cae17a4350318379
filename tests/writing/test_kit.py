"""Long workbooks: their rows wait in files that are gone afterwards, and a disk that is full is told as such."""

from __future__ import annotations

import datetime as dt
import errno
import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from jieyue_cli.writing.kit import Kit


def long_kit(stream: io.BytesIO) -> Kit:
    return Kit(stream, title="汇总", subject="x / 1", created=dt.date(2020, 8, 3), long=True)


def test_a_long_workbook_leaves_no_files_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stream = io.BytesIO()
    kit = long_kit(stream)
    sheet = kit.sheet("表")
    for row in range(1000):
        sheet.write_string(row, 0, f"第{row}行")
    assert list(tmp_path.iterdir())
    kit.close()
    assert not list(tmp_path.iterdir())
    assert openpyxl.load_workbook(stream)["表"]["A1000"].value == "第999行"


def test_a_full_disk_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    kit = long_kit(io.BytesIO())
    kit.sheet("表")
    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", full)
    with pytest.raises(OSError, match="No space") as error:
        kit.close()
    assert error.value.errno == errno.ENOSPC


def test_a_workbook_is_the_same_whatever_was_written_before() -> None:
    made = []
    for _ in range(2):
        stream = io.BytesIO()
        kit = Kit(stream, title="表", subject="x / 1", created=dt.date(2020, 8, 3))
        kit.sheet("表").write_string(0, 0, "甲", kit.format(bold=True))
        kit.close()
        made.append(stream.getvalue())
    assert made[0] == made[1]
