"""Growth: whether time stays linear and memory flat as the number of listens grows."""

from .bench import Backlog, Bench
from .plot import Panel, svg
from .processes import PeakMemory
from .results import Result, round_off
from .streams import check_stored, playlog, wait_for_drain
from .summary import publish

LISTENERS = 1_000
MIB = 1024 * 1024


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
    check_stored(bench, "spotify.records", backlog)
    return {
        ("drain rate", "listens/s"): listens / checkpoint.seconds(),
        ("time of the report", "s"): publish(bench, backlog, "spotify"),
    } | {(f"peak memory of {name}", "MiB"): peak / MIB for name, peak in memory.peaks.items()}
