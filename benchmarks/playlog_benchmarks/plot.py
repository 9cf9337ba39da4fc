"""A small plot as SVG: panels side by side, each a line from 0."""

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, MARGIN, TOP, BOTTOM = 230, 170, 20, 34, 40


@dataclass(frozen=True)
class Panel:
    title: str
    points: list[tuple[float, float]]


def svg(panels: list[Panel], axis: str) -> str:
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
        ' font-family="sans-serif" font-size="10">',
        f'<rect width="{width}" height="{HEIGHT}" fill="white"/>',
    ]
    for number, panel in enumerate(panels):
        parts += [f'<g transform="translate({number * WIDTH},0)">', *_panel(panel, axis), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, axis: str) -> list[str]:
    right, base = WIDTH - MARGIN, HEIGHT - BOTTOM
    most_x = max(x for x, _ in panel.points)
    most_y = max(y for _, y in panel.points) or 1
    placed = [(MARGIN + x / most_x * (right - MARGIN), base - y / most_y * (base - TOP), x, y) for x, y in panel.points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in placed)
    parts = [
        f'<text x="{MARGIN}" y="12" font-weight="bold">{escape(panel.title)}</text>',
        f'<path d="M{MARGIN},{TOP} V{base} H{right}" fill="none" stroke="#888"/>',
        f'<polyline points="{line}" fill="none" stroke="#1f77b4" stroke-width="1.5"/>',
        f'<text x="{(MARGIN + right) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(axis)}</text>',
    ]
    for x, y, number, value in placed:
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#1f77b4"/>',
            f'<text x="{x:.1f}" y="{base + 13}" text-anchor="middle">{number:g}</text>',
            f'<text x="{x:.1f}" y="{y - 6:.1f}" text-anchor="middle">{_short(value)}</text>',
        ]
    return parts


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
