"""The documented reading limits are the real ones."""

import re
from pathlib import Path

from msgspec.structs import asdict

from jieyue_cli.workbook import DEFAULT_LIMITS

DOC = Path(__file__).parents[1] / "docs" / "office" / "limits.md"
_ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \| ([0-9,]+)(?: (MiB|秒))? \|$", re.MULTILINE)


def test_every_limit_is_documented_with_its_default() -> None:
    documented = {
        name: int(number.replace(",", "")) * (1 << 20 if unit == "MiB" else 1)
        for name, number, unit in _ROW.findall(DOC.read_text(encoding="utf-8"))
    }
    assert documented == asdict(DEFAULT_LIMITS)


def test_raising_raises_every_limit() -> None:
    raised = asdict(DEFAULT_LIMITS.raised(3))
    assert raised == {name: bound * 3 for name, bound in asdict(DEFAULT_LIMITS).items()}
