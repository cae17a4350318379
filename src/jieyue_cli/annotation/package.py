"""A package that is being changed: its parts, how they are related and declared, and the bytes of the whole."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from jieyue_cli.annotation.markup import Edit, Element, appended, edited, outline
from jieyue_cli.problems import Code
from jieyue_cli.workbook.containers.zipped import Container, canonical
from jieyue_cli.workbook.limits import MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx.package import target, workbook_part
from jieyue_cli.writing.container import copied, deflated, pack

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "[Content_Types].xml"
_LARGEST = 32 * MIB
"""Of a part that is changed, in bytes; a form's sheet takes 0.1 MiB."""
_NEW_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'.encode()


class Draft:
    """The package of a workbook; parts that nobody writes stay as they are, packed."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it; raise RefusedError where the container cannot be trusted, or is signed."""
        self._container = Container(data, limits)
        if any(canonical(name).startswith("_xmlsignatures/") for name in self._container):
            raise RefusedError(Code.FEEDBACK_SIGNED)
        self.workbook = workbook_part(self._container)
        self._read: dict[str, bytes] = {}
        self._written: dict[str, tuple[str, bytes]] = {}
        """Canonical name → the name as it shall be spelled, and the new content."""

    def read(self, part: str) -> bytes:
        """A part as it is by now; raise RefusedError where there is none."""
        key = canonical(part)
        if key in self._written:
            return self._written[key][1]
        if key not in self._read:
            self._read[key] = self._container.read(part)
            if len(self._read[key]) > _LARGEST:
                raise RefusedError(Code.FEEDBACK_ODD, detail=f"部件 {part} 过大")
        return self._read[key]

    def outline(self, part: str, depth: int) -> tuple[bytes, Element]:
        """A part as it is by now, and its elements."""
        xml = self.read(part)
        return xml, outline(xml, part, depth)

    def write(self, part: str, data: bytes) -> None:
        """Give a part, there or not, this content."""
        self._written[canonical(part)] = (part, data)

    def edit(self, part: str, *edits: Edit) -> None:
        """Change a part in places."""
        self.write(part, edited(self.read(part), edits))

    def new(self, pattern: str) -> str:
        """A name for a new part beside the workbook's; ``pattern`` has a blank for a number, ``comments{}.xml``."""
        folder, number = posixpath.dirname(self.workbook), 1
        while self._has(name := posixpath.join(folder, pattern.format(number))):
            number += 1
        return name

    def parts(self, suffix: str) -> Iterator[str]:
        """Every part whose name ends so, in lower case; new ones too."""
        names = {canonical(name) for name in self._container} | self._written.keys()
        return (name for name in sorted(names) if name.endswith(suffix))

    def related(self, part: str, kind: str = "") -> dict[str, str]:
        """Id → name of the parts that ``part`` is related to, of one kind (``comments``), inside the package only."""
        rels = _relations_of(part)
        if not self._has(rels):
            return {}
        _, root = self.outline(rels, 1)
        return {
            relation.get("Id"): target(part, relation.get("Target"))
            for relation in root.all("Relationship")
            if relation.get("Type").endswith(f"/{kind}" if kind else "") and relation.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, other: str) -> str:
        """Relate ``part`` to another; returns the id."""
        rels = _relations_of(part)
        if not self._has(rels):
            self.write(rels, _NEW_RELATIONS)
        xml, root = self.outline(rels, 1)
        taken = {relation.get("Id").lower() for relation in root.all("Relationship")}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        fragment = (
            f'<{root.prefix}Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target={quoteattr(f"/{other}")}/>'
        )
        self.edit(rels, appended(xml, root, fragment.encode()))
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part holds."""
        xml, root = self.outline(_TYPES, 1)
        fragment = f'<{root.prefix}Override PartName={quoteattr(f"/{part}")} ContentType="{content_type}"/>'
        self.edit(_TYPES, appended(xml, root, fragment.encode()))

    def content_type(self, part: str) -> str:
        """What a part is declared to hold; empty where it is not declared by its name."""
        _, root = self.outline(_TYPES, 1)
        names = {canonical(entry.get("PartName")): entry.get("ContentType") for entry in root.all("Override")}
        return names.get(canonical(part), "")

    def packed(self) -> bytes:
        """The whole package; every part keeps its place, new ones come last."""
        waiting = dict(self._written)
        members = []
        for entry, packed in self._container.members():
            changed = waiting.pop(canonical(entry.filename), None)
            members.append(deflated(entry.filename, changed[1]) if changed else copied(entry, packed))
        return pack([*members, *(deflated(name, data) for name, data in waiting.values())])

    def _has(self, part: str) -> bool:
        return canonical(part) in self._written or part in self._container


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
