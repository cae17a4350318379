"""The figures of a batch, worked out from its JSON: what every other format has to tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from jieyue_cli.agencies.standings import State

FACTS = ("机关总数", "已认定", "认定率", "年度目标", "还差", "自评达标待核查", "已交表并计入", "表格文件", "不参评")
Number = Decimal | None
Figures = Mapping[str, Any]
"""What a format tells: ``facts`` of the progress (rates in per cent), ``groups`` of agencies with their sizes, each of
the ``agencies``, who is ``outside`` of the scope and why, who is ``published``, the ``ranking`` year by year, the
totals of the ``files``, the ``lines`` of each file with both sides' scores, the ``deciding`` scores alone, what is
``lost`` on each criterion, the ``spread``: how many totals, and how many at the mark; how many kept the ``calendar``
step by step and who is ``named`` there, how many days each agency was ``late``, its ``dates``, the ``parts`` of each
grouping; and the ``corrections`` of finished verifications: how many agencies, how many lowered, raised and unchanged,
the points in all, and the criteria with how many agencies and points less."""
Row = dict[str, Any]
GROUPINGS = {"level": "级别", "category": "单位类别", "batch": "批次年度"}


def expected(document: dict[str, Any]) -> Figures:
    """Every figure, from the results and the agencies.

    Taken from the progress are only the year, its target, its dates, and by what there are groups.
    """
    progress, agencies, results = document["progress"], document["agencies"], document["results"]
    year, mark = progress["year"], document["rubric"]["pass_mark"]
    outside = {row["name"]: row["reason"] for row in progress["outside"]}
    ranked: dict[Number, list[tuple[int | None, Decimal, Decimal]]] = {}
    for result in sorted(filter(deciding, results), key=lambda result: -deciding(result)["total"]):
        ranked.setdefault(result["agency"]["year"], []).append(_rank(result, ranked))
    totals = [
        agency["self"] if agency["verified"] is None else agency["verified"]
        for agency in agencies
        if agency["handed_in"]
    ]
    return {
        "facts": _facts(progress, agencies, results, mark),
        "groups": Counter(_group(agency, year, outside) for agency in agencies),
        "agencies": standings(agencies, outside),
        "outside": outside,
        "published": {agency["name"]: agency["since"] for agency in agencies if agency["state"] == "recognised"},
        "ranking": {
            when: sorted(forms, key=lambda form: form[0] is None)  # what has no rank stands last
            for when, forms in ranked.items()
        },
        "files": {result["file"]: _file(result) for result in results},
        "lines": {
            (result["file"], line): scores for result in results if result["self"] for line, scores in both(result)
        },
        "deciding": Counter(
            (result["agency"]["name"], line["id"], line["score"])
            for result in filter(deciding, results)
            for line in _lines(deciding(result))
            if not line.get("excluded")
        ),
        "lost": _lost(results, year),
        "spread": (len(totals), sum(total >= mark for total in totals)),
        "calendar": {row["step"]: (row["due"], *map(len, kept[:2]), kept[2]) for row, kept in _kept(document)},
        "named": {row["step"]: (kept[0], kept[1] if row["step"] == "plan" else []) for row, kept in _kept(document)},
        "late": dict.fromkeys(outside, (None, 0))
        | {agency["name"]: (agency["filled_on"], _days_late(progress, agency)) for agency in agencies},
        "dates": dict.fromkeys(outside, (None,) * 4)
        | {
            agency["name"]: tuple(agency[key] for key in ("level", "batch", "checked_on", "plan_filed"))
            for agency in agencies
        },
        "parts": {
            GROUPINGS[key]: parts
            for key in GROUPINGS
            if progress["groups"][key] and len(parts := groups(agencies, key, mark)) > 1
        },
        "corrections": _corrections(agencies, results, year),
    }


def _kept(document: Row) -> Iterator[tuple[Row, tuple[list[str], list[str], int]]]:
    """Each step with who is late, who is missing, and how many have no date."""
    listed = [agency for agency in document["agencies"] if agency["listed"]]
    for row in document["progress"]["calendar"]:
        key = {"plan": "plan_filed", "self_assessment": "filled_on", "verification": "checked_on"}[row["step"]]
        late = [agency for agency in listed if agency[key] and row["due"] and agency[key] > row["due"]]
        if row["step"] == "verification":  # a re-check may be at any time
            late = [agency for agency in late if not _recognised_before(agency)]
        missing, undated = {
            "plan": ([agency for agency in listed if row["missing"] and not agency[key]], []),
            "self_assessment": (
                [agency for agency in listed if agency["state"] == "missing"],
                [agency for agency in listed if agency["self"] is not None and not agency[key]],
            ),
            "verification": (
                [agency for agency in listed if agency["handed_in"] and agency["verified"] is None],
                [agency for agency in listed if agency["verified"] is not None and not agency[key]],
            ),
        }[row["step"]]
        yield row, ([agency["name"] for agency in late], [agency["name"] for agency in missing], len(undated))


def _recognised_before(agency: Row) -> bool:
    return agency["state"] == "withdrawn" or (agency["since"] or 9999) < int(agency["checked_on"][:4])


def _days_late(progress: Row, agency: Row) -> int:
    due = next((row["due"] for row in progress["calendar"] if row["step"] == "self_assessment"), None)
    if not (due and agency["filled_on"] and agency["listed"]):
        return 0
    return max(0, (date.fromisoformat(agency["filled_on"]) - date.fromisoformat(due)).days)


def groups(agencies: list[Row], key: str, mark: Decimal) -> dict[str | None, tuple[Any, ...]]:
    """Value → agencies, recognised, the rate in per cent, self-assessed, handed in and missing."""
    made: dict[str | None, tuple[Any, ...]] = {}
    for name in dict.fromkeys(agency[key] for agency in agencies if agency["listed"]):
        own = [agency for agency in agencies if agency["listed"] and agency[key] == name]
        states = Counter(agency["state"] for agency in own)
        claiming = sum(agency["self"] >= mark for agency in own if agency["state"] == "verifying")
        recognised = states["recognised"]
        rate = Decimal(2000 * recognised + len(own)) // (2 * len(own)) / 10
        handed_in = sum(agency["handed_in"] for agency in own)
        counts = (states["self_pass"] + claiming, handed_in, states["missing"])
        made[None if name is None else str(name)] = (len(own), recognised, rate, *counts)
    return made


def deciding(result: dict[str, Any]) -> Any:
    """The score that decides, or null."""
    return result["verified"] if result["verification"]["state"] == "complete" else result["self"]


def _facts(progress: Any, agencies: Any, results: Any, mark: Decimal) -> dict[str, Number]:
    states = Counter(agency["state"] for agency in agencies)
    claiming = states["self_pass"] + sum(
        agency["self"] >= mark for agency in agencies if agency["state"] == "verifying"
    )
    number = progress["agencies"] if progress["denominator"] == "given" else sum(row["listed"] for row in agencies)
    required = None if progress["target_rate"] is None else ceil(number * progress["target_rate"])
    rate = Decimal(2000 * states["recognised"] + number) // (2 * number) / 10
    facts = dict(zip(FACTS, (number, states["recognised"], rate), strict=False))
    facts["年度目标"] = None if required is None else 100 * progress["target_rate"]
    if required is not None:
        facts["还差"] = max(0, required - states["recognised"])
    facts["自评达标待核查"] = claiming
    facts["已交表并计入"] = sum(agency["handed_in"] for agency in agencies)
    facts["表格文件"] = len(results)
    if progress["outside"]:
        facts["不参评"] = Decimal(len(progress["outside"]))
    return facts


def _group(agency: Any, year: Number, outside: Mapping[str, str]) -> str:
    if not agency["listed"]:
        return "不参评，交了表" if agency["name"] in outside else "不在名录"
    if agency["state"] != "recognised":
        return State(agency["state"]).chinese
    if agency["since"] == year:
        return "本年认定"
    return "以前认定" if agency["files"] else "以前认定，今年未交表"


def standings(agencies: Any, outside: Mapping[str, str]) -> dict[str, tuple[object, ...]]:
    """Every agency as a table of them has it, with those that are not assessed."""
    told = {agency["name"]: standing(agency) for agency in agencies}
    return told | {name: ("不参评", *told.get(name, (None, None, False, None, None))[1:]) for name in outside}


def standing(agency: Any) -> tuple[object, ...]:
    return (
        State(agency["state"]).chinese,
        agency["since"],
        agency["handed_in"],
        agency["self"],
        agency["verified"],
    )


def _rank(result: Any, ranked: Mapping[Number, list[tuple[int | None, Decimal, Decimal]]]) -> Any:
    """Rank, total and what it could become, behind those of the year that are ranked already."""
    card, agency = deciding(result), result["agency"]
    why = (result["remark"] or "").partition("；")[0]
    known = agency["name"] and agency["year"]
    if not (known and (result["counts"] or why in {"待更正，暂未计入", "往年的表，不计入本年"})):
        return None, card["total"], card["at_most"]
    before = [form for form in ranked.get(agency["year"], []) if form[0]]
    same = before and before[-1][1] == card["total"]
    return before[-1][0] if same else len(before) + 1, card["total"], card["at_most"]


def _file(result: Any) -> tuple[object, ...]:
    sides = [result[side] for side in ("self", "verified")]
    totals = [side and side[key] for side in sides for key in ("total", "at_most")]
    severities = Counter(problem["severity"] for problem in result["problems"])
    return *totals, severities["error"], severities["warning"]


def _lines(card: Any) -> Iterator[Any]:
    return (line for unit in card["units"] for item in unit["items"] for line in item["criteria"])


def both(result: Any) -> Iterator[tuple[str, tuple[Number, ...]]]:
    """编号 → points, both sides' scores, and what the deciding one loses."""
    verified = {line["id"]: line for line in _lines(result["verified"])} if result["verified"] else {}
    for line in _lines(result["self"]):
        other = verified.get(line["id"])
        decided = other if other and deciding(result) is result["verified"] else line
        yield line["id"], (line["points"], line["score"], other and other["score"], _loss(decided))


