"""The wheel alone is enough: installed outside the checkout it makes a form, reads it and knows its standard."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jieyue_cli
from program import Ran, environment, run

ROOT = Path(__file__).parents[1]
PACKAGE = "jieyue_cli"
_DATA = {".html", ".css", ".js", ".xml", ".rels", ".txt", ".yaml"}
START = "import sys; sys.argv[0] = 'jieyue'; from jieyue_cli.__main__ import main; main()"


def done(*command: str | Path, cwd: Path) -> None:
    finished = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, check=False, timeout=300
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what is in the checkout, by the build tools at hand, for there may be no network."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("src", "rubric"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", source, cwd=folder)
    (built,) = (folder / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only the wheel, in a folder of its own; what it depends on is taken from here."""
    target = tmp_path_factory.mktemp("installed")
    done(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", target, wheel),
        cwd=target,
    )
    return target


def call(installed: Path, folder: Path, *arguments: str) -> Ran:
    """Run the installed program, far from the checkout, whose own copy must not be found."""
    where = f"import sys; sys.path.insert(0, {str(installed)!r})"
    origin = f"import jieyue_cli; assert jieyue_cli.__file__.startswith({str(installed)!r}), jieyue_cli.__file__"
    return run(*arguments, cwd=folder, program=[sys.executable, "-c", f"{where}; {origin}; {START}"])


def test_the_wheel_holds_the_package_and_the_standard_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        standard = archive.read(f"{PACKAGE}/rubric/shipped/standard_2020.yaml")
    modules = {f"{PACKAGE}/{path.relative_to(ROOT / 'src' / PACKAGE).as_posix()}" for path in _modules()}
    shipped = {f"{PACKAGE}/rubric/shipped/{path.name}" for path in (ROOT / "rubric").iterdir()}
    assert names == modules | shipped
    assert standard == (ROOT / "rubric" / "standard_2020.yaml").read_bytes()


def _modules() -> list[Path]:
    package = ROOT / "src" / PACKAGE
    return [
        path
        for path in package.rglob("*")
        if path.is_file() and (path.suffix in {".py", ".typed", *_DATA} or path.name == ".rels")
    ]


def test_the_wheel_installs_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "jieyue = jieyue_cli.__main__:main" in archive.read(entry).decode()


@pytest.mark.slow
def test_the_installed_program_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert call(installed, tmp_path, "--version").out == f"jieyue {jieyue_cli.__version__}\n"
    assert "高平市节约型机关评价标准" in call(installed, tmp_path, "rubric", "show", "standard_2020").out
    made = call(installed, tmp_path, "template", "--agency", "示例市财政局", "--category", "行政机关", "--year", "2020")
    assert (made.code, made.err) == (0, "已写入 自评打分表.xlsx\n")
    assert call(installed, tmp_path, "demo", "示例市").code == 0
    scored = call(installed, tmp_path, "score", "自评打分表.xlsx")
    assert (scored.code, "这是一份空表" in scored.err) == (0, True)
    assert re.search(r"结论 +空表", scored.out)


@pytest.mark.slow
def test_the_installed_program_starts_its_workers(installed: Path, tmp_path: Path) -> None:
    call(installed, tmp_path, "template", "--agency", "示例市财政局", "--category", "行政机关", "--year", "2020")
    ran = call(installed, tmp_path, "batch", ".")
    assert (ran.code, "这是一份空表" in ran.err) == (0, True)
    assert "示例市财政局" in ran.out


@pytest.mark.slow
def test_the_installed_program_knows_its_files(installed: Path, tmp_path: Path) -> None:
    assert "个文件齐全，与发布时相同" in call(installed, tmp_path, "doctor").out
    style = installed / PACKAGE / "report" / "page" / "style.css"
    kept = style.read_bytes()
    style.write_bytes(kept + b" ")
    assert "有问题  程序文件    与发布时不同：report/page/style.css\n" in call(installed, tmp_path, "doctor").out
    style.unlink()
    assert "有问题  程序文件    少了 report/page/style.css\n" in call(installed, tmp_path, "doctor").out
    style.write_bytes(kept)
