"""The same inputs give the same bytes in every format, in any process and in whatever order the files arrive."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jieyue_cli.report.formats import printed_by, written_by
from program import PROGRAM, environment
from returns import returned

pytestmark = pytest.mark.slow
SCORE = "score 交表/0.xlsx 交表/核查.xlsx 交表/坏.xlsx"


def returns() -> dict[str, bytes]:
    """A bit of everything: verified, to be mended, doubled, of an earlier year, broken."""
    return {
        **{f"{number}.xlsx": returned(f"示例市第{number}局", {"2.2.3": number}) for number in range(5)},
        "核查.xlsx": returned("示例市档案馆", {"1.1.1": "不清楚"}, {"1.1.1": "否"}),
        "两份.xlsx": returned("示例市水务局", {"1.1.1": "否"}),
        "两份（新）.xlsx": returned("示例市水务局"),
        "往年.xlsx": returned("示例市林业局", {}, {}, year=2019),
        "坏.xlsx": b"PK\3\4",
    }


def made(folder: Path, files: dict[str, bytes], command: str, seed: int) -> Iterator[tuple[str, bytes]]:
    """Everything that a command prints and writes; with another ``seed`` the files arrive in another order."""
    (folder / "交表").mkdir(parents=True)
    for name, data in sorted(files.items(), reverse=bool(seed % 2)):
        (folder / "交表" / name).write_bytes(data)
    line = [str(PROGRAM), *{"batch": f"batch 交表 --jobs {seed}", "score": SCORE}[command].split()]
    zone = ("UTC", "Asia/Shanghai")[seed % 2]
    variables = environment(PYTHONHASHSEED=str(seed), SOURCE_DATE_EPOCH="1604188800", TZ=zone)

    def printed(*options: str) -> bytes:
        done = subprocess.run([*line, *options], cwd=folder, env=variables, capture_output=True, check=False)
        return done.stdout

    for name in printed_by(command):
        yield name, printed("--format", name)
    printed(*(part for suffix in written_by(command) for part in ("-o", f"a{suffix}")))
    for path in sorted(folder.glob("a*"), key=os.fspath):
        yield path.name, path.read_bytes()


@pytest.mark.parametrize("command", ["batch", "score"])
def test_the_same_inputs_give_the_same_bytes(command: str, tmp_path: Path) -> None:
    files = returns()
    first, second = (dict(made(tmp_path / str(seed), files, command, seed)) for seed in (1, 2))
    assert all(first.values())
    assert {Path(name).suffix for name in first} >= set(written_by(command))
    assert [name for name in first if first[name] != second[name]] == []
    assert first.keys() == second.keys()
