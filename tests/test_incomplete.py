"""An installation of which something is missing or damaged says so in one sentence, whatever it is."""

from __future__ import annotations

import errno
import importlib
import importlib.util
import io
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jieyue_cli import __main__ as start
from jieyue_cli.batch.workers import _failed
from jieyue_cli.files.source import Source
from jieyue_cli.parts import LostPartError, text
from jieyue_cli.problems import Code
from jieyue_cli.rubric import catalogue, source
from jieyue_cli.workbook import DEFAULT_LIMITS, read_workbook
from program import Ran, run
from returns import returned

ROOT = Path(__file__).parents[1]
STANDARD = "rubric/shipped/standard_2020.yaml"
SAID = "程序不完整：{} 不见了、已损坏，或版本不符；请重新安装或重新解压程序（如被杀毒软件删除，先把它加入信任名单）。"

Harm = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is installed."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "src", folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "rubric", folder / "jieyue_cli" / "rubric" / "shipped")
    return folder


def call(installed: Path, folder: Path, *arguments: str, without: str = "") -> Ran:
    """Run the installed program; ``without`` is a library that cannot be imported."""
    lost = f"sys.modules[{without!r}] = None; " if without else ""
    where = f"import sys; sys.path.insert(0, {str(installed)!r}); {lost}sys.argv[0] = 'jieyue'; "
    return run(
        *arguments,
        cwd=folder,
        program=[sys.executable, "-B", "-c", f"{where}from jieyue_cli.__main__ import main; main()"],
    )


def gone(place: Path) -> None:
    """As an antivirus program does."""
    shutil.rmtree(place) if place.is_dir() else place.unlink()


def zeroed(place: Path) -> None:
    """As a copy that broke off, or a power cut, does."""
    place.write_bytes(bytes(500))


def emptied(place: Path) -> None:
    """As above."""
    place.write_bytes(b"")


PARTS: list[tuple[str, Harm, str, str]] = [
    ("cli/score.py", gone, "score x.xlsx", "jieyue_cli.cli.score"),
    ("cli/score.py", gone, "--help", "jieyue_cli.cli.score"),
    ("cli/score.py", emptied, "score x.xlsx", "jieyue_cli.cli.score"),
    ("cli/app.py", gone, "--version", "jieyue_cli.cli.app"),
    ("scoring/scoring.py", emptied, "score x.xlsx", "jieyue_cli.scoring.scoring"),
    ("scoring/scoring.py", zeroed, "score x.xlsx", "某个部件"),
    ("text", gone, "score x.xlsx", "jieyue_cli.text"),
    ("report/page/style.css", gone, "batch forms -o page.html", "style.css"),
    ("report/letters/layout", gone, "letter template 公示 -o t.docx", "[Content_Types].xml"),
    ("demo/guide.txt", gone, "demo 示例市", "guide.txt"),
    ("demo/city.yaml", lambda place: place.write_bytes(b"\xff\xfe"), "demo 示例市", "city.yaml"),
    ("rubric/starter.yaml", gone, "rubric new a.yaml", "starter.yaml"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("part", "harm", "line", "told"), PARTS, ids=[f"{part} {line}" for part, _, line, _ in PARTS])
def test_a_part_that_is_lost_ends_the_run_with_its_name(
    part: str, harm: Harm, line: str, told: str, whole: Path, tmp_path: Path
) -> None:
    (tmp_path / "forms").mkdir()
    for name in ("x.xlsx", "forms/x.xlsx"):
        (tmp_path / name).write_bytes(returned("示例市财政局"))
    place = whole / "jieyue_cli" / part
    aside = whole / "aside"
    (shutil.copytree if place.is_dir() else shutil.copy2)(place, aside)
    try:
        harm(place)
        ran = call(whole, tmp_path, *line.split())
    finally:
        if place.exists():
            gone(place)
        aside.rename(place)
    *_, last = ran.err.splitlines()
    said, after = SAID.split("{}")
    name, middle, reason = last.removeprefix(said).partition(after)
    assert (ran.code, last.startswith(said), name.endswith(told), middle) == (2, True, True, after), ran.err
    assert reason.startswith("原因：")
    assert "Traceback" not in ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("library", "line"),
    [
        ("typer", "--version"),
        ("msgspec", "score x.xlsx"),
        ("rich", "score x.xlsx"),
        ("pebble", "batch ."),
        ("openpyxl", "score x.xlsx"),
        ("xlsxwriter", "template"),
    ],
)
def test_a_library_that_is_lost_is_named(library: str, line: str, whole: Path, tmp_path: Path) -> None:
    form = returned("示例市财政局")
    # openpyxl is asked only for what the quick reader may not decide
    (tmp_path / "x.xlsx").write_bytes(odd(form) if library == "openpyxl" else form)
    ran = call(whole, tmp_path, *line.split(), without=library)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)
    assert ran.err.startswith(f"程序不完整：{library}")  # or a module below it
    assert SAID.partition("{}")[2] in ran.err


