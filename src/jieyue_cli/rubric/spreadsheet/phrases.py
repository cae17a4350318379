"""How the value of a key is written in a cell, or in one line of it, and read again.

Every phrase reads what it writes. What its plain words could not say, such as a name with a colon in it, is written
in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from jieyue_cli.rubric.calendar import STEPS
from jieyue_cli.rubric.tree import Node
from jieyue_cli.text.folding import label, narrow

_LONGEST = 4_000
"""Characters of a line that is looked at; two sentences of the longest kind have 1,000."""
_QUOTED = re.compile("“((?:[^”]|””)*)”")
_NAME_QUOTED = re.compile(r"“((?:[^”]|””)*)”\s*[：:]\s*")
_VALUE_QUOTED = re.compile(r"\s*[：:]\s*(“(?:[^”]|””)*”)$")
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


def quoted(text: str) -> str:
    """A text in quotation marks, for what could be taken for something else."""
    return f"“{text.replace('”', '””')}”"


def unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it."""
    found = _QUOTED.fullmatch(text) if len(text) <= _LONGEST else None
    return found[1].replace("””", "”") if found else text


def pair(line: str) -> tuple[str, str] | None:
    """``名称：值``, parted at the last colon outside of quotation marks; None where there is no colon."""
    line = line.strip()
    if len(line) > _LONGEST:
        return None
    if found := _NAME_QUOTED.match(line):
        return found[1].replace("””", "”"), unquoted(line[found.end() :])
    if found := _VALUE_QUOTED.search(line):
        return line[: found.start()], unquoted(found[1])
    name, colon, value = line.rpartition("：" if "：" in line else ":")
    return (name.strip(), value.strip()) if colon and name.strip() else None


def paired(name: str, value: str) -> str:
    """The line that ``pair`` parts into these two."""
    return _safe(pair, (name, value), *_pairs(name, value))


def term(line: str) -> tuple[str, str]:
    """``名称：值`` where the name is one of a few words, parted at the first colon; the name is folded."""
    name, _, value = line.partition("：" if "：" in line else ":")
    return label(name), value.strip()


def _pairs(name: str, value: str) -> tuple[str, ...]:
    return (
        f"{name}：{value}",
        f"{quoted(name)}：{value}",
        f"{name}：{quoted(value)}",
        f"{quoted(name)}：{quoted(value)}",
    )


def _safe(read: Callable[[str], object], meant: object, *texts: str) -> str:
    """The first of these texts that is read as what is meant; the last is always."""
    return next((text for text in texts if read(text) == meant), texts[-1])


def _get(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) else ""


def _number(text: str) -> str | None:
    return "".join(narrow(text).split()).removesuffix("分") or None


def _words(words: Mapping[str, str], expected: str = "") -> Phrase:
    """A value of which there are few, each with its word."""
    keys = {label(word): key for key, word in words.items()}
    told = expected or "、".join(f"“{word}”" for word in words.values())
    return Phrase(lambda text: keys.get(label(text)), lambda node: words[str(node)], told, tuple(words.values()))


def _plain(text: str) -> Node:
    return unquoted(text.strip()) or None


def _record(
    pattern: str, make: Callable[[Mapping[str, str]], Node], write: Callable[[Node], str], expected: str
) -> Phrase:
    """A value with several figures in a fixed sentence."""
    sentence = re.compile(pattern)

    def read(text: str) -> Node:
        found = sentence.fullmatch(narrow(text)) if len(text) <= _LONGEST else None
        return make({name: value.strip() for name, value in found.groupdict().items() if value}) if found else None

    return Phrase(read, write, expected)


def _one_line(text: str) -> str:
    """The lines of a sentence that was broken in its cell, as one."""
    first, *others = (line.strip() for line in text.split("\n"))
    for line in others:
        between = " " if first[-1:].isascii() and line[:1].isascii() and first and line else ""
        first += between + line
    return first


# -- what every cell may hold ------------------------------------------------------------------------------------

SENTENCE = Phrase(_one_line, lambda node: str(node).strip(), "文字")
NAME = Phrase(_plain, lambda node: _safe(_plain, node, str(node), quoted(str(node))), "文字")
"""A text that stands in a line."""
ID = Phrase(lambda text: "".join(narrow(text).split()) or None, str, "编号，如 1.1（单元格的格式设为文本再填）")
POINTS = Phrase(_number, str, "分数，如 2")
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
    return {"name": parts[0], "points": _number(parts[1])} if parts else None


