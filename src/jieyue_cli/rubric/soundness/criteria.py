"""Criteria and gates one by one: what their rules say against themselves, and which keys may stand where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from jieyue_cli.problems import Code
from jieyue_cli.rubric.defaults import SHARED
from jieyue_cli.rubric.model import Criterion
from jieyue_cli.rubric.rules import AnyRule, Combination, Flaw
from jieyue_cli.rubric.soundness.nodes import Part, applies, entries, gates, get, nested, texts, tops
from jieyue_cli.rubric.tree import Node, Path

_CRITERION: TypeAdapter[Criterion] = TypeAdapter(Criterion)
_COMBINING = tuple(
    str(kind.model_fields["kind"].default) for kind in get_args(get_args(AnyRule)[0]) if issubclass(kind, Combination)
)


def built(data: Node) -> list[tuple[Part, Criterion]]:
    """Every criterion and gate that holds for itself, with where it stands."""
    return [(top, criterion) for top in tops(data) if (criterion := _built(top.node))]


def _built(criterion: Node) -> Criterion | None:
    try:
        return _CRITERION.validate_python(criterion)
    except ValidationError:
        return None


def flaws(data: Node, built: Iterable[tuple[Part, Criterion]]) -> Iterator[Flaw]:
    """Every flaw inside the criteria and gates of completed data; ``built`` are those that hold for themselves."""
    for top in tops(data):
        yield from _shape(top.path, top.node)
    classes = texts(data, "classes")
    for top, criterion in built:
        own = _of_rules(top.path, criterion, [group for group in classes if applies(top.around, group)])
        yield from map(_unpriced, own) if top.path[0] == "gates" else own


def priced_gates(written: Node) -> Iterator[Flaw]:
    """Gates, and parts of them, for which points were written."""
    for gate in (part for top in gates(written) for part in nested(top)):
        if isinstance(gate.node, dict) and "points" in gate.node:
            yield Flaw((*gate.path, "points"), Code.RUBRIC_GATE_POINTS)


def _unpriced(flaw: Flaw) -> Flaw:
    """A gate has no points that could be made to agree with what its rule brings."""
    top = {Code.RUBRIC_TOP: "top", Code.RUBRIC_CAP: "each"}.get(flaw.code)
    return Flaw(flaw.path, Code.RUBRIC_GATE_RULE, {"top": flaw.facts[top]}) if top else flaw


def _shape(path: Path, criterion: Node, *, scored: bool = True) -> Iterator[Flaw]:
    """Parts and a combining rule go together; only what is scored by itself can be a must."""
    kind = get(get(criterion, "rule"), "kind")
    parts = list(entries(criterion, "parts"))
    combines = kind in _COMBINING
    if combines and not parts:
        yield Flaw((*path, "rule"), Code.RUBRIC_PARTS, {"why": f"“{kind}”由几条组成，却没有写 parts"})
    if parts and kind is not None and not combines:
        why = f"有 parts 时计分方式只能是 {'、'.join(_COMBINING)} 之一"
        yield Flaw((*path, "rule"), Code.RUBRIC_PARTS, {"why": why})
    if not scored and get(criterion, "must") is not None:
        why = "“must”只能写在单独计分的条目上，不能写在 either、all_of、branch 或达标前提的一部分上"
        yield Flaw((*path, "must"), Code.RUBRIC_PARTS, {"why": why})
    for at, part in parts:
        yield from _shape((*path, "parts", at), part, scored=scored and kind not in SHARED)


def _of_rules(path: Path, criterion: Criterion, classes: Sequence[str]) -> Iterator[Flaw]:
    """What the criterion's own rule, and those of its parts, say against themselves."""
    own = [group for group in classes if not criterion.when or group in criterion.when]
    for at, part in enumerate(criterion.parts):
        yield from _of_rules((*path, "parts", at), part, own)
    if isinstance(criterion.rule, Combination):
        yield from _of_combination(path, criterion, criterion.rule, own)
    else:
        yield from (_placed(path, flaw) for flaw in criterion.rule.flaws(criterion.points))


def _of_combination(path: Path, criterion: Criterion, rule: Combination, classes: Sequence[str]) -> Iterator[Flaw]:
    """The same flaw may show for several classes of agency; it is told once."""
    told: list[Flaw] = []
    without: list[str] = []
    for group in classes or [""]:
        parts = [part.points for part in criterion.parts if not part.when or group in part.when]
        if not parts:
            without.append(group)
            continue
        told += [flaw for flaw in rule.flaws(parts, criterion.points) if flaw not in told]
    if 0 < len(without) < len(classes):  # where no class has any, each part is told for itself
        why = f"{'、'.join(without)} 也要填这一条，其下却没有适用的内容"
        yield Flaw((*path, "parts"), Code.RUBRIC_PARTS, {"why": why})
    yield from (_placed(path, flaw) for flaw in told)


def _placed(path: Path, flaw: Flaw) -> Flaw:
    """The flaw of a rule, with its path from the whole document on; ``..`` leads from the rule to its criterion."""
    if flaw.path[:1] == ("..",):
        return flaw._replace(path=(*path, *flaw.path[1:]))
    return flaw._replace(path=(*path, "rule", *flaw.path))
