"""How a run ends (docs/contract.md, Programs): 0 read and scored, 1 not all of it, 2 not begun; never a traceback."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from first import first
from jieyue_cli.report.formats import printed_by
from program import Call, run
from returns import hand_in, returned

BROKEN_RUBRIC = "id: x\nid: y\npoints: [1\n"
PRINTED = "、".join(printed_by("score"))
LONG = "单" * 300 + ".xlsx"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with one of everything."""
    (tmp_path / "good.xlsx").write_bytes(returned("示例市财政局"))
    (tmp_path / "poor.xlsx").write_bytes(
        returned("示例市统计局", {"1.1.1": "否", "2.2.3": 0, "2.2.4": "否", "5.1.1": 0})
    )
    (tmp_path / "faulty.xlsx").write_bytes(returned("示例市水务局", {"5.1.1": "若干"}))
    (tmp_path / "nameless.xlsx").write_bytes(returned(None))
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "text.xlsx").write_text("不是表格", "utf-8")
    (tmp_path / "cut.xlsx").write_bytes(returned("示例市财政局")[:5000])
    (tmp_path / "empty folder").mkdir()
    hand_in(tmp_path / "three", "示例市财政局", "示例市统计局", "示例市水务局")
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed" / "good.xlsx").write_bytes(returned("示例市财政局"))
    (tmp_path / "mixed" / "text.xlsx").write_text("不是表格", "utf-8")
    (tmp_path / "double").mkdir()
    for number in (1, 2):
        (tmp_path / "double" / f"{number}.xlsx").write_bytes(returned("示例市财政局", {"5.1.3": number}))
    (tmp_path / "broken.yaml").write_text(BROKEN_RUBRIC, "utf-8")
    (tmp_path / "roster.csv").write_text("单位名称\n示例市财政局\n示例市统计局\n示例市水务局\n", "utf-8")
    (tmp_path / "headless.csv").write_text("示例市财政局\n", "utf-8")
    (tmp_path / "doubled.csv").write_text("单位名称\n示例市财政局\n示例市财政局\n", "utf-8")
    return tmp_path


