"""All formats of one batch tell the same figures: each is worked out anew from the JSON and compared.

A new format of ``batch`` needs a reader in ``READERS``: what it tells, under the names of ``Figures``.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from any_form import Filled, at_random, book_of, checked
from jieyue_cli.agencies.standings import State
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import SHEET
from jieyue_cli.report.calendar import LATE, MISSING
from jieyue_cli.report.formats import FORMATS
from jieyue_cli.rubric.calendar import STEPS
from jieyue_cli.rubric.source import load
from program import run
from returns import returned

from .figures import FACTS, GROUPINGS, Figures, Number, both, expected, groups, standings
from .page.decoding import decoded, lines

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "examples"
NOT_ALLOWED, RESCALED = EXAMPLES.parent / "rubric" / "standard_2020.yaml", EXAMPLES / "rubrics" / "na_rescaled.yaml"
MOST_LOST_ON_SCREEN = 10


@dataclass(frozen=True)
class Reports:
    """One batch in every format, in a folder: ``all`` with each suffix, and the screen."""

    folder: Path
    screen: str
    document: dict[str, Any]


# -- the batches ---------------------------------------------------------------------------------------------


def generated(folder: Path) -> tuple[str, ...]:
    """Two years without a roster: verified, partly verified, doubled, nameless and broken forms, 不涉及 in many."""
    rubric, problems = load(RESCALED)
    assert rubric is not None, problems
    chance = random.Random("figures")  # noqa: S311 -- the same forms each time
    last = max(rubric.targets)
    handed = [(f"示例市第{at % 9}局", last - at // 9) for at in range(18)]
    for at, (name, year) in enumerate([*handed, ("示例市第1局", last), ("示例市第4局", last), (None, last)]):
        found = checked(rubric, chance, at) if at < len(handed) else {}
        book = openpyxl.load_workbook(io.BytesIO(book_of(rubric, Filled(None, at_random(rubric, chance), found))))
        book[SHEET][Field.NAME.cell], book[SHEET][Field.YEAR.cell] = name, year
        book.save(folder / f"{at:02}.xlsx")
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    return str(folder), "--rubric", str(RESCALED)


def dated(folder: Path) -> tuple[str, ...]:
    """A year with a roster of every column: forms in time, late and without a date, plans filed, late and not filed."""
    rows = ["单位名称,单位类别,级别,批次年度,实施方案报送日期"]
    for at in range(16):
        name, plan = f"示例市第{at}局", ("2020-08-15", "2020年8月20日", "")[at % 3]
        rows.append(f"{name},{SCOPE[at % 4]},{('市', '乡镇', '')[at % 3]},{(2020, 2021)[at % 2]},{plan}")
        if at < 13:
            days = {
                Field.FILLED_ON: ("2020-10-31", "2020-11-03", "")[at % 3],
                Field.CHECKED_ON: f"2020-11-0{at % 9 + 1}",
            }
            found = {"1.1.1": "否"} if at % 4 < 2 else None
            head = {field: day for field, day in days.items() if day and (found or field is Field.FILLED_ON)}
            (folder / f"{name}.xlsx").write_bytes(returned(name, {"2.2.3": at % 6}, found, head=head))
    (folder / "外.xlsx").write_bytes(returned("外市水利局", head={Field.FILLED_ON: "2020-12-01"}))
    roster = folder.parent / "名录.csv"
    roster.write_text("\n".join(rows), "utf-8-sig")
    return str(folder), "--roster", str(roster)


SCOPE = ("党的机关", "行政机关", "人民团体（工会、共青团、妇联等）", "监察机关")


def leaving_out(folder: Path) -> str:
    """The city's roster, in which two that hand in and two that do not are out of scope, for two reasons."""
    lines = (CITY / "roster.csv").read_text("utf-8-sig").splitlines()
    reasons = {at: ("垂管", "已撤并")[at % 2] for at in (1, 2, len(lines) - 2, len(lines) - 1)}
    rows = [f"{line},{reasons.get(at, '') if at else '垂管/不参评原因'}" for at, line in enumerate(lines)]
    roster = folder / "roster.csv"
    roster.write_text("\n".join(rows), "utf-8")
    return str(roster)


