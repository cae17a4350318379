"""The example year: every command with its whole output, and every figure of it worked out anew.

After a change that is meant to be seen, write the outputs anew and read every line of the difference:

    JIEYUE_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/test_example_year.py
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from year import CITY, TODAY, Seen, Step, call, lived_through

pytestmark = pytest.mark.slow
TRANSCRIPTS = Path(__file__).parents[1] / "examples" / "year"
WRITE = "JIEYUE_WRITE_EXAMPLES" in os.environ
HEAD = """\
# {part}（{today:%Y-%m-%d}）：“$”后是命令，其后是它的全部输出；“!”后是标准错误的一行；不是 0 的退出码另写一行。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's folder, once the year is over."""
    return tmp_path_factory.mktemp("year") / CITY


@pytest.fixture(scope="module")
def year(folder: Path) -> Mapping[Step, Seen]:
    """What each step wrote."""
    return lived_through(folder.parent)


def told(part: str, year: Mapping[Step, Seen]) -> Iterator[str]:
    """The transcript of one part."""
    yield HEAD.format(part=part, today=TODAY[part])
    for step, seen in year.items():
        if step.part == part:
            yield f"\n# {step.why}\n$ {step.line}\n{seen}"


@pytest.mark.parametrize("part", TODAY)
def test_the_transcript_shows_what_the_commands_print(part: str, year: Mapping[Step, Seen]) -> None:
    seen = "".join(told(part, year))
    file = TRANSCRIPTS / f"{part}.txt"
    if WRITE:
        file.write_text(seen, "utf-8", newline="\n")
    assert seen == file.read_text("utf-8")


def test_the_transcript_can_be_told_apart(year: Mapping[Step, Seen]) -> None:
    for step, seen in year.items():
        assert not [line for line in seen.on("out").splitlines() if line.startswith(("$ ", "! ", "# ", "[退出码"))], (
            step
        )


def test_the_parts_follow_each_other(year: Mapping[Step, Seen]) -> None:
    assert [part for part, _ in itertools.groupby(year, key=lambda step: step.part)] == list(TODAY)
    assert sorted(TODAY.values()) == list(TODAY.values())


RECOGNISED_2020 = {  # by what the office found; 示例市水务局 handed in under its former name
    "中共示例市委组织部": 100 - 3 - 3 - 2,
    "示例市政府办公室": 100 - 3,
    "示例市财政局": 100 - 2 - 3 - 2,
    "示例市水务局": 100 - 3 - 2 - 3 - 3 - 3 - 2 - 1 - 3,  # the mark itself
    "示例市人民检察院": 100 - 3 - 2 - 3 - 2,
    "示例市档案馆": 100 - 3 - 3 - 2 - 1,
    "示例市机关事务服务中心": 100 - 2 - 3,
    "示例市地方志研究室": 100 - 3 - 3 - 2 - 1,  # by the form of 示例市档案馆
}
FAILED_2020 = {
    "示例市教育局": 100 - 3 - 3 - 2 - 3 - 3 - 3 - 2 - 2,
    "示例市统计局": 100 - (1 + 3 + 3 + 2 + 1 + 1 + 2 + 3 + 3 + 2 + 2 + 2) - (3 + 2 + 2 + 2 + 3 + 2),
    "示例市交通运输局": 100 - 3 - 1 - (9 + 2 + 3 + 3 + 3 + 2 + 2),
    "示例镇人民政府": 100 - 3 - 2 - 2 - 3 - (3 + 2 + 2 + 2 + 3),
}
OTHERS_2020 = {
    "示例市总工会": "verifying",  # three findings of 42
    "示例市人大常委会办公室": "self_pass",  # late
    "示例市妇女联合会": "self_pass",  # copied
    "示例市人民法院": "returned",  # broken
}
RECOGNISED_2021 = {
    "中共示例市委办公室": 100 - 2 - 3,
    "示例市人大常委会办公室": 100 - 3 - 2 - 1,
    "示例市教育局": 100 - 3 - 2 - 3,
    "示例市交通运输局": 100 - 3 - 3 - 2,
    "示例市总工会": 100 - 3 - 3 - 1,
    "示例镇人民政府": 100 - 3 - 3 - 2 - 2,
}
WITHDRAWN_2021 = {"中共示例市委组织部": 100 - 3 - (9 + 3 + 3 + 3)}
FAILED_2021 = {"示例市统计局": 100 - 2 - 3 - (9 + 2 + 3 + 2)}
CLAIMED_2021 = {
    "中共示例市委宣传部": 100,
    "示例市供销合作社联合社": 100 - 3 - 3 - 2 - 3 - 3 - 2 - 2 - 2,  # the mark itself
    "示例市监察委员会": 100 - 3 - 3 - 2 - 3 - 3 - 3 - 2 - 2,
    "示例市人民法院": 100 - 3,
    "共青团示例市委员会": 100 - 3 - 2,
    "示例市妇女联合会": 100 - 3 - 3 - 3 - 3 - 2,
    "范例街道办事处": 100 - (3 + 3 + 2 + 2 + 3 + 3 + 3 + 2) - (3 + 2 + 2),
}
MARK = 80


