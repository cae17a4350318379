"""Installs the wheels that lie beside this file, without network, into a folder of their own one level higher.

Started by 安装.bat and install.sh with a Python that fits.py has found right. What is in the way is said in Chinese,
with how to mend it; a second run brings the folder up to date, or builds it anew where it was left half done.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

WINDOWS = sys.platform == "win32"
WHEELS = Path(__file__).resolve().parent
FOLDER = WHEELS.parent
PROGRAM = FOLDER / "程序"
PYTHON = PROGRAM / ("Scripts/python.exe" if WINDOWS else "bin/python")
DONE = PROGRAM / "安装完成.txt"
RECORD = FOLDER / "安装记录.txt"
STARTER = "安装.bat" if WINDOWS else "install.sh"
LAUNCHER = FOLDER / ("打开命令行.bat" if WINDOWS else "jieyue")
_OF_AN_ENVIRONMENT = {
    "bin",
    "include",
    "lib",
    "lib64",
    "scripts",
    "share",
    "man",
    "pyvenv.cfg",
    ".gitignore",
    DONE.name,
}
_LONGEST_PATH = 259
_LAUNCH = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
if ! [ -x "$here/程序/bin/python" ]; then
    echo "程序不完整：请在 $here 中再运行一次 sh install.sh" >&2
    exit 1
fi
exec "$here/程序/bin/python" -m jieyue_cli "$@"
"""


class Hindrance(Exception):  # noqa: N818 - it is what the person is told
    """What keeps us from installing, and how to mend it."""


def environment() -> dict[str, str]:
    """Ours, without what would lead Python or pip elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "PYTHON"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}


def run(*command: str | Path) -> bool:
    """Run a program to its end, if it is there; what it says is kept for whoever has to look."""
    with RECORD.open("a", encoding="utf-8", errors="replace") as record:
        print("\n>", *command, file=record, flush=True)
        try:
            ran = subprocess.run(command, env=environment(), stdout=record, stderr=record, check=False)
        except OSError as error:
            print(error, file=record)
            return False
        return ran.returncode == 0


def check_python() -> None:
    """Debian parts what makes an environment from the rest of Python."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        raise Hindrance(
            f"这台电脑的 Python 缺少 venv（建立程序文件夹要用）：请管理员安装系统软件包 {package}\n"
            f"（Debian、Ubuntu、统信、麒麟：apt install {package}），再运行一次 {STARTER}"
        )


def check_folder() -> None:
    """Whether files can be written here, with names as long as theirs."""
    try:
        RECORD.write_text("", encoding="utf-8")
    except OSError:
        raise Hindrance(
            f"这个文件夹不能写：{FOLDER}\n请把整个文件夹复制到能写的地方（如 D 盘或“文档”），在那里再运行 {STARTER}"
        ) from None
    over = longest_path(names_in_wheels()) - _LONGEST_PATH
    if WINDOWS and over > 0:
        raise Hindrance(
            f"这个文件夹的路径太长，超出 {over} 个字：{FOLDER}\n"
            f"请把整个文件夹移到短一点的地方（如 D:\\jieyue），再运行 {STARTER}"
        )


def names_in_wheels() -> list[str]:
    """Every file that will be installed, by its path below site-packages; a wheel that is not whole ends it here."""
    names = []
    for wheel in sorted(WHEELS.glob("*.whl")):
        try:
            with zipfile.ZipFile(wheel) as opened:
                names += opened.namelist()
        except zipfile.BadZipFile:
            raise Hindrance(f"文件不完整：{wheel}\n请重新复制、重新解压整个压缩包，再运行一次 {STARTER}") from None
    return names


def longest_path(names: list[str]) -> int:
    """The number of characters in the longest path that the installation will have on Windows."""
    compiled = len("/__pycache__/.cpython-312.pyc.1234567890123") - len("/.py")
    return len(str(PROGRAM)) + len("/Lib/site-packages/") + max(map(len, names), default=0) + compiled


def fitting() -> bool:
    """Whether there is a finished installation here that can be brought up to date as it is."""
    try:
        if DONE.read_text("utf-8").splitlines()[1:] != place():
            return False
    except (OSError, UnicodeDecodeError):
        return False
    return run(PYTHON, "-I", "-c", "import pip")


