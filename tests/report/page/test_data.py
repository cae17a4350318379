"""The data: every figure is the one that the JSON document has."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from first import first
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report import json as document
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.page.document import render
from jieyue_cli.rubric.source import load
from report.builders import RUBRIC, batch, result, unreadable, varied

from .cities import city, one_form
from .decoding import decoded, lines

STANDARDS = sorted((Path(__file__).parents[3] / "examples" / "rubrics").glob("*.yaml"))


def told(findings: Findings[Result]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The page's data and the JSON document."""
    return decoded(render(findings)), json.loads(
        b"".join(document.pieces(findings)), parse_float=Decimal, parse_int=Decimal
    )


def assert_same(findings: Findings[Result]) -> None:
    page, contract = told(findings)
    for form, row in zip(page["forms"], contract["results"], strict=True):
        assert (form["file"], len(form.get("problems", ()))) == (row["file"], len(row["problems"]))
        assert form.get("counts", True) == row["counts"]
        for name in ("self", "verified"):
            side, score = form.get(name), row[name]
            assert (side is None) == (score is None)
            if side:
                assert [Decimal(side["total"]), Decimal(side["at_most"])] == [score["total"], score["at_most"]]
                assert list(map(Decimal, side["units"])) == [unit["score"] for unit in score["units"]]
                items = [item for unit in score["units"] for item in unit["items"]]
                assert [Decimal(page["items"][place]["score"]) for place in side["items"]] == [
                    item["score"] for item in items
                ]
                assert lines(page, side) == [
                    (line["id"], None if line.get("excluded") else line["score"], line["why"])
                    for item in items
                    for line in item["criteria"]
                ]
    for agency, row in zip(page["agencies"], contract["agencies"], strict=True):
        assert agency["name"] == row["name"]
        assert agency.get("since") == row["since"]
        for name in ("self", "verified"):
            assert (Decimal(agency[name]) if agency.get(name) else None) == row[name]
    progress = contract["progress"]
    assert page["agencies_in_all"] == progress["agencies"]
    assert [(row["id"], row["agencies"], Decimal(row["lost"])) for row in page["lost"]] == [
        (row["criterion"], row["agencies"], row["points"]) for row in progress["lost"]
    ]
    if progress["year"] is not None and progress["agencies"]:
        (target,) = (row for row in page["targets"] if row["year"] == progress["year"])
        assert [target[name] for name in ("required", "recognised", "self_assessed")] == [
            progress[name] for name in ("required", "recognised", "self_assessed")
        ]


@pytest.mark.parametrize("findings", [varied(), city(30), batch([]), batch([result()], roster=["示例市审计局"])])
def test_every_figure_is_that_of_the_json(findings: Findings[Result]) -> None:
    assert_same(findings)


@pytest.mark.parametrize("path", first(3, STANDARDS), ids=lambda path: path.stem)
def test_every_kind_of_standard_is_told_whole(path: Path) -> None:
    rubric, problems = load(path)
    assert rubric is not None, problems
    for seed in (1, 2, 3):
        assert_same(one_form(rubric, seed))


def test_the_page_says_what_has_no_mark_yet() -> None:
    page = decoded(render(batch([result(year=2019)], year=2019)))
    assert [row for row in page["targets"] if row["year"] == 2019] == [
        {"year": 2019, "rate": "", "required": None, "recognised": 0, "self_assessed": 1}
    ]


def test_a_later_target_is_shown_without_a_count() -> None:
    page = decoded(render(varied()))
    assert [(row["year"], row["rate"], row["required"], row["recognised"]) for row in page["targets"]] == [
        (2020, "25%", 2, 1),
        (2021, "50%", 3, None),
        (2022, "70%", 5, None),
    ]


def test_the_mark_is_a_border_of_the_distribution_and_every_agency_that_handed_in_is_in_it_once() -> None:
    findings = city(200)
    bands = decoded(render(findings))["distribution"]
    assert next(row["start"] for row in bands if row["passes"]) == "80"
    assert (bands[0]["start"], bands[-1]["end"]) == ("0", "100")
    totals = [form.deciding.total for form in findings.results if form.deciding]
    for row in bands:
        start, end = Fraction(row["start"]), Fraction(row["end"])
        assert row["agencies"] == sum(start <= total < end or total == end == 100 for total in totals)


def test_what_forms_share_is_there_once() -> None:
    page = decoded(render(city(200)))
    for table in ("lines", "items", "problems", "texts"):
        rows = [json.dumps(row) for row in page[table]]
        assert len(rows) == len(set(rows))
    assert len(page["lines"]) < 300


def test_every_file_is_an_agencys_or_among_the_others() -> None:
    nameless = result(None, file="交表/无名.xlsx")
    findings = batch([result(), nameless, unreadable("交表/空.xlsx", Code.FILE_EMPTY.at())], roster=["示例市统计局"])
    page = decoded(render(findings))
    owned = {place for agency in page["agencies"] for place in agency.get("forms", ())}
    assert [page["forms"][place]["file"] for place in page["others"]] == ["交表/无名.xlsx", "交表/空.xlsx"]
    assert owned | set(page["others"]) == set(range(3))


def test_the_standards_words_come_along() -> None:
    page = decoded(render(batch([result()])))
    assert [unit["name"] for unit in page["units"]] == [unit.name for unit in RUBRIC.units]
    criteria = [entry["id"] for unit in page["units"] for item in unit["items"] for entry in item["criteria"]]
    assert criteria == list(RUBRIC.by_id)
