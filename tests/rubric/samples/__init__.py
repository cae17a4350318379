"""One module a rule kind, named after it, with a ``KIND``: it feeds every test of rules (``rubric.sample``)."""

from __future__ import annotations

import importlib
import pkgutil
from typing import get_args

from jieyue_cli.rubric.rules import AnyRule
from rubric.sample import Kind, Sample

KINDS: dict[str, Kind] = {
    module.name: importlib.import_module(f"{__name__}.{module.name}").KIND for module in pkgutil.iter_modules(__path__)
}
SAMPLES: dict[str, Sample] = {
    f"{name}: {sample.name}": sample for name, kind in KINDS.items() for sample in kind.samples
}
RULE_KINDS = [str(kind.model_fields["kind"].default) for kind in get_args(get_args(AnyRule)[0])]
"""Every kind that a standard may name, combinations too, in the order in which they are listed to people."""
