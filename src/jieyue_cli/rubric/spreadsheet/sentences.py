"""Provisions that a cell says in a sentence: what must be reached, when a unit counts, how the total is converted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jieyue_cli.rubric.spreadsheet.lines import LONGEST
from jieyue_cli.rubric.spreadsheet.phrases import NAME, Phrase, get, number, unquoted_text
from jieyue_cli.rubric.tree import Node
from jieyue_cli.text.folding import label, narrow


def _record(
    pattern: str, make: Callable[[Mapping[str, str]], Node], write: Callable[[Node], str], expected: str
) -> Phrase:
    """A value with several figures in a fixed sentence."""
    sentence = re.compile(pattern)

    def read(text: str) -> Node:
        found = sentence.fullmatch(narrow(text)) if len(text) <= LONGEST else None
        return make({name: value.strip() for name, value in found.groupdict().items() if value}) if found else None

    return Phrase(read, write, expected)


_REACHED = {"nonzero": "不得为0分", "full": "必须得满分"}
_ZERO = {"unit": "本单元计零分", "total": "总分计零分"}
_MUST = re.compile(r"[★※]?\s*([^，,；;]+?)\s*(?:[，,；;]\s*否则\s*(.+))?")
_LEAST = re.compile(r"(?:不低于|不少于|≥)\s*(.+?)\s*([%分])")
_AT_MOST = "最高定为"


def _must(text: str) -> Node:
    found = _MUST.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        return None
    said, otherwise = label(found[1]), found[2]
    least = _LEAST.fullmatch(narrow(found[1]))
    reach = next((key for key, word in _REACHED.items() if said == word), None)
    reach = reach or (least[1] + least[2].removesuffix("分") if least else None)
    if reach is None or otherwise is None:
        return reach
    if otherwise.startswith(_AT_MOST):
        return {"reach": reach, "otherwise": unquoted_text(otherwise.removeprefix(_AT_MOST))}
    zero = next((key for key, word in _ZERO.items() if label(otherwise.replace("0", "零")) == word), None)
    return {"reach": reach, "zero": zero} if zero else None


def _must_written(node: Node) -> str:
    reach = str(node) if not isinstance(node, dict) else get(node, "reach")
    least = f"不低于{reach}{'' if reach.strip().endswith(('%', '％')) else '分'}"
    if get(node, "zero"):
        return f"{_REACHED.get(reach, least)}，否则{_ZERO[get(node, 'zero')]}"
    otherwise = get(node, "otherwise")
    return _REACHED.get(reach, least) + (f"，否则{_AT_MOST}{NAME.write(otherwise)}" if otherwise else "")


MUST = Phrase(
    _must,
    _must_written,
    "不得为0分、必须得满分、不低于85% 或 不低于40分，后面可以接 ，否则最高定为某等级（或 本单元计零分、总分计零分）",
    tuple(_REACHED.values()),
)


def _entry_written(node: Node) -> str:
    unit = f"单元 {get(node, 'of')} " if get(node, "of") else ""
    told = {"above": "高于", "at_least": "不低于"}
    return unit + "".join(f"{word}{get(node, key)}" for key, word in told.items() if get(node, key))


ENTRY = _record(
    r"(?:单元\s*(?P<of>\S+?)\s*)?(?:(?:高于|超过|>)\s*(?P<above>[^\s]+?)|(?:不低于|≥)\s*(?P<at_least>[^\s]+?))\s*分?",
    lambda found: {key: found[key] for key in ("above", "at_least", "of") if key in found},
    _entry_written,
    "高于80 或 不低于80；看前面某个单元得分的，写 单元 1 高于80",
)
DEDUCTION = _record(
    r"(?P<input>\S+?)\s*扣\s*(?P<lose>\S+?)\s*分?",
    dict,
    lambda node: f"{get(node, 'input')} 扣{get(node, 'lose')}",
    "“基本数据”的编号和扣几分，如 A5 扣1",
)
SCALE = _record(
    r"(?:换算[为成]\s*)?(?P<points>[^\s,]+?)\s*分?\s*,\s*(?:保留|取)\s*(?P<decimals>\S+?)\s*位(?:小数)?",
    dict,
    lambda node: f"换算为{get(node, 'points')}分，保留{get(node, 'decimals')}位小数",
    "换算为100分，保留1位小数",
)


def _limit(text: str) -> Node:
    found = re.fullmatch(rf"超过\s*([^\s，,]+?)\s*分?(?:[，,]\s*{_AT_MOST}\s*(.+))?", text.strip())
    if not found or len(text) > LONGEST:
        return None
    otherwise: dict[str, Node] = {"otherwise": unquoted_text(found[2])} if found[2] else {}
    return {"points": number(found[1]), **otherwise}


def _limit_written(node: Node) -> str:
    otherwise = get(node, "otherwise")
    return f"超过{get(node, 'points')}分" + (f"，{_AT_MOST}{NAME.write(otherwise)}" if otherwise else "")


LIMIT = Phrase(_limit, _limit_written, "超过200分，最高定为某等级（不写等级的，超过就不达标）")
