"""A run over many files: complete, in order, the same for any number of workers; a bad file costs only itself."""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from jieyue_cli.assessment import Result, Status, assess
from jieyue_cli.batch.discover import discover
from jieyue_cli.batch.run import Run, assess_few
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.workbook import DEFAULT_LIMITS, Limits
from program import run
from published import COUNTED, YES_NO
from returns import returned


def everything(place: Path, rubric: Rubric, jobs: int, limits: Limits = DEFAULT_LIMITS) -> list[Result]:
    return list(Run(rubric, discover([place]), limits).results(jobs))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred agencies with random answers, each with the score it must get in its name."""
    folder = tmp_path_factory.mktemp("city")
    chance = random.Random(2020)  # noqa: S311 -- answers, not secrets
    for number in range(300):
        answers: dict[str, str | int] = {identifier: chance.choice(["是", "否"]) for identifier in YES_NO}
        answers |= {identifier: chance.randrange(8) for identifier in COUNTED}
        total = sum(points for identifier, points in YES_NO.items() if answers[identifier] == "是")
        total += sum(scores[int(answers[identifier])] for identifier, scores in COUNTED.items())
        below = folder / f"{number % 7}"
        below.mkdir(exist_ok=True)
        (below / f"{number:03}-{total}.xlsx").write_bytes(returned(f"示例市第{number}局", answers))
    return folder


@pytest.mark.slow
def test_every_form_of_a_large_batch_is_scored_in_order(city: Path, rubric: Rubric) -> None:
    results = everything(city, rubric, 2)
    assert [result.file for result in results] == sorted(path.as_posix() for path in city.rglob("*.xlsx"))
    for result in results:
        assert result.self is not None
        assert str(result.self.total) == result.file.rpartition("-")[2].removesuffix(".xlsx")
        assert result.problems == ()


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(city: Path, rubric: Rubric) -> None:
    assert everything(city / "3", rubric, 1) == everything(city / "3", rubric, 4)


@pytest.mark.slow
def test_a_batch_says_what_score_says(city: Path, rubric: Rubric) -> None:
    files = sorted((city / "3").iterdir())
    assert everything(city / "3", rubric, 2) == list(assess_few(files, rubric, DEFAULT_LIMITS))
    assert everything(city / "3", rubric, 2) == [assess(f.as_posix(), f.read_bytes(), rubric) for f in files]


@pytest.mark.slow
def test_the_progress_counts_what_was_read(city: Path, rubric: Rubric) -> None:
    whole = Run(rubric, discover([city]), DEFAULT_LIMITS)
    results = list(whole.results(2))
    account = whole.account()
    progress, problems = account.progress, account.problems
    assert (progress.files, progress.handed_in, progress.unreadable, problems) == (300, 300, 0, [])
    assert progress.self_assessed == sum(result.status is Status.PASS for result in results)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet(rows: str) -> bytes:
    """A workbook whose first sheet has these rows."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(returned("x"))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for info in old.infolist():
            sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            new.writestr(info.filename, sheet if info.filename == "xl/worksheets/sheet1.xml" else old.read(info))
    return stream.getvalue()


def slow() -> bytes:
    """Honest cells, very many of them."""
    return with_sheet("".join(f'<row r="{row}">{"<c><v>1</v></c>" * 100}</row>' for row in range(1, 10_001)))


def bloated() -> bytes:
    """A sheet of nothing, very large."""
    return with_sheet(" " * (150 << 20))


GENEROUS = DEFAULT_LIMITS.raised(100)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heavy", "limits", "code"),
    [
        (slow, replace(GENEROUS, seconds=1), Code.FILE_TOO_SLOW),
        pytest.param(
            bloated,
            replace(GENEROUS, memory_bytes=220 << 20),
            Code.FILE_EXHAUSTS,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory"),
        ),
    ],
)
def test_a_file_that_costs_too_much_costs_only_itself(
    heavy: Callable[[], bytes], limits: Limits, code: Code, tmp_path: Path, rubric: Rubric
) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.xlsx").write_bytes(returned(f"示例市第{number}局"))
    (tmp_path / "05 重.xlsx").write_bytes(heavy())
    results = everything(tmp_path, rubric, 2, limits)
    assert [Path(result.file).name for result in results] == sorted(path.name for path in tmp_path.iterdir())
    bad = [result for result in results if result.problems]
    assert [Path(result.file).name for result in bad] == ["05 重.xlsx"]
    assert bad[0].status is Status.UNREADABLE
    assert bad[0].problems[0].code is code


KILLER = """
import os, pathlib, sys
import jieyue_cli.batch.workers as workers
from jieyue_cli.assessment import Assessor
from jieyue_cli.cli.app import run
from jieyue_cli import batch

read = Assessor.read


def deadly(self, name, data):
    if b"KILL" in data[-8:]:
        os._exit(9)
    if b"RAISE" in data[-8:]:
        raise KeyError("nobody foresaw this")
    return read(self, name, data)


Assessor.read = deadly
workers.context = lambda preload: __import__("multiprocessing").get_context("fork")
workers.affordable = lambda jobs: jobs  # a forked worker would keep the address space of the threads that it tries
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the reader is replaced by forking")
@pytest.mark.parametrize(
    ("mark", "code"), [(b"KILL", "file-killed-reader"), pytest.param(b"RAISE", "file-fault", marks=pytest.mark.slow)]
)
def test_a_file_that_kills_its_worker_costs_only_itself(mark: bytes, code: str, tmp_path: Path) -> None:
    folder = tmp_path / "交表"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.xlsx").write_bytes(returned(f"示例市第{number}局"))
    for number in (2, 3, 9):
        (folder / f"{number}.xlsx").write_bytes(b"PK\3\4" + mark)
    (tmp_path / "killer.py").write_text(KILLER, "utf-8")
    ran = run(
        "batch",
        "交表",
        "--jobs",
        "2",
        "--format",
        "json",
        cwd=tmp_path,
        program=[sys.executable, tmp_path / "killer.py"],
    )
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    results = json.loads(ran.stdout)["results"]
    assert [result["file"] for result in results] == [f"交表/{number}.xlsx" for number in range(10)]
    for number, result in enumerate(results):
        assert [problem["code"] for problem in result["problems"]] == ([code] if number in {2, 3, 9} else [])


def test_a_file_that_goes_away_meanwhile_is_named(tmp_path: Path, rubric: Rubric) -> None:
    for number in range(3):
        (tmp_path / f"{number}.xlsx").write_bytes(returned(f"示例市第{number}局"))
    found = discover([tmp_path])
    (tmp_path / "1.xlsx").unlink()
    codes = [[problem.code for problem in result.problems] for result in Run(rubric, found, DEFAULT_LIMITS).results(2)]
    assert codes == [[], [Code.FILE_MISSING], []]


def test_an_interrupted_run_keeps_what_was_finished(city: Path, rubric: Rubric) -> None:
    whole = Run(rubric, discover([city]), DEFAULT_LIMITS)
    finished = []
    for result in whole.results(2):
        finished.append(result)
        whole.interrupted = True
    assert 1 <= len(finished) < 300
    assert whole.account().progress.files == len(finished)
