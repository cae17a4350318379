"""docs/office/ledger.md: other programs can verify a ledger as the page says, and the page names every key."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from jieyue_cli.office.ledger.entry import Entry, Recorded, hash_of
from office.ledger.made import entry, lines

DOC = (Path(__file__).parents[3] / "docs" / "office" / "ledger.md").read_text("utf-8")
LINES = lines([entry(2020), entry(2021), entry(2022)])


@pytest.mark.slow
def test_a_few_lines_of_python_verify_a_ledger(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
    for name, made in (("whole", LINES), ("cut", [LINES[0], LINES[2]])):
        (tmp_path / name).write_bytes(b"".join(made))
    ran = [
        subprocess.run([sys.executable, "-c", program, tmp_path / name], capture_output=True, check=False)
        for name in ("whole", "cut")
    ]
    assert ran[0].stdout.decode().split() == [hash_of(LINES[-1].rstrip())]
    assert (ran[1].stdout, ran[1].returncode) == (b"", 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sed")
def test_a_shell_tells_the_hash_of_a_line(tmp_path: Path) -> None:
    (command,) = re.findall(r"```sh\n(.*?)```", DOC, re.DOTALL)
    (tmp_path / "台账.jsonl").write_bytes(b"".join(LINES))
    told = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=True).stdout  # noqa: S602
    assert told.split()[0].decode() == msgspec.json.decode(LINES[2])["previous"]


@pytest.mark.parametrize("kind", [Entry, Recorded])
def test_every_key_is_named(kind: type[msgspec.Struct]) -> None:
    assert [key for key in kind.__struct_encode_fields__ if f"`{key}`" not in DOC] == []