def expected(year: int) -> dict[str, tuple[str, int | None]]:
    """Each agency that handed in, or was recognised: its state by the end of the year, and the score that decides."""
    if year == 2020:
        return {
            **{name: ("recognised", score) for name, score in RECOGNISED_2020.items()},
            **{name: ("failed", score) for name, score in FAILED_2020.items()},
            **{name: (state, None) for name, state in OTHERS_2020.items()},
        }
    return {
        **dict.fromkeys(RECOGNISED_2020, ("recognised", None)),
        **{name: ("recognised", score) for name, score in RECOGNISED_2021.items()},
        **{name: ("withdrawn", score) for name, score in WITHDRAWN_2021.items()},
        **{name: ("failed", score) for name, score in FAILED_2021.items()},
        **{name: ("self_pass" if score >= MARK else "self_fail", score) for name, score in CLAIMED_2021.items()},
    }


def listed(document: Any) -> dict[str, Any]:
    """Name → row, of the agencies of the roster."""
    return {row["name"]: row for row in document["agencies"] if row["listed"]}


def written(folder: Path, name: str) -> Any:
    """A JSON file that a step wrote, with exact numbers."""
    return json.loads((folder / name).read_text("utf-8"), parse_float=Decimal)


def printed(folder: Path, *arguments: str) -> Any:
    """What a command prints for programs, once the year is over."""
    seen = call(*arguments, "--format", "json", cwd=folder, today=TODAY["2021年核查以后"])
    return json.loads(seen.on("out"), parse_float=Decimal)


def percent(part: int, whole: int) -> str:
    """As a clerk rounds it."""
    return f"{Decimal(100 * part) / whole:.1f}%"


def seen_at(year: Mapping[Step, Seen], beginning: str) -> Seen:
    """What the first step wrote whose command begins so."""
    return next(seen for step, seen in year.items() if step.line.startswith(f"jieyue {beginning}"))


def check_states(document: Any, expected: Mapping[str, tuple[str, int | None]]) -> None:
    """Each agency of the roster is where it should be, with the score that decides."""
    rows = listed(document)
    states = {name: row["state"] for name, row in rows.items()}
    assert states == dict.fromkeys(rows, "missing") | {name: state for name, (state, _) in expected.items()}
    for name, (state, score) in expected.items():
        if score is not None:
            assert rows[name]["self" if state.startswith("self") else "verified"] == score, name


def check_progress(document: Any, year: int, shares: Mapping[int, Decimal]) -> None:
    """Every count of the progress is one of the list of agencies."""
    rows, progress = listed(document), document["progress"]
    counted = Counter(row["state"] for row in rows.values())
    ready = [row for row in rows.values() if row["state"] in {"self_pass", "verifying"} and row["self"] >= MARK]
    required = math.ceil(shares[year] * len(rows))
    expected = {
        "year": year,
        "agencies": len(rows),
        "target_rate": shares[year],
        "required": required,
        "recognised": counted["recognised"],
        "self_assessed": len(ready),
        "missing": [name for name, row in rows.items() if row["state"] == "missing"],
        "gap": max(0, required - counted["recognised"]),
        "gap_if_confirmed": max(0, required - counted["recognised"] - len(ready)),
    }
    assert {name: progress[name] for name in expected} == expected
    assert progress["rate"] == round(Decimal(counted["recognised"]) / len(rows), 6)
    for by, groups in progress["groups"].items():
        for group in groups:
            own = {name: row for name, row in rows.items() if called(row[by]) == called(group["name"])}
            assert group["agencies"] == len(own)
            assert group["recognised"] == len(names(own, "recognised"))
            assert group["missing"] == len(names(own, "missing"))
            assert group["rate"] == round(Decimal(group["recognised"]) / len(own), 6)
        assert sum(group["agencies"] for group in groups) == len(rows)
    checked = [row for row in rows.values() if row["verified"] is not None]
    over = [row["self"] - row["verified"] for row in checked]
    corrections = progress["corrections"]
    assert (corrections["agencies"], corrections["points"]) == (len(checked), sum(over))
    assert (corrections["lowered"], corrections["raised"]) == (sum(d > 0 for d in over), sum(d < 0 for d in over))
    assert corrections["mean"] == round(Decimal(sum(over)) / len(over), 6)
    check_lines(document)