def _loss(line: Any) -> Decimal:
    return Decimal(0) if line.get("excluded") else Decimal(line["points"] - line["score"])


def _lost(results: Any, year: Number) -> list[tuple[str, int, Decimal]]:
    agencies: Counter[str] = Counter()
    points: defaultdict[str, Decimal] = defaultdict(Decimal)
    for result in results:
        if result["counts"] and result["agency"] and result["agency"]["year"] == year:
            for line in _lines(deciding(result)):
                if loss := _loss(line):
                    agencies[line["id"]] += 1
                    points[line["id"]] += loss
    return sorted((line, agencies[line], points[line]) for line in agencies)


def _corrections(agencies: Any, results: Any, year: Number) -> Any:
    """What finished verifications changed: the totals by agency, the criteria by form."""
    over = [row["self"] - row["verified"] for row in agencies if row["handed_in"] and row["verified"] is not None]
    moved = sum(by > 0 for by in over), sum(by < 0 for by in over), sum(by == 0 for by in over)
    differing: defaultdict[str, list[Decimal]] = defaultdict(list)
    unexplained = 0
    for result in results:
        complete = result["verification"]["state"] == "complete"
        if complete and result["counts"] and result["agency"]["year"] == year:
            unexplained += sum(problem["code"] == "finding-unexplained" for problem in result["problems"])
            for line, (_, claimed, found, _) in both(result):
                if claimed is not None and found is not None and claimed != found:
                    differing[line].append(claimed - found)
    criteria = {line: (len(points), sum(points)) for line, points in differing.items()}
    return {
        "agencies": len(over),
        "moved": moved,
        "points": sum(over),
        "unexplained": unexplained,
        "criteria": criteria,
    }
