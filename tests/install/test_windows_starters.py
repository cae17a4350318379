"""安装.bat and 打开命令行.bat, run by wine's cmd: every way through them, with a stand-in for Python.

A Windows Python is not to be had here, so what offline.py does is tested on Linux (test_offline_install.py) and by the
workflow on Windows. Wine shows neither how a real console draws Chinese nor what a network folder does to cmd.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from install.building import ROOT

pytest.importorskip("pty", reason="wine stands in for Windows on Linux; on Windows see test_this_system.py")
from install.wine import Wine, start

pytestmark = pytest.mark.install

NEEDED = "3.12"
FITS, OTHER = 0, 3
"""What fits.py ends with."""


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Wine:
    return start(tmp_path_factory.mktemp("wine"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As after unpacking, without the wheels."""
    place = tmp_path / "桌 面 (新)" / "jieyue & 离线安装"
    (place / "wheels").mkdir(parents=True)
    shutil.copy(ROOT / "install" / "安装.bat", place)
    shutil.copy(ROOT / "install" / "打开命令行.bat", place / "wheels")
    (place / "wheels" / "target.txt").write_text(f"{NEEDED} win32 amd64 64\n", "ascii")
    return place


def standing_in(wine: Wine, folder: Path, name: str, script: str) -> Path:
    """A program ``name``.exe that runs a batch file: pip's own launcher, which starts what stands after it."""
    from pip._vendor import distlib

    launcher = Path(distlib.__file__).with_name("t64.exe").read_bytes()
    scripts = wine.drive / "stand-ins"
    scripts.mkdir(exist_ok=True)
    place = scripts / f"{len(list(scripts.iterdir()))}.bat"
    place.write_bytes("\r\n".join(["@echo off", *script.splitlines(), ""]).encode())
    rest = io.BytesIO()
    with zipfile.ZipFile(rest, "w") as archive:
        archive.writestr("__main__.py", "")
    started = f"#!C:\\windows\\system32\\cmd.exe /c C:\\stand-ins\\{place.name}\r\n".encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.exe").write_bytes(launcher + started + rest.getvalue())
    return folder


def python(fits: int, installs: int = 0) -> str:
    """A script that ends as fits.py or offline.py would; %1 is the launcher, its own arguments follow."""
    return f"""\
echo %*| find "fits.py" >nul
if not errorlevel 1 exit /b {fits}
echo installing with %~n1
exit /b {installs}"""


def on_path(folder: Path) -> str:
    return "Z:" + str(folder).replace("/", "\\")


PY = f"""\
echo %*| find "-{NEEDED}" >nul
if errorlevel 1 exit /b 1
if not "%PYTHON_MANAGER_AUTOMATIC_INSTALL%"=="false" exit /b 1
{python(FITS)}"""
"""What the launcher does: it starts the version that it is told, and must not fetch one."""


def test_it_installs_with_the_launcher_for_the_version_needed(wine: Wine, folder: Path, tmp_path: Path) -> None:
    code, seen = wine.cmd("安装.bat", cwd=folder, WINEPATH=on_path(standing_in(wine, tmp_path / "bin", "py", PY)))
    assert (code, seen.count("installing with py"), "Press any key" in seen) == (0, 1, True), seen


@pytest.mark.parametrize("name", ["python", "python3"])
def test_without_the_launcher_it_takes_the_python_on_the_path(
    wine: Wine, folder: Path, tmp_path: Path, name: str
) -> None:
    tools = standing_in(wine, tmp_path / "bin", name, python(FITS))
    code, seen = wine.cmd("安装.bat", cwd=folder, WINEPATH=on_path(tools))
    assert (code, f"installing with {name}" in seen) == (0, True), seen


def test_it_finds_a_python_that_is_not_on_the_path(wine: Wine, folder: Path) -> None:
    place = wine.drive / "Program Files" / "Python312"
    standing_in(wine, place, "python", python(FITS))
    code, seen = wine.cmd("安装.bat", cwd=folder)
    shutil.rmtree(place)
    assert (code, "installing with python" in seen) == (0, True), seen


