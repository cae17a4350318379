"""The libraries that the program needs: all there, and none too old or too new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import NamedTuple

from jieyue_cli.doctor.finding import Finding, good, wrong
from jieyue_cli.doctor.installation import REINSTALL, record, some

LIBRARIES = {
    "typer": "typer",
    "openpyxl": "openpyxl",
    "pydantic": "pydantic",
    "rich": "rich",
    "pyyaml": "yaml",
    "python-calamine": "python_calamine",
    "defusedxml": "defusedxml",
    "xlsxwriter": "xlsxwriter",
    "pebble": "pebble",
    "msgspec": "msgspec",
    "rapidfuzz": "rapidfuzz",
    "docxtpl": "docxtpl",
    "filelock": "filelock",
}
"""Every library that is needed to run, and the module by which it is imported."""


class Library(NamedTuple):
    """One library: what is there, and what the program asks for."""

    name: str
    version: str | None
    """None where it left no record."""
    bounds: str = ""
    """Such as ``<0.30,>=0.29``."""
    fault: str = ""
    """Why it cannot be imported."""


def look_at_libraries() -> tuple[Library, ...]:
    """Import every library."""
    from importlib.metadata import PackageNotFoundError, version

    installed = record()
    asked = dict(_asked(installed.requires or ()) if installed else ())
    found = []
    for name, module in LIBRARIES.items():
        fault, there = "", None
        try:
            import_module(module)
        except Exception as error:  # a library that is damaged may raise anything
            fault = f"{type(error).__name__}: {error}"
        try:
            there = version(name)
        except PackageNotFoundError:
            there = None
        found.append(Library(name, there, asked.get(name, ""), fault))
    return tuple(found)


def judge_libraries(seen: Sequence[Library]) -> Finding:
    """All can be imported and are as new as they have to be."""
    if lost := [f"{library.name}（{library.fault}）" for library in seen if library.fault]:
        return wrong(f"用不了 {some(lost)}", REINSTALL)
    unfit = [
        f"{library.name} {library.version}（应 {library.bounds}）"
        for library in seen
        if library.version and not fits(library.version, library.bounds)
    ]
    if unfit:
        return wrong(f"版本不符：{some(unfit)}", REINSTALL)
    return good(f"{len(seen)} 个都能用，版本合适")


def fits(version: str, bounds: str) -> bool:
    """Whether a version lies within bounds; only numbers count."""
    number = _number(version)
    return all(
        {"<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound, "==": number == bound}[
            relation
        ]
        for relation, written in re.findall(r"(<=|>=|==|<|>)\s*([\d.]+)", bounds)
        if (bound := _number(written))
    )


def _asked(requirements: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and bounds of everything that is asked for in any case."""
    for requirement in requirements:
        needed, _, condition = requirement.partition(";")
        match = re.match(r"([\w.-]+)\s*(.*)", needed.strip())
        if match and "extra" not in condition:
            yield match[1].lower(), match[2].strip()


def _number(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
