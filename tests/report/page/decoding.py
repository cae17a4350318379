"""What a page carries, read back as any other program could."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from decimal import Decimal
from typing import Any

_PACKED = re.compile(r'<script id="data" type="text/plain">([A-Za-z0-9+/=]*)</script>')


def decoded(page: bytes) -> dict[str, Any]:
    """The data of a page, as ``report/page/rows.py`` describes it."""
    found = _PACKED.findall(page.decode())
    assert len(found) == 1
    carried: dict[str, Any] = json.loads(gzip.decompress(b64decode(found[0])))
    return carried


def lines(carried: dict[str, Any], side: dict[str, Any]) -> list[tuple[str, Decimal | None, str]]:
    """编号, score (None where it is left out) and reason of every line of a side."""
    places = [line for item in side["items"] for line in carried["items"][item]["lines"]]
    rows = [carried["lines"][place] for place in places]
    return [(row["id"], None if row["score"] == "不涉及" else Decimal(row["score"]), row["why"]) for row in rows]