def place() -> list[str]:
    """What an installation depends on besides its own files: it cannot be moved, nor have another Python."""
    return [str(FOLDER), "{}.{}".format(*sys.version_info)]


def clear_away() -> None:
    """Delete an installation that is of no more use; but nothing that somebody else has put there."""
    strange = sorted(path.name for path in PROGRAM.iterdir() if path.name.lower() not in _OF_AN_ENVIRONMENT)
    if strange:
        raise Hindrance(
            f"这里已经有一个“{PROGRAM.name}”文件夹，里面有不是安装程序写的文件：{'、'.join(strange[:3])}\n"
            f"请把那个文件夹改名或移走，再运行一次 {STARTER}"
        )
    try:
        shutil.rmtree(PROGRAM)
    except OSError as error:
        raise Hindrance(
            f"旧的“{PROGRAM.name}”文件夹删不掉：{error.filename}\n"
            f"请关掉正在运行 jieyue 的窗口（或重新启动电脑），再运行一次 {STARTER}"
        ) from None


def build() -> None:
    """Make the folder, or bring it up to date, and install what requirements.txt names into it.

    All is installed anew even where its version has not changed: a second run mends what has been damaged or deleted.
    """
    if fitting():
        print("已经装过：更新到这一版……", flush=True)
        DONE.unlink()
    else:
        if PROGRAM.exists():
            print("原来的安装不完整，或文件夹、Python 变过：重新安装……", flush=True)
            clear_away()
        print("正在建立“程序”文件夹……", flush=True)
        if not run(sys.executable, "-I", "-m", "venv", PROGRAM):
            raise Hindrance(
                f"“程序”文件夹没有建成。原因在“{RECORD.name}”的末尾；磁盘已满的请先清理，再运行一次 {STARTER}"
            )
    print("正在安装，不用联网，约半分钟……", flush=True)
    pip = (PYTHON, "-I", "-m", "pip", "install", "--no-index", "--find-links", WHEELS, "--force-reinstall")
    if not run(*pip, "--no-input", "--disable-pip-version-check", "-r", WHEELS / "requirements.txt"):
        raise Hindrance(
            f"没有装成，原因在“{RECORD.name}”的末尾。常见的有：\n"
            f"jieyue 正在运行（请关掉）、wheels 文件夹里少了文件（请重新解压）、磁盘已满、"
            f"系统比“说明.txt”写的旧。改好后再运行一次 {STARTER}"
        )


def launch() -> str:
    """Write what opens the program, start the program once, and give its own name and version back."""
    if WINDOWS:
        shutil.copyfile(WHEELS / LAUNCHER.name, LAUNCHER)
    else:
        LAUNCHER.write_text(_LAUNCH, encoding="utf-8")
        LAUNCHER.chmod(0o755)
    started = subprocess.run(
        [PYTHON, "-I", "-m", "jieyue_cli", "--version"],
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if started.returncode:
        RECORD.write_text(started.stdout + started.stderr, encoding="utf-8")
        raise Hindrance(
            f"装好了，但是程序不能启动，原因在“{RECORD.name}”。\n"
            f"多半是杀毒软件删了文件：请恢复并设为信任，再运行一次 {STARTER}"
        )
    return started.stdout.strip()


def main() -> int:
    """Install, and say what to do next or what to mend."""
    try:
        print(f"用 Python {sys.version.split()[0]} 安装到 {PROGRAM}", flush=True)
        check_python()
        check_folder()
        build()
        version = launch()
        DONE.write_text("\n".join([version, *place()]) + "\n", encoding="utf-8")
        RECORD.unlink()
    except Hindrance as hindrance:
        print(f"\n没有安装：{hindrance}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\n安装中断了。再运行一次 {STARTER} 就会重新安装", file=sys.stderr)
        return 130
    except OSError as error:
        print(
            f"\n没有安装：写不了 {error.filename}（{error.strerror}）。请检查磁盘空间和权限，再运行一次 {STARTER}",
            file=sys.stderr,
        )
        return 1
    how = "双击“打开命令行.bat”，输入 jieyue，按回车" if WINDOWS else f"在终端里输入 {LAUNCHER}，按回车"
    print(f"安装完成：{version}\n打开程序：{how}")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main())
