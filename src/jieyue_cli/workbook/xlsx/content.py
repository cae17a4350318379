"""What one cell element of a worksheet holds, and whether that has one meaning."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from jieyue_cli.workbook.xlsx.package import MAIN
from jieyue_cli.workbook.xlsx.richtext import RichText

_FORMULA, _VALUE, _INLINE, _MORE = (f"{MAIN} {name}" for name in ("f", "v", "is", "extLst"))
_BLANKS = " \t\r\n"
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_LONGEST_NUMBER = 300
_LONGEST_SHOWN = 20


class Content:
    """Follows the markup inside one cell of type ``kind``."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.rich: RichText | None = None
        """What ``is`` holds."""
        self.start_byte = 0
        """Where the first element inside the cell starts in the part; 0 where there is none."""
        self._path: list[str] = []
        self._given: set[str] = set()
        self._sound = True
        self.text = ""
        """What ``v`` holds."""

    def start(self, name: str, attributes: dict[str, str], byte: int) -> None:
        """An element opens inside the cell at an offset of the part."""
        self.start_byte = self.start_byte or byte
        self._path.append(name)
        if len(self._path) == 1:
            self._sound &= name in {_FORMULA, _VALUE, _INLINE, _MORE} and name not in self._given
            self._given.add(name)
            if name == _INLINE:
                self.rich = RichText()
        elif self._path[0] == _INLINE and self.rich:
            self.rich.start(name, attributes)
        elif self._path[0] != _MORE:
            self._sound = False

    def end(self) -> bool:
        """An element ends; False where it was the cell itself."""
        if not self._path:
            return False
        self._path.pop()
        if self._path and self._path[0] == _INLINE and self.rich:
            self.rich.end()
        return True

    def characters(self, text: str) -> None:
        """Characters, in whatever element inside the cell."""
        inside = self._path[0] if self._path else ""
        if inside == _VALUE:
            self.text += text
        elif inside == _INLINE and self.rich:
            self.rich.characters(text)
        elif not inside and text.strip(_BLANKS):
            self._sound = False

    @property
    def formula(self) -> bool:
        """Whether the value is a formula's."""
        return _FORMULA in self._given

    @property
    def stored(self) -> bool:
        """Whether there is a value, a formula's result or one that was typed."""
        return bool(self.text) or self.rich is not None

    @property
    def filled(self) -> bool:
        """Whether the cell is not plainly blank."""
        return self.formula or self.stored or not self._sound or (self.kind == "e" and _VALUE in self._given)

    def damage(self, strings: Sequence[str | None]) -> str | None:
        """What is wrong with the value, for a person, given the shared strings; None where it has one meaning."""
        if not self._sound or (self.rich and not self.rich.sound):
            return "内容写法有误"
        if self.kind not in {"n", "s", "str", "b", "e", "d", "inlineStr"}:
            return f"类型“{self.kind[:_LONGEST_SHOWN]}”无法识别"
        if (self.rich is not None and self.kind != "inlineStr") or (self.text and self.kind == "inlineStr"):
            return "类型与内容不符"
        if not self.text or self.kind in {"str", "e"} or self._is_typed(self.text.strip(_BLANKS), strings):
            return None
        return f"{'共享文字 ' if self.kind == 's' else ''}{self.text[:_LONGEST_SHOWN]}"

    def _is_typed(self, text: str, strings: Sequence[str | None]) -> bool:
        if self.kind == "n":
            return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.fullmatch(text)) and math.isfinite(float(text))
        if self.kind == "b":
            return text in {"0", "1"}
        if self.kind == "s":
            known = text.isascii() and text.isdigit() and len(text) <= len(str(len(strings)))
            return known and int(text) < len(strings) and strings[int(text)] is not None
        from openpyxl.utils.datetime import from_ISO8601

        try:
            from_ISO8601(text)  # type: ignore[no-untyped-call]
        except (ValueError, TypeError, AttributeError):
            return False
        return True
