"""What the measurements stand on: the weighing of a process tree, the contestants' sums, the page's markers."""

from __future__ import annotations

import io
import subprocess
import sys
from copy import copy
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from bench import report
from bench.agencies import filling
from bench.forms import Maker
from bench.picture import Curve, draw
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import HEADER_ROW, SHEET
from jieyue_cli.rubric.model import Rubric

CONTESTANTS = Path(report.__file__).parent / "contestants"

STYLE = ("font", "fill", "border", "alignment", "protection", "number_format")

linux = pytest.mark.skipif(sys.platform != "linux", reason="the measurements need /proc")

_FAMILY = """
import subprocess, sys
print("begun", flush=True)
child = "x = bytearray(80 << 20); s = 0\\nfor i in range(3_000_000): s += i\\nimport time; time.sleep(0.3)"
subprocess.run([sys.executable, "-c", child])
"""


@linux
def test_a_childs_memory_and_processor_time_count() -> None:
    # in a process of its own: measuring waits for every child of the measuring process
    code = f"from bench.measure import measure; print(measure([{sys.executable!r}, '-c', {_FAMILY!r}]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CONTESTANTS.parents[1]
    )
    figures = dict(pair.split("=") for pair in done.stdout.partition("(")[2].rstrip(")\n").split(", "))
    assert int(figures["rss"]) > 80 << 20
    assert int(figures["pss"]) > 80 << 20
    assert float(figures["cpu"]) > 0.03
    assert 0 < float(figures["first"]) < float(figures["wall"])
    assert figures["code"] == "0"


@pytest.mark.parametrize("script", [("sum_openpyxl.py",), ("sum_openpyxl.py", "--read-only")])
def test_contestants_sum_what_the_forms_score(script: tuple[str, ...], rubric: Rubric, tmp_path: Path) -> None:
    maker = Maker(rubric)
    made = [maker.form(filling(rubric, number, 1)) for number in range(3)]
    for number, form in enumerate(made):
        (tmp_path / f"{number}.xlsx").write_bytes(form.data)
    command = [sys.executable, str(CONTESTANTS / script[0]), str(tmp_path), *script[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [float(line.split()[1]) for line in done.stdout.splitlines()] == [float(form.claimed) for form in made]


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_sums_what_the_forms_score(engine: str, rubric: Rubric, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    form = Maker(rubric).form(filling(rubric, 5, 1))
    (tmp_path / "5.xlsx").write_bytes(form.data)
    command = [sys.executable, str(CONTESTANTS / "sum_pandas.py"), str(tmp_path), engine, str(HEADER_ROW)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout.split()[1]) == float(form.claimed)


@pytest.mark.parametrize("how", [(), ("--build",)])
def test_openpyxl_writes_an_equal_blank_form(how: tuple[str, ...], rubric: Rubric, tmp_path: Path) -> None:
    model, roster = tmp_path / "model.xlsx", tmp_path / "roster.csv"
    model.write_bytes(blank_form(rubric))
    roster.write_text("单位名称,单位类别\n虚构市甲局,行政机关\n", encoding="utf-8")
    command = [
        sys.executable,
        str(CONTESTANTS / "forms_openpyxl.py"),
        str(model),
        str(roster),
        str(tmp_path / "o"),
        *how,
    ]
    subprocess.run(command, check=True, capture_output=True)
    book = openpyxl.load_workbook(tmp_path / "o" / "虚构市甲局.xlsx")
    made, blank = book[SHEET], openpyxl.load_workbook(io.BytesIO(blank_form(rubric)))[SHEET]
    assert (made[Field.NAME.cell].value, made[Field.CATEGORY.cell].value) == ("虚构市甲局", "行政机关")
    for line in blank.iter_rows():
        for cell in line:
            other = made[cell.coordinate]
            assert cell.coordinate in {Field.NAME.cell, Field.CATEGORY.cell} or other.value == cell.value
            assert all(copy(getattr(other, part)) == copy(getattr(cell, part)) for part in STYLE)
    assert made.protection.sheet
    assert len(made.data_validations.dataValidation) == len(blank.data_validations.dataValidation)
    assert {str(area) for area in made.merged_cells.ranges} == {str(area) for area in blank.merged_cells.ranges}
    assert made.print_title_rows == blank.print_title_rows
    assert len(list(made.conditional_formatting)) == len(list(blank.conditional_formatting))


def test_figures_go_between_their_markers_and_nowhere_else() -> None:
    page = "before\n<!-- bench:run -->\nold\n<!-- /bench:run -->\nafter\n"
    assert report.between_markers(page, "run", "new") == page.replace("old", "new")
    with pytest.raises(ValueError, match="no markers"):
        report.between_markers(page, "templates", "new")


def test_the_picture_is_sound_xml_with_every_curve() -> None:
    curves = [Curve("a & b", [(1, 0.5), (100, 2.0)]), Curve("c", [(1, 0.1)], scaled=(100, 10.0))]
    root = fromstring(draw(curves, "title"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a & b", "c", "title"} <= set(texts)