def check_lines(document: Any) -> None:
    """What is lost, and what was corrected, is the sum of the lines of the forms that stand for the agencies."""
    lost, corrected = Losses(), Losses()
    unexplained = 0
    for form in filter(None, (form_of(document, row) for row in listed(document).values())):
        claimed = scores(form["self"])
        for line in lines_of(deciding(form)):
            lost.add(line["id"], line["points"] - line["score"])
        if form["verification"]["state"] == "complete":
            for line in lines_of(form["verified"]):
                corrected.add(line["id"], claimed[line["id"]] - line["score"])
            unexplained += sum(problem["code"] == "finding-unexplained" for problem in form["problems"])
    progress = document["progress"]
    assert Losses.of(progress["lost"]) == lost
    assert Losses.of(progress["corrections"]["criteria"]) == corrected
    assert progress["corrections"]["unexplained"] == unexplained
    assert progress["handed_in"] == sum(row["handed_in"] for row in listed(document).values())
    assert progress["files"] == len(document["results"])
    assert progress["unreadable"] == sum(form["status"] == "unreadable" for form in document["results"])


class Losses(dict[str, tuple[int, Decimal]]):
    """编号 → how many agencies, and how many points."""

    def add(self, criterion: str, points: Decimal) -> None:
        """Count one agency, if there are any points."""
        if points:
            agencies, before = self.get(criterion, (0, Decimal(0)))
            self[criterion] = agencies + 1, before + points

    @classmethod
    def of(cls, rows: Any) -> Losses:
        """As a document lists them."""
        return cls({row["criterion"]: (row["agencies"], row["points"]) for row in rows})


def form_of(document: Any, row: Any) -> Any:
    """The one form of the year that counts for an agency; None where there is none."""
    results = {result["file"]: result for result in document["results"]}
    own = [results[file] for file in row["files"] if results[file]["counts"]]
    forms = [form for form in own if form["agency"]["year"] == document["progress"]["year"]]
    assert len(forms) <= 1
    return forms[0] if forms else None


def deciding(form: Any) -> Any:
    """The score that decides."""
    return form["verified" if form["verification"]["state"] == "complete" else "self"]


def lines_of(score: Any) -> list[Any]:
    """Every line of a score."""
    return [line for unit in score["units"] for item in unit["items"] for line in item["criteria"]]


def scores(score: Any) -> dict[str, Decimal]:
    """编号 → points."""
    return {line["id"]: line["score"] for line in lines_of(score)}


SHARES = {2020: Decimal("0.25"), 2021: Decimal("0.5")}


