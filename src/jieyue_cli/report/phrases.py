"""Sentences about a result that several reports show, so that they never disagree."""

from __future__ import annotations

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Location
from jieyue_cli.report.amounts import shown
from jieyue_cli.rubric.model import GATES, Rubric
from jieyue_cli.scoring.scorecard import Requirement, Scorecard
from jieyue_cli.text.numbers import add, plain


def basis(result: Result) -> str:
    """Which side's score decides: 核查 where the office has checked, else 自评; nothing where there is no score."""
    if result.deciding is None:
        return ""
    return "核查" if result.verified else "自评"


def required(requirement: Requirement) -> str:
    """What has to be reached and is not, or not yet for certain."""
    lacking, asked = ("不符合", GATES) if requirement.gate else ("没有做到", requirement.must.chinese)
    return f"{requirement.id} {requirement.text}：{lacking if requirement.met is False else '尚待更正'}（{asked}）"


def missed(card: Scorecard) -> list[str]:
    """Every requirement that is not met."""
    return [required(requirement) for requirement in card.requirements if not requirement.met]


def left_out(card: Scorecard) -> list[str]:
    """What 不涉及 did: which criteria, under which policy, and the denominator that is left."""
    phrases = []
    for policy in card.rubric.policies:
        if lines := [line for line in card.excused if line.policy is policy]:
            points = add(line.points for line in lines)
            phrases.append(f"{'、'.join(line.id for line in lines)}，{policy.chinese}，共 {plain(points)} 分")
    full = plain(card.rubric.points)
    if phrases and card.denominator != card.rubric.points:
        phrases.append(f"应得满分 {plain(card.denominator)} 分（原 {full} 分）")
    if card.rescaled:
        total = shown(card.total, card)
        phrases.append(f"{plain(card.raw)} 分折算为 {total} 分（基础得分 ÷ 应得满分 × {full}）")
    return phrases


def capped(card: Scorecard) -> list[str]:
    """Where a bonus unit's cap took points away."""
    return [
        f"{unit.unit.name}最多计 {plain(unit.unit.points)} 分，超出的 {plain(unit.beyond)} 分不计"
        for unit in card.units
        if unit.beyond
    ]


def sentence(rubric: Rubric, line: str) -> str:
    """The standard's words for a line; those of the first criterion where several are scored together."""
    return rubric.by_id[line.partition("+")[0]].text


def inside(place: Location) -> str:
    """A place within its file: ``自评打分表!G14（2.2.3）``."""
    return str(msgspec.structs.replace(place, file=None))
