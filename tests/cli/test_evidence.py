"""``jieyue evidence``: whole outputs over small trees, hostile names, and the same answer in any order."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jieyue_cli.files.digest import Digester
from jieyue_cli.files.source import Source
from program import Call, run
from published import ORDER
from returns import returned

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
NOTHING: dict[str, str | None] = dict.fromkeys(ORDER)
FINANCE, EDUCATION, STATISTICS = "示例市财政局", "示例市教育局", "示例市统计局"
ROSTER = f"单位名称,简称\n{FINANCE},市财局\n{EDUCATION},\n{STATISTICS},\n"


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def report(call: Call, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(call("evidence", *arguments, "--format", "json").out)
    return document


def owners(document: dict[str, Any]) -> dict[str, str | None]:
    return {row["file"]: row["agency"] for row in document["files"]}


def codes(document: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(row["code"], row["file"], row["criterion"]) for row in document["problems"]]


CITED = {
    **dict.fromkeys(ORDER, "见附件"),
    "1.1.1": "能耗公示.pdf",
    "2.1.1": None,
    "2.1.2": "《职责通知》（市办〔2020〕42号）",
    "2.1.3": "无",
    "2.2.1": "方案.docx、纪要.pdf",
    "2.2.3": r"..\..\密.pdf",
    "2.2.4": "/",
    "2.2.6": "2019年台账",
    "5.2.2": None,
}
TREE = {
    f"{FINANCE}/自评表.xlsx": returned(FINANCE, {"5.2.2": 0}, cited=CITED),
    f"{FINANCE}/自评报告.docx": b"report",
    f"{FINANCE}/方案.pdf": b"plan",
    f"{FINANCE}/佐证/2.1.1 组织机构.pdf": b"same",
    f"{FINANCE}/佐证/会议20190305.jpg": b"",
    f"{EDUCATION}.xlsx": returned(EDUCATION),
    f"佐证/{EDUCATION}/2-1-1.pdf": b"same",
    f"佐证/{EDUCATION}/4.1.1、4.1.2.pdf": b"both",
    "佐证/其他/照片.jpg": b"photo",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    put(tmp_path / "交表", TREE)
    put(tmp_path, {"名录.csv": ROSTER.encode()})
    return tmp_path


OUT = """
佐证材料核对
统计年度  2020
自评表    2 份计入
文件      7 个，共 0.1 MB；看不出是哪个机关的 0 个
无佐证    1 个机关，共 3 条得分
自评达标  2 个；去掉无佐证的得分，仍达标的 2 个

机关
条目：自评得分的，有佐证的有文件或引用，无佐证的两样都没有；缺文件：引用了却没有
的；文号：没有附件的；去掉后：无佐证的条目不计分时的总分。
机关         条目 有佐证 无佐证 缺文件 文号 文件 未引用 自评 去掉后 结论
--------------------------------------------------------------------------------
示例市财政局   41     38      3      2    1    4      2   96     87 仍达标
示例市教育局   42     42      0      0    0    3      3  100    100 仍达标
"""

ERR = r"""提醒 6 个
- 示例市财政局/自评表.xlsx：“示例市财政局”有 3 条得分既没有佐证文件也没有引用
  （2.1.3、2.2.3、2.2.4），去掉后 87 分（自评 96 分），仍达标，请让单位补交。
- 示例市财政局/自评表.xlsx（2 处），例如 （1.1.1）：佐证材料写了“能耗公示.pdf”，
  交来的文件中没有，请让单位补交或更正文件名。
- 示例市财政局/自评表.xlsx （2.2.3）：“..\..\密.pdf”指向交来的文件夹之外，没有去
  找，也没有算作佐证材料，请把文件放进文件夹，只写文件名。
- 佐证/示例市教育局/2-1-1.pdf：“示例市教育局”、“示例市财政局”交了内容完全相同的
  文件（2-1-1.pdf、2.1.1 组织机构.pdf），请核对是不是借用；上级统一印发的文件不
  用改。
- 示例市财政局/佐证/会议20190305.jpg：文件是空的（0 字节），没有算作佐证材料，请
  让单位重新发送。
说明 7 个
- 示例市财政局/自评表.xlsx 自评打分表：有 37 条填了“是”，其中 1 条的“佐证材料”空
  着（2.1.1），请让单位补上。
