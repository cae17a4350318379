"""The office's page on installing names the zips that are built and the words that the installers say."""

from __future__ import annotations

import re
import runpy

from install.building import ROOT

PAGE = (ROOT / "docs" / "office" / "install.md").read_text("utf-8")
RELEASING = (ROOT / "docs" / "releasing.md").read_text("utf-8")
MAKER = runpy.run_path(str(ROOT / "install" / "wheelhouse.py"), run_name="wheelhouse")
NAMED = {"RECORD.name": "安装记录.txt", "PROGRAM.name": "程序"}


def said() -> str:
    """Everything that the installers can say, with the names of files where the code has its own for them."""
    text = "".join(
        (ROOT / "install" / name).read_text("utf-8") for name in ("offline.py", "安装.bat", "install.sh", "fits.py")
    )
    for code, name in NAMED.items():
        text = text.replace(f"{{{code}}}", name)
    return re.sub(r"%NEEDED%|\$needed", "3.12", text)


def test_the_page_names_every_platform_and_python() -> None:
    for text in (PAGE, RELEASING):
        named = set(re.findall(r"\b(?:win|linux|macos)_[a-z0-9]+(?:_64)?", text))
        assert named - {"linux_x86"} == set(MAKER["PLATFORMS"])
    versions = re.search(r"Python 3\.(\d+) 至 3\.(\d+) 中的一种", PAGE)
    assert versions is not None
    first, last = map(int, versions.groups())
    assert tuple(f"3.{minor}" for minor in range(first, last + 1)) == MAKER["PYTHONS"]


def test_the_page_lists_every_hindrance_in_the_words_that_are_said() -> None:
    table = PAGE.partition("### 没有装成\n")[2].partition("\n### ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")][1:]
    phrases = [part for row in rows for part in re.sub(r"（.*?）", "", row).strip().split("，")]
    assert [phrase for phrase in phrases if phrase not in said()] == []
    by_the_starters = {"没有找到 wheels 文件夹", "没有找到 64 位的 Python 3.12"}
    assert by_the_starters < set(phrases)
    raised = (ROOT / "install" / "offline.py").read_text("utf-8").count("raise Hindrance(")
    assert len(rows) == raised + len(by_the_starters)
