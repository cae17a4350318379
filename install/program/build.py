"""``make program``: the program folder for people without Python, and its zip, in ``dist``.

Run by the Python of an environment that holds the program, what it needs, PyInstaller and nothing else: whatever is
installed there may get in. The same environment and SOURCE_DATE_EPOCH give the same bytes.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from time import gmtime

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
FOLDER = DIST / "jieyue"
PAGES = "文档"
PROMPT = ROOT / "install" / "打开命令行.bat"
_LONG_AGO = "315532800"
"""1980-01-01, the first day that a zip knows."""


def main() -> None:
    """Build the folder and pack it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", _LONG_AGO)
    freeze(epoch)
    list_files(FOLDER / "_internal")
    shutil.copy(ROOT / "LICENSE", FOLDER)
    if (DIST / PAGES).is_dir():
        shutil.copytree(DIST / PAGES, FOLDER / PAGES)
    if sys.platform == "win32":
        shutil.copy(PROMPT, FOLDER)
    target = DIST / f"jieyue-{version('jieyue')}-{platform.system()}-{platform.machine()}.zip".lower()
    pack(FOLDER, target, int(epoch))
    inside = sum(path.lstat().st_size for path in FOLDER.rglob("*"))
    print(f"{FOLDER}: {inside / 1e6:.1f} MB; {target}: {target.stat().st_size / 1e6:.1f} MB")


def freeze(epoch: str) -> None:
    """Let PyInstaller make the folder anew."""
    spec = Path(__file__).with_name("jieyue.spec")
    work = ROOT / "build" / "program"
    # the order of what is pickled and packed follows from hashes
    fixed = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": epoch, "PYINSTALLER_CONFIG_DIR": str(work)}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    subprocess.run([*command, "--distpath", DIST, "--workpath", work, spec], check=True, env=fixed)


def list_files(folder: Path) -> None:
    """Write what ``whole.py`` holds against the folder at every start: each file's size and name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{path.stat().st_size} {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "files.txt").write_text("".join(lines), encoding="utf-8")


def pack(folder: Path, target: Path, epoch: int) -> None:
    """The folder as a zip that remembers links and which files may be run, and no time of day."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), gmtime(epoch)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # of Unix: Windows knows no marks and takes these too
            if path.is_symlink():
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(entry, str(path.readlink()))
            else:
                runnable = bool(path.stat().st_mode & stat.S_IXUSR)
                entry.external_attr = (stat.S_IFREG | (0o755 if runnable else 0o644)) << 16
                archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main()