ENDINGS = [
    # read and scored, passed or not
    ("score good.xlsx", 0, ""),
    ("score poor.xlsx", 0, ""),
    ("score good.xlsx poor.xlsx", 0, ""),
    ("batch three", 0, ""),
    ("batch three --roster roster.csv", 0, ""),
    ("batch three --agencies 3", 0, ""),
    ("rubric show", 0, ""),
    ("rubric explain", 0, ""),
    ("schema", 0, ""),
    ("template", 0, "已写入"),
    ("--version", 0, ""),
    ("--help", 0, ""),
    # at least one input not
    ("score faulty.xlsx", 1, "“若干”不是数量"),
    ("score nameless.xlsx", 1, "没有填写单位名称"),
    ("score good.xlsx text.xlsx", 1, "不是真正的工作簿"),
    ("score missing.xlsx", 1, "找不到"),
    ("score empty.xlsx", 1, "0 字节"),
    ("score cut.xlsx", 1, "已损坏"),
    ("score three", 1, "jieyue batch"),
    (f"score {LONG}", 1, "找不到"),
    ("batch mixed", 1, "不是真正的工作簿"),
    ("batch double", 1, "几份不同的表"),
    ("batch 'empty folder'", 1, "没有电子表格"),
    ("batch missing", 1, "找不到"),
    ("batch three missing", 1, "找不到"),
    (f"batch {LONG}", 1, "找不到"),
    # wrong usage, an invalid rubric or roster: nothing is begun
    ("", 0, ""),
    ("rubric", 2, ""),
    ("scor good.xlsx", 2, "没有 scor 这个命令，是不是想写 score？"),
    ("打分", 2, "没有 打分 这个命令。"),
    ("rubric chek x", 2, "没有 chek 这个命令"),
    ("score", 2, "缺少参数 文件…。"),
    ("batch", 2, "缺少参数 文件夹|ZIP…。"),
    ("rubric check", 2, "缺少参数 文件。"),
    ("rubric check a.yaml b.yaml", 2, "多出了参数 b.yaml。"),
    ("schema x y", 2, "“x y”应为 batch"),
    ("score --detial good.xlsx", 2, "没有 --detial 这个选项，是不是想写 --detail？"),
    ("score -x good.xlsx", 2, "没有 -x 这个选项。"),
    ("--detail", 2, "没有 --detail 这个选项。"),
    ("score good.xlsx --format", 2, "选项 --format 缺少取值。"),
    ("score good.xlsx --detail=1", 2, "选项 --detail 后面不带取值。"),
    ("score good.xlsx --format xml", 2, f"选项 --format 的取值不对：应为 {PRINTED} 之一。"),
    ('score good.xlsx --format "a\'b"', 2, f"选项 --format 的取值不对：应为 {PRINTED} 之一。"),
    ("score good.xlsx --format jsonl", 2, f"应为 {PRINTED} 之一。"),
    ("batch three --jobs 0", 2, "选项 --jobs 的取值不对：不能小于 1。"),
    ("batch three --jobs -1", 2, "选项 --jobs 的取值不对：不能小于 1。"),
    ("batch three --jobs 1000", 2, "选项 --jobs 的取值不对：不能大于 64。"),
    ("batch three --jobs 二", 2, "选项 --jobs 的取值不对：应为整数。"),
    ("batch three --jobs 1.5", 2, "选项 --jobs 的取值不对：应为整数。"),
    ("batch three --year 20", 2, "选项 --year 的取值不对：不能小于 1949。"),
    ("batch three --agencies 0", 2, "选项 --agencies 的取值不对：不能小于 1。"),
    ("batch three --agencies 2", 2, "给定的机关总数 2 少于已交表的 3 个单位"),
    ("batch three --agencies 3 --roster roster.csv", 2, "--roster 和 --agencies 只能给一个。"),
    ("batch three --roster missing.csv", 2, "找不到"),
    ("batch three --roster three", 2, "这是文件夹"),
    ("batch three --roster headless.csv", 2, "找不到“单位名称”列"),
    ("batch three --roster doubled.csv", 2, "重复"),
    ("batch three --roster empty.xlsx", 2, "没有单位"),
    ("score good.xlsx --rubric nosuch", 2, "没有名为“nosuch”的评价标准"),
    ("score good.xlsx --rubric broken.yaml", 2, "broken.yaml"),
    ("score good.xlsx --rubric missing.yaml", 2, "找不到"),
    ("rubric check broken.yaml", 2, "3:"),
    ("rubric check missing.yaml", 2, "找不到"),
    ("rubric check three", 2, "这是一个文件夹"),
    ("rubric show broken.yaml", 2, "broken.yaml"),
    ("rubric explain broken.yaml", 2, "broken.yaml"),
    ("rubric show --format html", 2, "选项 --format 的取值不对：应为 text、markdown 之一。"),
    ("rubric show three", 2, "这是一个文件夹"),
    ("rubric diff standard_2020", 2, "缺少参数 乙。"),
    ("rubric diff standard_2020 broken.yaml", 2, "broken.yaml"),
    ("rubric diff missing.yaml standard_2020", 2, "找不到"),
    ("rubric new", 2, "缺少参数 文件。"),
    ("rubric new new.txt", 2, "请用 .xlsx .yaml 结尾的文件名"),
    ("rubric new broken.yaml", 2, "没有覆盖"),
    ("rubric new three", 2, "请用 .xlsx .yaml 结尾的文件名"),
    ("rubric new new.yaml --extends missing.yaml", 2, "找不到"),
    ("rubric new new.yaml --extends broken.yaml", 2, "broken.yaml"),
    ("rubric new new.yaml --extends nosuch", 2, "没有名为“nosuch”的评价标准"),
    ("rubric new good.xlsx/new.yaml", 2, "给出的却是文件夹（或路径中有同名文件）"),
    ("evidence", 2, "缺少参数 文件夹|ZIP"),
    ("evidence good.xlsx --format markdown", 2, "应为 text、json、csv 之一。"),
    ("evidence good.xlsx -o new.html", 2, ".xlsx"),
    ("evidence good.xlsx -o good.xlsx", 2, "要读取的"),
    ("evidence good.xlsx --roster missing.csv", 2, "找不到"),
    ("evidence missing", 1, "找不到"),
    ("template --roster roster.csv --agency 示例市财政局", 2, "--roster 和 --agency 只能给一个。"),
    ("template --category 公司", 2, "单位类别“公司”不在创建范围内"),
    ("template --year 2019", 2, "早于标准印发的 2020 年"),
    ("verify sheets returns -o out --year 2019", 2, "早于标准印发的 2020 年"),
    ("template -o form.docx", 2, "用 .xlsx 结尾"),
    (f"template -o {LONG}", 2, "太长"),
    ("template -o good.xlsx", 2, "没有覆盖"),
    ("template --roster roster.csv -o good.xlsx", 2, "请给文件夹"),
    ("template --roster missing.csv", 2, "找不到"),
]


@pytest.mark.parametrize(("line", "code", "said"), first(20, ENDINGS), ids=[line[:50] for line, _, _ in ENDINGS])
def test_how_a_run_ends_and_what_it_says(line: str, code: int, said: str, call: Call, office: Path) -> None:
    before = sorted(path.name for path in office.rglob("*"))
    ran = call(*shlex.split(line))
    assert (ran.code, said in ran.err.replace("\n    ", "").replace("\n  ", "")) == (code, True), ran.err
    assert "Traceback" not in ran.err
    if code == 2 and said:  # nothing was begun
        assert ran.out == ""
        assert sorted(path.name for path in office.rglob("*")) == before
    if said.startswith("选项"):
        command = re.match(r"(rubric )?\w+", line)
        assert command
        assert f"用法请看 jieyue {command[0]} --help" in ran.err


def test_a_file_that_looks_like_an_option_can_be_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "--odd.xlsx").write_bytes(returned("示例市财政局"))
    assert call("score", "--", "--odd.xlsx").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("line", first(1, ["score pipe", "batch pipe", "batch three --roster pipe"]))
def test_a_pipe_is_refused_and_never_waited_for(line: str, office: Path) -> None:
    os.mkfifo(office / "pipe")
    ran = run(*line.split(), cwd=office)
    assert ran.code in {1, 2}
    assert "这不是普通文件" in ran.err


def test_the_module_runs_like_the_command(office: Path) -> None:
    module = [sys.executable, "-m", "jieyue_cli"]
    assert run("score", "good.xlsx", cwd=office, program=module) == run("score", "good.xlsx", cwd=office)
