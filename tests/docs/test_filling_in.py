"""docs/office/filling-in.md tells the agencies what the program will tell the office, and what the standard says."""

from __future__ import annotations

import math
import re
from itertools import takewhile

from docs.pages import ROOT
from jieyue_cli.office.evidence.criteria import Finder
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules.count import Count

PAGE = (ROOT / "docs" / "office" / "filling-in.md").read_text("utf-8")


def rows(head: str) -> list[list[str]]:
    """The rows of the table whose header begins with this word."""
    lines = PAGE[PAGE.index(f"| {head} |") :].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in takewhile(lambda line: line, lines)]


def said(code: Code) -> re.Pattern[str]:
    """What a problem's sentence may look like."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(code.template)))


def test_its_messages_are_those_of_the_program() -> None:
    sentences = [message for message, _ in rows("收到后会这样提示") if message.endswith("。")]
    assert len(sentences) == 9
    assert [text for text in sentences if not any(said(code).fullmatch(text) for code in Code)] == []


def test_its_counts_are_those_of_the_standard(rubric: Rubric) -> None:
    counted = [(criterion, rule) for criterion in rubric.criteria if isinstance(rule := criterion.rule, Count)]
    table = [(identifier, each, most, enough) for identifier, _, each, most, enough in rows("编号 | 填什么")]
    assert table == [
        (one.id, f"{rule.each}", f"{one.points}", f"{math.ceil(one.points / rule.each)}") for one, rule in counted
    ]


def test_its_figures_are_those_of_the_standard(rubric: Rubric) -> None:
    assert f"满分 {rubric.points} 分，{rubric.pass_mark} 分（含）以上达标" in PAGE
    (deadline,) = (step.by for step in rubric.calendar if "自评" in step.what)
    assert re.sub(r"\s", "", deadline) in re.sub(r"\s", "", PAGE)


def test_its_folder_is_one_whose_evidence_is_found(rubric: Rubric) -> None:
    lines = PAGE[PAGE.index("    佐证材料/\n") : PAGE.index("```\n\n自评报告")].splitlines()[1:]
    names = [re.split(r"\s{2,}", line.strip())[0].rstrip("/") for line in lines]
    assert [Finder(rubric).of([name]) for name in names] == [("2.1.1",), ("2.2.3",), ("5.1.2",)]