STEP = Phrase(_step, lambda node: paired(_get(node, "name"), _get(node, "points")), "“名称：分数”，如 三级计量：5")

_SIGNS = {"up_to": "≤", "below": "<", "at_least": "≥", "above": ">"}
_SPELLINGS = {"<=": "up_to", "不超过": "up_to", "低于": "below", "小于": "below", "≤": "up_to", "<": "below"} | {
    ">=": "at_least",
    "不低于": "at_least",
    "高于": "above",
    "大于": "above",
    "≥": "at_least",
    ">": "above",
}
_BOUND = re.compile(rf"({'|'.join(sorted(_SPELLINGS, key=len, reverse=True))})\s*(.+)")


def _band(line: str) -> Node:
    parts = pair(line)
    found = _BOUND.fullmatch(narrow(parts[0])) if parts else None
    return {_SPELLINGS[found[1]]: found[2], "points": _number(parts[1])} if found and parts else None


def _band_written(node: Node) -> str:
    bounds = "".join(f"{sign}{_get(node, key)}" for key, sign in _SIGNS.items() if _get(node, key))
    return f"{bounds}：{_get(node, 'points')}"


BAND = Phrase(_band, _band_written, "“界限：分数”，如 ≤0.9：7（界限以 ≤、<、≥、> 开头）")

_LOSS = re.compile(r"(?:每(.*))?扣\s*([^扣]+?)\s*分?")


def _fault(line: str) -> Node:
    parts = pair(line)
    found = _LOSS.fullmatch(parts[1]) if parts else None
    if not parts or not found:
        return None
    measure: dict[str, Node] = {"measure": found[1]} if found[1] else {}
    return {"text": parts[0], "lose": _number(found[2]), **measure}


def _fault_written(node: Node) -> str:
    each = f"每{_get(node, 'measure')}" if _get(node, "measure") else ""
    return paired(_get(node, "text"), f"{each}扣{_get(node, 'lose')}")


FAULT = Phrase(_fault, _fault_written, "“情形：扣几分”，如 没有计划：扣1，或 发现烟头：每个扣0.5")


def _deadline(line: str) -> Node:
    line = line.strip()
    step = _STEP.search(line) if len(line) <= _LONGEST else None
    parts = pair(line[: step.start()] if step else line)
    key = {"step": next(key for key, word in STEPS.items() if word == step[1])} if step else {}
    return {"what": parts[0], "by": parts[1], **key} if parts else None


def _deadline_written(node: Node) -> str:
    step = f"（{STEPS[_get(node, 'step')]}）" if _get(node, "step") in STEPS else ""  # type: ignore[index]  # checked
    texts = (f"{text}{step}" for text in _pairs(_get(node, "what"), _get(node, "by")))
    return _safe(_deadline, node, *texts)


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
    return {"name": parts[0], **{key: _number(figure) for key, figure in figures.items() if figure}}


def _grade_written(node: Node) -> str:
    below = f"，不到{_get(node, 'below')}" if _get(node, "below") else ""
    to = f"，至{_get(node, 'to')}" if _get(node, "to") else ""
    return paired(_get(node, "name"), f"{_get(node, 'from')}起{below}{to}")


GRADE = Phrase(_grade, _grade_written, "“等级：几分起”，如 优秀：95起，或 达标：80起，不到95")


def _source(text: str) -> Node:
    found = re.fullmatch(rf"{_INPUT}\s*([^\s“”]+)", text.strip())
    return {"input": found[1]} if found else _plain(text)


def _source_written(node: Node) -> str:
    if isinstance(node, dict):
        return f"{_INPUT} {_get(node, 'input')}"
    return _safe(_source, node, str(node), quoted(str(node)))


SOURCE = Phrase(_source, _source_written, "名称，或 基本数据 A1（“基本数据”一行的编号）")


_FIXED = re.compile(r"(“(?:[^”]|””)*”|[^“].*?)[，,]\s*定为\s*([^\s，,”]+)")


def _relative(text: str) -> Node:
    found = _FIXED.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return {"name": _plain(found[1]), "value": narrow(found[2])} if found else _source(text)


def _relative_written(node: Node) -> str:
    name, value = _get(node, "name"), _get(node, "value")
    if value:
        return _safe(_relative, node, f"{name}，定为{value}", f"{quoted(name)}，定为{value}")
    meant = name or node
    return (
        _source_written(meant) if isinstance(meant, dict) else _safe(_relative, meant, str(meant), quoted(str(meant)))
    )


