"""From the zip to the first result on a machine without network: install.sh, run again, and hindered."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from install.building import ROOT, unpack
from install.empty_machine import EmptyMachine, hides_the_disk, skip_where_there_is_none
from program import Ran, run

pytestmark = pytest.mark.install

PAGE = ROOT / "docs" / "office" / "quick-start.md"
TEN_MINUTES = 600
MOMENT = "1600000000"
CHECKOUT = (sys.executable, "-m", "jieyue_cli")
PYTHON = Path(sys.base_prefix)
_NAME = "python{}.{}".format(*sys.version_info)


def machine(home: Path, *visible: Path) -> EmptyMachine:
    """One with the Python of these tests, which need not be the system's own."""
    return EmptyMachine(home, (PYTHON, *visible), path=f"{PYTHON / 'bin'}:/usr/bin:/bin")


@pytest.fixture(scope="module")
def folder(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked where a clerk would, and installed; tests that change it change a copy."""
    skip_where_there_is_none()
    return unpack(offline, tmp_path_factory.mktemp("home") / "桌 面")


def install(folder: Path) -> Ran:
    home = next(parent for parent in folder.parents if parent.name.startswith("home"))
    return machine(home).run("sh", "install.sh", cwd=folder)


@pytest.fixture(scope="module")
def installed(folder: Path) -> Path:
    ran = install(folder)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"^安装完成：jieyue \d+\.\d+\.\d+$", ran.out, re.MULTILINE)
    return folder


def launch(folder: Path, *arguments: str) -> Ran:
    home = next(parent for parent in folder.parents if parent.name.startswith("home"))
    return machine(home).run(folder / "jieyue", *arguments)


def commands(page: Path) -> Iterator[list[str]]:
    """Every command of a page, in order, with those that its first comment says come before."""
    text = page.read_text("utf-8")
    if "<!-- commands: demo -->" in text:
        yield from (["jieyue", "demo", "示例市"], ["cd", "示例市"])
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from (shlex.split(line[2:]) for line in block.splitlines() if line.startswith("$ "))


def test_the_first_result_comes_within_ten_minutes(
    offline: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each command says the same there as from the checkout (1: the demo's forms have errors for a clerk to see)."""
    skip_where_there_is_none()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    home = tmp_path_factory.mktemp("home")
    begun = time.monotonic()
    folder = unpack(offline, home / "桌 面" / "节约型 机关")
    ran = install(folder)
    assert ran.code == 0, ran.out + ran.err
    ready = time.monotonic() - begun
    at, here = home / "工作", tmp_path
    at.mkdir()
    words = list(commands(PAGE))
    assert any(each[0] == "jieyue" for each in words)
    for program, *arguments in words:
        if program == "cd":
            at, here = at / arguments[0], here / arguments[0]
        else:
            ran = machine(home).run(folder / "jieyue", *arguments, cwd=at, SOURCE_DATE_EPOCH=MOMENT)
            assert ran == run(*arguments, cwd=here, program=CHECKOUT), arguments
            assert ran.code in {0, 1}, arguments
    whole = time.monotonic() - begun
    with capsys.disabled():
        sys.stdout.write(
            f"\nfrom the zip: installed after {ready:.0f} s, all {len(words)} commands after {whole:.0f} s\n"
        )
    assert whole < TEN_MINUTES


def test_nothing_is_written_outside_its_folder(installed: Path) -> None:
    home = installed.parent.parent
    assert {path.name for path in home.iterdir()} == {"桌 面"}
    pages = {"文档"} if (ROOT / "dist" / "文档").is_dir() else set()  # what `make docs` has built
    own = {"install.sh", "jieyue", "wheels", "程序", "说明.txt"}
    assert {path.name for path in installed.iterdir()} == own | pages


def test_the_launcher_works_from_anywhere_and_by_a_link(installed: Path) -> None:
    home = installed.parent.parent
    link = installed.parent / "链接"
    link.symlink_to(installed / "jieyue")
    said = machine(home).run(link, "--version", cwd=home).out
    link.unlink()
    assert said == launch(installed, "--version").out


def test_a_second_run_brings_it_up_to_date_and_mends_it(installed: Path) -> None:
    (module,) = (installed / "程序" / "lib").glob("*/site-packages/jieyue_cli/cli/app.py")
    module.unlink()
    assert launch(installed, "schema").code != 0
    kept = (installed / "程序" / "pyvenv.cfg").stat().st_ino
    ran = install(installed)
    assert (ran.code, ran.err) == (0, "")
    assert "已经装过：更新到这一版" in ran.out
    assert (installed / "程序" / "pyvenv.cfg").stat().st_ino == kept
    assert launch(installed, "schema").code == 0


@pytest.mark.parametrize("left", ["unfinished", "moved", "without its Python"])
def test_an_installation_of_no_more_use_is_built_anew(
    installed: Path, tmp_path_factory: pytest.TempPathFactory, left: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    folder = Path(shutil.copytree(installed, home / "新地方", symlinks=True))
    done = folder / "程序" / "安装完成.txt"
    if left == "unfinished":
        done.unlink()
    elif left == "without its Python":
        shutil.rmtree(folder / "程序" / "bin")
        done.write_text(done.read_text("utf-8").replace(str(installed), str(folder)), "utf-8")
    ran = install(folder)
    assert (ran.code, ran.err) == (0, "")
    assert "原来的安装不完整，或文件夹、Python 变过：重新安装" in ran.out
    assert launch(folder, "--version").code == 0
    assert str(installed) not in (folder / "程序" / "bin" / "jieyue").read_text("utf-8")


def test_a_folder_that_is_somebodys_is_left_alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = fresh(folder, tmp_path_factory)
    (copy / "程序").mkdir()
    (copy / "程序" / "工作总结.docx").write_bytes(b"")
    ran = install(copy)
    assert ran.code == 1
    assert "里面有不是安装程序写的文件：工作总结.docx\n请把那个文件夹改名或移走，再运行一次 install.sh" in ran.err
    assert (copy / "程序" / "工作总结.docx").exists()


def fresh(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it is before anything is installed, on a machine of its own."""
    before = shutil.ignore_patterns("程序", "jieyue", "安装记录.txt")
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("home") / "新地方", ignore=before))


def test_a_folder_that_cannot_be_written_in(folder: Path, tmp_path: Path) -> None:
    if not hides_the_disk():
        pytest.skip("without bubblewrap root may write anywhere")
    read_only = fresh_in(folder, tmp_path / "只读")
    home = tmp_path / "home"
    home.mkdir()
    ran = machine(home, read_only).run("sh", read_only / "install.sh")
    assert (ran.code, "这个文件夹不能写" in ran.err, "复制到能写的地方" in ran.err) == (1, True, True)


def fresh_in(folder: Path, place: Path) -> Path:
    return Path(shutil.copytree(folder, place, ignore=shutil.ignore_patterns("程序", "jieyue", "安装记录.txt")))


def test_a_wheel_that_was_not_unpacked_whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = fresh(folder, tmp_path_factory)
    (broken,) = (copy / "wheels").glob("openpyxl-*.whl")
    broken.write_bytes(broken.read_bytes()[:1000])
    ran = install(copy)
    assert ran.code == 1
    assert f"没有安装：文件不完整：{broken}\n请重新复制、重新解压整个压缩包" in ran.err


def test_a_wheel_that_is_missing(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = fresh(folder, tmp_path_factory)
    (lost,) = (copy / "wheels").glob("openpyxl-*.whl")
    lost.unlink()
    ran = install(copy)
    assert ran.code == 1
    assert "没有装成，原因在“安装记录.txt”的末尾" in ran.err
    assert "No matching distribution found for openpyxl" in (copy / "安装记录.txt").read_text("utf-8")


def test_the_longest_path_is_known_before(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a path has 259 characters at most; what was installed here shows that none is longer than thought."""
    spec = spec_from_file_location("installer", installed / "wheels" / "offline.py")
    assert spec is not None
    assert spec.loader is not None
    installer = module_from_spec(spec)
    spec.loader.exec_module(installer)
    (packages,) = (installed / "程序" / "lib").glob("*/site-packages")
    there = len(str(installed / "程序" / "Lib" / "site-packages")) - len(str(packages))
    ours = [path for path in packages.rglob("*") if "/pip/" not in str(path)]
    longest = max(len(str(path)) for path in ours) + there
    assert longest <= installer.longest_path(installer.names_in_wheels()) <= longest + 60
    monkeypatch.setattr(installer, "WINDOWS", True)
    monkeypatch.setattr(installer, "_LONGEST_PATH", longest - 1)
    with pytest.raises(installer.Hindrance, match=r"这个文件夹的路径太长，超出 \d+ 个字"):
        installer.check_folder()
    (installed / "安装记录.txt").unlink()


def standing_in(folder: Path, name: str, script: str) -> Path:
    """A program of that name that does what the script says."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)
    return folder


def only(home: Path, tools: Path) -> EmptyMachine:
    """One whose programs are those in ``tools`` and the few that install.sh is made of."""
    for name in ("dirname", "sh", "cat"):
        (tools / name).symlink_to(Path(f"/usr/bin/{name}").resolve())
    return EmptyMachine(home, (PYTHON, tools), path=str(tools))


def test_no_python(folder: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    home = tmp_path / "home"
    copy = fresh_in(folder, home / "新 地方")
    ran = only(home, tools).run("/bin/sh", copy / "install.sh")
    version = _NAME.removeprefix("python")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"\n没有安装：没有找到合用的 Python {version}（64 位）。可以任选一种办法：\n")
    assert "改用程序文件夹" in ran.err


@pytest.mark.parametrize(
    ("pretence", "found"),
    [
        ("sys.version_info = (3, 9, 7); platform.python_version = lambda: '3.9.7'", r"Python 3\.9\.7（64 位，\w+）"),
        ("struct.calcsize = lambda _: 4", r"Python [\d.]+（32 位，\w+）"),
        ("platform.machine = lambda: 'loongarch64'", r"Python [\d.]+（64 位，loongarch64）"),
    ],
)
def test_a_python_of_another_kind(folder: Path, tmp_path: Path, pretence: str, found: str) -> None:
    run = "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    code = f"import platform, runpy, struct, sys; {pretence}; {run}"
    tools = standing_in(tmp_path / "bin", "python3", f'exec {PYTHON}/bin/{_NAME} -c "{code}" "$@"')
    home = tmp_path / "home"
    copy = fresh_in(folder, home / "新 地方")
    ran = only(home, tools).run("/bin/sh", copy / "install.sh")
    assert ran.code == 1
    assert re.fullmatch(rf"  找到 {found}，不合用\n", ran.out), ran.out
    assert "没有安装：没有找到合用的 Python" in ran.err


def test_debians_python_without_what_makes_environments(folder: Path, tmp_path: Path) -> None:
    run = "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    code = f"import runpy, sys; sys.modules['ensurepip'] = None; {run}"
    tools = standing_in(tmp_path / "bin", "python3", f'exec {PYTHON}/bin/{_NAME} -c "{code}" "$@"')
    home = tmp_path / "home"
    copy = fresh_in(folder, home / "新 地方")
    ran = only(home, tools).run("/bin/sh", copy / "install.sh")
    assert ran.code == 1
    assert f"请管理员安装系统软件包 {_NAME}-venv" in ran.err
    assert not (copy / "程序").exists()


def test_the_script_alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = fresh(folder, tmp_path_factory)
    shutil.rmtree(copy / "wheels")
    ran = install(copy)
    assert (ran.code, ran.out) == (1, "")
    assert "请先把整个压缩包解压" in ran.err


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_script_is_plain_posix() -> None:
    from install.building import command

    command("shellcheck", "--shell=sh", ROOT / "install" / "install.sh")
