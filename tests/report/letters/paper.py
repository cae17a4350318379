"""Letters as LibreOffice prints them, read by poppler."""

from __future__ import annotations

import subprocess
from pathlib import Path


def printed(folder: Path, made: bytes) -> Path:
    """The document as LibreOffice prints it."""
    (folder / "letter.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "letter.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder / "letter.pdf"


def read(page: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(page), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