RELATIVE = Phrase(_relative, _relative_written, "名称，如 同类单位平均值；由标准给定的写 定额，定为12；或 基本数据 A3")


# -- whole sentences ---------------------------------------------------------------------------------------------

_REACHED = {"nonzero": "不得为0分", "full": "必须得满分"}
_ZERO = {"unit": "本单元计零分", "total": "总分计零分"}
_MUST = re.compile(r"[★※]?\s*([^，,；;]+?)\s*(?:[，,；;]\s*否则\s*(.+))?")
_LEAST = re.compile(r"(?:不低于|不少于|≥)\s*(.+?)\s*([%分])")
_AT_MOST = "最高定为"


def _must(text: str) -> Node:
    found = _MUST.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not found:
        return None
    said, otherwise = label(found[1]), found[2]
    least = _LEAST.fullmatch(narrow(found[1]))
    reach = next((key for key, word in _REACHED.items() if said == word), None)
    reach = reach or (least[1] + least[2].removesuffix("分") if least else None)
    if reach is None or otherwise is None:
        return reach
    if otherwise.startswith(_AT_MOST):
        return {"reach": reach, "otherwise": _plain(otherwise.removeprefix(_AT_MOST))}
    zero = next((key for key, word in _ZERO.items() if label(otherwise.replace("0", "零")) == word), None)
    return {"reach": reach, "zero": zero} if zero else None


def _must_written(node: Node) -> str:
    reach = str(node) if not isinstance(node, dict) else _get(node, "reach")
    least = f"不低于{reach}{'' if reach.strip().endswith(('%', '％')) else '分'}"
    if _get(node, "zero"):
        return f"{_REACHED.get(reach, least)}，否则{_ZERO[_get(node, 'zero')]}"
    otherwise = _get(node, "otherwise")
    return _REACHED.get(reach, least) + (f"，否则{_AT_MOST}{NAME.write(otherwise)}" if otherwise else "")


MUST = Phrase(
    _must,
    _must_written,
    "不得为0分、必须得满分、不低于85% 或 不低于40分，后面可以接 ，否则最高定为某等级（或 本单元计零分、总分计零分）",
    tuple(_REACHED.values()),
)


def _entry_written(node: Node) -> str:
    unit = f"单元 {_get(node, 'of')} " if _get(node, "of") else ""
    told = {"above": "高于", "at_least": "不低于"}
    return unit + "".join(f"{word}{_get(node, key)}" for key, word in told.items() if _get(node, key))


ENTRY = _record(
    r"(?:单元\s*(?P<of>\S+?)\s*)?(?:(?:高于|超过|>)\s*(?P<above>[^\s]+?)|(?:不低于|≥)\s*(?P<at_least>[^\s]+?))\s*分?",
    lambda found: {key: found[key] for key in ("above", "at_least", "of") if key in found},
    _entry_written,
    "高于80 或 不低于80；看前面某个单元得分的，写 单元 1 高于80",
)
DEDUCTION = _record(
    r"(?P<input>\S+?)\s*扣\s*(?P<lose>\S+?)\s*分?",
    dict,
    lambda node: f"{_get(node, 'input')} 扣{_get(node, 'lose')}",
    "“基本数据”的编号和扣几分，如 A5 扣1",
)
SCALE = _record(
    r"(?:换算[为成]\s*)?(?P<points>[^\s,]+?)\s*分?\s*,\s*(?:保留|取)\s*(?P<decimals>\S+?)\s*位(?:小数)?",
    dict,
    lambda node: f"换算为{_get(node, 'points')}分，保留{_get(node, 'decimals')}位小数",
    "换算为100分，保留1位小数",
)


def _limit(text: str) -> Node:
    found = re.fullmatch(rf"超过\s*([^\s，,]+?)\s*分?(?:[，,]\s*{_AT_MOST}\s*(.+))?", text.strip())
    if not found or len(text) > _LONGEST:
        return None
    otherwise: dict[str, Node] = {"otherwise": _plain(found[2])} if found[2] else {}
    return {"points": _number(found[1]), **otherwise}


def _limit_written(node: Node) -> str:
    otherwise = _get(node, "otherwise")
    return f"超过{_get(node, 'points')}分" + (f"，{_AT_MOST}{NAME.write(otherwise)}" if otherwise else "")


LIMIT = Phrase(_limit, _limit_written, "超过200分，最高定为某等级（不写等级的，超过就不达标）")


def lines_of(text: str) -> Iterable[str]:
    """The lines of a cell that say something."""
    return (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip())