def test_a_python_of_another_version_is_passed_over(wine: Wine, folder: Path, tmp_path: Path) -> None:
    tools = standing_in(wine, tmp_path / "bin", "py", python(OTHER))
    standing_in(wine, tools, "python", python(FITS))
    code, seen = wine.cmd("安装.bat", cwd=folder, WINEPATH=on_path(tools))
    assert (code, "installing with python" in seen) == (0, True), seen


LACKING = f"""\
没有安装：没有找到 64 位的 Python {NEEDED}。可以任选一种办法：
  一、安装 Python {NEEDED}（Windows installer 64-bit，安装时勾选 Add python.exe to PATH），再双击“安装.bat”；
  二、电脑上已经有别的 64 位 Python（3.11 至 3.14）的，改用与它版本相同的离线安装包；
  三、改用“程序文件夹”，那一种不用装 Python。
"""


@pytest.mark.parametrize("has", ["nothing", "another version", "the shop's stub"])
def test_it_says_what_to_install_where_no_python_fits(wine: Wine, folder: Path, tmp_path: Path, has: str) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    if has == "another version":
        standing_in(wine, tools, "python", python(OTHER))
    elif has == "the shop's stub":
        standing_in(wine, tools, "python", "echo Python was not found 1>&2\nexit /b 9009")
    code, seen = wine.cmd("安装.bat", cwd=folder, WINEPATH=on_path(tools))
    assert (code, "installing" in seen, "Press any key" in seen) == (1, False, True), seen
    assert LACKING in seen, seen
    assert "was not found" not in seen


def test_what_hinders_the_installer_is_its_exit_code(wine: Wine, folder: Path, tmp_path: Path) -> None:
    tools = standing_in(wine, tmp_path / "bin", "python", python(FITS, installs=1))
    code, seen = wine.cmd("安装.bat", cwd=folder, WINEPATH=on_path(tools))
    assert (code, "Press any key" in seen) == (1, True), seen


def test_started_from_within_the_zip(wine: Wine, folder: Path) -> None:
    shutil.rmtree(folder / "wheels")
    code, seen = wine.cmd("安装.bat", cwd=folder)
    assert code == 1
    assert "没有安装：没有找到 wheels 文件夹。\n请先解压整个压缩包（右键，“全部解压缩”）" in seen


def test_by_its_full_path_from_another_folder(wine: Wine, folder: Path, tmp_path: Path) -> None:
    tools = standing_in(wine, tmp_path / "bin", "python", python(FITS))
    plain = folder.rename(tmp_path / "桌面上 的")  # the arguments of cmd /c are no place for & and brackets
    code, seen = wine.cmd(on_path(plain / "安装.bat"), cwd=tmp_path, WINEPATH=on_path(tools))
    assert (code, "installing with python" in seen) == (0, True), seen


JIEYUE = """\
echo %*| find "--version" >nul
if not errorlevel 1 exit /b {code}
echo jieyue was asked: %2 %3"""


@pytest.mark.parametrize("layout", ["wheels", "program folder"])
def test_the_console_has_the_program_on_its_path(wine: Wine, folder: Path, layout: str) -> None:
    shutil.copy(ROOT / "install" / "打开命令行.bat", folder)
    standing_in(wine, folder / "程序" / "Scripts" if layout == "wheels" else folder, "jieyue", JIEYUE.format(code=0))
    _, seen = wine.cmd("打开命令行.bat", cwd=folder, typed=["jieyue score 表.xlsx", "exit"])
    assert seen.count("jieyue was asked:") == 2, seen
    assert "jieyue was asked: score 表.xlsx" in seen
    assert f"{folder.name}>" in seen
    assert "没有能用的" not in seen


@pytest.mark.parametrize("state", ["not installed", "moved"])
def test_the_console_says_so_where_the_program_is_missing_or_does_not_start(
    wine: Wine, folder: Path, state: str
) -> None:
    shutil.copy(ROOT / "install" / "打开命令行.bat", folder)
    if state == "moved":
        standing_in(wine, folder / "程序" / "Scripts", "jieyue", JIEYUE.format(code=1))
    code, seen = wine.cmd("打开命令行.bat", cwd=folder)
    assert code == 1
    assert "这个文件夹里没有能用的 jieyue 程序：\n  刚解压的离线安装包，请先双击“安装.bat”；\n" in seen
    assert "jieyue was asked" not in seen