CITY, GOOD = EXAMPLES / "city", EXAMPLES / "good-city"
BATCHES: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "two years of a city": lambda _: (f"{CITY}/2020", f"{CITY}/2021", "--roster", f"{CITY}/roster.csv"),
    "a year of a city, counted": lambda _: (f"{CITY}/2021", "--agencies", "24"),
    "a year in good order": lambda _: (f"{GOOD}/returns", "--roster", f"{GOOD}/roster.xlsx"),
    "generated, without a roster": generated,
    "dates and groups": dated,
    "a city that leaves some out": lambda folder: (f"{CITY}/2021", "--roster", leaving_out(folder)),
}


@pytest.fixture(scope="module", params=BATCHES)
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """One batch, run once."""
    inputs, folder = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("reports")
    targets = [f"all{entry.suffix}" for entry in FORMATS if "batch" in entry.writers]
    arguments = [*BATCHES[request.param](inputs), *(part for target in targets for part in ("-o", target))]
    ran = run("batch", *arguments, cwd=folder)
    assert ran.code in {0, 1}, ran.err
    document = json.loads((folder / "all.json").read_bytes(), parse_float=Decimal, parse_int=Decimal)
    return Reports(folder, ran.out, document)


# -- what the formats say ------------------------------------------------------------------------------------


def of_the_screen(reports: Reports) -> Figures:
    """The console's view."""
    page = reports.screen
    spread = re.search(r"总分分布（(\d+) 个机关）\n.*\n.*及以上 (\d+) 个，不到 \S+ 分 (\d+) 个", page)
    legend = re.search(r"█ 已认定 (\d+)　▓ 自评达标待核查 (\d+)　· 其余 (\d+)(?:　\| 年度目标 (\d+))?", page)
    assert legend
    facts = {label: _number(value) for label, value in re.findall(rf"^({'|'.join(FACTS)}) +(\S+)", page, re.M)}
    assert [facts["已认定"], facts["自评达标待核查"]] == [Decimal(legend[1]), Decimal(legend[2])]
    assert facts["机关总数"] == sum(Decimal(legend[at]) for at in (1, 2, 3))
    below = _section(page, r"机关名单（\d+ 个）")
    return {
        "facts": facts,
        "groups": {heading: int(size) for heading, size in re.findall(r"^(\S+) +(\d+)  \S", below, re.M)},
        "outside": _by_reason(_section(page, r"名录写明不参评的单位（[^）]*）")),
        "ranking": {
            _number(when): [
                _ranked(rank, total)
                for rank, total in re.findall(
                    r"^ *(\d+|-) .*? ([\d.]+(?:～[\d.]+)?) (?:自评|达标|未达标|待更正|空表)", rows, re.M
                )
            ]
            for when, rows in re.findall(r"^(\d{4} 年度|年度不明的表，)排名（(.*?)\n\n", page, re.M | re.S)
        },
        "lost": [
            (line, int(agencies), Decimal(points))
            for line, agencies, points in re.findall(
                r"^([\d.]+) +(\d+) +([\d.]+)  ", _section(page, "失分最多的条目"), re.M
            )
        ],
        **({"spread": (int(spread[1]), int(spread[2]))} if spread else {}),
        "calendar": _calendar(
            (step, day, "".join(told.split()))
            for step, day, told in re.findall(
                rf"^({'|'.join(STEPS.values())}) +(\S+)  (.*\n(?: .*\n)*)", _section(page, "时间安排") + "\n", re.M
            )
        ),
        "parts": {
            heading: _parts(re.split(r" {2,}", row) for row in rows.splitlines()[2:])
            for heading, rows in re.findall(r"^按([^\n]*)的进度\n(.*?)\n\n", page, re.M | re.S)
        },
        "corrections": _corrections(
            page,
            [
                (line, int(agencies), Decimal(points))
                for line, agencies, points in re.findall(
                    r"^([\d.]+) +(\d+) +(-?[\d.]+)  ", _section(page, "核查改动最多的条目"), re.M
                )
            ],
        ),
    }


def _corrections(text: str, criteria: list[tuple[str, int, Any]] | None) -> dict[str, Any]:
    """What a text tells of the corrections; of nothing verified nothing."""
    told = re.search(r"核减 (\d+) 个、核增 (\d+) 个、不变 (\d+) 个；", text)
    moved = tuple(int(told[at]) for at in (1, 2, 3)) if told else (0, 0, 0)
    over = re.search(r"平均([多少])报 [\d.]+ +分（([\d.]+) / (\d+)）", " ".join(text.split()))
    lacking = re.search(r"缺核查意见\D+(\d+)|其中 (\d+) 条改动没有写核查意见", text)
    figures: dict[str, Any] = {
        "agencies": int(over[3]) if over else sum(moved),
        "moved": moved,
        "points": Decimal(over[2]) * (1 if over[1] == "多" else -1) if over else 0,
        "unexplained": int(lacking[1] or lacking[2]) if lacking else 0,
    }
    if criteria is not None:
        figures["criteria"] = {line: (agencies, less) for line, agencies, less in criteria}
    return figures


