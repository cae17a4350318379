"""How the value of a key is written in a cell, or in one line of it, and read again.

Every phrase reads what it writes. What its plain words could not say, such as a name with a colon in it, is written
in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from jieyue_cli.rubric.calendar import STEPS
from jieyue_cli.rubric.spreadsheet.lines import LONGEST, pair, paired, pairs, quoted, safe, unquoted
from jieyue_cli.rubric.tree import Node
from jieyue_cli.text.folding import label, narrow

_STEP = re.compile(rf"\s*[（(]({'|'.join(STEPS.values())})[）)]$")
_INPUT = "基本数据"
"""What stands before the id of an input where a text could stand too."""


class Phrase(NamedTuple):
    """One way to write a value."""

    read: Callable[[str], Node]
    """The value of a text; None where it is not understood."""
    write: Callable[[Node], str]
    expected: str
    """What a person should write."""
    choices: tuple[str, ...] = ()
    """Every text that it writes, where there are few."""


def get(node: Node, key: str) -> str:
    """The text at a key; empty where there is none."""
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def number(text: str) -> str | None:
    """A number as it may be typed: full-width, with blanks, with 分 behind it."""
    return "".join(narrow(text).split()).removesuffix("分") or None


def _words(words: Mapping[str, str], expected: str = "") -> Phrase:
    """A value of which there are few, each with its word."""
    keys = {label(word): key for key, word in words.items()}
    told = expected or "、".join(f"“{word}”" for word in words.values())
    return Phrase(lambda text: keys.get(label(text)), lambda node: words[str(node)], told, tuple(words.values()))


def unquoted_text(text: str) -> Node:
    """A text without the quotation marks around it; None for a blank one."""
    return unquoted(text.strip()) or None


def _one_line(text: str) -> str:
    """The lines of a sentence that was broken in its cell, as one."""
    first, *others = (line.strip() for line in text.split("\n"))
    for line in others:
        between = " " if first[-1:].isascii() and line[:1].isascii() and first and line else ""
        first += between + line
    return first


# -- what every cell may hold ------------------------------------------------------------------------------------

SENTENCE = Phrase(_one_line, lambda node: str(node).strip(), "文字")
NAME = Phrase(unquoted_text, lambda node: safe(unquoted_text, node, str(node), quoted(str(node))), "文字")
"""A text that stands in a line."""
ID = Phrase(lambda text: "".join(narrow(text).split()) or None, str, "编号，如 1.1（单元格的格式设为文本再填）")
POINTS = Phrase(number, str, "分数，如 2")
AMOUNT = Phrase(lambda text: "".join(narrow(text).split()) or None, str, "数字或百分数，如 0.9、96%")
DATE = Phrase(lambda text: _date(narrow(text)), str, "日期，如 2020-08-03")
FLAG = _words({"true": "是", "false": "否"})
EVIDENCE = _words({"true": "须提供", "false": "不须提供"})


def _date(text: str) -> str | None:
    found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text or None


def words(choices: Mapping[str, str]) -> Phrase:
    """A value of which there are few."""
    return _words(choices)


# -- lines of a cell ---------------------------------------------------------------------------------------------


def _step(line: str) -> Node:
    parts = pair(line)
    return {"name": parts[0], "points": number(parts[1])} if parts else None


STEP = Phrase(_step, lambda node: paired(get(node, "name"), get(node, "points")), "“名称：分数”，如 三级计量：5")

_SIGNS = {"up_to": "≤", "below": "<", "at_least": "≥", "above": ">"}
_SPELLINGS = {
    spelling: key
    for key, spellings in {
        "up_to": ("≤", "<=", "不超过", "不高于", "不大于", "小于等于"),
        "below": ("<", "低于", "小于", "少于"),
        "at_least": ("≥", ">=", "不低于", "不小于", "不少于", "大于等于"),
        "above": (">", "高于", "大于", "超过"),
    }.items()
    for spelling in spellings
}
_BOUND = re.compile(rf"({'|'.join(sorted(_SPELLINGS, key=len, reverse=True))})\s*(.+)")


def _band(line: str) -> Node:
    parts = pair(line)
    found = _BOUND.fullmatch(narrow(parts[0])) if parts else None
    return {_SPELLINGS[found[1]]: found[2], "points": number(parts[1])} if found and parts else None


def _band_written(node: Node) -> str:
    bounds = "".join(f"{sign}{get(node, key)}" for key, sign in _SIGNS.items() if get(node, key))
    return f"{bounds}：{get(node, 'points')}"


BAND = Phrase(_band, _band_written, "“界限：分数”，如 ≤0.9：7（界限以 ≤、<、≥、> 开头）")

_LOSS = re.compile(r"(?:每(.*))?扣\s*([^扣]+?)\s*分?")


def _fault(line: str) -> Node:
    parts = pair(line)
    found = _LOSS.fullmatch(parts[1]) if parts else None
    if not parts or not found:
        return None
    measure: dict[str, Node] = {"measure": found[1]} if found[1] else {}
    return {"text": parts[0], "lose": number(found[2]), **measure}


def _fault_written(node: Node) -> str:
    each = f"每{get(node, 'measure')}" if get(node, "measure") else ""
    return paired(get(node, "text"), f"{each}扣{get(node, 'lose')}")


FAULT = Phrase(_fault, _fault_written, "“情形：扣几分”，如 没有计划：扣1，或 发现烟头：每个扣0.5")


def _deadline(line: str) -> Node:
    line = line.strip()
    step = _STEP.search(line) if len(line) <= LONGEST else None
    parts = pair(line[: step.start()] if step else line)
    key = {"step": next(key for key, word in STEPS.items() if word == step[1])} if step else {}
    return {"what": parts[0], "by": parts[1], **key} if parts else None


def _deadline_written(node: Node) -> str:
    step = f"（{STEPS[get(node, 'step')]}）" if get(node, "step") in STEPS else ""  # type: ignore[index]  # checked
    texts = (f"{text}{step}" for text in pairs(get(node, "what"), get(node, "by")))
    return safe(_deadline, node, *texts)


DEADLINE = Phrase(_deadline, _deadline_written, "“事项：期限”，如 报送自评打分表：每年10月31日（自评报送）")


def _target(line: str) -> Node:
    parts = pair(line)
    return {narrow(parts[0]).removesuffix("年").strip(): narrow(parts[1])} if parts else None


def _target_written(node: Node) -> str:
    return "".join(f"{year}：{share}" for year, share in node.items()) if isinstance(node, dict) else ""


TARGET = Phrase(_target, _target_written, "“年份：比例”，如 2020：25%")

_GRADE = re.compile(
    r"([^，,]+?)\s*分?\s*(?:起|以上)?(?:[，,]\s*(?:不到|低于)([^，,]+?)分?)?(?:[，,]\s*[至到]([^，,]+?)分?)?"
)


def _grade(line: str) -> Node:
    parts = pair(line)
    found = _GRADE.fullmatch(parts[1]) if parts else None
    if not parts or not found:
        return None
    figures = {"from": found[1], "below": found[2], "to": found[3]}
    return {"name": parts[0], **{key: number(figure) for key, figure in figures.items() if figure}}


def _grade_written(node: Node) -> str:
    below = f"，不到{get(node, 'below')}" if get(node, "below") else ""
    to = f"，至{get(node, 'to')}" if get(node, "to") else ""
    return paired(get(node, "name"), f"{get(node, 'from')}起{below}{to}")


GRADE = Phrase(_grade, _grade_written, "“等级：几分起”，如 优秀：95起，或 达标：80起，不到95")


def _source(text: str) -> Node:
    found = re.fullmatch(rf"{_INPUT}\s*([^\s“”]+)", text.strip())
    return {"input": found[1]} if found else unquoted_text(text)


def _source_written(node: Node) -> str:
    if isinstance(node, dict):
        return f"{_INPUT} {get(node, 'input')}"
    return safe(_source, node, str(node), quoted(str(node)))


SOURCE = Phrase(_source, _source_written, "名称，或 基本数据 A1（“基本数据”一行的编号）")


_FIXED = re.compile(r"(“(?:[^”]|””)*”|[^“].*?)[，,]\s*定为\s*([^\s，,”]+)")


def _relative(text: str) -> Node:
    found = _FIXED.fullmatch(text.strip()) if len(text) <= LONGEST else None
    return {"name": unquoted_text(found[1]), "value": narrow(found[2])} if found else _source(text)


def _relative_written(node: Node) -> str:
    name, value = get(node, "name"), get(node, "value")
    if value:
        return safe(_relative, node, f"{name}，定为{value}", f"{quoted(name)}，定为{value}")
    meant = name or node
    return _source_written(meant) if isinstance(meant, dict) else safe(_relative, meant, str(meant), quoted(str(meant)))


RELATIVE = Phrase(_relative, _relative_written, "名称，如 同类单位平均值；由标准给定的写 定额，定为12；或 基本数据 A3")
