"""不涉及: who asked for it and where, over all agencies; the office rules where none is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jieyue_cli.agencies.tally import FormOutcome, Tally, unpacked
from jieyue_cli.rubric.model import Input, NotApplicable, Rubric
from jieyue_cli.submission import AnswerKind, Claim


class Request(NamedTuple):
    """One agency's 不涉及 for one question."""

    criterion: str
    """Its 编号."""
    policy: NotApplicable
    """What the standard makes of it."""
    name: str
    file: str


def requested(rubric: Rubric, tally: Tally, forms: Sequence[FormOutcome]) -> tuple[Request, ...]:
    """Every 不涉及 in these forms, which the tally has counted; in the standard's order, then in that of the forms."""
    said = {index: Claim.of(text) for index, text in enumerate(tally.texts()) if "\t" in text}
    absent = AnswerKind.NOT_APPLICABLE
    asking = {index: "+".join(claim.criteria) for index, claim in said.items() if claim.answer.kind is absent}
    if not asking:
        return ()
    policies = {
        identifier: top.not_applicable if isinstance(top, Input) else top.leaves[0].not_applicable
        for top in rubric.tops
        for identifier in (top.id, *(question.id for question in top.questions))
    }
    order = {identifier: place for place, identifier in enumerate(policies)}
    requests = [
        Request(identifier, policies[identifier.partition("+")[0]], form.name, form.file)
        for form in forms
        for identifier in filter(None, map(asking.get, unpacked(form.claims)))
    ]
    return tuple(sorted(requests, key=lambda request: order[request.criterion.partition("+")[0]]))
