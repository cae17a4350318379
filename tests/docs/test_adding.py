"""What `docs/adding.md` tells to add works: its files and lines are put into a copy of the source, and used there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from docs.pages import ROOT, Block, blocks
from program import Ran

PAGE = ROOT / "docs" / "adding.md"
MARK = re.compile(r"<!-- (file|change): (\S+) -->")
pytestmark = pytest.mark.slow


def put_in(block: Block, folder: Path) -> None:
    """Write a block's file, or change the lines that it shows, which stand there once."""
    marked = MARK.fullmatch(block.mark)
    assert marked, str(block)
    target = folder / marked[2]
    if marked[1] == "file":
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(f"{line}\n" for line in block.lines), "utf-8")
        return
    before = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] != "+")
    after = "".join(f"{line[1:]}\n" for line in block.lines if line[:1] != "-")
    text = target.read_text("utf-8")
    assert text.count(before) == 1, str(block)
    target.write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source with everything that the page adds."""
    folder = tmp_path_factory.mktemp("grown")
    for name in ("src", "rubric"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for block in blocks(PAGE):
        put_in(block, folder)
    return folder


def run(folder: Path, *arguments: str) -> Ran:
    """Python with the copy, and nothing of the original."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def jieyue(folder: Path, *arguments: str) -> Ran:
    return run(folder, "-m", "jieyue_cli", *arguments)


def filled(form: Path, answer: int, target: Path) -> None:
    """Answer the one question of the page's standard."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "完成情况"]
    sheet.cell(head.row + 1, head.column).value = answer
    book.save(target)


def test_the_copy_is_what_runs(grown: Path) -> None:
    seen = run(grown, "-c", "import jieyue_cli; print(jieyue_cli.__file__)")
    assert Path(seen.out.strip()).is_relative_to(grown)


def test_the_rule_kind_asks_scores_and_explains(grown: Path) -> None:
    checked = jieyue(grown, "rubric", "check", "本市.yaml")
    assert (checked.code, checked.err) == (0, "")
    assert jieyue(grown, "rubric", "new", "本市.xlsx", "--from", "本市.yaml").code == 0
    assert "两个标准没有差别。" in jieyue(grown, "rubric", "diff", "本市.yaml", "本市.xlsx").out
    made = jieyue(
        *(grown, "template", "--rubric", "本市.yaml", "--agency", "示例市财政局", "--category", "行政机关"),
        *("--year", "2020", "-o", "空表.xlsx"),
    )
    assert made.code == 0, made.err
    for answer in (3, 4):
        filled(grown / "空表.xlsx", answer, grown / f"{answer}.xlsx")
    seen = jieyue(grown, "score", "3.xlsx", "4.xlsx", "--rubric", "本市.yaml", "--format", "json")
    lines = [result["self"]["units"][0]["items"][0]["criteria"][0] for result in json.loads(seen.out)["results"]]
    assert [(line["score"], line["why"]) for line in lines] == [
        (0, "填 3 次，不少于 4 次得 5 分 → 0 分（自评打分表!G9）"),
        (5, "填 4 次，不少于 4 次得 5 分 → 5 分（自评打分表!G9）"),
    ]


def test_the_report_is_written_and_offered(grown: Path) -> None:
    returns, roster = (str(ROOT / "examples" / "good-city" / name) for name in ("returns", "roster.xlsx"))
    seen = jieyue(grown, "batch", returns, "--roster", roster, "--format", "states", "-o", "状态.txt")
    assert "示例县财政局：已认定\n" in (grown / "状态.txt").read_text("utf-8")
    assert (seen.code, seen.out) == (0, "")
    assert "states" in jieyue(grown, "batch", "--help").out


def test_the_file_format_is_read_with_its_addresses_and_formulas(grown: Path) -> None:
    (grown / "表.slk").write_bytes(
        'ID;PWXL\nC;Y2;X2;K"单位名称"\nC;X3;K4\nC;Y4;K9;E4+5\nC;X4;E1+1\nE\n'.encode("gb18030")
    )
    script = (
        "from pathlib import Path; from jieyue_cli.workbook import read_workbook\n"
        "book, problems = read_workbook(Path('表.slk').read_bytes())\n"
        "print(problems, *((c.address, c.value, c.state.value) for c in book.sheets[0].cells()))"
    )
    assert run(grown, "-c", script).out == (
        "() ('B2', '单位名称', 'typed') ('C2', 4, 'typed') ('C4', 9, 'formula') ('D4', None, 'uncalculated')\n"
    )
