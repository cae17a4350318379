"""The year's dates and the progress in parts, as tables of the page that need no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from jieyue_cli.agencies.progress import Progress
from jieyue_cli.report.calendar import called, day, kept
from jieyue_cli.report.groups import HEADS, cells, groupings
from jieyue_cli.text.cleaning import clean


def tables(progress: Progress) -> str:
    """Everything there is to show, in sections of their own."""
    dates = [(called(due), day(due), kept(due)) for due in progress.calendar]
    made = [_section("dates", "时间安排", ("步骤", "期限", "情况"), dates)] if dates else []
    for number, (heading, parts) in enumerate(groupings(progress), 1):
        made.append(_section(f"parts-{number}", f"按{heading}的进度", (heading, *HEADS), map(cells, parts), HEADS))
    return "\n".join(made)


def _section(
    name: str, heading: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[str] = ()
) -> str:
    looks = [' class="number"' if head in numbers else "" for head in heads]

    def row(tag: str, texts: Iterable[str]) -> str:
        inner = (f"<{tag}{look}>{escape(clean(text))}</{tag[:2]}>" for text, look in zip(texts, looks, strict=True))
        return f"<tr>{''.join(inner)}</tr>"

    head, body = row('th scope="col"', heads), "".join(row("td", texts) for texts in rows)
    table = f'<table class="plain"><thead>{head}</thead><tbody>{body}</tbody></table>'
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(heading)}</h2>{table}</section>'