def _section(page: str, heading: str) -> str:
    found = re.search(rf"^.*{heading}\n(.*?)\n\n", page, re.M | re.S)
    return found[1] if found else ""


def _by_reason(text: str) -> dict[str, str]:
    """Agency → its reason."""
    lines = re.findall(r"^- (\S+)（\d+ 个）：(.*(?:\n  .*)*)", text, re.M)
    return {name: reason for reason, names in lines for name in re.sub(r"\s", "", names).split("、")}


def of_markdown(reports: Reports) -> Figures:
    """The note."""
    page = (reports.folder / "all.md").read_text("utf-8")
    parts = dict(re.findall(r"^## (.*)\n\n((?:.+\n)*)", page, re.M))
    rows = {
        heading: [line.strip("| \n").split(" | ") for line in body.splitlines()[2:]] for heading, body in parts.items()
    }
    (listing,) = (body for heading, body in parts.items() if heading.startswith("机关名单"))
    left_out = [body for heading, body in parts.items() if heading.startswith("名录写明不参评")]
    return {
        "facts": {row[0]: _number(row[1]) for row in rows["进度"]},
        "groups": {heading: int(size) for heading, size in re.findall(r"^- (\S+?)（(\d+) 个）：", listing, re.M)},
        "outside": _by_reason("".join(left_out)),
        "ranking": {
            _number(heading): [_ranked(row[0], row[2]) for row in rows[heading]]
            for heading in rows
            if "排名" in heading
        },
        "lost": sorted((row[0], int(row[2]), Decimal(row[3])) for row in rows.get("失分的条目", [])),
        "calendar": _calendar(rows["时间安排"]),
        "named": _named(rows["时间安排"]),
        "parts": {heading[1:-3]: _parts(rows[heading]) for heading in rows if re.fullmatch("按.*的进度", heading)},
        "corrections": _corrections(
            page, [(row[0], int(row[2]), Decimal(row[3])) for row in rows.get("核查改动的条目", [])]
        ),
    }


def of_csv(reports: Reports) -> Figures:
    """The four tables."""
    files, lines, agencies, published = (
        list(csv.DictReader(io.StringIO((reports.folder / name).read_text("utf-8-sig"), newline="")))
        for name in ("all.csv", "all-逐条得分.csv", "all-机关名单.csv", "all-认定名单.csv")
    )
    losses: dict[str, list[Decimal]] = {}
    for line in lines:
        if line["计入"] == "是" and _number(line["评价年度"]) == reports.document["progress"]["year"]:
            losses.setdefault(line["编号"], []).append(Decimal(line["失分"] or 0))
    totals = ("自评总分", "自评最高", "核查总分", "核查最高", "错误数", "提醒数")
    return {
        "files": {row["文件"]: tuple(_number(row[head]) for head in totals) for row in files},
        "agencies": {
            row["单位名称"]: (
                row["状态"],
                _number(row["认定年度"]),
                row["已交表"] == "是",
                _number(row["自评总分"]),
                _number(row["核查总分"]),
            )
            for row in agencies
        },
        "outside": {row["单位名称"]: row["备注"] for row in agencies if row["状态"] == "不参评"},
        "published": {row["单位名称"]: _number(row["认定年度"]) for row in published},
        "late": {row["单位名称"]: (row["填报日期"] or None, int(row["迟交天数"] or 0)) for row in agencies},
        "dates": {
            row["单位名称"]: (
                row["级别"] or None,
                _number(row["批次年度"]),
                row["核查日期"] or None,
                row["实施方案报送日期"] or None,
            )
            for row in agencies
        },
        "lines": {
            (row["文件"], row["编号"]): tuple(_number(row[head]) for head in ("分值", "自评得分", "核查得分", "失分"))
            for row in lines
            if row["分值"]
        },
        "lost": sorted((line, sum(map(bool, points)), sum(points)) for line, points in losses.items() if any(points)),
    }


