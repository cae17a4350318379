"""The program folder for people without Python: what it does is what the wheel does, wherever it lies."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import xlsxwriter

from install.empty_machine import EmptyMachine, skip_where_there_is_none
from install.frozen import (
    FORM,
    PINNED,
    ROOT,
    built,
    clean_environment,
    commands,
    digests,
    from_wheel,
    outcomes,
    processes,
    run,
    source,
    unpacked,
    workers,
)
from jieyue_cli.cli.app import _COMMANDS
from program import Ran

pytestmark = pytest.mark.install
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="uses what only Linux has")
_ABOUT_THE_INSTALLATION = {"doctor"}
"""Commands whose output differs from installation to installation."""
_BEFORE_ANY_CHECK = re.compile(r"base_library\.zip|libpython\S*|\S*/(_struct|zlib)\.\S+")
"""What Python needs to start at all (Linux): the bootloader says in English that it is not there."""
_MIB = 1024 * 1024
_WALLS = ("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, built once."""
    return built(source(tmp_path_factory.mktemp("program") / "source"))


@pytest.fixture(scope="session")
def program(packed: Path) -> Path:
    """The program in the unpacked folder."""
    return unpacked(packed, packed.parents[2] / "unpacked")


@pytest.fixture(scope="session")
def wheel(packed: Path) -> Path:
    """The program of the wheel of the same source."""
    return from_wheel(packed.parents[1], packed.parents[2] / "wheel")


@pytest.fixture(scope="session")
def city(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, for tests that only read it."""
    folder = tmp_path_factory.mktemp("city") / "示例市"
    assert run(program, "demo", folder.name, cwd=folder.parent).code == 0
    return folder


@pytest.fixture
def own(program: Path, tmp_path: Path) -> Path:
    """A program folder of the test's own, to be damaged."""
    shutil.copytree(program.parent, tmp_path / "jieyue", symlinks=True)
    return tmp_path / "jieyue" / program.name


def without_installation(ran: dict[str, Ran]) -> dict[str, Ran]:
    return {line: each for line, each in ran.items() if line.partition(" ")[0] not in _ABOUT_THE_INSTALLATION}


# -- the same as the wheel ---------------------------------------------------------------------------------------------


def test_it_writes_the_same_bytes_as_the_wheel(program: Path, wheel: Path, tmp_path: Path) -> None:
    lines = list(commands())
    folder = tmp_path / "示例市"
    frozen, written = outcomes(program, folder, lines), digests(folder)
    shutil.rmtree(folder)
    installed, expected = outcomes(wheel, folder, lines), digests(folder)
    assert {line: ran.err for line, ran in installed.items() if b"Traceback" in ran.stderr} == {}
    assert without_installation(frozen) == without_installation(installed)
    assert written == expected
    assert {Path(name).suffix for name in written} >= {*(".xlsx", ".docx", ".html", ".csv", ".json", ".jsonl", ".yaml")}
    assert {line.partition(" ")[0] for line in frozen} | _ABOUT_THE_INSTALLATION >= set(_COMMANDS)


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_starts(command: str, program: Path, wheel: Path, tmp_path: Path) -> None:
    frozen = run(program, command, "--help", cwd=tmp_path)
    assert frozen == run(wheel, command, "--help", cwd=tmp_path)
    assert (frozen.code, frozen.out.startswith(f"用法：jieyue {command}")) == (0, True)


def test_a_roster_so_long_that_workers_write_its_forms(program: Path, wheel: Path, tmp_path: Path) -> None:
    names = "".join(f"示例市第{number}局,行政机关\n" for number in range(1000))
    (tmp_path / "名录.csv").write_text(f"单位名称,单位类别\n{names}", encoding="utf-8")
    command = ("template", "--roster", "名录.csv", "--year", "2021", "-o")
    frozen, installed = run(program, *command, "甲", cwd=tmp_path), run(wheel, *command, "乙", cwd=tmp_path)
    assert (frozen.code, frozen.err.replace("甲", "乙")) == (0, installed.err)
    assert digests(tmp_path / "甲") == digests(tmp_path / "乙")
    assert len(digests(tmp_path / "甲")) == 1000


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "gb18030:backslashreplace", "没有"])
def test_it_speaks_the_encoding_that_it_is_told(encoding: str, program: Path, wheel: Path, city: Path) -> None:
    for arguments in (("score", FORM), ("batch", "2020年"), ("score", "没有.xlsx")):
        frozen = run(program, *arguments, cwd=city, PYTHONIOENCODING=encoding)
        if encoding == "没有":  # Python itself does not start with it
            assert frozen == run(program, *arguments, cwd=city)
        else:
            assert frozen == run(wheel, *arguments, cwd=city, PYTHONIOENCODING=encoding)


