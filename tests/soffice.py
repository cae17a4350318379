"""LibreOffice as a user has it: it opens, calculates, saves and prints what the program wrote."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

_ARGUMENTS = 240
"""It leaves out, without a word, what stands behind its 255th argument."""


def resaved(documents: Sequence[bytes], to: str, folder: Path, *, of: str = "xlsx") -> list[bytes]:
    """Documents of the suffix ``of``, each opened and saved with the suffix ``to``.

    A start takes a second or more, whatever is opened: so many documents at once, in few starts.
    """
    sources = [folder / f"{number:03}.{of}" for number in range(len(documents))]
    for source, document in zip(sources, documents, strict=True):
        source.write_bytes(document)
    out = folder / f"as-{to}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(out)]
    for start in range(0, len(sources), _ARGUMENTS):
        some = map(str, sources[start : start + _ARGUMENTS])
        subprocess.run([*command, *some], check=True, capture_output=True, timeout=600)
    return [(out / f"{source.stem}.{to}").read_bytes() for source in sources]
