"""What a template may do: print declared placeholders, ask whether there is any, go through a declared list.

Nothing else is let through, so that no template can call, include, compute or loop for ever: a loop inside a loop may
only go through a list of the entry that the outer one is at, and the data end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from jinja2 import nodes

from jieyue_cli.problems import Code
from jieyue_cli.report.letters.placeholders import Placeholder

COUNT = "length"
"""The one filter: how many entries a list has."""


class Flaw(NamedTuple):
    """Something in a template that no letter can be made with."""

    line: int
    code: Code
    facts: Mapping[str, str]


class _Reach(NamedTuple):
    """Which names hold at a place in a template."""

    names: Mapping[str, Placeholder]
    """The declared ones, and the loops' own: a loop's name stands for one entry."""
    entry: str | None = None
    """The name of the innermost loop."""

    def inside(self, name: str, listed: Placeholder) -> _Reach:
        """What holds inside a loop over ``listed`` that calls its entries ``name``."""
        entry = Placeholder(name, "", lambda subject: subject, listed.entry)
        return _Reach({**self.names, name: entry}, name)


def flaws(template: nodes.Template, placeholders: Iterable[Placeholder]) -> list[Flaw]:
    """Everything in a parsed template that is not let through."""
    return list(_blocks(template.body, _Reach({placeholder.name: placeholder for placeholder in placeholders})))


def _blocks(body: Iterable[nodes.Node], reach: _Reach) -> Iterator[Flaw]:
    for node in body:
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Output(nodes=parts):
                for part in parts:
                    if not isinstance(part, nodes.TemplateData):
                        yield from _printed(part, reach)
            case nodes.If(test=test, body=inner, elif_=further, else_=other):
                yield from _asked(test, reach)
                yield from _blocks([*inner, *further, *other], reach)
            case nodes.For(target=nodes.Name(name=name), iter=source, body=inner, test=None, else_=[], recursive=False):
                listed = _listed(source, reach)
                if isinstance(listed, Flaw):
                    yield listed
                else:
                    yield from _blocks(inner, reach.inside(name, listed))
            case _:
                yield _forbidden(node)


def _listed(node: nodes.Node, reach: _Reach) -> Placeholder | Flaw:
    """The list that a loop goes through."""
    found = _declared(node, reach)
    if isinstance(found, Flaw):
        return found
    if not found.each or (isinstance(node, nodes.Name) and node.name == reach.entry):
        return Flaw(node.lineno, Code.LETTER_NOT_LIST, {"name": found.name})
    own = isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == reach.entry
    return found if reach.entry is None or own else Flaw(node.lineno, Code.LETTER_FORBIDDEN, {"what": _LOOP})


def _printed(node: nodes.Node, reach: _Reach) -> Iterator[Flaw]:
    found = _declared(node, reach)
    if isinstance(found, Placeholder) and found.each:
        yield Flaw(node.lineno, Code.LETTER_LIST, {"name": found.name})
    elif isinstance(found, Flaw):
        yield from _asked(node, reach)


def _asked(node: nodes.Node, reach: _Reach) -> Iterator[Flaw]:
    """What is wrong with an expression whose value is looked at."""
    match node:
        case nodes.Const():
            pass
        case nodes.Name() | nodes.Getattr():
            found = _declared(node, reach)
            if isinstance(found, Flaw):
                yield found
        case nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare() | nodes.Operand() | nodes.CondExpr():
            for part in node.iter_child_nodes():
                yield from _asked(part, reach)
        case nodes.Filter(name=name, node=inner, args=[], kwargs=[], dyn_args=None) if name == COUNT and inner:
            yield from _asked(inner, reach)
        case _:
            yield _forbidden(node)


def _declared(node: nodes.Node, reach: _Reach) -> Placeholder | Flaw:
    """What a name stands for, or a name of an entry (``条.编号``)."""
    match node:
        case nodes.Name(name=name):
            return reach.names.get(name) or _unknown(node, name, reach.names)
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
            if name not in reach.names:
                return _unknown(node, name, reach.names)
            known = {part.name: part for part in reach.names[name].each}
            return known.get(attribute) or _unknown(node, f"{name}.{attribute}", known)
    return _forbidden(node)


def _unknown(node: nodes.Node, name: str, known: Iterable[str]) -> Flaw:
    near = get_close_matches(name.rpartition(".")[2], known, n=1, cutoff=0.5)
    return Flaw(node.lineno, Code.LETTER_UNKNOWN, {"name": name, "hint": f"是不是“{near[0]}”？" if near else ""})


_LOOP = "用这种循环"
_FORBIDDEN = {
    nodes.Call: "调用函数",
    nodes.Include: "引入其他文件",
    nodes.Import: "引入其他文件",
    nodes.FromImport: "引入其他文件",
    nodes.Extends: "引入其他文件",
    nodes.Filter: f"用 {COUNT} 以外的过滤器",
    nodes.For: _LOOP,
}


def _forbidden(node: nodes.Node) -> Flaw:
    lines = (part.lineno for part in (node, *node.find_all(nodes.Node)) if part.lineno)  # a scope has none itself
    what = _FORBIDDEN.get(type(node), "做这样的运算")
    return Flaw(next(lines, 1), Code.LETTER_FORBIDDEN, {"what": what})
