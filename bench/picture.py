"""A small chart as SVG, both scales logarithmic: a straight line with a slope of one is linear cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 920, 470, 70, 330, 46, 50
_FONT = 'font-family="sans-serif" font-size="12"'
_COLORS = ("#166534", "#4d9e6a", "#6b7280", "#b91c1c", "#e07b39", "#7c3aed", "#2563eb")


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: what was measured, and perhaps one more point that is only computed (drawn dashed)."""

    label: str
    points: Sequence[tuple[float, float]]
    scaled: tuple[float, float] | None = None


def draw(curves: Sequence[Curve], title: str) -> str:
    """Forms to the right, seconds upward."""
    every = [point for curve in curves for point in (*curve.points, *([curve.scaled] if curve.scaled else []))]
    across = _Scale.over((x for x, _ in every), _LEFT, _WIDTH - _RIGHT)
    upward = _Scale.over((y for _, y in every), _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_FONT}>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_LEFT, 24, title, 'font-size="15" font-weight="bold"'),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, "forms", 'text-anchor="middle"'),
        _text(16, _TOP - 12, "seconds"),
    ]
    for value in across.decades():
        x = across(value)
        parts += [_line([(x, _TOP), (x, _HEIGHT - _BOTTOM)], "#e5e7eb")]
        parts += [_text(x, _HEIGHT - _BOTTOM + 18, f"{value:,.0f}", 'text-anchor="middle"')]
    for value in upward.decades():
        y = upward(value)
        parts += [_line([(_LEFT, y), (_WIDTH - _RIGHT, y)], "#e5e7eb")]
        parts += [_text(_LEFT - 8, y + 4, f"{value:,g}", 'text-anchor="end"')]
    for number, curve in enumerate(curves):
        color = _COLORS[number % len(_COLORS)]
        placed = [(across(x), upward(y)) for x, y in curve.points]
        parts.append(_line(placed, color, 'stroke-width="2"'))
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in placed]
        if curve.scaled:
            end = (across(curve.scaled[0]), upward(curve.scaled[1]))
            parts.append(_line([placed[-1], end], color, 'stroke-width="2" stroke-dasharray="5 4"'))
        y = _TOP + 14 + 22 * number
        parts.append(_line([(_WIDTH - _RIGHT + 20, y), (_WIDTH - _RIGHT + 44, y)], color, 'stroke-width="3"'))
        parts.append(_text(_WIDTH - _RIGHT + 52, y + 4, curve.label))
    note = "dashed: scaled from the size before"
    if any(curve.scaled for curve in curves):
        parts.append(_text(_WIDTH - _RIGHT + 20, _TOP + 22 + 22 * len(curves), note, 'fill="#6b7280"'))
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values on a logarithmic axis between two places."""

    low: int
    high: int
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float], start: float, end: float) -> _Scale:
        """Whole decades around the values."""
        logs = [math.log10(value) for value in values]
        low, high = math.floor(min(logs)), math.ceil(max(logs))
        return cls(low, max(high, low + 1), start, end)

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _line(points: Sequence[tuple[float, float]], color: str, more: str = "") -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{color}" {more}/>'


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(text)}</text>'
