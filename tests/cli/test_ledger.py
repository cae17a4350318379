"""``jieyue ledger``: what a run records, how it is corrected, shown and verified, and what is refused."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jieyue_cli.assessment import Result
from jieyue_cli.batch.run import Run
from jieyue_cli.office.ledger.entry import hash_of
from jieyue_cli.report.office.schema import schema
from program import Call
from report.letters.words import words
from returns import Answers, returned

Draft202012Validator: Any = importlib.import_module("jsonschema").Draft202012Validator  # it ships no types

pytestmark = pytest.mark.slow

A, B, C, D = (f"示例市{name}局" for name in "甲乙丙丁")
POOR: Answers = {"1.1.1": "否", "2.2.3": 0, "2.2.5": "否", "3.2.1": "否", "3.2.2": "否"}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three years of four agencies: 甲 is withdrawn in the third, 乙 fails first, 丁 never hands in."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1604538000")
    (tmp_path / "名录.csv").write_text(f"单位名称,单位类别\n{A},行政机关\n{B},行政机关\n{C},\n{D},\n", encoding="utf-8")
    forms: dict[str, Answers | None] = {f"2020/{A}": {}, f"2020/{B}": POOR, f"2021/{B}": {}, f"2021/{C}": None}
    for place, findings in (forms | {f"2022/{A}": POOR, f"申诉/{A}": {"1.1.1": "否"}}).items():
        folder, _, name = place.partition("/")
        (tmp_path / folder).mkdir(exist_ok=True)
        year = int(folder) if folder.isdigit() else 2022
        (tmp_path / folder / f"{name}.xlsx").write_bytes(returned(name, {}, findings, year=year))
    return tmp_path


def record(call: Call, folder: str, *more: str, year: str = "") -> tuple[int, list[str], str]:
    """Exit code, what was recorded without the hash, and what was said besides."""
    given = ("--roster", "名录.csv", "--year", year or folder, "--jobs", "1", "--quiet")
    ran = call("ledger", "record", "台账.jsonl", folder, *given, *more)
    return ran.code, ran.out.partition("校验码")[0].splitlines(), ran.err


def test_three_years_and_an_appeal(call: Call, office: Path) -> None:
    new = ["已记入台账  第 1 条，2020 年度", "已认定      1 / 4（25.0%），其中本年新认定 1 个"]
    assert record(call, "2020") == (0, new, "")
    assert record(call, "2020") == (0, [], "")
    new = ["已记入台账  第 2 条，2021 年度", "已认定      2 / 4（50.0%），其中本年新认定 1 个"]
    assert record(call, "2021") == (0, new, "")
    code, out, err = record(call, "2022")
    assert (code, out) == (2, [])
    assert f"要撤销“{A}”的认定，没有记入" in err
    new = ["已记入台账  第 3 条，2022 年度", "已认定      1 / 4（25.0%），其中本年新认定 0 个", f"撤销认定    {A}"]
    assert record(call, "2022", "--note", "核查不合格") == (0, new, "")
    corrected = [
        "已记入台账   第 4 条，2022 年度",
        "已认定       2 / 4（50.0%），其中本年新认定 0 个",
        f"更正第 3 条  {A}：撤销认定 → 已认定（自 2020）；核查 77 → 91",
    ]
    assert record(call, "申诉", "--agency", A, "--note", "申诉成立", year="2022") == (0, corrected, "")
    first = (office / "台账.jsonl").read_bytes()
    (office / "台账.jsonl").unlink()
    assert record(call, "2020")[0] == record(call, "2021")[0] == 0
    again = (office / "台账.jsonl").read_bytes()
    assert first.startswith(again)
    (office / "台账.jsonl").write_bytes(first)

    shown, document = call("ledger", "show", "台账.jsonl"), json.loads(call_json(call))
    seen = shown.out
    for number, digest in enumerate([entry["sha256"] for entry in document["entries"]], 1):
        seen = seen.replace(digest, "HASH").replace(digest[:16], f"{number:016}")
    assert seen == SHOWN
    Draft202012Validator(schema("ledger show")).validate(document)
    entries = [json.loads(line) for line in first.splitlines()]
    for row in document["years"]:
        (entry,) = [one for one in entries if one["number"] == row["entry"]]
        states = [one["state"] for one in entry["agencies"]]
        assert (row["agencies"], row["recognised"]) == (len(states), states.count("recognised"))
        assert row["rate"] == float(Fraction(row["recognised"], row["agencies"]))
        assert row["gap"] == max(0, row["required"] - row["recognised"])
    history = json.loads(call("ledger", "show", "台账.jsonl", "--agency", A, "--format", "json").out)["history"]
    assert [(row["year"], row["holds"], row["standing"]["state"]) for row in history] == [
        (2020, True, "recognised"),
        (2021, True, "recognised"),
        (2022, False, "withdrawn"),
        (2022, True, "recognised"),
    ]
    assert call("ledger", "show", "台账.jsonl", "--agency", A, "--format", "csv").out.splitlines()[3] == (
        "2022,3,撤销认定,100,77,已更正；2020 年认定，2022 年核查未达标；核查不合格"
    )
    assert call("ledger", "show", "台账.jsonl", "--agency", "示例市戊局").code == 2

    head = document["entries"][1]["sha256"]
    verified = call("ledger", "verify", "台账.jsonl", "--head", head[:16])
    assert (verified.code, verified.out.splitlines()) == (
        0,
        [
            "条数    4 条，前后相接，没有改动",
            "年度    2020、2021、2022",
            f"校验码  {document['head']}",
            f"核对    {head[:16]} 是第 2 条的校验码，其后又记了 2 条",
        ],
    )
    assert call("ledger", "verify", "台账.jsonl", "--head", "0" * 16).code == 1
    assert call("ledger", "verify", "台账.jsonl", "--head", "xyz").code == 2
    (office / "台账.jsonl").write_bytes(first.replace("申诉成立".encode(), "申诉".encode()))
    assert call("ledger", "verify", "台账.jsonl", "--head", document["head"]).code == 1
    (office / "台账.jsonl").write_bytes(first.replace(b'"year":2020', b'"year":2019'))
    assert call("ledger", "verify", "台账.jsonl").code == 1
    assert record(call, "2022", "--note", "再记")[0] == 2


REFUSED: dict[str, tuple[list[str], str]] = {
    "a folder that is not there": (["没有/台账.jsonl", "2020"], "台账所在的文件夹不存在"),
    "within the forms": (["2020/台账.jsonl", "2020"], "不能把结果写到要读取的文件上，或写进要读取的文件夹里"),
    "a folder": (["2021", "2020"], "这里要的是文件，给出的却是文件夹"),
    "a spreadsheet": ([f"2021/{B}.xlsx", "2020"], "这不是台账"),
    "the roster": (["名录.csv", "2020"], "不能把结果写到要读取的文件上"),
    "nothing to read": (["台账.jsonl", "空"], "没有电子表格文件"),
    "one agency of a year that is not recorded": (
        ["台账.jsonl", "2020", "--agency", A, "--note", "申诉"],
        "台账中没有 2020 年，不能只更正个别单位",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_everything_as_it_was(call: Call, office: Path, arguments: list[str], said: str) -> None:
    (office / "空").mkdir()
    before = {path: path.is_file() and path.read_bytes() for path in office.rglob("*")}
    ran = call("ledger", "record", *arguments, "--roster", "名录.csv", "--year", "2020", "--jobs", "1")
    assert (ran.code, ran.out, said in ran.err.replace("\n    ", "")) == (2, "", True), ran.err
    after = {path: path.is_file() and path.read_bytes() for path in office.rglob("*") if path.suffix != ".lock"}
    assert after == before


@pytest.mark.parametrize(
    ("data", "code", "batch"),
    [(b"", 0, 0), (b'{"agencies":[{"na', 0, 0), (b"PK\x03\x04", 2, 2), (b'{"format":9}\n', 1, 2), (None, 2, 2)],
    ids=["empty", "torn", "no ledger", "no entry", "not there"],
)
def test_how_a_ledger_that_cannot_be_trusted_ends_a_run(
    call: Call, office: Path, data: bytes | None, code: int, batch: int
) -> None:
    if data is not None:
        (office / "台账.jsonl").write_bytes(data)
    assert call("ledger", "verify", "台账.jsonl").code == code
    assert call("ledger", "show", "台账.jsonl").code == batch
    assert call("batch", "2020", "--jobs", "1", "--ledger", "台账.jsonl").code == batch


def test_an_interrupted_run_records_nothing(call: Call, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Run.results

    def interrupted(run: Run, jobs: int) -> Iterator[Result]:
        run.interrupted = True
        return read(run, jobs)

    monkeypatch.setattr(Run, "results", interrupted)
    code, out, err = record(call, "2020")
    assert (code, out, "所以没有记入台账" in err, (office / "台账.jsonl").exists()) == (130, [], True, False)


def test_a_batch_and_its_reports_say_which_ledger_they_rest_on(call: Call, office: Path) -> None:
    record(call, "2020")
    head = hash_of((office / "台账.jsonl").read_bytes().rstrip())
    mark = f"校验码前 16 位：{head[:16]}，共 1 条"
    given = ("2021", "--roster", "名录.csv", "--ledger", "台账.jsonl", "--jobs", "1")
    ran = call("batch", *given, "-o", "全市.xlsx")
    assert (ran.code, f"以前年度的依据，校验码 {head[:16]}，共 1 条\n" in ran.out) == (0, True)
    (row,) = [row for row in load_workbook(office / "全市.xlsx")["说明"].iter_rows() if row[0].value == "台账"]
    assert row[1].value == f"以前年度依据台账，共 1 条，校验码 {head}"
    for kind in ("进度报告", "公示"):
        assert call("letter", kind, *given, "-o", f"{kind}.docx").code == 0
        assert f"以前年度的认定依据台账（{mark}）。" in words((office / f"{kind}.docx").read_bytes())
    assert call("letter", "反馈函", *given, "-o", "函").code == 0
    assert f"和台账（{mark}）。" in words((office / "函" / f"{B}-反馈函.docx").read_bytes())


def test_without_a_roster_a_file_that_cannot_be_read_is_that_of_the_recorded_agency_it_names(
    call: Call, office: Path
) -> None:
    record(call, "2020")
    (office / "今年").mkdir()
    (office / "今年" / f"{A}.xlsx").write_text("不是表格", encoding="utf-8")
    ran = call("batch", "今年", "--ledger", "台账.jsonl", "--year", "2021", "--jobs", "1", "--format", "json")
    standings = json.loads(ran.out)["agencies"]
    assert [(row["name"], row["state"], row["since"], row["files"]) for row in standings] == [
        (A, "recognised", 2020, [f"今年/{A}.xlsx"]),
        (B, "missing", None, []),
    ]


def call_json(call: Call) -> str:
    """The whole ledger for programs."""
    return call("ledger", "show", "台账.jsonl", "--format", "json").out


SHOWN = """
台账
条数    4 条
校验码  HASH

