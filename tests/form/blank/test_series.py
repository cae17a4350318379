"""Forms for a whole roster: none differs from one made alone, whatever its agency is called and however it is made."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from first import first
from forms import RUBRIC
from jieyue_cli.form.blank import series
from jieyue_cli.form.blank.series import write_forms
from jieyue_cli.form.blank.template import FilledRow, Prefill, blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import SHEET
from jieyue_cli.problems import Code
from program import PROGRAM, environment

NAMES = [
    *("示例市财政局", "=1+1", "<&>\"'局", "&amp;&#1;", "]]>", 'A<c r="B3"/>局', "𠮷😀局", "  前后空格　", "两\n行\t格"),
    *("_x0041_", "_x0041_x0042_", "a\x01b\rc\x1f", "长" * 300, "7", "2020-10-20", "TRUE", "0012"),
]
KINDS = [
    Prefill(),
    *(Prefill(name, RUBRIC.scope[1], 2021) for name in NAMES),
    Prefill(
        "示例市档案馆", filled_by="张三", phone="0351-1234567", entries={"1.1.1": FilledRow("是", "晋文〔2021〕1号")}
    ),
    Prefill("示例市水务局", entries={"2.2.3": FilledRow(Decimal("7.5"), None, "备注")}),
]


def above(data: bytes) -> object:
    """The 单位名称 as it stands in the form."""
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_name(SHEET)
        .to_python()[Field.NAME.row - 1][Field.NAME.column]
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", first(5, NAMES))
def test_a_name_stands_in_the_form_as_it_is_written(name: str) -> None:
    data = blank_form(RUBRIC, Prefill(name))
    assert above(data) == name
    assert openpyxl.load_workbook(io.BytesIO(data))[SHEET][Field.NAME.cell].data_type == "s"


def test_what_no_cell_holds_is_cut_or_coded() -> None:
    assert above(blank_form(RUBRIC, Prefill("长" * 40_000))) == "长" * 32_767
    assert above(blank_form(RUBRIC, Prefill("😀" * 40_000))) == "😀" * 16_383
    assert above(blank_form(RUBRIC, Prefill("\udcff局"))) == "?局"
    assert above(blank_form(RUBRIC, Prefill("\uffff局"))) == "_xFFFF_局"


def test_what_is_known_changes_no_other_cell() -> None:
    blank, known = (
        openpyxl.load_workbook(io.BytesIO(blank_form(RUBRIC, each)))[SHEET] for each in (KINDS[0], KINDS[1])
    )
    differing = {
        each.coordinate
        for row in known.iter_rows()
        for each in row
        if (each.value, each.style_id) != (blank[each.coordinate].value, blank[each.coordinate].style_id)
    }
    assert differing == {Field.NAME.cell, Field.CATEGORY.cell, Field.YEAR.cell}


@pytest.mark.slow
@pytest.mark.parametrize("few", first(1, [1000, 2]), ids=["here", "in workers"])
def test_each_form_is_what_it_would_be_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(series, "_WORTH_WORKERS", few)
    paths = [tmp_path / "new" / f"{number}.xlsx" for number in range(len(KINDS))]
    assert list(write_forms(RUBRIC, list(zip(paths, KINDS, strict=True)))) == [None] * len(KINDS)
    for path, prefill in zip(paths, KINDS, strict=True):
        assert path.read_bytes() == blank_form(RUBRIC, prefill)
    assert len(list((tmp_path / "new").iterdir())) == len(KINDS)


def test_a_full_disk_is_told_and_leaves_no_half_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (problem,) = write_forms(RUBRIC, [(tmp_path / "a.xlsx", Prefill())])
    assert problem is not None
    assert problem.code is Code.OUTPUT_NO_SPACE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_a_roster_at_once_and_leaves_no_half_a_form(tmp_path: Path) -> None:
    names = "\n".join(f"示例市第{number}局" for number in range(20_000))
    (tmp_path / "名录.csv").write_text(f"单位名称\n{names}\n", encoding="utf-8")
    command = [str(PROGRAM), "template", "--roster", "名录.csv", "-o", "表"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
        # a test run in the background of a shell hands down that Ctrl-C is ignored
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 -- takes no lock
    ) as running:
        while not list((tmp_path / "表").glob("*.xlsx")):
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        begun = time.monotonic()
        _, err = running.communicate(timeout=60)
        took = time.monotonic() - begun
    assert took < 3
    written = list((tmp_path / "表").iterdir())
    rest = f"（共 20000 份），其余 {20_000 - len(written)} 份没有写。\n已中断。\n"
    assert (running.returncode, err.decode()) == (130, f"收到 Ctrl-C：表 中写好 {len(written)} 份表{rest}")
    assert 0 < len(written) < 20_000
    assert all(path.suffix == ".xlsx" and zipfile.is_zipfile(path) for path in written)
