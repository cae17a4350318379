"""Files and folders without a command: the obvious thing happens, and nobody's file is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from guidance.offices import NAMES, YEAR, done
from jieyue_cli.cli import dropped
from program import Call
from returns import hand_in, returned


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)
    YEAR["handed_in"](tmp_path)


def listed(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_forms_are_scored_as_score_does(call: Call, tmp_path: Path) -> None:
    files = sorted(map(str, (tmp_path / "交 表").iterdir()))
    ran, same = call(*files), call("score", *files)
    assert (ran.code, ran.out) == (same.code, same.out)
    assert ran.err.splitlines()[0] == "相当于：jieyue score " + " ".join(f'"{file}"' for file in files)
    assert listed(tmp_path) == {"交 表", "名录.csv"}


def test_a_folder_is_ranked_with_the_roster_beside_it_and_written_beside_it(call: Call, tmp_path: Path) -> None:
    ran = call(str(tmp_path / "交 表"))
    assert ran.code == 0
    told = [line.replace(str(tmp_path), "…") for line in ran.err.splitlines()]
    assert told[0] == (
        '相当于：jieyue batch "…/交 表" --roster …/名录.csv -o "…/交 表 汇总.xlsx" -o "…/交 表 结果.html"'
    ).replace("/", "/" if sys.platform != "win32" else "\\")
    assert told[1:] == ["已写入 …/交 表 汇总.xlsx", "已写入 …/交 表 结果.html"] or sys.platform == "win32"
    assert "分母，来自名录" in ran.out


def test_an_older_result_stays_and_the_new_one_gets_a_number(call: Call, tmp_path: Path) -> None:
    (tmp_path / "交 表 结果.html").write_text("改过的", encoding="utf-8")
    assert call("交 表").code == 0
    assert call("交 表").code == 0
    assert (tmp_path / "交 表 结果.html").read_text(encoding="utf-8") == "改过的"
    results = {f"交 表 {end}" for number in (2, 3) for end in (f"汇总（{number}）.xlsx", f"结果（{number}）.html")}
    assert listed(tmp_path) == {"交 表", "名录.csv", "交 表 结果.html", *results}


@pytest.mark.skipif(sys.platform == "win32", reason="no folder of Windows has such a name")
@pytest.mark.parametrize("name", ['各县“交”的"表"', "交" * 82])
def test_a_name_that_no_result_can_have_still_gets_results(name: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "交 表").rename(tmp_path / name)
    ran = call(name)
    assert (ran.code, ran.err.splitlines()[-2:]) == (0, ["已写入 全部 汇总.xlsx", "已写入 全部 结果.html"])
    assert listed(tmp_path) == {name, "名录.csv", "全部 汇总.xlsx", "全部 结果.html"}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (
            ["交 表", "--year", "2020"],
            'batch "交 表" --roster 名录.csv -o "交 表 汇总.xlsx" -o "交 表 结果.html" --year 2020',
        ),
        (["交 表", "--agencies", "9", "-o", "甲.csv"], 'batch "交 表" --agencies 9 -o 甲.csv'),
        (["交 表", "--format", "json"], 'batch "交 表" --roster 名录.csv --format json'),
        (["名录.csv", "交 表", "-o甲.csv"], 'batch "交 表" --roster 名录.csv -o甲.csv'),
        (["名录.csv"], "roster check 名录.csv"),
        (["本市.yaml"], "rubric check 本市.yaml"),
        (["台账.jsonl"], "ledger show 台账.jsonl"),
        (["函.docx"], "letter check 函.docx"),
        (["一份.xlsx", "--detail"], "score 一份.xlsx --detail"),
        (['交 表"', "-o", "甲.csv"], 'batch "交 表" --roster 名录.csv -o 甲.csv'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_command_that_was_meant_is_said(line: list[str], meant: str, tmp_path: Path, call: Call) -> None:
    hand_in(tmp_path, "一份")
    done(tmp_path, "rubric", "new", "本市.yaml")
    done(tmp_path, "letter", "template", "公示", "-o", "函.docx")
    record = ("ledger", "record", "台账.jsonl", "交 表", "--roster", "名录.csv", "--year", "2020")
    if line == ["台账.jsonl"]:
        done(tmp_path, *record)
    ran = call(*line)
    assert ran.err.splitlines()[0] == f"相当于：jieyue {meant}"
    assert ran.code == 0


def test_quiet_says_nothing_of_it(call: Call) -> None:
    assert call("交 表", "--quiet").err == ""


def test_of_many_paths_the_first_are_named(call: Call, tmp_path: Path) -> None:
    hand_in(tmp_path / "多", *"甲乙丙丁戊")
    names = [f"多/{name}.xlsx" for name in "甲乙丙丁戊"]
    assert call(*names).err.splitlines()[0] == f"相当于：jieyue score {' '.join(names[:3])} ……（共5个）"


def test_files_of_different_kinds_are_each_told_and_none_is_read(call: Call, tmp_path: Path) -> None:
    done(tmp_path, "letter", "template", "公示", "-o", "函.docx")
    ran = call("交 表", "函.docx", "名录.csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "这些文件不是一类，不能一起处理，请分开：",
        "  交 表　文件夹或压缩包",
        '    jieyue batch "交 表"',
        "  函.docx　函的模板",
        "    jieyue letter check 函.docx",
        "  名录.csv　名录",
        "    jieyue roster check 名录.csv",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(
    "stem", ["$(rm 表)", "`rm`", '某"局', "某\\", "a\nb", "红\x1b[31m", "表\u202eslx", "\udcff", "!x", "100%"]
)
def test_a_path_that_a_shell_would_change_stands_in_no_command(call: Call, stem: str, tmp_path: Path) -> None:
    path = f"{stem}.xlsx" if stem[-1] != "\\" else stem
    hand_in(tmp_path / "另", "甲")
    (tmp_path / "另" / "甲.xlsx").rename(tmp_path / path)
    told = "（名称中有命令行会改动的字符，要先改名才能输入）"
    assert f"    jieyue score {told}" in call(path, "名录.csv", "名录.csv").err.splitlines()
    assert call(path).err.startswith(f"相当于：jieyue score {told}\n")


@pytest.mark.parametrize("path", ["交表.zip", "a\\b", "交表/2020", "C:\\某 局.XLS", "本市.yaml", "x" * 300 + ".xlsx"])
def test_a_path_that_is_not_there_is_said(call: Call, path: str, tmp_path: Path) -> None:
    ran = call(path, "--roster", "r.csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.replace("\n", "").replace(" ", "").endswith("找不到这个文件或文件夹，请核对路径和文件名。")
    assert listed(tmp_path) == {"交 表", "名录.csv"}


def test_a_command_wins_over_a_folder_of_its_name(call: Call, tmp_path: Path) -> None:
    (tmp_path / "batch").mkdir()
    assert call("batch").err == "缺少参数 文件夹|ZIP…。\n用法请看 jieyue batch --help\n"


def test_of_several_rosters_beside_none_is_taken(call: Call, tmp_path: Path) -> None:
    (tmp_path / "名录（旧）.csv").write_bytes((tmp_path / "名录.csv").read_bytes())
    ran = call("交 表")
    assert ran.err.splitlines()[0] == ("旁边有几份名录（名录.csv、名录（旧）.csv），都没有用；请用 --roster 写明一份。")
    assert "--roster" not in ran.err.splitlines()[1]


def test_where_nothing_can_be_written_beside_results_go_elsewhere_or_nowhere(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropped, "_beside", lambda place: place)
    ran = call("交 表")
    assert ran.err.splitlines()[0] == "交 表 旁边不能写文件，结果写到当前文件夹。"
    assert {"交 表 汇总.xlsx", "交 表 结果.html"} < listed(tmp_path)
    monkeypatch.setattr(dropped, "_writable", lambda place: iter([place]))
    ran = call("交 表")
    assert ran.err.splitlines()[0] == "没有可以写文件的文件夹，结果只显示在这里。"
    assert (ran.code, "排名" in ran.out) == (0, True)


def test_a_form_that_cannot_be_read_says_why(call: Call, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(returned(NAMES[0])[:5000])
    ran = call("坏.xlsx")
    assert (ran.code, "已损坏" in ran.out) == (1, True)
