"""Each check by itself: every state from a description of the computer, and what it sees of this one."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
import tomllib
import types
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import jieyue_cli
from doctor.cases import CASES
from jieyue_cli.doctor import disk, installation, libraries, programs, system
from jieyue_cli.doctor.checks import CHECKS
from jieyue_cli.doctor.finding import FAILED, Check, Finding, State, examine, good
from jieyue_cli.doctor.installation import DATA, HOME
from jieyue_cli.doctor.libraries import LIBRARIES, fits
from jieyue_cli.report.letters.kinds import KINDS
from jieyue_cli.report.page.document import SCRIPTS
from jieyue_cli.rubric.model import Rubric

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "office" / "doctor.md").read_text("utf-8")
ALL = [(check, seen, found) for check in CHECKS for seen, found in CASES[check.name]]


@pytest.mark.parametrize(("check", "seen", "found"), ALL, ids=[check.name for check, _, _ in ALL])
def test_what_a_check_makes_of_what_it_sees(check: Check, seen: Any, found: Finding) -> None:
    assert check.judge(seen) == found


def test_every_check_is_on_the_page_with_every_state_and_cure() -> None:
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
    assert [head for head in sections if head in CASES] == [check.name for check in CHECKS] == list(CASES)
    for name, cases in CASES.items():
        rows = re.findall(r"^\| (好|留意|有问题) \| .+ \| (.+) \|$", sections[name], re.MULTILINE)
        written = {(state, cure.replace("\\|", "|").replace("`", "")) for state, cure in rows}
        assert written == {(found.state.value, found.cure or "—") for _, found in cases}, name
    assert FAILED in PAGE


def test_the_page_states_the_thresholds() -> None:
    for most in (disk.HERE_SCARCE, disk.HERE_FULL, disk.TEMPORARY_SCARCE, disk.TEMPORARY_FULL):
        assert f"{most} MB" in PAGE


def test_a_check_that_fails_says_so_and_costs_no_other() -> None:
    def fails() -> None:
        raise ValueError("no")

    assert examine(Check("x", fails, good)) == Finding(State.WRONG, "检查不了（ValueError：no）", FAILED)


def test_the_list_of_data_files_is_the_package() -> None:
    found = {path for path in HOME.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc", ".typed"}}
    assert {path.relative_to(HOME).as_posix() for path in found} - {"rubric/shipped"} == set(DATA)
    assert len(DATA) == len(set(DATA))
    assert {f"report/page/{name}.js" for name in SCRIPTS} <= set(DATA)
    assert len([name for name in DATA if "letters/texts" in name]) == len(KINDS)


def test_the_list_of_libraries_is_that_of_the_metadata() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert [re.match(r"[\w-]+", line)[0] for line in asked] == list(LIBRARIES)  # type: ignore[index]


def test_no_form_is_older_than_the_standard(rubric: Rubric) -> None:
    assert rubric.issued == system._STANDARD


@pytest.mark.parametrize(
    ("version", "bounds", "fit"),
    [
        ("0.29.2", "<0.30,>=0.29", True),
        ("0.30", "<0.30,>=0.29", False),
        ("0.30.0", "<0.30,>=0.29", False),
        ("0.9", ">=0.19", False),
        ("2.10.0rc1", ">=2.10", True),
        ("3.1.5", ">=3.1.5", True),
        ("3.1.5", ">3.1.5", False),
        ("3.1.5", "==3.1.5", True),
        ("3.1.5", "<=3.1", False),
        ("1", "", True),
    ],
)
def test_whether_a_version_fits(version: str, bounds: str, *, fit: bool) -> None:
    assert fits(version, bounds) is fit


class Record:
    """What an installer wrote down."""

    version = jieyue_cli.__version__
    requires = ("typer<0.30,>=0.29", 'pytest>=8; extra == "test"', "rich>=99")

    def __init__(self, *files: Any) -> None:
        self.files = files


class Written:
    """A file in such a record."""

    def __init__(self, path: Path, digest: str) -> None:
        self._path = path
        self.parts = ("jieyue_cli", *path.parts[-1:])
        self.hash = type("Hash", (), {"value": digest})()

    def locate(self) -> Path:
        """Where it should be."""
        return self._path


def test_files_are_compared_with_the_record_of_the_installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, changed, lost = (tmp_path / name for name in ("whole.css", "changed.js", "lost.py"))
    whole.write_text("whole", "utf-8")
    changed.write_text("changed", "utf-8")
    digest = urlsafe_b64encode(sha256(b"whole").digest()).decode().rstrip("=")  # as installers write it
    record = Record(*(Written(path, digest) for path in (whole, changed, lost)))
    monkeypatch.setattr(installation, "record", lambda: record)
    assert installation.look_at_files() == installation.Files(3, "", ("lost.py",), ("changed.js",))


def test_the_program_folder_was_held_against_its_list_when_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "files.txt").write_text("5 jieyue_cli/a.so\n7 某.css\n", "utf-8")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert installation.look_at_files() == installation.Files(2, "大小")


def test_without_a_record_the_data_files_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "record", lambda: None)
    assert installation.look_at_files() == installation.Files(len(DATA), None)
    monkeypatch.setattr(installation, "HOME", tmp_path)
    assert installation.look_at_files().lost == DATA


def test_a_library_is_judged_by_the_record_and_by_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "record", Record)
    monkeypatch.setitem(LIBRARIES, "msgspec", "no_such_module")
    monkeypatch.setitem(LIBRARIES, "no-such-library", "json")
    found = {library.name: library for library in libraries.look_at_libraries()}
    assert (found["typer"].bounds, found["rich"].bounds, found["pebble"].bounds) == ("<0.30,>=0.29", ">=99", "")
    assert found["msgspec"].fault == "ModuleNotFoundError: No module named 'no_such_module'"
    assert found["no-such-library"] == libraries.Library("no-such-library", None)


def test_folders_that_are_gone_full_or_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = disk.look_here()
    assert (here.path, here.refused, here.missing) == (str(tmp_path), "", False)
    assert not list(tmp_path.iterdir())

    def refused(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.NamedTemporaryFile", refused)
        assert disk.look_here().refused == "No space left on device"

    def gone() -> None:
        raise FileNotFoundError

    monkeypatch.setattr("tempfile.gettempdir", gone)
    monkeypatch.setenv("TMPDIR", "/nowhere")
    assert disk.look_at_temporary() == disk.Folder("/nowhere", missing=True)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert disk.look_at_temporary().asked == "/nowhere"
    monkeypatch.setenv("TMPDIR", str(tmp_path / "."))
    assert disk.look_at_temporary().asked == ""
    monkeypatch.setattr(Path, "cwd", gone)
    assert disk.look_here() == disk.Folder("", missing=True)


def test_no_home_and_no_processes_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.setenv("USERPROFILE", "/nowhere")
    assert system.look_at_home() is None

    def refused(_: int) -> int:
        raise BlockingIOError

    monkeypatch.setattr("jieyue_cli.processes.affordable", refused)
    assert system.look_at_workers().allowed == 0


class Registry(types.ModuleType):
    """The registry of a Windows, as far as these checks look into it."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = 1, 2
    KEY_READ, KEY_WOW64_64KEY, KEY_WOW64_32KEY = 0x20019, 0x100, 0x200
    HELD: Mapping[tuple[int, str], Sequence[tuple[str, object]]] = types.MappingProxyType(
        {
            (1, r"SYSTEM\CurrentControlSet\Control\FileSystem"): [("LongPathsEnabled", 1)],
            (1, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"): [("宋体 & 新宋体 (TrueType)", "simsun.ttc")],
            (2, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"): [("SimHei", r"C:\Fonts\simhei.ttf")],
            (2, r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\et.exe"): [],
        }
    )

    def OpenKey(self, root: int, path: str, *_: int) -> AbstractContextManager[Sequence[tuple[str, object]]]:  # noqa: N802
        """A key; OSError where there is none."""
        if (root, path) not in self.HELD:
            raise FileNotFoundError(path)
        return nullcontext(self.HELD[root, path])

    def QueryValueEx(self, key: Sequence[tuple[str, object]], name: str) -> tuple[object, int]:  # noqa: N802
        """A value, and its type."""
        return dict(key)[name], 4

    def QueryInfoKey(self, key: Sequence[tuple[str, object]]) -> tuple[int, int, int]:  # noqa: N802
        """How many keys and values there are, and when that changed."""
        return 0, len(key), 0

    def EnumValue(self, key: Sequence[tuple[str, object]], index: int) -> tuple[str, object, int]:  # noqa: N802
        """Name, value and type."""
        return (*key[index], 1)


def test_what_the_registry_of_windows_holds_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", Registry("winreg"))
    monkeypatch.setattr("shutil.which", lambda _: None)
    with monkeypatch.context() as windows:
        windows.setattr("sys.platform", "win32")
        assert system.look_at_long_paths() is True
        assert programs.look_at_office() == ("WPS 表格",)
        fonts = programs.look_at_fonts()
        windows.setattr(Registry, "HELD", {})
        assert system.look_at_long_paths() is False
        assert (programs.look_at_office(), programs.look_at_fonts()) == ((), frozenset())
    assert fonts is not None
    assert any(font.startswith("宋体 & 新宋体 (truetype) simsun") for font in fonts)
    assert any(font.startswith("simhei ") for font in fonts)


def test_fonts_that_cannot_be_listed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert programs.look_at_fonts() is None
    assert programs.look_at_office() == ()
    monkeypatch.setattr("shutil.which", lambda name: name)
    assert programs.look_at_office() == ("Excel", "WPS 表格", "LibreOffice")
    done = subprocess.CompletedProcess((), 0, stdout="SimSun,宋体\nNoto Serif CJK SC\n".encode())
    monkeypatch.setattr("subprocess.run", lambda *_, **__: done)
    assert programs.look_at_fonts() == frozenset({"simsun,宋体", "noto serif cjk sc"})