def of_json_lines(reports: Reports) -> Figures:
    """The stream; problems between the files are no part of it."""
    lines = [
        json.loads(line, parse_float=Decimal, parse_int=Decimal)
        for line in (reports.folder / "all.jsonl").read_text("utf-8").splitlines()
    ]
    *rows, last = lines
    assert last["progress"] == reports.document["progress"]
    agencies = [row["agency"] for row in rows if "file" not in row]
    assert agencies == reports.document["agencies"]
    results = [row for row in rows if "file" in row]
    outside = {row["name"]: row["reason"] for row in last["progress"]["outside"]}
    return {
        "agencies": standings(agencies, outside),
        "lines": {
            (result["file"], line): scores for result in results if result["self"] for line, scores in both(result)
        },
    }


def of_json(reports: Reports) -> Figures:
    """The progress as it is written, against what it is worked out to be."""
    progress = reports.document["progress"]
    keys = ("agencies", "recognised", "rate", "target_rate", "gap", "self_assessed", "handed_in", "files")
    facts = {label: progress[key] for label, key in zip(FACTS, keys, strict=False)}
    facts["不参评"] = Decimal(len(progress["outside"])) or None
    tenths = (facts["认定率"] * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    target = facts["年度目标"]
    facts |= {"认定率": tenths, "年度目标": None if target is None else target * 100}
    agencies = reports.document["agencies"]
    assert progress["missing"] == [row["name"] for row in agencies if row["state"] == "missing"]
    assert progress["withdrawn"] == [row["name"] for row in agencies if row["state"] == "withdrawn"]
    mark, groupings = reports.document["rubric"]["pass_mark"], progress["groups"]
    for key in GROUPINGS:
        rows = {row["name"]: row for row in groupings[key]}
        made = groups(agencies, key, mark) if rows else {}
        assert rows.keys() == made.keys()
        for name, (number, recognised, _, *counts) in made.items():
            row = rows[name]
            assert (row["agencies"], row["recognised"]) == (number, recognised)
            assert row["rate"] == round(Decimal(recognised or 0) / (number or 1), 6)
            assert [row["self_assessed"], row["handed_in"], row["missing"]] == counts
    outside = {row["name"]: row["reason"] for row in progress["outside"]}
    assert not outside.keys() & {row["name"] for row in agencies if row["listed"]}
    assert progress["denominator"] != "roster" or progress["agencies"] == sum(row["listed"] for row in agencies)
    unread = sum(result["self"] is None for result in reports.document["results"])
    assert progress["unreadable"] == unread
    return {
        "facts": {label: value for label, value in facts.items() if value is not None or label == "年度目标"},
        "lost": sorted((row["criterion"], row["agencies"], row["points"]) for row in progress["lost"]),
        "calendar": {
            row["step"]: (row["due"], len(row["late"]), len(row["missing"]), row["undated"])
            for row in progress["calendar"]
        },
        "named": {
            row["step"]: (row["late"], row["missing"] if row["step"] == "plan" else []) for row in progress["calendar"]
        },
        "corrections": _of_the_row(progress["corrections"]),
    }


def _of_the_row(made: dict[str, Any]) -> dict[str, Any]:
    """The corrections as they are written; the mean is checked here."""
    number, points = made["agencies"], made["points"]
    assert made["mean"] == (round(points / number, 6) if number else None)
    return {
        "agencies": number,
        "moved": (made["lowered"], made["raised"], number - made["lowered"] - made["raised"]),
        "points": points,
        "unexplained": made["unexplained"],
        "criteria": {row["criterion"]: (row["agencies"], row["points"]) for row in made["criteria"]},
    }


def of_the_workbook(reports: Reports) -> Figures:
    """The results workbook, as another program reads it."""
    book = openpyxl.load_workbook(reports.folder / "all.xlsx")
    facts = {
        label.value: _value(value.value, percent=label.value in {"认定率", "年度目标"})
        for label, value, *_ in book["汇总"].iter_rows(max_col=2)
        if label.value in FACTS
    }
    ranking: dict[Number, list[Any]] = {}
    for row in _rows(book["排名"], "名次"):
        form = (row["名次"] and int(row["名次"]), _value(row["总分"]), _value(row["最高"]))
        ranking.setdefault(_value(row["年度"]), []).append(form)
    scores = Counter(
        (_name(row["单位名称"]), head.partition("\n")[0], _value(score))
        for row in _rows(book["得分明细"], "所列得分")
        for head, score in row.items()
        if re.match(r"\d+\.\d+\.\d+\n", head) and isinstance(score, int | float)
    )
    return {
        "facts": facts,
        "agencies": {
            row["单位名称"]: (
                row["状态"],
                _value(row["认定年度"]),
                row["已交表"] == "是",
                _value(row["自评总分"]),
                _value(row["核查总分"]),
            )
            for row in _rows(book["机关名单"], "状态")
        },
        "outside": {row["单位名称"]: row["备注"] for row in _rows(book["机关名单"], "状态") if row["状态"] == "不参评"},
        "published": {row["单位名称"]: _value(row["认定年度"]) for row in _rows(book["认定名单"], "序号")},
        "late": {
            row["单位名称"]: (row["填报日期"], int(row["迟交天数"] or 0)) for row in _rows(book["机关名单"], "状态")
        },
        "calendar": {
            _step(step.partition("\n")[0]): (step.partition("\n")[2], *(int(number or 0) for number in numbers))
            for step, *numbers in (list(row.values())[:4] for row in _rows(book["汇总"], "步骤和期限"))
        },
        "parts": {
            heading: _parts(map(_part_in_workbook, _rows(book["汇总"], heading)))
            for heading in re.findall("^按(.*)的进度$", "\n".join(str(cell.value) for cell in book["汇总"]["A"]), re.M)
        },
        "ranking": ranking,
        "deciding": scores,
        "lost": sorted(
            (row["编号"], int(row["失分机关"]), _value(row["共失分"])) for row in _rows(book["失分统计"], "失分机关")
        ),
        "corrections": _corrections(
            str(book["核查对照"]["A2"].value),
            [(row["编号"], int(row["不同的机关"]), _value(row["共核减"])) for row in _rows(book["核查对照"], "共核减")],
        ),
    }


def of_the_page(reports: Reports) -> Figures:
    """The plain summary of the page, and the data that it draws."""
    page = (reports.folder / "all.html").read_bytes()
    carried = decoded(page)
    states = carried["states"]
    facts = {label: _number(value) for label, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)<small>", page.decode())}
    tables = [
        [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", table)]
        for table in re.findall('<table class="plain">(.*?)</table>', page.decode())
    ]
    return {
        "facts": {label: facts[label] for label in FACTS if label in facts},
        "outside": {row["name"]: row["remark"] for row in carried["agencies"] if states[row["state"]] == "不参评"},
        "published": {
            row["name"]: row.get("since")
            for row in carried["agencies"]
            if states[row["state"]] == State.RECOGNISED.chinese
        },
        "deciding": Counter(
            (form["agency"], line, score)
            for form in _scored(carried, reports.document)
            for line, score, _ in lines(carried, form[form["decides"]])
            if score is not None
        ),
        "lost": sorted((row["id"], row["agencies"], Decimal(row["lost"])) for row in carried["lost"]),
        "calendar": _calendar(next(rows for (head, *_), *rows in tables if head == "步骤")),
        "named": _named(next(rows for (head, *_), *rows in tables if head == "步骤")),
        "parts": {head: _parts(rows) for (head, *_), *rows in tables if head != "步骤"},
        "late": {row["name"]: (row.get("filled_on"), row.get("late", 0)) for row in carried["agencies"]},
        "dates": {
            row["name"]: tuple(row.get(key) for key in ("level", "batch", "checked_on", "plan_filed"))
            for row in carried["agencies"]
        },
        "spread": tuple(
            sum(band["agencies"] for band in carried["distribution"] if band["passes"] >= passes)
            for passes in (False, True)
        ),
        "corrections": _corrections(page.decode(), None),
    }


def _scored(carried: dict[str, Any], document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The page's forms with a score, each with its agency's name, which is told beside its results."""
    for form, result in zip(carried["forms"], document["results"], strict=True):
        assert form["file"] == result["file"]
        if form.get(form.get("decides", "")):
            yield form | {"agency": result["agency"]["name"]}


def _step(name: str) -> str:
    return next(step for step, called in STEPS.items() if called == name)


def _calendar(rows: Iterable[Sequence[str]]) -> dict[str, tuple[object, ...]]:
    """Step → date, and how many are late, missing and undated: each count stands behind its word."""
    made: dict[str, tuple[object, ...]] = {}
    for name, day, told in rows:
        step, text = _step(name), "".join(told.split())
        words = (LATE[step], MISSING[step], "没有填日期")
        counts = [re.search(rf"(?:^|；){word}(\d+)个", text) for word in words]
        made[step] = (day, *(int(count[1]) if count else 0 for count in counts))
    return made


def _named(rows: Iterable[Sequence[str]]) -> dict[str, tuple[list[str], list[str]]]:
    """Step → the names of those who are late, and of those who did not file a plan."""
    made = {}
    for name, _, told in rows:
        step = _step(name)
        found = [re.search(rf"(?:^|；){word} \d+ 个：([^；]*)", told) for word in (LATE[step], MISSING[step])]
        late, missing = (names[1].split("、") if names else [] for names in found)
        made[step] = (late, missing)
    return made


def _parts(rows: Iterable[Sequence[str]]) -> dict[str | None, tuple[object, ...]]:
    """Value → its figures, as ``groups`` has them."""
    return {
        None if name == "未填" else name: (*map(int, (agencies, recognised)), _number(rate), *map(int, counts))
        for name, agencies, recognised, rate, *counts in rows
    }


def _part_in_workbook(row: dict[str, Any]) -> list[str]:
    name, *numbers, told = list(row.values())[:7]
    agencies, recognised, rate, *counts = numbers
    missing = re.fullmatch(r"未交表 (\d+) 个", told or "")
    shown = f"{_value(rate, percent=True):f}"
    return [name, str(agencies), str(recognised), shown, *map(str, counts), missing[1] if missing else "0"]


def _rows(sheet: Worksheet, head: str) -> Iterator[dict[str, Any]]:
    """The rows below the heads, of which one is ``head``, to the first row without any cell."""
    table = iter(sheet.iter_rows(values_only=True))
    heads = next(row for row in table if head in row)
    for row in table:
        if not any(cell is not None for cell in row):
            return
        yield {str(name): cell for name, cell in zip(heads, row, strict=True) if name is not None}


def _name(shown: str) -> str | None:
    return None if shown.startswith("（没有单位名称）") else shown


def _value(cell: Any, *, percent: bool = False) -> Number:
    """A number of a workbook, which holds binary ones: nothing here needs more than nine decimals."""
    if cell is None:
        return None
    return Decimal(str(round(cell, 9))).normalize() * (100 if percent else 1)


def _number(text: str) -> Number:
    """The number at the start of a text, or None."""
    found = re.match(r"[\d.]+", text)
    return Decimal(found[0]) if found else None


def _ranked(rank: str, total: str) -> tuple[int | None, Number, Number]:
    least, _, most = total.partition("～")
    return int(rank) if rank.isdigit() else None, _number(least), _number(most or least)


READERS: dict[str, Callable[[Reports], Figures]] = {
    "text": of_the_screen,
    "json": of_json,
    "jsonl": of_json_lines,
    "csv": of_csv,
    "markdown": of_markdown,
    "results": of_the_workbook,
    "page": of_the_page,
}
"""Format → its reader."""


def test_every_format_of_a_batch_is_read() -> None:
    assert {entry.name for entry in FORMATS if "batch" in (*entry.commands, *entry.writers)} == set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_a_format_tells_the_figures_of_the_json(name: str, reports: Reports) -> None:
    right, told = expected(reports.document), READERS[name](reports)
    assert told
    for what, figures in told.items():
        if name == "text" and what == "lost":
            order = [(row["criterion"], row["agencies"], row["points"]) for row in reports.document["progress"]["lost"]]
            assert figures == order[:MOST_LOST_ON_SCREEN]
        elif what == "corrections":
            criteria = right[what]["criteria"]
            if name == "text":
                order = [row["criterion"] for row in reports.document["progress"][what]["criteria"]]
                criteria = {line: criteria[line] for line in order[:MOST_LOST_ON_SCREEN]}
            assert {"criteria": criteria} | figures == right[what] | {"criteria": criteria}
        else:
            assert figures == right[what], what


def test_the_batches_have_what_can_go_wrong(tmp_path: Path) -> None:
    ran = run("batch", *generated(tmp_path), "--format", "json")
    document = json.loads(ran.stdout)
    progress, results = document["progress"], document["results"]
    assert len({result["agency"]["year"] for result in results if result["agency"]}) == 2
    assert progress["denominator"] == "submissions"
    assert progress["duplicates"]
    assert progress["unreadable"]
    assert progress["not_applicable"]
    assert {result["verification"]["state"] for result in results} == {"none", "partial", "complete"}
    assert any(agency["verified"] and agency["verified"] % 1 for agency in document["agencies"])
