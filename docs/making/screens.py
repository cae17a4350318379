"""A screen of the program as an SVG picture that needs nothing from elsewhere: no font, no style, no script."""

from __future__ import annotations

import html
import io
import re
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

COLUMNS = 80
_CELL = 12.2
"""How wide rich draws a cell."""
_INSET = 1.7
"""What lies left of a Chinese character in its two cells."""
_LOOK = TerminalTheme(
    (252, 252, 250),
    (36, 41, 47),
    [
        (36, 41, 47),
        (176, 42, 42),
        (26, 112, 60),
        (138, 90, 0),
        (9, 84, 165),
        (116, 64, 156),
        (0, 105, 118),
        (90, 96, 104),
    ],
    [
        (90, 96, 104),
        (176, 42, 42),
        (26, 112, 60),
        (138, 90, 0),
        (9, 84, 165),
        (116, 64, 156),
        (0, 105, 118),
        (36, 41, 47),
    ],
)
"""Dark on light, each colour legible on the ground."""
_CODE_FORMAT = """\
<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.s {{ font: 21px/{line_height}px Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "Microsoft YaHei",
 "PingFang SC", monospace }}
{styles}
</style>
<rect x="0.5" y="0.5" width="{frame_width}" height="{frame_height}" rx="8" fill="#fcfcfa" stroke="#c8ccd0"/>
<g transform="translate({terminal_x}, 14)" class="s">
{backgrounds}
{matrix}
</g>
</svg>
"""
_TEXT = re.compile(
    r'<text class="[\w-]+-(?P<look>r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"[^>]*>(?P<text>[^<]*)</text>'
)
_MARGIN = 18


def picture(command: str, printed: str, lines: int) -> str:
    """The first lines of what a command prints, with the command above them, as SVG."""
    shown = printed.splitlines()
    left_out = ["⋮"] if len(shown) > lines else []
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    for line in [f"\x1b[1m$ {command}\x1b[0m", *shown[:lines], *left_out]:
        console.print(Text.from_ansi(line), soft_wrap=True)
    width = COLUMNS * _CELL + 2 * _MARGIN
    rows = len(shown[:lines]) + len(left_out) + 1
    height = rows * 20 * 1.22 + 36
    sized = (
        _CODE_FORMAT.replace("{terminal_width}", f"{width:.0f}")
        .replace("{terminal_height}", f"{height:.0f}")
        .replace("{frame_width}", f"{width - 1:.0f}")
        .replace("{frame_height}", f"{height - 1:.0f}")
        .replace("{terminal_x}", str(_MARGIN))
    )
    drawn = console.export_svg(theme=_LOOK, code_format=sized, unique_id="s")
    return _tidied(drawn)


def _tidied(drawn: str) -> str:
    """Every run of wide or of narrow characters at its own place: rich counts a Chinese character as one cell."""
    drawn = _TEXT.sub(_placed, drawn).replace(".s-r", ".r")
    return re.sub(r"\n\s*\n+", "\n", drawn).replace(' shape-rendering="crispEdges"', "")


def _placed(match: re.Match[str]) -> str:
    text = html.unescape(match["text"]).replace("\xa0", " ")
    at, runs = float(match["x"]), []
    for width, group in groupby(text, key=lambda char: 0 if char == " " else cell_len(char)):
        run = "".join(group)
        cells = cell_len(run)
        if width == 1:
            places = f'x="{at:.1f}" textLength="{cells * _CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
        else:
            places = 'x="{}"'.format(" ".join(f"{at + _INSET + 2 * _CELL * index:.1f}" for index in range(len(run))))
        if width:
            runs.append(f"<tspan {places}>{html.escape(run, quote=False)}</tspan>")
        at += cells * _CELL
    return f'<text class="{match["look"]}" y="{match["y"]}">{"".join(runs)}</text>\n' if runs else ""
