"""What the evidence of one agency comes to: the score without what lacks evidence is scored, never subtracted."""

from __future__ import annotations

import pytest

from jieyue_cli.batch.evidence import Names
from jieyue_cli.office.evidence.examine import examine
from jieyue_cli.office.evidence.model import AgencyEvidence, File, Form
from jieyue_cli.office.evidence.owners import Owners
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Agency, Statement, Submission
from jieyue_cli.text.numbers import plain
from scoring.standards import Said, claims, criterion, item, standard, unit

NAME = "甲局"
RESCALED = standard(
    unit("1", item("1.1", criterion("1.1.1", "10"), criterion("1.1.2", "5", not_applicable="rescaled"))),
    unit("2", item("2.1", criterion("2.1.1", "5"))),
    passing="12",
)
EITHER = standard(
    unit(
        "1",
        item(
            "1.1",
            criterion(
                "1.1.1",
                "6",
                rule={"kind": "either"},
                parts=[criterion("1.1.1.1", "6"), criterion("1.1.1.2", "4")],
            ),
            criterion("1.1.2", "4"),
        ),
    ),
    passing="8",
)
BONUS = standard(
    unit("1", item("1.1", criterion("1.1.1", "10"))),
    unit("2", item("2.1", criterion("2.1.1", "2"), criterion("2.1.2", "2")), bonus=True) | {"points": "3"},
    passing="8",
)


def examined(rubric: Rubric, said: Said, *papers: str) -> AgencyEvidence:
    """The evidence of an agency that answers this and cites the lines of ``papers``, with no file."""
    made = claims(said)
    submission = Submission(Agency(NAME, None, 2030), Statement(tuple(made)), None, papers="\n".join(papers))
    form = Form(NAME, NAME, None, "甲局.xlsx", submission, score(rubric, made))
    review = examine(rubric, 2030, [form], [], Owners([], Names({}), [], {}, {}, 2030), {})
    return review.agencies[0]


@pytest.mark.parametrize(
    ("rubric", "said", "papers", "lacking", "total", "without"),
    [
        (RESCALED, {"1.1.1": "1", "1.1.2": "不涉及", "2.1.1": "1"}, ["1.1.1\t附件"], ["2.1.1"], "20", "13.33"),
        (RESCALED, {"1.1.1": "1", "1.1.2": "1", "2.1.1": "0"}, ["1.1.1\t附件"], ["1.1.2"], "15", "10"),
        (RESCALED, {"1.1.1": "1", "1.1.2": "空", "2.1.1": "？"}, ["1.1.1\t无"], ["1.1.1"], "10", "0"),
        (EITHER, {"1.1.1.1": "1", "1.1.1.2": "1", "1.1.2": "1"}, ["1.1.1.2\t附件"], ["1.1.2"], "10", "6"),
        (EITHER, {"1.1.1.1": "1", "1.1.1.2": "1", "1.1.2": "1"}, ["1.1.2\t附件"], ["1.1.1"], "10", "4"),
        (BONUS, {"1.1.1": "1", "2.1.1": "1", "2.1.2": "1"}, ["1.1.1\tA", "2.1.1\tB"], ["2.1.2"], "13", "12"),
        (
            BONUS,
            {"1.1.1": "1", "2.1.1": "1", "2.1.2": "1"},
            [r"1.1.1	..\A.pdf"],
            ["1.1.1", "2.1.1", "2.1.2"],
            "13",
            "0",
        ),
    ],
)
def test_the_score_without_what_lacks_evidence(
    rubric: Rubric, said: Said, papers: list[str], lacking: list[str], total: str, without: str
) -> None:
    evidence = examined(rubric, said, *papers)
    assert list(evidence.lacking) == lacking
    cards = (evidence.form.card, evidence.without)
    assert [plain(card.written(card.total)) for card in cards] == [total, without]


def test_nothing_lacking_leaves_the_score_as_it_is() -> None:
    evidence = examined(RESCALED, {"1.1.1": "1", "1.1.2": "不涉及", "2.1.1": "1"}, "1.1.1\tA", "2.1.1\tB")
    assert (list(evidence.lacking), evidence.without) == ([], evidence.form.card)


def test_files_of_nobody_are_nobodys() -> None:
    owners = Owners(["交表"], Names({}), [], {}, {}, None)
    review = examine(RESCALED, None, [], [File("交表/1.1.1.pdf", 3, "ab")], owners, {})
    assert [(placed.agency, placed.criteria) for placed in review.files] == [(None, ("1.1.1",))]
