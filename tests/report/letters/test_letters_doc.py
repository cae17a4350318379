"""docs/office/letters.md lists every placeholder with its meaning, as declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from jieyue_cli.report.letters.kinds import KINDS, Kind
from jieyue_cli.report.letters.placeholders import Placeholder

DOC = (Path(__file__).parents[3] / "docs" / "office" / "letters.md").read_text(encoding="utf-8")


def listed(placeholders: Iterable[Placeholder], within: str = "") -> Iterator[str]:
    """One row a placeholder; what an entry of a list has stands below the list."""
    for placeholder in placeholders:
        name = f"{within}{placeholder.name}"
        yield f"| `{name}` | {'清单：' if placeholder.each else ''}{placeholder.meaning} |"
        yield from listed(placeholder.each, f"{name}.")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_page_lists_the_placeholders_of_each_kind(kind: Kind) -> None:
    section = DOC.partition(f"\n### {kind.name}\n")[2].partition("\n###")[0]
    assert [line for line in section.splitlines() if line.startswith("| `")] == list(listed(kind.placeholders))
