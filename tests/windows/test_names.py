"""A name that some system refuses is refused, or made safe, on every system."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from jieyue_cli.files import output
from jieyue_cli.files.names import alike, unfit, unfit_part
from jieyue_cli.form.blank.naming import file_names
from jieyue_cli.problems import Code
from program import Call
from returns import hand_in, returned

RESERVED = (
    *("CON", "con.xlsx", "CON .xlsx", "PRN", "aux.json", "NUL", "nul.tar.gz", "COM1", "com9.csv", "COM0", "COM¹.xlsx"),
    *("LPT1", "lpt³.md", "CONIN$", "conout$.xlsx"),
)
FINE = (
    *(
        "汇总.xlsx",
        "CONSOLE.xlsx",
        "COM10.xlsx",
        "COM.xlsx",
        "自评表：1.xlsx",
        "第1季度 (2).xlsx",
        ".隐藏",
        "con-表.xlsx",
    ),
    *("“回头看”.xlsx", "con-表.xlsx", "示例市[2020].xlsx", "单" * 83 + ".xlsx", "x" * 250 + ".xlsx"),
)


@pytest.mark.parametrize("name", RESERVED)
def test_the_names_of_devices_are_told(name: str) -> None:
    assert unfit(name) == f"“{name}”是 Windows 留给设备的名字"


@pytest.mark.parametrize("name", FINE)
def test_what_every_system_takes_is_taken(name: str) -> None:
    assert unfit(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("自评表:1.xlsx", "Windows 的文件名里不能有“:”"),
        ("a?b.xlsx", "Windows 的文件名里不能有“?”"),
        ("a\\b.xlsx", "Windows 的文件名里不能有“\\”"),
        ('"a".xlsx', 'Windows 的文件名里不能有“"”'),
        ("a\tb.xlsx", "里面有看不见的控制字符"),
        ("汇总.xlsx ", "Windows 的文件名不能以空格或点结尾"),
        ("汇总.", "Windows 的文件名不能以空格或点结尾"),
        ("单" * 84 + ".xlsx", "太长，汉字最多约 80 个"),
        ("x" * 251 + ".xlsx", "太长，汉字最多约 80 个"),
    ],
)
def test_what_some_system_refuses_is_told(name: str, why: str) -> None:
    assert unfit(name) == why


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (PureWindowsPath(r"C:\交表\汇总.xlsx"), None),
        (PureWindowsPath(r"\\server\share\汇总.xlsx"), None),
        (PureWindowsPath("//server/share/汇总.xlsx"), None),
        (PureWindowsPath(r"\\?\C:\很深\汇总.xlsx"), None),
        (PureWindowsPath("..") / "汇总.xlsx", None),
        (PureWindowsPath(".."), None),
        (PureWindowsPath("C:汇总.xlsx"), "盘符后面要写“\\”，如 C:\\汇总.xlsx"),
        (PureWindowsPath(r"D:\自评表:1.xlsx"), "Windows 的文件名里不能有“:”"),
        (PureWindowsPath(r"D:\交表\CON.xlsx"), "“CON.xlsx”是 Windows 留给设备的名字"),
        (PureWindowsPath(r"\\.\COM1"), "这是 Windows 的设备，不是文件"),
        (PurePosixPath("/交表/汇总.xlsx"), None),
        (PurePosixPath("C:汇总.xlsx"), "Windows 的文件名里不能有“:”"),
    ],
)
def test_the_last_part_of_a_path_of_either_kind(path: PurePath, why: str | None) -> None:
    assert unfit_part(path) == why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A.xlsx", "a.XLSX", True),
        ("Ａ.xlsx", "ａ.xlsx", True),
        ("é.xlsx", "e\u0301.xlsx", True),
        ("示例局.xlsx", "示例局.xlsx", True),
        ("A.xlsx", "Ａ.xlsx", False),
        ("示例局.xlsx", "示例居.xlsx", False),
    ],
)
def test_names_are_compared_as_the_least_particular_system_does(one: str, other: str, *, same: bool) -> None:
    assert (alike(one) == alike(other)) is same


@pytest.mark.parametrize(
    "target", ["CON.xlsx", "自评表:1.xlsx", "nul/汇总.xlsx", "新的 /汇总.xlsx", "新的./a/汇总.xlsx"]
)
def test_an_output_has_a_name_that_can_be_copied_to_every_system(target: str, call: Call) -> None:
    for command in (["template", "-o", target], ["score", "表.xlsx", "-o", target]):
        Path("表.xlsx").write_bytes(returned("示例市财政局"))
        ran = call(*command)
        assert (ran.code, "不能用这个名字" in ran.err) == (2, True)
        assert [path.name for path in Path.cwd().iterdir()] == ["表.xlsx"]


def test_a_folder_that_is_there_may_be_called_anything(tmp_path: Path) -> None:
    (tmp_path / "con").mkdir()
    assert output.check(tmp_path / "con" / "汇总.xlsx") is None
    assert output.check(tmp_path / "nul" / "汇总.xlsx") is not None


def test_an_input_may_be_called_anything(call: Call) -> None:
    names = ["con.xlsx", "自评表:1.xlsx", "尾 .xlsx", "COM¹.xlsx"]
    for number, name in enumerate(names):
        Path(name).write_bytes(returned(f"示例市第{number}局"))
    ran = call("score", *names)
    assert (ran.code, ran.out.count("达标　自评 100 分")) == (0, 4)


def test_what_is_made_of_hostile_names_is_safe(call: Call) -> None:
    Path("交表").mkdir()
    for name in ("con", "自评表:1"):
        Path(f"交表/{name}.xlsx").write_bytes(returned(name))
    assert call("feedback", "交表", "-o", "反馈").code == 0
    made = sorted(path.name for path in Path("反馈").iterdir())
    assert made == ["_con-核查反馈.xlsx", "自评表_1-核查反馈.xlsx"]


def test_long_and_like_names_stay_apart_and_short_enough() -> None:
    names = [
        "单" * 200,
        "单" * 199 + "位",
        "𠮷" * 200,
        "A" * 200,
        "a" * 200,
        "CONIN$",
        "示例局.",
        "示例局 ",
        "é",
        "e\u0301",
    ]
    made = list(file_names(names, "-核查反馈.xlsx"))
    assert len({alike(name) for name in made}) == len(names)
    assert [name for name in made if unfit(name) or len(name.encode()) > 255] == []


@pytest.mark.parametrize("second", ["甲.JSON", "./甲.json", "e\u0301.json"])
def test_two_outputs_that_are_one_file_somewhere_are_refused_everywhere(second: str, call: Call) -> None:
    first = "é.json" if second.startswith("e") else "甲.json"
    hand_in(Path("交表"), "示例市财政局")
    ran = call("batch", "交表", "-o", first, "-o", second)
    assert (ran.code, "用 -o 写了两次" in ran.err) == (2, True)


def test_codes_of_outputs(tmp_path: Path) -> None:
    for name, code in {"a.json": None, "CON.json": Code.OUTPUT_NAME, "\udcff.json": Code.OUTPUT_LOCALE}.items():
        problem = output.check(tmp_path / name)
        assert (problem.code if problem else None) is code
