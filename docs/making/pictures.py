"""Makes the pictures of the documentation: ``make pictures``. What each shows is written in ``pictures.toml``.

A screen is drawn from what the program prints, and a test draws it again. What LibreOffice and Chromium render differs
from one of their versions to the next; therefore the digest of the file that was rendered is recorded, and a test makes
that file again.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import tomllib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

from jieyue_cli.clock import PINNED, ZONE
from making import imports, screens

FOLDER = Path(__file__).parents[1] / "pictures"
RECORD = FOLDER / "rendered.json"
"""Picture → SHA-256 of what was rendered, see ``digests``."""
ARCHITECTURE = "architecture.svg"
CITY = "示例市"
NOW = dt.datetime(2021, 11, 9, 9, tzinfo=ZONE)
COLOURS = 48
_PACKED_IN_PAGE = re.compile(rb"H4sI[A-Za-z0-9+/=]+")
"""The data of a page: gzip in base64."""
_WINDOW = {"width": 1100, "height": 800}


@dataclass(frozen=True)
class Picture:
    """An entry of ``pictures.toml``."""

    name: str
    alt: str
    run: str = ""
    lines: int = 0
    file: str = ""
    page: int = 1


def declared() -> list[Picture]:
    """All that the commands of the program show."""
    entries = tomllib.loads((FOLDER / "pictures.toml").read_text("utf-8"))
    return [Picture(name, **entry) for name, entry in entries.items()]


def typed(line: str, folder: Path) -> str:
    """What a command prints in colour on a terminal of 80 columns."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n")
    pinned = {PINNED: str(int(NOW.timestamp())), "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "80"}
    with chdir(folder), mock.patch.dict(os.environ, pinned), redirect_stdout(out), redirect_stderr(io.StringIO()):
        from jieyue_cli.cli.app import run

        code = run(shlex.split(line)[1:])
    if code not in {0, 1}:
        raise RuntimeError(f"{line}: {code}")
    out.seek(0)
    return out.read()


def city(folder: Path) -> Path:
    """The folder of the demo, made anew below ``folder``."""
    typed(f"jieyue demo {CITY}", folder)
    return folder / CITY


def made(pictures: list[Picture], folder: Path) -> Iterator[tuple[Picture, bytes]]:
    """Each picture with the SVG that it is, or with the bytes of the file that it is rendered from."""
    for picture in pictures:
        printed = typed(picture.run, folder) if picture.run else ""
        if picture.file:
            yield picture, (folder / picture.file).read_bytes()
        else:
            yield picture, screens.picture(picture.run, printed, picture.lines).encode()


def digests(sources: Mapping[str, bytes]) -> dict[str, str]:
    """What is recorded of the files that are rendered, unpacked: one zlib packs the same content unlike another."""
    return {name: sha256(_unpacked(data)).hexdigest() for name, data in sources.items()}


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return _PACKED_IN_PAGE.sub(lambda packed: gzip.decompress(b64decode(packed[0])), data)
    with ZipFile(io.BytesIO(data)) as members:
        return b"".join(name.encode() + b"\0" + members.read(name) for name in members.namelist())


def main() -> None:
    """Make all pictures anew."""
    (FOLDER / ARCHITECTURE).write_text(imports.picture(), "utf-8", newline="\n")
    sources: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for picture, data in made(declared(), city(work)):
            target = FOLDER / picture.name
            if picture.file:
                sources[picture.name] = data
                _render(work / CITY / picture.file, picture.page, target, work)
            else:
                target.write_bytes(data)
            print(f"{picture.name}  {target.stat().st_size:,} bytes")
    RECORD.write_text(json.dumps(digests(sources), indent=2) + "\n", "utf-8", newline="\n")


def _render(file: Path, page: int, target: Path, work: Path) -> None:
    image = work / "image.png"
    if file.suffix == ".html":
        _photograph(file, image)
    else:
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(file)],
            check=True,
            capture_output=True,
        )
        pages = ["-f", str(page), "-l", str(page), "-r", "90", "-singlefile"]
        printed = work / f"{file.stem}.pdf"
        subprocess.run(["pdftoppm", "-png", *pages, str(printed), str(image.with_suffix(""))], check=True)
    convert = shutil.which("magick") or "convert"
    paper = [] if file.suffix == ".html" else ["-trim", "+repage", "-bordercolor", "white", "-border", "12"]
    lean = ["-dither", "None", "-colors", str(COLOURS), "-strip", f"PNG8:{target}"]
    subprocess.run([convert, str(image), *paper, *lean], check=True)


def _photograph(file: Path, image: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=_WINDOW, device_scale_factor=1)  # type: ignore[arg-type]  # a plain dict will do
        page.goto(file.as_uri())
        page.screenshot(path=image)
        browser.close()


if __name__ == "__main__":
    main()
