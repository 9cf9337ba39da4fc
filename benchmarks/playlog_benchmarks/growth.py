"""Growth: whether time stays linear and memory flat as the number of listens grows."""

from dataclasses import dataclass
from html import escape

from .bench import Backlog, Bench
from .checkout import OURS
from .processes import PeakMemory
from .results import Result, round_off
from .streams import check_stored, playlog, wait_for_drain
from .summary import publish

LISTENERS = 1_000
MIB = 1024 * 1024
WIDTH, HEIGHT, MARGIN, TOP, BOTTOM = 230, 170, 20, 34, 40


@dataclass(frozen=True)
class Panel:
    title: str
    points: list[tuple[float, float]]


def measure(bench: Bench) -> list[Result]:
    found = {listens: _at(bench, listens) for listens in bench.sizes.growth_listens}
    quantities = found[min(found)]
    panels = [
        Panel(f"{name} ({unit})", [(listens / 1e6, values[name, unit]) for listens, values in found.items()])
        for name, unit in quantities
    ]
    (bench.output / "growth.svg").write_text(svg(panels, "million listens"))
    return [
        Result(f"growth, {listens / 1e6:g} million listens, {name}", unit, round_off(value))
        for listens, values in found.items()
        for (name, unit), value in values.items()
    ]


def _at(bench: Bench, listens: int) -> dict[tuple[str, str], float]:
    """As many listens in one hour, stored and then summed up: quantities by name and unit."""
    backlog = Backlog(f"growth-{listens}", listens, LISTENERS)
    bench.fill(backlog)
    bench.empty_tables()
    bench.say(f"stream and report with {listens:,} listens")
    with (
        playlog(bench, backlog.topic) as (stream, checkpoint),
        PeakMemory({"stream": stream.pid, "Cassandra": bench.pid("cassandra")}) as memory,
    ):
        wait_for_drain(bench, stream, checkpoint, backlog.topic)
    check_stored(bench, f"{OURS.keyspace}.records", backlog.listens)
    return {
        ("drain rate", "listens/s"): listens / checkpoint.seconds(),
        ("time of the report", "s"): publish(bench, backlog, "spotify"),
    } | {(f"peak memory of {name}", "MiB"): peak / MIB for name, peak in memory.peaks.items()}


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
