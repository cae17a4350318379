"""The kinds of letters: one table that the commands and their help pages follow.

A new kind is a module, a text in ``texts`` and one line here. Modules are imported where they are used: start-up is
measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jieyue_cli.assessment import Result
    from jieyue_cli.report.findings import Findings
    from jieyue_cli.report.letters.placeholders import Letter, Placeholder


class Kind(NamedTuple):
    """One kind of letter."""

    name: str
    """On the command line, and in the names of files."""
    summary: str
    """For the help page."""
    module: str
    """Has ``PLACEHOLDERS`` and ``letters``; what our own template says is in ``texts`` under the same name."""
    agencies: bool
    """Whether there is one letter an agency, and not one for the city."""

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """What its templates may name."""
        declared: tuple[Placeholder, ...] = self._own().PLACEHOLDERS
        return declared

    def template(self) -> bytes:
        """Our own template as a .docx file."""
        from jieyue_cli.report.letters.document import described

        return described(self.module)

    def letters(self, findings: Findings[Result]) -> Iterator[Letter]:
        """Every letter that there is to write, and every one that there is not, with the reason."""
        made: Iterator[Letter] = self._own().letters(findings)
        return made

    def _own(self) -> Any:
        return import_module(f"jieyue_cli.report.letters.{self.module}")


KINDS = (
    Kind("反馈函", "核查结果反馈：核查完成的每个机关一份。", "feedback", agencies=True),
    Kind("整改通知", "要更正、补做什么：没有达标或表中有错的每个机关一份。", "mending", agencies=True),
    Kind("自评报告", "自评报告草稿：按每个机关自己的表起草。", "self_report", agencies=True),
    Kind("公示", "认定名单公示：本年认定的和以前认定的机关。", "publicity", agencies=False),
    Kind("进度报告", "向上级报告进度：分子、分母、认定率、目标和各机关名单。", "progress", agencies=False),
)