- 示例市财政局/自评表.xlsx、示例市财政局/佐证/会议20190305.jpg，例如 （2.2.6）：
  “2019年台账”写的时间不在 2020 年（上年 11 月至次年 1 月也算），请核对是不是往
  年的材料；仍然有效的制度不用改。
- 示例市财政局/自评表.xlsx：“示例市财政局”引用了 1 个文号，没有附件，核查时请查
  看原件。
- 示例市财政局/自评表.xlsx、示例市教育局.xlsx，例如第一个：“示例市财政局”的 2 个
  文件表中没有引用（2.1.1 组织机构.pdf、会议20190305.jpg），其中 1 个看不出是哪
  一条的，请写进“佐证材料”。
- 佐证/示例市教育局/4.1.1、4.1.2.pdf：“示例市教育局”的同一个文件用作 2 条的佐证
  材料（4.1.1、4.1.2），请核对是否每一条都能证明。
"""


def test_a_tree_is_reported_to_a_person(call: Call, office: Path) -> None:
    ran = call("evidence", "交表", "--roster", "名录.csv")
    assert (ran.code, ran.out) == (0, OUT)
    assert ran.err == ERR


def test_the_same_stands_in_every_format(call: Call, office: Path) -> None:
    files = [office / f"佐证.{suffix}" for suffix in ("json", "csv", "xlsx")]
    outputs = [word for file in files for word in ("-o", file)]
    assert call("evidence", "交表", "--roster", "名录.csv", *outputs).out == OUT
    document = json.loads(files[0].read_text("utf-8"))
    jsonschema.validate(document, json.loads(call("schema", "evidence").out))
    assert document == report(call, "交表", "--roster", "名录.csv")
    csv = call("evidence", "交表", "--roster", "名录.csv", "--format", "csv")
    assert csv.stdout == files[1].read_bytes()
    assert [line.partition(",")[0] for line in csv.out.splitlines()[1:]] == [
        row["name"] for row in document["agencies"]
    ]
    book = openpyxl.load_workbook(files[2])
    assert book.sheetnames == ["概况", "机关", "无佐证的条目", "文件", "发现"]
    below = {sheet.title: list(sheet.iter_rows(min_row=3, values_only=True)) for sheet in book}
    assert [row[0] for row in below["文件"][-7:]] == [row["file"] for row in document["files"]]
    assert [row[3] for row in below["发现"]][-len(document["problems"]) :] == [
        row["message"] for row in document["problems"]
    ]


def test_figures_reconcile(call: Call, office: Path) -> None:
    document = report(call, "交表", "--roster", "名录.csv")
    scores = {row["file"]: row for row in json.loads(call("batch", "交表", "--format", "json").out)["results"]}
    for agency in document["agencies"]:
        own = scores[agency["file"]]["self"]
        lines = [line for part in own["units"] for item in part["items"] for line in item["criteria"]]
        assert agency["claimed"] == [line["id"] for line in lines if line["score"]]
        assert agency["self"]["total"] == own["total"]
        lost = sum(line["score"] for line in lines if line["id"] in agency["lacking"])
        assert agency["without"]["total"] == own["total"] - lost  # in this standard every line is on its own
        files = [row for row in document["files"] if row["agency"] == agency["name"]]
        assert agency["files"] == len(files)
        assert agency["uncited"] == [row["file"] for row in files if not row["cited"] and not row["form"]]


def test_what_is_found_in_the_tree(call: Call, office: Path) -> None:
    form = f"交表/{FINANCE}/自评表.xlsx"
    document = report(call, "交表", "--roster", "名录.csv")
    assert codes(document) == [
        ("evidence-lacking", form, None),
        ("evidence-not-found", form, "1.1.1"),
        ("evidence-not-found", form, "2.2.1"),
        ("evidence-outside", form, "2.2.3"),
        ("evidence-shared", f"交表/佐证/{EDUCATION}/2-1-1.pdf", None),
        ("evidence-empty", f"交表/{FINANCE}/佐证/会议20190305.jpg", None),
        ("evidence-other-year", form, "2.2.6"),
        ("evidence-documents", form, None),
        ("evidence-uncited", form, None),
        ("evidence-uncited", f"交表/{EDUCATION}.xlsx", None),
        ("evidence-reused", f"交表/佐证/{EDUCATION}/4.1.1、4.1.2.pdf", None),
        ("evidence-other-year", f"交表/{FINANCE}/佐证/会议20190305.jpg", None),
    ]
    assert document["agencies"][0]["lacking"] == ["2.1.3", "2.2.3", "2.2.4"]
    assert [(row["agencies"], len(row["files"])) for row in document["shared"]] == [([EDUCATION, FINANCE], 2)]
    assert [(row["agencies"], row["criteria"]) for row in document["reused"]] == [([EDUCATION], ["4.1.1", "4.1.2"])]


def test_whose_a_file_is(call: Call, tmp_path: Path) -> None:
    form = returned(FINANCE)
    put(tmp_path, {"名录.csv": ROSTER.encode(), "交表/a/表.xlsx": form, "交表/b/表.xlsx": returned(EDUCATION)})
    put(tmp_path, {"交表/两/甲.xlsx": returned(STATISTICS), "交表/两/乙.xlsx": returned("示例市审计局")})
    expected = {
        f"交表/a/{EDUCATION}.pdf": EDUCATION,
        "交表/a/市财局盖章.pdf": FINANCE,
        "交表/a/深/处/照片.jpg": FINANCE,
        f"交表/b/{STATISTICS}/转发{FINANCE}文件.pdf": STATISTICS,
        "交表/b/照片.jpg": EDUCATION,
        "交表/两/照片.jpg": None,
        "交表/照片.jpg": None,
    }
    put(tmp_path, dict.fromkeys(expected, b"x"))
    assert owners(report(call, "交表", "--roster", "名录.csv")) == dict(sorted(expected.items()))


def test_evidence_of_an_earlier_year_is_none_for_this_year(call: Call, tmp_path: Path) -> None:
    for year in (2020, 2021):
        put(tmp_path / str(year), {f"{FINANCE}/表.xlsx": returned(FINANCE, year=year, cited=NOTHING)})
    put(tmp_path, {f"2020/{FINANCE}/1.1.1.pdf": b"x", f"2021/{FINANCE}/2.1.1.pdf": b"x"})
    document = report(call, "2020", "2021")
    assert [(row["file"], row["year"]) for row in document["files"]] == [
        (f"2020/{FINANCE}/1.1.1.pdf", 2020),
        (f"2021/{FINANCE}/2.1.1.pdf", 2021),
    ]
    (agency,) = document["agencies"]
    assert [line for line in agency["claimed"] if line not in agency["lacking"]] == ["2.1.1"]
    (earlier,) = report(call, "2020", "2021", "--year", "2020")["agencies"]
    assert [line for line in earlier["claimed"] if line not in earlier["lacking"]] == ["1.1.1"]


def test_a_report_may_be_cited_everywhere(call: Call, tmp_path: Path) -> None:
    form = returned(FINANCE, cited={"2.1.1": "自评报告.pdf", "2.1.2": "自评报告.pdf、合同.pdf", "2.2.4": "合同.pdf"})
    put(tmp_path, {"交表/表.xlsx": form, "交表/自评报告.pdf": b"x", "交表/合同.pdf": b"y"})
    assert [row["files"] for row in report(call, "交表")["reused"]] == [["交表/合同.pdf"]]


def test_agencies_of_one_office_share_their_evidence(call: Call, tmp_path: Path) -> None:
    put(tmp_path, {"名录.csv": f"单位名称,合署\n{FINANCE},{EDUCATION}\n{EDUCATION},\n".encode()})
    put(tmp_path, {"交表/表.xlsx": returned(FINANCE, cited=NOTHING), f"交表/{EDUCATION}/2.1.1.pdf": b"x"})
    document = report(call, "交表", "--roster", "名录.csv")
    assert [(row["name"], row["files"]) for row in document["agencies"]] == [(FINANCE, 1)]
    assert owners(document) == {f"交表/{EDUCATION}/2.1.1.pdf": FINANCE}


def test_members_of_archives_are_evidence_and_none_leaves_its_archive(call: Call, tmp_path: Path) -> None:
    members = {
        "表.xlsx": returned(FINANCE, cited={**NOTHING, "2.1.1": "制度.pdf"}),
        "附件/制度.pdf": b"1",
        "附件/2.1.3.rar": b"2",
        "../出去.pdf": b"3",
        "/etc/出去.pdf": b"4",
        "C:\\出去.pdf": b"5",
        "附件/CON": b"6",
        f"附件/{'长' * 300}.jpg": b"7",
        "附件/a\x1b[31m\u202e.jpg": b"8",
    }
    put(tmp_path, {"交表/a.zip": zipped(members), "交表/佐证/b.zip": zipped({"2.1.1.pdf": b"1"})})
    ran = call("evidence", "交表", "--format", "json")
    document = json.loads(ran.out)
    assert [row["file"] for row in document["files"]] == [
        "交表/a.zip/附件/2.1.3.rar",
        "交表/a.zip/附件/CON",
        "交表/a.zip/附件/a\x1b[31m\u202e.jpg",
        "交表/a.zip/附件/制度.pdf",
        f"交表/a.zip/附件/{'长' * 300}.jpg",
        "交表/佐证/b.zip/2.1.1.pdf",
    ]
    assert [file for code, file, _ in codes(document) if code == "evidence-outside"] == [
        "交表/a.zip/../出去.pdf",
        "交表/a.zip//etc/出去.pdf",
        "交表/a.zip/C:/出去.pdf",
    ]
    assert not {"\x1b", "\u202e"} & set(ran.out + ran.err)
    assert [row["cited"] for row in document["files"]] == [False, False, False, True, False, False]
    shown = call("evidence", "交表", "-o", "佐证.xlsx", "-o", "佐证.csv")
    assert (shown.code, "\x1b" in shown.out + shown.err) == (0, False)


@POSIX
def test_links_and_names_that_are_no_text(call: Call, tmp_path: Path) -> None:
    put(tmp_path, {"外/密.pdf": b"secret", "外/表.xlsx": returned(EDUCATION), "交表/表.xlsx": returned(FINANCE)})
    put(tmp_path, {"交表/2.1.1/x.pdf": b"x"})
    (tmp_path / "交表/2.1.1/环").symlink_to(tmp_path / "交表")
    (tmp_path / "交表/密.pdf").symlink_to(tmp_path / "外/密.pdf")
    (tmp_path / "交表/教育.xlsx").symlink_to(tmp_path / "外/表.xlsx")
    (tmp_path / "交表/无").symlink_to(tmp_path / "无处")
    (tmp_path / "交表/己").symlink_to(tmp_path / "交表/己")
    os.mkfifo(tmp_path / "交表/管道")
    (tmp_path / os.fsdecode("交表/".encode() + b"2.1.3\xff\x01.pdf")).write_bytes(b"y")
    ran = call("evidence", "交表", "--format", "json", "-o", "a.json", "-o", "a.csv", "-o", "a.xlsx")
    assert ran.code == 0
    document = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [(row["file"], row["criteria"]) for row in document["files"]] == [
        ("交表/2.1.1/x.pdf", ["2.1.1"]),
        ("交表/2.1.3?\x01.pdf", ["2.1.3"]),
    ]
    assert [row["name"] for row in document["agencies"]] == [FINANCE]
    assert ran.err.count("这是指向别处的链接") == 1
    assert "等 5 个文件" in ran.err


def test_a_citation_is_never_looked_up_on_the_disk(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"密.pdf": b"secret"})
    cited = {"2.1.1": "../密.pdf", "2.1.3": str(tmp_path / "密.pdf"), "2.2.1": "交表/../../密.pdf"}
    put(tmp_path, {"交表/表.xlsx": returned(FINANCE, cited={**NOTHING, **cited}), "交表/x.pdf": b"x"})
    digested = []
    real = Digester.digest

    def watched(self: Digester, source: Source) -> Any:
        digested.append(source.name)
        return real(self, source)

    monkeypatch.setattr(Digester, "digest", watched)
    document = report(call, "交表")
    assert digested == ["交表/x.pdf"]
    assert [row["criterion"] for row in document["problems"] if row["code"] == "evidence-outside"] == list(cited)
    assert set(cited) <= set(document["agencies"][0]["lacking"])


def test_nothing_evidence_only_and_forms_only(call: Call, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    ran = call("evidence", "空")
    assert (ran.code, ran.err) == (1, "错误 1 个\n- 这里没有电子表格文件，请核对文件夹。\n")
    (tmp_path / "报告.json").write_text("以前的")
    ran = call("evidence", "空", "-o", "报告.json")
    assert (ran.code, (tmp_path / "报告.json").read_text()) == (2, "以前的")
    assert call("evidence", "没有的").code == 1
    put(tmp_path, {"佐证/2.1.1.pdf": b"x"})
    ran = call("evidence", "佐证")
    assert ran.code == 1
    assert "自评表    0 份计入\n文件      1 个，共 0.1 MB；看不出是哪个机关的 1 个\n" in ran.out
    assert "这里没有电子表格文件" in ran.err
    assert "有 1 个文件看不出是哪个机关的（2.1.1.pdf）" in ran.err
    put(tmp_path, {"交表/表.xlsx": returned(FINANCE)})
    ran = call("evidence", "交表")
    assert ran.code == 0
    assert "除自评表外没有别的文件" in ran.err


def test_a_form_that_cannot_be_read_is_told_as_batch_tells_it(call: Call, office: Path) -> None:
    put(office, {"交表/坏.xlsx": returned(STATISTICS)[:5000]})
    for command in ("batch", "evidence"):
        ran = call(command, "交表")
        assert (ran.code, "文件已损坏" in ran.err) == (1, True)


@pytest.mark.slow
def test_order_and_jobs_change_nothing(call: Call, office: Path) -> None:
    entries = [(f"交表/{name}", data) for name, data in TREE.items()]
    put(office / "另", dict(reversed(entries)))
    outs = set()
    for folder, jobs in ((office, "1"), (office / "另", "2")):
        os.chdir(folder)
        outs |= {call("evidence", "交表", "--jobs", jobs, "--format", how).stdout for how in ("json",)}
        outs |= {call("evidence", "交表/佐证", "交表", "--jobs", jobs, "--format", "json").stdout}
    assert len(outs) == 1


def test_ctrl_c_while_files_are_compared_reports_nothing(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Digester.digest

    def interrupted(self: Digester, source: Source) -> Any:
        signal.raise_signal(signal.SIGINT)
        return real(self, source)

    monkeypatch.setattr(Digester, "digest", interrupted)
    ran = call("evidence", "交表", "-o", "佐证.json")
    assert (ran.code, ran.out, "没有核对佐证材料" in ran.err) == (130, "", True)
    assert not (office / "佐证.json").exists()


@pytest.mark.long
def test_a_hundred_thousand_files(tmp_path: Path) -> None:
    names = [f"示例市第{number:02}局" for number in range(100)]
    put(tmp_path, {f"交表/{name}/表.xlsx": returned(name) for name in names})
    put(
        tmp_path,
        {f"交表/{name}/2.2.{n % 10 + 1}/{n}.pdf": f"{name}{n}".encode() for name in names for n in range(1000)},
    )
    began = time.monotonic()
    ran = run("evidence", "交表", "--format", "json", cwd=tmp_path)
    took = time.monotonic() - began
    document = json.loads(ran.out)
    assert (ran.code, len(document["files"]), len(document["agencies"])) == (0, 100_000, 100)
    assert took < 50, took


def test_a_report_that_is_cited_for_everything_takes_one_line_of_the_workbook(call: Call, tmp_path: Path) -> None:
    form = returned(FINANCE, cited=dict.fromkeys(ORDER, "自评报告.pdf"))
    put(tmp_path, {"交表/表.xlsx": form, "交表/自评报告.pdf": b"x"})
    call("evidence", str(tmp_path / "交表"), "-o", str(tmp_path / "佐证.xlsx"))
    (*_, row) = openpyxl.load_workbook(tmp_path / "佐证.xlsx")["文件"].iter_rows(values_only=True)
    assert row[2:4] == ("1.1.1、2.1.1、2.1.2、2.1.3、2.1.4、2.2.1 等 42 条", "表或报告")
    (told,) = report(call, str(tmp_path / "交表"))["files"]
    assert told["criteria"] == [*ORDER]
