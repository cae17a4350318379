"""Letters as other programs see them: printed by LibreOffice, read by poppler, held against Office Open XML."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path
from typing import Any

from soffice import resaved

audit: Any = importlib.import_module("openxml_audit")  # it ships no types
_NO_THEME = "Sem_MissingRelationshipType"
"""The auditor asks for a theme, which ISO/IEC 29500-1 (11.3) leaves optional."""


def printed(folder: Path, *made: bytes) -> list[Path]:
    """The documents as LibreOffice prints them."""
    pages = [folder / f"{number}.pdf" for number in range(len(made))]
    for page, data in zip(pages, resaved(made, "pdf", folder, of="docx"), strict=True):
        page.write_bytes(data)
    return pages


def read(page: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(page), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def faults_in(made: bytes, folder: Path) -> list[str]:
    """What the auditor finds wrong with the document."""
    (folder / "audited.docx").write_bytes(made)
    found = audit.OpenXmlValidator().validate(str(folder / "audited.docx"))
    return [error.description for error in found.errors if error.id != _NO_THEME]