@pytest.mark.slow
def test_doctor_tells_what_is_lost_and_all_the_rest(whole: Path, tmp_path: Path) -> None:
    place = whole / "jieyue_cli" / STANDARD
    kept = place.read_bytes()
    try:
        place.unlink()
        ran = call(whole, tmp_path, "doctor", without="rapidfuzz")
    finally:
        place.write_bytes(kept)
    assert (ran.code, ran.err) == (1, "")
    assert "有问题  评价标准    程序不完整：随程序安装的评价标准不见了\n" in ran.out
    assert "有问题  依赖的库    用不了 rapidfuzz（ModuleNotFoundError: import of" in ran.out
    assert "\n好      表格软件" in ran.out or "\n留意    表格软件" in ran.out
    assert call(whole, tmp_path, "score", "--help").code == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "随程序安装的评价标准不见了"),
        (b"", "随程序安装的评价标准已损坏（标准文件是空的，请写入评价标准）"),
        (bytes(9), "随程序安装的评价标准已损坏（1:1 YAML 写法有误"),
        (b"id: x\n", "随程序安装的评价标准已损坏（"),
    ],
)
def test_a_standard_that_came_with_the_program_is_not_the_clerks_to_mend(
    data: bytes | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_PACKAGED", tmp_path)
    if data is not None:
        (tmp_path / "standard_2020.yaml").write_bytes(data)
    rubric, problems = source.find("standard_2020")
    assert rubric is None
    (problem,) = problems
    assert said in problem.message
    assert "重新安装" in problem.message


def test_another_name_is_still_unknown() -> None:
    assert [problem.code for problem in source.find("nosuch")[1]] == [Code.RUBRIC_UNKNOWN]


@pytest.mark.parametrize(
    "fault",
    [ValueError("x"), KeyError("x"), TypeError("x"), FileNotFoundError(2, "x", "x"), AttributeError("x", obj="text")],
)
def test_a_fault_of_our_own_still_shows_its_traceback(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    assert start.explained(fault) == ""

    def fails(_: list[str]) -> int:
        raise fault

    monkeypatch.setattr("jieyue_cli.cli.app.run", fails)
    with pytest.raises(type(fault)):
        start.main()


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("etree.so: failed to map segment from shared object", name="etree"),
        ImportError("DLL load failed: [WinError 1455] 页面文件太小，无法完成操作。", name="_core"),
    ],
)
def test_too_little_memory_is_no_damage(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: list[str]) -> int:
        raise fault

    monkeypatch.setattr("jieyue_cli.cli.app.run", fails)
    with pytest.raises(SystemExit) as end:
        start.main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "内存不够，没有做完；请关闭其他程序后重试，或分几次做。\n"


def test_bytes_that_are_no_module_are_a_lost_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "torn.pyc").write_bytes(importlib.util.MAGIC_NUMBER + bytes(12))
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(EOFError) as error:
        importlib.import_module("torn")
    assert start.lost_part(error.value) == "某个部件"


def test_a_lost_part_is_no_fault_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise ModuleNotFoundError(name="openpyxl")

    monkeypatch.setattr("jieyue_cli.workbook.reader._read", lost)
    with pytest.raises(ModuleNotFoundError):
        read_workbook(b"")
    with pytest.raises(ModuleNotFoundError):
        _failed(Source("x.xlsx"), DEFAULT_LIMITS, ModuleNotFoundError())
    with pytest.raises(LostPartError):
        text(tmp_path / "style.css")


def odd(form: bytes) -> bytes:
    """The same form, with a comment in its markup: only the careful reader reads it."""
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(book, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheetData>", b"<sheetData><!--x-->"))
    return book.getvalue()
