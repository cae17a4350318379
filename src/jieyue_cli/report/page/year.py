"""The year's dates and the progress in parts, as tables of the page that need no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.calendar import called, day, kept
from jieyue_cli.report.groups import HEADS, cells, groupings
from jieyue_cli.text.cleaning import clean

_MOST_NAMES = 60
"""The list below names all."""


def tables(progress: Progress) -> str:
    """Everything there is to show, in sections of their own."""
    dates = [(called(due), day(due), kept(due, _MOST_NAMES)) for due in progress.calendar]
    parts = [_table((heading, *HEADS), map(cells, parts), HEADS) for heading, parts in groupings(progress)]
    made = [
        _section("dates", "时间安排", [_table(("步骤", "期限", "情况"), dates, ("期限",))] if dates else []),
        _section("parts", "分组进度", parts),
    ]
    return "\n".join(filter(None, made))


def _section(name: str, heading: str, inner: Sequence[str]) -> str:
    """A part under its heading; nothing where there is nothing in it."""
    body = "".join(inner)
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>{body}</section>' if body else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[str]) -> str:
    """A table; the columns with ``figures`` stand to the right and on one line."""
    looks = [' class="number"' if head in figures else "" for head in heads]

    def row(tag: str, texts: Iterable[str]) -> str:
        inner = (f"<{tag}{look}>{escape(clean(text))}</{tag[:2]}>" for text, look in zip(texts, looks, strict=True))
        return f"<tr>{''.join(inner)}</tr>"

    head, body = row('th scope="col"', heads), "".join(row("td", texts) for texts in rows)
    return f'<table class="plain"><thead>{head}</thead><tbody>{body}</tbody></table>'
