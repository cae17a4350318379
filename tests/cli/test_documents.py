"""What other programs read: stdout holds the document and nothing else, as ``jieyue schema`` describes it."""

from __future__ import annotations

import csv
import importlib
import io
import itertools
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jieyue_cli.report.formats import printed_by
from program import Call
from returns import Answers, hand_in, returned

jsonschema: Any = importlib.import_module("jsonschema")  # it ships no types

RESULT = {"file", "sha256", "agency", "status", "self", "verified", "verification", "problems"}
SCORE = {"total", "at_most", "points", "verdict", "units"}
PART = {"id", "name", "points", "score"}
CRITERION = {"id", "points", "answer", "score", "cell", "why"}
PROBLEM = {"code", "severity", "sheet", "cell", "criterion", "message"}
PROGRESS = {
    *{"year", "target_rate", "agencies", "denominator", "required", "recognised", "self_assessed", "rate", "gap"},
    *{
        "gap_if_confirmed",
        "missing",
        "lost",
        "handed_in",
        "files",
        "unreadable",
        "withdrawn",
        "duplicates",
        "not_applicable",
        "outside",
        "corrections",
    },
    *{"outside", "calendar", "groups"},
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Returns of every sort, and a standard with half points."""
    folder = tmp_path / "交表"
    hand_in(folder, "示例市财政局")
    (folder / "示例市统计局.xlsx").write_bytes(returned("示例市统计局", {"5.1.2": 3}))
    hand_in(folder / "以前", "示例市教育局", year=2020)
    (folder / "示例市水务局.xlsx").write_bytes(returned("示例市水务局", {"5.1.1": "若干", "2.2.3": "５"}))
    (folder / "示例市档案馆.xlsx").write_bytes(returned("示例市档案馆", {}, {"1.1.1": "否"}))
    (folder / "无名.xlsx").write_bytes(returned(None, year=None))
    (folder / "重复1.xlsx").write_bytes(returned("示例市总工会"))
    (folder / "重复2.xlsx").write_bytes(returned("示例市总工会", {"5.1.1": 1}))
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    (tmp_path / "名录.csv").write_text(
        "单位名称\n示例市财政局\n示例市统计局\n示例市总工会\n示例市地方志研究室\n", "utf-8"
    )
    return folder


def batch(call: Call, *arguments: str | Path) -> Any:
    ran = call("batch", *arguments, "--format", "json")
    return json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)


def test_the_output_is_what_the_schema_says(call: Call, office: Path) -> None:
    schema = json.loads(call("schema").stdout)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    batch = json.loads(call("batch", "交表", "--roster", "名录.csv", "--format", "json").stdout)
    validator.validate(batch)
    validator.validate(json.loads(call("score", *office.glob("*.xlsx"), "missing", "--format", "json").stdout))
    batch["results"][0]["self"] = {"total": "95"}
    assert not validator.is_valid(batch)


def test_the_keys_are_exactly_the_contracts(call: Call, office: Path) -> None:
    document = batch(call, "交表", "--roster", "名录.csv")
    assert document.keys() == {"rubric", "results", "agencies", "progress"}
    assert document["rubric"].keys() == {"id", "version", "pass_mark"}
    assert document["progress"].keys() == PROGRESS
    assert document["progress"]["lost"][0].keys() == {"criterion", "agencies", "points"}
    for result in document["results"]:
        assert result.keys() == RESULT | {"counts", "remark"}
        assert result["agency"] is None or result["agency"].keys() == {"name", "category", "year"}
        for problem in result["problems"]:
            assert problem.keys() == PROBLEM
        for score in filter(None, (result["self"], result["verified"])):
            assert score.keys() == SCORE
            for unit in score["units"]:
                assert unit.keys() == PART | {"items"}
                for item in unit["items"]:
                    assert item.keys() == PART | {"criteria"}
                    assert all(criterion.keys() == CRITERION for criterion in item["criteria"])
    assert call("score", office / "无名.xlsx", "--format", "json").out.count('"progress"') == 0


def test_a_score_is_the_sum_of_its_parts(call: Call, office: Path) -> None:
    for result in batch(call, "交表")["results"]:
        for score in filter(None, (result["self"], result["verified"])):
            assert score["total"] == sum(unit["score"] for unit in score["units"])
            for unit in score["units"]:
                assert unit["score"] == sum(item["score"] for item in unit["items"])
                for item in unit["items"]:
                    assert item["score"] == sum(criterion["score"] for criterion in item["criteria"])


def test_numbers_have_their_exact_digits(call: Call, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "rubric" / "standard_2020.yaml").read_text("utf-8")
    text = text.replace("{kind: count, each: 1, measure: 次}", "{kind: count, each: 0.1, measure: 次}")
    (tmp_path / "tenths.yaml").write_text(text, "utf-8")
    not_done: Answers = {"1.1.1": "否", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否", "5.1.3": 3}
    (tmp_path / "form.xlsx").write_bytes(returned("示例市财政局", not_done))
    ran = call("score", "form.xlsx", "--rubric", "tenths.yaml", "--format", "json")
    assert ran.code == 0, ran.err
    score = json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)["results"][0]["self"]
    assert str(score["total"]) == "80.3"
    assert '"total": 80.3,' in ran.out
    assert "80.3," in call("score", "form.xlsx", "--rubric", "tenths.yaml", "--format", "csv").out
    assert "80.3" in call("score", "form.xlsx", "--rubric", "tenths.yaml").out


def test_79_and_a_half_stays_79_and_a_half(call: Call, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "rubric" / "standard_2020.yaml").read_text("utf-8")
    text = text.replace("{kind: count, each: 1, measure: 次}", "{kind: count, each: 0.5, measure: 次}")
    (tmp_path / "halves.yaml").write_text(text, "utf-8")
    not_done: Answers = {"1.1.1": "否", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否", "2.1.1": "否", "5.1.3": 1}
    (tmp_path / "form.xlsx").write_bytes(returned("示例市财政局", not_done))
    ran = call("score", "form.xlsx", "--rubric", "halves.yaml", "--format", "json")
    assert '"total": 79.5,' in ran.out
    assert json.loads(ran.stdout)["results"][0]["status"] == "fail"


@pytest.mark.parametrize("how", ["json", "jsonl", "csv"])
def test_stdout_holds_the_document_alone(how: str, call: Call, office: Path) -> None:
    ran = call("batch", "交表", "--format", how)
    if how == "csv":
        assert ran.stdout.startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(io.StringIO(ran.stdout.decode("utf-8-sig"))))
        assert len({len(row) for row in table}) == 1
        assert len(table) == 1 + 9
    else:
        whole = ran.stdout.decode("utf-8")
        assert all(json.loads(line) for line in (whole.splitlines() if how == "jsonl" else [whole]))


def test_json_and_json_lines_agree(call: Call, office: Path) -> None:
    document = json.loads(call("batch", "交表", "--format", "json").stdout)
    *listed, last = map(json.loads, call("batch", "交表", "--format", "jsonl").out.splitlines())
    assert last == {"progress": document["progress"]}
    lines = [line for line in listed if "file" in line]
    assert [line for line in listed if "file" not in line] == [{"agency": row} for row in document["agencies"]]
    between = {"submission-doubled", "submission-copied", "agency-not-listed", "year-later", "year-earlier"}
    for result in document["results"]:  # what shows only between files cannot stand in a line written before the others
        result["problems"] = [problem for problem in result["problems"] if problem["code"] not in between]
        del result["counts"], result["remark"]
    assert sorted(lines, key=lambda line: str(line["file"])) == document["results"]
    call("batch", "交表", "-o", "out.jsonl")
    written = (office.parent / "out.jsonl").read_bytes()
    assert sorted(written.splitlines()) == sorted(call("batch", "交表", "--format", "jsonl").stdout.splitlines())


def test_no_failure_goes_unsaid(call: Call, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    for how in printed_by("batch"):
        ran = call("batch", "leer", "--format", how)
        assert ran.code == 1
        assert "没有电子表格" in ran.err


@pytest.mark.slow
def test_the_order_of_places_changes_nothing(call: Call, office: Path) -> None:
    places = ["交表/以前", "交表/示例市财政局.xlsx", "交表/示例市统计局.xlsx"]
    for how in printed_by("batch"):
        seen = {call("batch", *order, "--format", how).stdout for order in itertools.permutations(places)}
        assert len(seen) == 1


def test_a_place_given_twice_counts_once(call: Call, office: Path) -> None:
    once = batch(call, "交表")
    assert batch(call, "交表", "交表", "交表/以前", "交表/示例市财政局.xlsx") == once


def test_score_and_batch_say_the_same_of_a_file(call: Call, office: Path) -> None:
    folder = office / "以前"
    (folder / "坏.xlsx").write_bytes(b"PK\3\4")
    (folder / "水.xlsx").write_bytes(returned("示例市水务局", {"5.1.1": "若干"}, {"5.1.2": "√"}))
    of_batch = batch(call, folder)["results"]
    for result in of_batch:
        del result["counts"], result["remark"]
    ran = call("score", *sorted(folder.iterdir()), "--format", "json")
    assert json.loads(ran.stdout, parse_float=Decimal, parse_int=Decimal)["results"] == of_batch