各年进度
已认定含以前年度认定、现在仍有效的；分母是当年的名录。
年度 机关总数 已认定 认定率  目标 应达 还差 新认定 撤销
--------------------------------------------------------------------------------
2020        4      1  25.0% 25.0%    1    0      1    0
2021        4      2  50.0% 50.0%    2    0      1    0
2022        4      2  50.0% 70.0%    3    1      0    0

按级别、类别、批次
年度 分组     名称     机关 已认定 认定率
--------------------------------------------------------------------------------
2020 单位类别 行政机关    2      1  50.0%
2020 单位类别 未填        2      0   0.0%
2021 单位类别 行政机关    3      2  66.7%
2021 单位类别 未填        1      0   0.0%
2022 单位类别 行政机关    3      2  66.7%
2022 单位类别 未填        1      0   0.0%

新认定和撤销
年度 变动   单位名称
--------------------------------------------------------------------------------
2020 新认定 示例市甲局
2021 新认定 示例市乙局

记录
校验码是前 16 位，与函和报告上印的核对。
条 年度 时间             校验码           原因
--------------------------------------------------------------------------------
 1 2020 2020-11-05 09:00 0000000000000001
 2 2021 2020-11-05 09:00 0000000000000002
 3 2022 2020-11-05 09:00 0000000000000003 核查不合格
 4 2022 2020-11-05 09:00 0000000000000004 申诉成立

更正
同一年再记时与上一条不同的单位。
条 年度 单位名称   变化
--------------------------------------------------------------------------------
 4 2022 示例市甲局 撤销认定 → 已认定（自 2020）；核查 77 → 91
"""
