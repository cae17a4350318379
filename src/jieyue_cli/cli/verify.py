"""``jieyue verify``: the checking of what agencies claim."""

from __future__ import annotations

import typer

from jieyue_cli.cli import usage
from jieyue_cli.cli.sheets import sheets

app = typer.Typer(rich_markup_mode=None)
app.command("sheets", cls=usage.Command)(sheets)


@app.callback()
def _verify() -> None:
    """A group also while it has one command only."""
