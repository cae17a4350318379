"""The same year gives the same bytes: every command of the office, in any process, whatever order files arrive in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jieyue_cli.report.formats import OFFICE, written_by
from program import environment
from returns import Answers, returned

pytestmark = pytest.mark.slow
POOR: Answers = {"1.1.1": "否", "2.2.3": 0, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否"}
ROSTER = """单位名称,单位类别,级别,合署,垂管/不参评原因,实施方案报送日期
示例市水务局,行政机关,市级,,,2020-08-01
示例市财政局,行政机关,市级,,,2020-09-01
示例市教育局,行政机关,市级,示例市司法局,,
示例市司法局,行政机关,市级,,,
示例市总工会,人民团体（工会、共青团、妇联等）,市级,,,
示例市气象局,行政机关,市级,,垂管,
"""
FORMS = {
    "2020/示例市水务局/表.xlsx": returned("示例市水务局", {}, {"2.1.1": "否"}),
    "2020/示例市财政局/表.xlsx": returned("示例市财政局", {}, POOR),
    "2020/坏.xlsx": b"PK\3\4",
    "2021/示例市水务局/表.xlsx": returned("示例市水务局", {}, POOR, year=2021),
    "2021/示例市财政局/表.xlsx": returned("示例市财政局", {"5.1.3": 1}, year=2021),
    "2021/示例市教育局/表.xlsx": returned(
        "示例市教育局", {"1.1.1": "否", **dict.fromkeys(("2.2.5", "4.3.1"))}, year=2021
    ),
    "2021/示例市总工会/表.xlsx": returned(
        "示例市总工会", {"1.1.1": "否", **dict.fromkeys(("2.2.5", "4.3.1"))}, year=2021
    ),
    **{
        f"2021/{name}/佐证材料/{file}": file.encode()
        for name in ("示例市教育局", "示例市总工会")
        for file in (
            "2.1.1 机构.txt",
            "3.1.1 台账2019年.pdf",
            "名单.txt",
        )
    },
}
OFFICE_FILES = ("--roster", "名录.csv", "--ledger", "台账.jsonl")
CALLS = {
    "roster new": ("空白.xlsx",),
    "roster check": ("名录.csv",),
    "evidence": ("2020", "2021", "--roster", "名录.csv"),
    "ledger record": ("台账.jsonl", "2020", "--roster", "名录.csv", "--year", "2020"),
    "verify plan": ("2021", *OFFICE_FILES, "--seed", "种子", "--number", "1"),
    "verify sheets": ("2021", "--plan", "verify plan.json", "-o", "核查表"),
    "batch": ("2021", "核查表", *OFFICE_FILES),
    "plan": ("2021", *OFFICE_FILES),
    "letter 进度报告": ("2021", *OFFICE_FILES, "-o", "进度报告.docx"),
    "ledger record again": ("台账.jsonl", "2021", "--roster", "名录.csv", "--year", "2021", "--note", "回头看"),
    "ledger show": ("台账.jsonl",),
    "ledger verify": ("台账.jsonl",),
    "compare": ("2020", "2021", "--roster", "名录.csv"),
    "compare years": ("2020", "2021", "--ledger", "台账.jsonl"),
    "compare files": ("2020/示例市水务局/表.xlsx", "2021/示例市水务局/表.xlsx"),
    "demo": ("城市",),
}
"""In order; what is written goes by the first words of the command."""
RUN = "import json, sys; from jieyue_cli.cli.app import run; print([run(call) for call in json.load(sys.stdin)])"
_WITHOUT_JOBS = {"roster new", "roster check", "ledger show", "ledger verify", "compare years", "compare files", "demo"}


def calls(jobs: int) -> list[list[str]]:
    """Each command in full, with every format it can write."""
    made = []
    for name, arguments in CALLS.items():
        words = [word for word in name.split() if word not in {"again", "years", "files"}]
        suffixes = written_by(" ".join(words)) if words[0] == "batch" or " ".join(words) in OFFICE else []
        outputs = [part for suffix in suffixes for part in ("-o", f"{name}{suffix}")]
        made.append([*words, *arguments, *outputs, *([] if name in _WITHOUT_JOBS else ["--jobs", str(jobs)])])
    return made


def year(folder: Path, seed: int) -> dict[str, bytes]:
    """All that the commands print and write; with another ``seed`` the files arrive in another order."""
    for name, data in sorted(FORMS.items(), reverse=bool(seed % 2)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "名录.csv").write_text(ROSTER, encoding="utf-8")
    zone = ("UTC", "Asia/Shanghai")[seed % 2]
    variables = environment(PYTHONHASHSEED=str(seed), SOURCE_DATE_EPOCH="1636419600", TZ=zone)
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=folder,
        env=variables,
        input=json.dumps(calls(seed)).encode(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    made = {"stdout": done.stdout, "stderr": done.stderr}
    for path in sorted(folder.rglob("*"), key=os.fspath):
        if path.is_file():
            made[path.relative_to(folder).as_posix()] = path.read_bytes()
    return made


def test_the_same_year_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (year(tmp_path / str(seed), seed) for seed in (1, 2))
    codes = json.loads(first["stdout"].splitlines()[-1])
    assert dict(zip(CALLS, codes, strict=True)) == dict.fromkeys(CALLS, 0) | {
        "evidence": 1,
        "ledger record": 1,
        "compare": 1,  # of the broken file
    }
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