def test_the_first_year_ends_as_worked_out_by_hand(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = written(folder, "2020年汇总.json")
    check_states(document, expected(2020))
    check_progress(document, 2020, SHARES)


def test_the_second_year_ends_as_worked_out_by_hand(folder: Path, year: Mapping[Step, Seen]) -> None:
    """From the folders of both years."""
    document = printed(folder, "batch", "2020年", "2021年", "2021年核查", "--roster", "名录.xlsx")
    check_states(document, expected(2021))
    check_progress(document, 2021, SHARES)


def test_the_console_says_what_the_document_does(folder: Path, year: Mapping[Step, Seen]) -> None:
    rows = listed(written(folder, "2020年汇总.json"))
    shown = " ".join(seen_at(year, "batch 2020年").on("out").split())
    recognised = sum(row["state"] == "recognised" for row in rows.values())
    assert f"机关总数 {len(rows)} 分母" in shown
    assert f"已认定 {recognised} 分子" in shown
    assert f"认定率 {percent(recognised, len(rows))} {recognised} / {len(rows)} " in shown


def test_the_published_list_names_who_is_recognised(folder: Path, year: Mapping[Step, Seen]) -> None:
    letter = docx.Document(str(folder / "2020年公示.docx"))
    lines = [*(line.text for line in letter.paragraphs)]
    lines += [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    text = "\n".join(lines)
    rows = listed(written(folder, "2020年汇总.json"))
    assert {name for name in rows if name in text} == set(RECOGNISED_2020)


LEDGER = "台账.jsonl"
OFFICE = ("--roster", "名录.xlsx", "--ledger", LEDGER)
CHECKED = ("2021年", "2021年核查")


def entries(folder: Path) -> dict[int, Any]:
    """Year → its entry in the ledger, read without the program."""
    lines = (folder / LEDGER).read_text("utf-8").splitlines()
    return {entry["year"]: entry for entry in (json.loads(line, parse_float=Decimal) for line in lines)}


def recorded(folder: Path, year: int) -> dict[str, Any]:
    """Name → what the ledger holds of an agency."""
    return {row["name"]: row for row in entries(folder)[year]["agencies"]}


def called(value: object) -> str | None:
    """What a group is called after."""
    return None if value is None else str(value)


def score(row: Any) -> Decimal | None:
    """By the side that decides, of one agency of the ledger."""
    claims = row["state"] in {"self_pass", "self_fail", "verifying"}
    value: Decimal | None = row.get("self" if claims else "verified")
    return value


def names(rows: Mapping[str, Any], *states: str) -> list[str]:
    """Those in one of the states, in order."""
    return [name for name, row in rows.items() if row["state"] in states]


def test_the_ledger_takes_the_place_of_the_old_folder(folder: Path, year: Mapping[Step, Seen]) -> None:
    by_ledger = written(folder, "2021年汇总.json")
    by_folder = printed(folder, "batch", "2020年", *CHECKED, "--roster", "名录.xlsx")
    assert by_ledger["agencies"] == by_folder["agencies"]
    check_states(by_ledger, expected(2021))
    check_progress(by_ledger, 2021, SHARES)


@pytest.mark.parametrize(("ended", "file"), [(2020, "2020年汇总.json"), (2021, "2021年汇总.json")])
def test_the_ledger_records_what_the_batch_reports(
    ended: int, file: str, folder: Path, year: Mapping[Step, Seen]
) -> None:
    kept = ("name", "category", "level", "batch", "state", "since", "handed_in", "self", "verified")
    told = {name: {key: row.get(key) for key in kept} for name, row in listed(written(folder, file)).items()}
    assert {name: {key: row.get(key) for key in kept} for name, row in recorded(folder, ended).items()} == {
        name: row | {"handed_in": row["handed_in"] or None} for name, row in told.items()
    }


def test_the_years_of_the_ledger_add_up(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = printed(folder, "ledger", "show", LEDGER)
    shown = " ".join(seen_at(year, "ledger show").on("out").split())
    assert [row["year"] for row in document["years"]] == list(SHARES)
    before: set[str] = set()
    for row in document["years"]:
        rows = recorded(folder, row["year"])
        required = math.ceil(SHARES[row["year"]] * len(rows))
        now = set(names(rows, "recognised"))
        assert row["agencies"] == len(rows)
        assert row["recognised"] == len(now)
        assert row["rate"] == round(Decimal(len(now)) / len(rows), 6)
        assert (row["required"], row["gap"]) == (required, max(0, required - len(now)))
        assert set(row["newly_recognised"]) == now - before
        assert set(row["withdrawn"]) == before - now == set(names(rows, "withdrawn"))
        line = (
            f"{row['year']} {len(rows)} {len(now)} {percent(len(now), len(rows))} {SHARES[row['year']]:.1%} {required}"
        )
        assert f"{line} {row['gap']} {len(now - before)} {len(before - now)} " in shown
        for group in row["groups"]:
            word = group["name"] and str(group["name"])
            own = {name: one for name, one in rows.items() if called(one.get(group["by"])) == word}
            assert (group["agencies"], group["recognised"]) == (len(own), len(names(own, "recognised")))
        before = now


def test_the_way_begins_where_the_year_stands(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = printed(folder, "plan", *CHECKED, *OFFICE, "--year", "2021")
    rows = listed(written(folder, "2021年汇总.json"))
    assert document["progress"] == written(folder, "2021年汇总.json")["progress"]
    recognised, waiting = len(names(rows, "recognised")), names(rows, "self_pass")
    assert {row["name"]: row["self"] for row in document["waiting"]} == {name: rows[name]["self"] for name in waiting}
    below = {row["name"]: row for row in document["below"]}
    assert set(below) == set(names(rows, "withdrawn", "failed", "self_fail"))
    for name, row in below.items():
        assert row["total"] == score(rows[name])
        assert row["missing"] == MARK - row["total"]
        assert row["total"] + sum(step["gain"] for step in row["steps"]) >= MARK
    mended = sum(row["cheapest"]["verdict"] == "pass" for row in document["below"])
    for target in document["targets"]:
        required = math.ceil(target["rate"] * len(rows))
        assert target["required"] == required
        assert target["gap"] == max(0, required - recognised)
        assert target["gap_if_confirmed"] == max(0, required - recognised - len(waiting))
        assert target["gap_if_mended"] == max(0, required - recognised - len(waiting) - mended)
    assert {row["name"] for row in document["formless"]} == set(names(rows, "missing", "returned"))
    by_file = {result["file"]: result for result in written(folder, "2021年汇总.json")["results"]}
    open_, alone = Losses(), Counter[str]()
    for row in document["below"]:
        for line in lines_of(deciding(by_file[row["file"]])):
            open_.add(line["id"], line["points"] - line["score"])
            alone[line["id"]] += line["points"] - line["score"] >= row["missing"]
    assert Losses.of(document["measures"]) == open_
    assert {row["criterion"]: row["alone"] for row in document["measures"]} == {name: alone[name] for name in open_}


def test_the_years_side_by_side_are_those_of_the_ledger(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = printed(folder, "compare", "2020", "2021", "--ledger", LEDGER)
    before, after = recorded(folder, 2020), recorded(folder, 2021)
    for side, rows in (("before", before), ("after", after)):
        assert document[side]["agencies"] == len(rows)
        assert document[side]["recognised"] == len(names(rows, "recognised"))
    assert Counter(change["kind"] for change in document["changes"]) == Counter(document["counts"]) - Counter(
        {"same": 0, "new": 0, "gone": 0}
    )
    for change in document["changes"]:
        for side, rows in (("before", before), ("after", after)):
            row = change[side]
            assert (row["state"], row["total"]) == (rows[row["name"]]["state"], score(rows[row["name"]]))
        if change["difference"] is not None:
            assert change["difference"] == change["after"]["total"] - change["before"]["total"]
    gained = {change["after"]["name"] for change in document["changes"] if change["kind"] == "recognised"}
    lost = {change["after"]["name"] for change in document["changes"] if change["kind"] == "unrecognised"}
    assert (gained, lost) == (set(RECOGNISED_2021), set(WITHDRAWN_2021))
    pairs = [(before[name].get("lost", {}), after[name].get("lost", {})) for name in before]
    pairs = [pair for pair, name in zip(pairs, before, strict=True) if both_handed_in(before[name], after[name])]
    assert document["pairs"] == len(pairs)
    for row in document["criteria"]:
        points = [(was.get(row["criterion"], 0), now.get(row["criterion"], 0)) for was, now in pairs]
        assert (row["before"], row["after"]) == tuple(map(sum, zip(*points, strict=True)))
        assert (row["rose"], row["fell"]) == (sum(b > a for b, a in points), sum(b < a for b, a in points))


def both_handed_in(*rows: Any) -> bool:
    """Whether a form counts in each year."""
    return all(row.get("handed_in") for row in rows)


@pytest.mark.parametrize(("ended", "file"), [(2020, "2020年汇总.json"), (2021, "2021年汇总.json")])
def test_the_evidence_is_of_the_claims_that_the_batch_scores(
    ended: int, file: str, folder: Path, year: Mapping[Step, Seen]
) -> None:
    document = printed(folder, "evidence", f"{ended}年", "--roster", "名录.xlsx")
    rows = listed(written(folder, file))
    assert document["year"] == ended
    for agency in document["agencies"]:
        assert agency["self"]["total"] == rows[agency["name"]]["self"], agency["name"]
        (form,) = (form for form in written(folder, file)["results"] if form["file"] == agency["file"])
        claims = {criterion: points for criterion, points in scores(form["self"]).items() if points}
        assert agency["claimed"] == list(claims)
        without = agency["self"]["total"] - sum(claims[criterion] for criterion in agency["lacking"])
        assert (agency["without"]["total"], agency["without"]["verdict"]) == (
            without,
            "pass" if without >= MARK else "fail",
        )
        own = [row for row in document["files"] if row["agency"] == agency["name"]]
        assert (agency["files"], len(agency["uncited"])) == (
            len(own),
            sum(not (row["cited"] or row["form"]) for row in own),
        )
    papers = [path for path in (folder / f"{ended}年").rglob("*") if path.is_file() and path.suffix != ".xlsx"]
    assert {row["file"]: (row["size"], row["sha256"]) for row in document["files"]} == {
        path.relative_to(folder).as_posix(): (len(data := path.read_bytes()), hashlib.sha256(data).hexdigest())
        for path in papers
    }
    lacking = {agency["name"]: agency["lacking"] for agency in document["agencies"] if agency["lacking"]}
    assert (
        lacking == {2020: {"示例市交通运输局": ["2.2.4", "3.3.2"]}, 2021: {"示例市统计局": ["2.2.5", "4.1.1"]}}[ended]
    )
    shared = {tuple(row["agencies"]) for row in document["shared"]}
    assert shared == ({("示例市妇女联合会", "示例市总工会")} if ended == 2020 else set())


def test_the_plan_sends_to_everybody_who_was_visited(folder: Path, year: Mapping[Step, Seen]) -> None:
    plan = written(folder, "核查计划.json")
    before = printed(folder, "batch", "2021年", "--roster", "名录.xlsx")
    visits = {visit["name"]: visit for visit in plan["visits"]}
    assert set(visits) >= {*RECOGNISED_2021, *WITHDRAWN_2021, *FAILED_2021}
    assert all(visit["total"] == listed(before)[name]["self"] for name, visit in visits.items())
    for size in plan["sizes"]:
        own = [visit for visit in visits.values() if visit["category"] == size["category"]]
        assert Counter(visit["how"] for visit in own) == +Counter(certain=size["certain"], random=size["drawn"])
        assert size["population"] == size["certain"] + size["frame"]
    for row in plan["frame"]:
        assert row["hash"] == hashlib.sha256(f"{plan['seed']},{row['name']}".encode()).hexdigest()
    assert {path.name for path in (folder / "核查表").iterdir()} == {f"{name}-核查表.xlsx" for name in visits}
    first = (folder / LEDGER).read_bytes().splitlines(keepends=True)[0]
    (folder / "第一年.jsonl").write_bytes(first)
    again = printed(
        folder,
        "verify",
        "plan",
        "2021年",
        *OFFICE[:2],
        "--seed",
        plan["seed"],
        "--number",
        "3",
        "--ledger",
        "第一年.jsonl",
    )
    assert again == plan


def test_the_check_counts_the_rows_of_the_roster(folder: Path, year: Mapping[Step, Seen]) -> None:
    document = printed(folder, "roster", "check", "名录.xlsx")
    sheet = openpyxl.load_workbook(folder / "名录.xlsx").worksheets[0]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in table if "单位名称" in row)
    rows = [dict(zip(head, row, strict=True)) for row in table[table.index(head) + 1 :] if row[head.index("单位名称")]]
    inside = [row for row in rows if not row["垂管/不参评原因"]]
    assert (document["agencies"], document["outside"]) == (len(inside), len(rows) - len(inside))
    assert [entry["name"] for entry in document["entries"]] == [row["单位名称"] for row in rows]
    for by, column in (("categories", "单位类别"), ("levels", "级别"), ("batches", "批次年度")):
        counted = {str(row["value"]): row["agencies"] for row in document[by]}
        assert counted == Counter(str(row[column]) for row in inside)


@dataclass(frozen=True)
class Tables:
    """A report in both of its forms: what the workbook's tables have to say, from its document."""

    call: tuple[str, ...]
    sheets: Mapping[str, tuple[str, Callable[[Any], Iterable[tuple[Any, ...]]]]]
    """Sheet → its columns, and the rows of these."""


def tenth(rate: Decimal) -> Decimal:
    """A rate to a tenth of a per cent."""
    return Decimal(rate).quantize(Decimal("0.001"), ROUND_HALF_UP)


def mean(points: Decimal, number: int) -> Decimal:
    """Cut after two decimals."""
    return (Decimal(points) / number).quantize(Decimal("0.01"), ROUND_DOWN)


TABLES = {
    "evidence": Tables(
        ("evidence", "2020年", "--roster", "名录.xlsx"),
        {
            "机关": (
                "机关 条目 有佐证 无佐证 缺文件 文号 文件 未引用 自评 去掉后",
                lambda made: (
                    (
                        row["name"],
                        len(row["claimed"]),
                        len(row["claimed"]) - len(row["lacking"]),
                        *(len(row[key]) for key in ("lacking", "missing", "documents")),
                        row["files"],
                        len(row["uncited"]),
                        row["self"]["total"],
                        row["without"]["total"],
                    )
                    for row in made["agencies"]
                ),
            ),
            "文件": (
                "文件 字节 SHA-256",
                lambda made: ((row["file"], row["size"], row["sha256"]) for row in made["files"]),
            ),
            "发现": ("文件 发现", lambda made: ((row["file"], row["message"]) for row in made["problems"])),
        },
    ),
    "roster check": Tables(
        ("roster", "check", "名录.xlsx"),
        {
            "名录": ("单位名称 行", lambda made: ((row["name"], row["row"]) for row in made["entries"])),
            "统计": (
                "值 机关数",
                lambda made: (
                    (str(row["value"]), row["agencies"])
                    for by in ("categories", "levels", "batches")
                    for row in made[by]
                ),
            ),
        },
    ),
    "ledger show": Tables(
        ("ledger", "show", "台账.jsonl"),
        {
            "各年进度": (
                "年度 机关总数 已认定 认定率 目标 应达 还差 新认定 撤销",
                lambda made: (
                    (
                        *(row[key] for key in ("year", "agencies", "recognised")),
                        tenth(row["rate"]),
                        row["target_rate"],
                        *(row[key] for key in ("required", "gap")),
                        *(len(row[key]) for key in ("newly_recognised", "withdrawn")),
                    )
                    for row in made["years"]
                ),
            ),
            "按级别、类别、批次": (
                "年度 名称 机关 已认定 认定率",
                lambda made: (
                    (year["year"], row["name"], row["agencies"], row["recognised"], tenth(row["rate"]))
                    for year in made["years"]
                    for row in year["groups"]
                ),
            ),
            "新认定和撤销": (
                "年度 单位名称",
                lambda made: (
                    (year["year"], name)
                    for year in made["years"]
                    for name in (*year["newly_recognised"], *year["withdrawn"])
                ),
            ),
            "记录": (
                "条 年度 校验码",
                lambda made: ((row["number"], row["year"], row["sha256"][:16]) for row in made["entries"]),
            ),
        },
    ),
    "plan": Tables(
        ("plan", *CHECKED, *OFFICE, "--year", "2021"),
        {
            "未达标的机关": (
                "机关 得分 还差 条数",
                lambda made: ((row["name"], row["total"], row["missing"], len(row["steps"])) for row in made["below"]),
            ),
            "帮助最多的措施": (
                "编号 机关 共失分 单靠它达标",
                lambda made: (
                    (row["criterion"], row["agencies"], row["points"], row["alone"]) for row in made["measures"]
                ),
            ),
            "年度目标": (
                "年度 至少 还差 核查达标后还差 再各补两条后还差",
                lambda made: (
                    (
                        str(row["year"]),
                        *(row[key] for key in ("required", "gap", "gap_if_confirmed", "gap_if_mended")),
                    )
                    for row in made["targets"]
                ),
            ),
            "只待核查的机关": ("机关 自评得分", lambda made: ((row["name"], row["self"]) for row in made["waiting"])),
            "要先交表的机关": ("机关", lambda made: ((row["name"],) for row in made["formless"])),
        },
    ),
    "compare": Tables(
        ("compare", "2020", "2021", "--ledger", "台账.jsonl"),
        {
            "机关的变化": (
                "机关 甲得分 乙得分 差",
                lambda made: (
                    (row["after"]["name"], row["before"]["total"], row["after"]["total"], row["difference"])
                    for row in made["changes"]
                    if row["kind"] != "same"
                ),
            ),
            "逐条失分的变化": (
                "编号 甲平均失分 乙平均失分 变好 变差",
                lambda made: (
                    (
                        row["criterion"],
                        mean(row["before"], made["pairs"]),
                        mean(row["after"], made["pairs"]),
                        row["rose"],
                        row["fell"],
                    )
                    for row in made["criteria"]
                ),
            ),
        },
    ),
    "verify plan": Tables(
        ("verify", "plan", "2021年", "--roster", "名录.xlsx", "--seed", "2021年核查"),
        {
            "核查名单": (
                "单位名称 单位类别 自评总分",
                lambda made: ((row["name"], row["category"], row["total"]) for row in made["visits"]),
            ),
            "各类家数": (
                "单位类别 范围内 必查 抽样总体 抽查",
                lambda made: (
                    tuple(row[key] for key in ("category", "population", "certain", "frame", "drawn"))
                    for row in made["sizes"]
                ),
            ),
            "抽样过程": (
                "单位类别 位次 单位名称 抽中 SHA-256",
                lambda made: (
                    (row["category"], row["rank"], row["name"], "是" if row["drawn"] else None, row["hash"])
                    for row in made["frame"]
                ),
            ),
        },
    ),
}


@pytest.mark.parametrize("tables", TABLES.values(), ids=TABLES)
def test_a_workbook_of_the_office_tells_the_figures_of_its_document(
    tables: Tables, folder: Path, year: Mapping[Step, Seen]
) -> None:
    book = folder.parent / "表.xlsx"
    document = printed(folder, *tables.call)
    call(*tables.call, "-o", str(book), cwd=folder, today=TODAY["2021年核查以后"])
    sheets = openpyxl.load_workbook(book)
    for name, (columns, rows) in tables.sheets.items():
        table = [[cell.value for cell in row] for row in sheets[name].iter_rows()]
        head = next(row for row in table if set(columns.split()) <= set(row))
        at = [head.index(column) for column in columns.split()]
        told = [tuple(exact(row[place]) for place in at) for row in table[table.index(head) + 1 :]]
        assert told == [tuple(map(exact, row)) for row in rows(document)], name


def exact(value: Any) -> Any:
    """A number as it is written."""
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value


def test_the_report_upward_states_the_rate(folder: Path, year: Mapping[Step, Seen]) -> None:
    rows = recorded(folder, 2021)
    recognised = len(names(rows, "recognised"))
    letter = docx.Document(str(folder / "2021年进度报告.docx"))
    text = "\n".join(line.text for line in letter.paragraphs)
    rate = f"认定率 {percent(recognised, len(rows))}（{recognised} / {len(rows)}）"
    assert f"机关总数 {len(rows)} 个（来自名录），已认定节约型机关 {recognised} 个，{rate}" in text
    told = {line[0]: line[2].split("、") for line in re.findall(r"^(\S+) (\d+) 个：(.*)。$", text, re.MULTILINE)}
    assert {word: len(names) for word, names in told.items()} == {
        word: int(number) for word, number in re.findall(r"^(\S+) (\d+) 个：.*。$", text, re.MULTILINE)
    }
    before = set(names(recorded(folder, 2020), "recognised")) - set(WITHDRAWN_2021)
    assert {word: set(some) for word, some in told.items() if "不参评" not in word} == {
        "本年认定": set(RECOGNISED_2021),
        "以前认定，今年未交表": before,
        "撤销认定": set(WITHDRAWN_2021),
        "核查未达标": set(FAILED_2021),
        "自评达标": set(names(rows, "self_pass")),
        "自评未达标": set(names(rows, "self_fail")),
        "未交表": set(names(rows, "missing")),
    }
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in letter.tables]
    (parts,) = (table[1:] for table in tables if table[0][0] == "分组")
    groups = written(folder, "2021年汇总.json")["progress"]["groups"]
    assert [row[1:] for row in parts] == [
        [
            group["name"],
            *(str(group[key]) for key in ("agencies", "recognised")),
            percent(group["recognised"], group["agencies"]),
            *(str(group[key]) for key in ("self_assessed", "missing")),
        ]
        for by in ("level", "category", "batch")
        for group in groups[by]
    ]
    assert f"校验码前 16 位：{hashlib.sha256((folder / LEDGER).read_bytes().splitlines()[-1]).hexdigest()[:16]}" in text


def test_nothing_stops_on_the_way(year: Mapping[Step, Seen]) -> None:
    """Only the year with the broken file ends with 1."""
    assert {step.line: seen.code for step, seen in year.items() if seen.code not in {0, 1}} == {}
    assert all(step.part == "2020年" for step, seen in year.items() if seen.code == 1)
