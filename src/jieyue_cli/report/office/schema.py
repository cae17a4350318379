"""The JSON Schema of what each command prints: ``score`` and ``batch`` one, and every report of the office its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jieyue_cli.report import contract

SCORING = ("batch", "score")
MODULES = {
    "compare": "comparison",
    "evidence": "evidence",
    "ledger show": "ledger",
    "plan": "way",
    "roster check": "roster",
    "verify plan": "visits",
}
"""Command → the module of this folder whose ``Document`` it prints."""


def schema(command: str) -> dict[str, Any]:
    """The schema for ``--format json`` of a command of ``SCORING`` or ``MODULES``."""
    if command in SCORING:
        return contract.schema()
    document = import_module(f"jieyue_cli.report.office.{MODULES[command]}").Document
    return contract.schema(document, command)
