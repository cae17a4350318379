"""The proofs on a feedback can be worked out again from what ``score`` prints, and change when they should."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from jieyue_cli.assessment import assess
from jieyue_cli.report.fingerprint import Fingerprint, fingerprint
from program import Call
from returns import returned
from typed_tables import by_item, full

from .builders import RUBRIC, result


def digest(value: object) -> str:
    """RFC 8785 for the values that occur: keys in order, no blanks, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def answers(score: dict[str, Any] | None) -> list[list[Any]]:
    units = score["units"] if score else ()
    return [[line["id"], line["answer"]] for unit in units for item in unit["items"] for line in item["criteria"]]


FORMS = {
    "plain": returned("示例市统计局", {"1.1.1": "否", "2.2.3": "４", "5.1.1": '嗯\t"<'}),
    "verified": returned("示例市财政局", {"2.2.3": "3"}, {"2.2.3": "2"}),
    "typed": full(by_item()).written(),
    "no form": b"PK\3\4",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_the_json_of_score_gives_the_same_proofs(name: str, call: Call, tmp_path: Any) -> None:
    (tmp_path / "表.xlsx").write_bytes(FORMS[name])
    document = json.loads(call("score", "表.xlsx", "--format", "json").out)
    (entry,) = document["results"]
    sides = [answers(entry["self"]), answers(entry["verified"])]
    told = {key: value for key, value in entry.items() if key not in {"file", "sha256"}}
    proof = fingerprint(RUBRIC, assess("elsewhere.xlsx", FORMS[name], RUBRIC))
    assert proof == Fingerprint(digest([entry["agency"], *sides]), digest([document["rubric"], told]))


def test_any_other_answer_finding_agency_or_year_changes_the_proof_of_the_answers() -> None:
    forms = [
        result(),
        result("示例市财政局"),
        result(year=2021),
        result(changes={"1.1.1": "否"}),
        result(changes={"5.1.1": "嗯"}),
        result(verified={}),
        result(verified={"1.1.1": "否"}),
    ]
    assert len({fingerprint(RUBRIC, form).answers for form in forms}) == len(forms)


def test_what_a_program_changes_when_it_saves_changes_no_proof() -> None:
    assert fingerprint(RUBRIC, result(file="a.xlsx")) == fingerprint(RUBRIC, result(file="b/c.xlsx"))
