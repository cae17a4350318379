"""One of the office's reports as a JSON document, indented for people who look into it."""

from __future__ import annotations

import msgspec

from jieyue_cli.report.encoding import encode
from jieyue_cli.report.office.model import OfficeReport


def render(report: OfficeReport) -> bytes:
    """The document alone."""
    return msgspec.json.format(encode(report.document), indent=2) + b"\n"
