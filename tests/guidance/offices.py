"""Folders of an invented office, as they lie there at each step of its year."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path

from jieyue_cli.cli.app import run
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.source import find
from jieyue_cli.submission import Completion
from returns import hand_in, returned

NAMES = ("示例市财政局", "示例市统计局", "示例市教育局")
DONE: Mapping[Field, str | int] = {
    Field.COMPLETION: Completion.BLANK_AS_CLAIMED.value,
    Field.CHECKED_BY: "示例员",
    Field.CHECKED_ON: 44140,
}
"""What the office writes above the table of a form that it has checked."""

Make = Callable[[Path], None]


def done(folder: Path, *arguments: str) -> None:
    """Run the program there."""
    with chdir(folder):
        assert run([*arguments]) == 0


def nothing(folder: Path) -> None:
    """An empty folder."""


def roster(folder: Path) -> None:
    rows = "".join(f"{name},行政机关\n" for name in NAMES)
    (folder / "名录.csv").write_text(f"单位名称,单位类别\n{rows}", encoding="utf-8-sig")


def unfilled(folder: Path) -> None:
    """The blank roster, as ``roster new`` makes it."""
    done(folder, "roster", "new", "名录.xlsx")


def blank(folder: Path) -> None:
    roster(folder)
    standard, _ = find(DEFAULT)
    assert standard
    (folder / "2020年空表").mkdir()
    for name in NAMES:
        (folder / "2020年空表" / f"{name}.xlsx").write_bytes(blank_form(standard))


def handed_in(folder: Path) -> None:
    roster(folder)
    hand_in(folder / "交 表", *NAMES)


def archived(folder: Path) -> None:
    """The forms in a zip, and no roster."""
    with zipfile.ZipFile(folder / "交表.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(f"{name}/{name}.xlsx", returned(name))


def planned(folder: Path) -> None:
    handed_in(folder)
    done(folder, "verify", "plan", "交 表", "--roster", "名录.csv", "--seed", "甲", "-o", "核查计划.xlsx")


def to_check(folder: Path) -> None:
    handed_in(folder)
    done(folder, "verify", "sheets", "交 表", "-o", "核查表")


def checked(folder: Path) -> None:
    handed_in(folder)
    check(folder / "核查")


def check(folder: Path, year: int = 2020) -> None:
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}-核查表.xlsx").write_bytes(returned(name, year=year, head=DONE))


def sent_back(folder: Path) -> None:
    checked(folder)
    done(folder, "feedback", "核查", "-o", "2020年反馈")


def recorded(folder: Path) -> None:
    checked(folder)
    done(folder, "ledger", "record", "台账.jsonl", "交 表", "核查", "--roster", "名录.csv", "--year", "2020")


def second_year(folder: Path) -> None:
    """The next year's forms beside a ledger of the first, and an agency that falls below the mark."""
    recorded(folder)
    check(folder / "2021年", 2021)
    lost = dict.fromkeys(("1.1.1", "2.1.1", "2.2.4", "2.2.5", "3.2.2"), "否")
    failed = returned(NAMES[0], lost, year=2021, head=DONE)
    (folder / "2021年" / f"{NAMES[0]}-核查表.xlsx").write_bytes(failed)


def ledger_alone(folder: Path) -> None:
    recorded(folder)
    for name in ("交 表", "核查"):
        (folder / name).rename(folder.parent / f"{folder.name} {name}")


def loose(folder: Path) -> None:
    hand_in(folder, *NAMES)


def many_loose(folder: Path) -> None:
    roster(folder)
    hand_in(folder, *(f"示例{number}局" for number in range(1, 7)))


def inside(folder: Path) -> None:
    """The folder of returns itself."""
    for number in range(6):
        hand_in(folder / f"示例{number}局", f"示例{number}局")


def own_standard(folder: Path) -> None:
    done(folder, "rubric", "new", "本市.yaml")


def demo_outside(folder: Path) -> None:
    """A whole office one folder down."""
    (folder / "示例市").mkdir()
    checked(folder / "示例市")


def unrelated(folder: Path) -> None:
    """What lies in anybody's home folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", '<c r="A1" t="inlineStr"><is><t>单位</t></is></c>')
    (folder / "开支.xlsx").write_bytes(stream.getvalue())
    (folder / "坏.xlsx").write_bytes(b"PK\3\4broken")
    (folder / "空.xlsx").touch()
    (folder / "设置.json").write_text(json.dumps({"a": 1}))
    (folder / "照片").mkdir()
    (folder / "compose.yaml").write_text("services:\n  web: {}\n")


YEAR: dict[str, Make] = {
    made.__name__: made
    for made in (
        *(
            nothing,
            unfilled,
            roster,
            blank,
            handed_in,
            archived,
            planned,
            to_check,
            checked,
            sent_back,
            recorded,
            second_year,
        ),
        *(ledger_alone, loose, many_loose, inside, own_standard, demo_outside, unrelated),
    )
}
"""Every state by its name."""