@on_linux
@pytest.mark.parametrize("locale", ["zh_CN.GBK", "C", "POSIX", "xx_XX.no-such"])
def test_it_speaks_the_encoding_of_the_system(
    locale: str, program: Path, wheel: Path, city: Path, tmp_path: Path
) -> None:
    if not shutil.which("localedef"):
        pytest.skip("localedef is not installed")
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "GBK", tmp_path / "zh_CN.GBK"], check=True, timeout=60)
    where = {"LC_ALL": locale, "LOCPATH": str(tmp_path)}
    for arguments in (("--help",), ("score", FORM), ("batch", "2020年"), ("score", "没有.xlsx")):
        frozen = run(program, *arguments, cwd=city, **where)
        assert frozen == run(wheel, *arguments, cwd=city, **where)
        assert b"Traceback" not in frozen.stderr
    if locale == "zh_CN.GBK":
        assert run(program, "--help", cwd=city, **where).stdout.decode("gbk").startswith("用法：jieyue")


@on_linux
@pytest.mark.timed
def test_score_takes_no_more_than_three_tenths_longer(program: Path, wheel: Path, city: Path) -> None:
    def seconds(which: Path) -> float:
        started = subprocess.Popen([which, "score", FORM], cwd=city, env=clean_environment(), stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        assert started.returncode == 0
        return used.ru_utime + used.ru_stime

    taken = [(seconds(program), seconds(wheel)) for _ in range(20)]
    frozen, installed = map(min, zip(*taken, strict=True))
    assert frozen <= 1.3 * installed


# -- what is in it -----------------------------------------------------------------------------------------------------


def test_the_zip_holds_one_folder_of_no_more_than_was_promised(packed: Path, program: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        entries = archive.infolist()
    names = {entry.filename for entry in entries}
    starter = {"jieyue/打开命令行.bat"} if sys.platform == "win32" else set()
    assert {name for name in names if not name.startswith("jieyue/_internal/")} == starter | {
        *(f"jieyue/{program.name}", "jieyue/LICENSE", "jieyue/文档/index.html")
    }
    assert packed.stat().st_size <= 29e6
    assert sum(entry.file_size for entry in entries) <= 61e6
    assert re.fullmatch(r"jieyue-\d+\.\d+\.\d+-(linux|windows|darwin)-\w+\.zip", packed.name)


def test_only_what_the_program_needs_gets_in(program: Path, wheel: Path) -> None:
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]  # it ships no types

    modules = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc
    tops = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names
    frozen = {name for name in tops if not name.startswith(("_sysconfigdata", "_pyi_rth"))}
    (installed,) = (path.parent for path in wheel.parents[1].rglob("jieyue_cli"))
    assert frozen <= {path.name.partition(".")[0] for path in installed.iterdir()} - {
        "pip",
        "setuptools",
        "_distutils_hack",
    }
    assert not [name for name in modules if name.startswith(("pygments", "tkinter", "unittest"))]


def test_building_it_again_elsewhere_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    assert built(source(tmp_path / "另 一处")).read_bytes() == packed.read_bytes()


# -- wherever it lies --------------------------------------------------------------------------------------------------


@on_linux
def test_any_folder_and_any_way_there_will_do(own: Path, city: Path, tmp_path: Path) -> None:
    expected = run(own, "batch", "2020年", cwd=city)
    assert expected.code == 1  # one of the forms is broken
    deep = tmp_path / "节约型 机关（2021）" / ("很长的名字" * 16) / ("abcdefgh " * 20).strip()
    deep.mkdir(parents=True)
    moved = shutil.move(own.parent, deep / "程 序")
    program = Path(moved, own.name)
    assert len(str(program)) > 260
    assert run(program, "batch", "2020年", cwd=city) == expected
    link = tmp_path / "jy"
    link.symlink_to(program)
    assert run(link, "batch", "2020年", cwd=city) == expected
    assert run(Path(os.path.relpath(program, city)), "batch", "2020年", cwd=city) == expected


def test_several_at_once(program: Path, city: Path) -> None:
    started = [
        subprocess.Popen([program, "batch", "2020年"], cwd=city, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    ended = [(each.communicate(timeout=120), each.returncode) for each in started]
    assert ended[0][1] == 1
    assert ended == [ended[0]] * 3


@on_linux
@pytest.mark.parametrize("lacking", ["home", "temporary folder", "space in it", "place to write", "memory"])
def test_what_the_system_lacks_is_no_worse_than_for_the_wheel(
    lacking: str, program: Path, wheel: Path, city: Path, tmp_path: Path
) -> None:
    if lacking in {"space in it", "place to write"} and not shutil.which("bwrap"):
        pytest.skip("bubblewrap is not installed")

    def bounded() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (900 * _MIB, 900 * _MIB))

    def ran(which: Path) -> Ran:
        variables = {**clean_environment(), **PINNED}
        command: list[str | Path] = [which, "batch", "2020年", "--jobs", "2"]
        if lacking == "home":
            del variables["HOME"]
        elif lacking == "temporary folder":
            variables["TMPDIR"] = "/没有"
        elif lacking == "space in it":
            variables["TMPDIR"] = "/mnt"
            command = [*_WALLS, "--bind", tmp_path, tmp_path, "--size", "4096", "--tmpfs", "/mnt", *command]
            command += ["-o", tmp_path / "汇总.xlsx"]
        elif lacking == "place to write":
            command = [*_WALLS, *command]
        done = subprocess.run(
            command,
            cwd=city,
            env=variables,
            capture_output=True,
            timeout=120,
            check=False,
            preexec_fn=bounded if lacking == "memory" else None,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    frozen = ran(program)
    assert frozen == ran(wheel)
    assert (frozen.code in {1, 2}, b"Traceback" in frozen.stderr) == (True, False)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_the_quick_start_on_a_machine_without_python(encoding: str, packed: Path, tmp_path: Path) -> None:
    skip_where_there_is_none()
    text = (ROOT / "docs" / "office" / "quick-start.md").read_text("utf-8")
    lines = [shlex.split(line.removeprefix("$ ")) for line in text.splitlines() if line.startswith("$ ")]
    began = time.monotonic()
    program = unpacked(packed, tmp_path)
    machine = EmptyMachine(tmp_path, path=str(program.parent))
    where, ran = tmp_path, []
    for name, *arguments in lines:
        if name == "cd":
            where = where / arguments[0]
        else:
            ran.append(machine.run(program, *arguments, cwd=where, PYTHONIOENCODING=encoding))
            assert ran[-1].code in {0, 1}, arguments
    assert time.monotonic() - began < 600
    told = [(each.stdout + each.stderr).decode(encoding) for each in ran]
    assert any("总分" in page for page in told)
    assert not any("Traceback" in page for page in told)


# -- workers -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def slow(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three forms, and one full of formulas that keeps its worker busy for seconds."""
    folder = tmp_path_factory.mktemp("slow") / "交表"
    folder.mkdir()
    for name in ("示例市财政局", "示例市水务局", "示例市总工会"):
        shutil.copy(city / "2020年" / name / f"{name}.xlsx", folder)
    book = xlsxwriter.Workbook(folder / "示例市教育局.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("自评打分表")
    for row in range(29_000):
        for column in range(10):
            sheet.write_formula(row, column, "1+1", None, 2)
    book.close()
    return folder


@contextmanager
def at_work(program: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A long run, of which nothing is left behind."""
    with subprocess.Popen(
        [program, "batch", folder, "--jobs", "2", "--format", "jsonl"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        try:
            yield running
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


def busy(program: Path) -> int:
    """The worker that has the long file, under its limit of memory."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for process in workers(program):
            with suppress(OSError):
                ticks = int(Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()[11])
                if ticks > os.sysconf("SC_CLK_TCK"):
                    assert "1073741824" in Path(f"/proc/{process}/limits").read_text()
                    return process
        time.sleep(0.05)
    pytest.fail("no worker was seen at work")


@on_linux
@pytest.mark.parametrize(("harm", "code"), [("SIGKILL", "file-killed-reader"), ("SIGSTOP", "file-too-slow")])
def test_a_worker_that_dies_or_hangs_costs_its_file_only(harm: str, code: str, own: Path, slow: Path) -> None:
    with at_work(own, slow) as running:
        os.kill(busy(own), getattr(signal, harm))
        out, _ = running.communicate(timeout=120)
    results = [json.loads(line) for line in out.splitlines()][:4]
    assert running.returncode == 1
    assert {Path(each["file"]).stem: each["status"] for each in results} == {
        **dict.fromkeys(("示例市财政局", "示例市水务局", "示例市总工会"), "pass"),
        "示例市教育局": "unreadable",
    }
    assert [problem["code"] for each in results for problem in each["problems"] if each["status"] != "pass"] == [code]
    assert processes(own) == {}


@on_linux
def test_ctrl_c_ends_all_its_processes(own: Path, slow: Path) -> None:
    with at_work(own, slow) as running:
        busy(own)
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert ("已中断" in err.decode(), "Traceback" in err.decode()) == (True, False)
    assert processes(own) == {}


# -- when some of it is gone -------------------------------------------------------------------------------------------


def test_doctor_knows_that_no_file_is_gone(program: Path, city: Path) -> None:
    files = sum(path.is_file() for path in (program.parent / "_internal").rglob("*")) - 1  # but the list itself
    assert f"{files} 个文件齐全，大小与发布时相同" in run(program, "doctor", cwd=city).out


@on_linux
def test_whichever_file_is_gone_it_says_so(own: Path, city: Path, tmp_path: Path) -> None:
    inside = own.parent / "_internal"
    silent = []
    for path in sorted(path for path in inside.rglob("*") if path.is_file()):
        name = path.relative_to(inside).as_posix()
        path.rename(tmp_path / "held")
        ran = run(own, "score", FORM, cwd=city)
        (tmp_path / "held").rename(path)
        if _BEFORE_ANY_CHECK.fullmatch(name):
            silent.append(name)
            assert ran.code in {1, 255}
            assert "[PYI-" in ran.err
        else:
            assert (ran.code, ran.out) == (2, "")
            assert ran.err == told(f"_internal/{name}")
    assert len(silent) == 4


@pytest.mark.parametrize(
    "pattern",
    ["jieyue_cli/**/standard_2020.yaml", "yaml/_yaml.*", "docx/**/document.xml", "jieyue_cli/report/page/style.css"],
)
def test_a_file_cut_short_is_as_good_as_gone(pattern: str, own: Path, city: Path) -> None:
    inside = own.parent / "_internal"
    path = next(inside.glob(pattern))
    path.write_bytes(path.read_bytes()[:-1])
    ran = run(own, "score", FORM, cwd=city)
    assert (ran.code, ran.out, ran.err) == (2, "", told(path.relative_to(own.parent).as_posix()))


def test_of_many_files_some_are_named(own: Path, city: Path) -> None:
    gone = sorted(path for path in (own.parent / "_internal" / "jieyue_cli").rglob("*") if path.is_file())
    shutil.rmtree(own.parent / "_internal" / "jieyue_cli")
    names = [path.relative_to(own.parent).as_posix() for path in gone]
    assert run(own, "--version", cwd=city).err == told(*names[:5], "……", number=len(names))


@on_linux
def test_a_program_without_its_folder_is_told_by_the_bootloader(own: Path, city: Path) -> None:
    shutil.move(own.parent / "_internal", own.parent / "held")
    ran = run(own, "--version", cwd=city)
    assert (ran.code, ran.out, "Failed to load Python shared library" in ran.err) == (255, "", True)


def told(*names: str, number: int = 1) -> str:
    listed = "".join(f"  {name}\n" for name in names)
    return (
        f"程序不完整：有 {number} 个文件不见了或已损坏：\n{listed}"
        "可能是压缩包没有全部解压，或者被杀毒软件删除了。请重新全部解压到新的文件夹；\n"
        "如果文件又不见了，先把新的文件夹加入杀毒软件的信任名单，再解压一次。\n"
    )
