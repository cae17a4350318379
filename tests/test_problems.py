"""Every problem that the program reports gets exactly the facts that its sentence has blanks for."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jieyue_cli.problems import Code

SOURCES = Path(__file__).parents[1] / "src"

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


@dataclass
class Scope:
    """One function's syntax, with what is assigned to its names."""

    module: str
    function: Function
    assigned: dict[str, list[ast.expr]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes():
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.assigned.setdefault(name, []).append(value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self.assigned.setdefault(name, []).append(value)
                case ast.NamedExpr(target=ast.Name(id=name), value=value):
                    self.assigned.setdefault(name, []).append(value)

    def nodes(self) -> Iterator[ast.AST]:
        """The function's own nodes, without those of functions inside it."""
        waiting: list[ast.AST] = [self.function]
        while waiting:
            node = waiting.pop(0)
            yield node
            inner = ast.iter_child_nodes(node)
            waiting += [child for child in inner if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)]

    def codes(self, node: ast.AST, passed: frozenset[str] = frozenset()) -> set[Code]:
        """The codes that an expression can be: ``Code.X``, a choice of several, or a name one was assigned to."""
        match node:
            case ast.Attribute(value=ast.Name(id="Code"), attr=name) if name in Code.__members__:
                return {Code[name]}
            case ast.IfExp(body=body, orelse=other):
                return self.codes(body, passed) | self.codes(other, passed)
            case ast.Name(id=name) if name not in passed:  # a name may be assigned to itself
                known = passed | {name}
                return set().union(*(self.codes(value, known) for value in self.assigned.get(name, ())))
        return set()

    def facts(self, node: ast.expr | None) -> set[str] | None:
        """The keys of a dictionary of facts; None where they are not written in this function."""
        match node:
            case ast.Dict(keys=keys, values=values):
                words = [{key.value} for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
                spread = [self.facts(value) for key, value in zip(keys, values, strict=True) if key is None]
                return _together([*words, *spread]) if len(words) + len(spread) == len(keys) else None
            case ast.Name(id=name, lineno=line):
                before = [value for value in self.assigned.get(name, ()) if value.lineno <= line]
                return self.facts(before[-1]) if before else None
        return None

    def keywords(self, keywords: Iterable[ast.keyword]) -> set[str] | None:
        """The facts that a call passes by name."""
        return _together({keyword.arg} if keyword.arg else self.facts(keyword.value) for keyword in keywords)

    def reported(self) -> Iterator[tuple[int, set[Code], set[str] | None]]:
        """Line, codes and facts of everything that this function reports under a code that it names."""
        for node in self.nodes():
            match node:
                case ast.Call(func=ast.Attribute(value=code, attr="at"), keywords=keywords):
                    yield node.lineno, self.codes(code), self.keywords(keywords)
                case ast.Call(func=ast.Name(id="Flaw"), args=[_, code, *rest]):
                    yield node.lineno, self.codes(code), self.facts(rest[0]) if rest else set()
                case ast.Call(func=ast.Name(id="RefusedError") | ast.Attribute(value=ast.Name(id="self"))):
                    codes = self.codes(node.args[0]) if node.args else set[Code]()
                    yield node.lineno, codes, self.keywords(node.keywords)
                case ast.Tuple(elts=[code, facts]):
                    yield node.lineno, self.codes(code), self.facts(facts)

    def passed_on(self) -> Iterator[ast.Call]:
        """Every ``.at(…)`` whose code comes from elsewhere."""
        for node in self.nodes():
            match node:
                case ast.Call(func=ast.Attribute(value=code, attr="at")) if not self.codes(code):
                    yield node


def _together(every: Iterable[set[str] | None]) -> set[str] | None:
    listed = list(every)
    known = [facts for facts in listed if facts is not None]
    return set().union(*known) if len(known) == len(listed) else None


@pytest.fixture(scope="module")
def scopes() -> list[Scope]:
    """Every function of the program, and what stands outside functions."""
    every = []
    for path in sorted(SOURCES.rglob("*.py")):
        module = path.relative_to(SOURCES).as_posix()
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        every += [Scope(module, node) for node in nodes if isinstance(node, Function)]
    return every


def blanks(code: Code) -> set[str]:
    """The facts that the sentence needs."""
    return {name for _, name, _, _ in string.Formatter().parse(code.template) if name}


@pytest.mark.slow
def test_what_is_reported_has_a_fact_for_every_blank_and_no_other(scopes: list[Scope]) -> None:
    wrong = [
        f"{scope.module}:{line} {code.name} {facts} instead of {blanks(code)}"
        for scope in scopes
        for line, codes, facts in scope.reported()
        for code in codes
        if facts != blanks(code)
    ]
    assert wrong == []


def test_a_code_from_elsewhere_is_reported_with_the_facts_that_came_with_it(scopes: list[Scope]) -> None:
    own = [
        f"{scope.module}:{call.lineno} {ast.unparse(call)}"
        for scope in scopes
        for call in scope.passed_on()
        if any(keyword.arg for keyword in call.keywords)
    ]
    assert own == []


def test_a_code_that_a_function_returns_alone_needs_no_facts(scopes: list[Scope]) -> None:
    returned = [
        (scope.module, node.lineno, code)
        for scope in scopes
        for node in scope.nodes()
        if isinstance(node, ast.Return) and node.value
        for code in scope.codes(node.value)
    ]
    assert [where for where in returned if blanks(where[2])] == []


def test_every_sentence_is_said_somewhere(scopes: list[Scope]) -> None:
    named = {
        code for scope in scopes for node in scope.nodes() if isinstance(node, ast.expr) for code in scope.codes(node)
    }
    assert [code.name for code in Code if code not in named] == []
