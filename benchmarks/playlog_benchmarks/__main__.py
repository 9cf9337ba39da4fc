"""benchmarks/run.sh: measures Playlog against its baselines, on a stack of its own."""

import argparse
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from playlog_testkit.stack import ROOT, stop_on_signals

from . import (
    checkout,
    drain,
    footprint,
    growth,
    histories,
    latency,
    page,
    producer,
    replicas,
    sizing,
    submission,
    summary,
    trickle,
)
from .bench import Bench
from .results import Result, table
from .servers import servers
from .sizes import FULL, QUICK, Sizes

# Footprint and growth first, as they look at the memory of servers that have not done anything else.
MEASUREMENTS = {
    "footprint": footprint.measure,
    "growth": growth.measure,
    "drain": drain.measure,
    "latency": latency.measure,
    "trigger": latency.measure_trigger,
    "trickle": trickle.measure,
    "summary": summary.measure,
    "wide-hour": summary.measure_wide,
    "import": histories.measure_import,
    "histories": histories.measure,
    "producer": producer.measure,
    "page": page.measure,
    "submission": submission.measure,
    "replicas": replicas.measure,
    "replicas-batches": replicas.measure_batches,
}
AGAINST = ("drain", "latency", "summary", "trickle")
OUTPUT = ROOT / "target/benchmarks"
SAVED = ROOT / "benchmarks"
FILES = ("results.json", "growth.svg")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.split(": ", 1)[1].capitalize())
    parser.add_argument("--quick", action="store_true", help="one round and small sizes, to see that all works")
    parser.add_argument("--only", choices=MEASUREMENTS, nargs="+", metavar="NAME", help=f"some of {[*MEASUREMENTS]}")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="CHECKOUT",
        help="compare with another checkout that is built, such as a commit before, and with the bare driver only; "
        f"some of {[*AGAINST]}",
    )
    parser.add_argument("--rounds", type=int, help="how often the runs alternate (default: 3, with --quick 1)")
    parser.add_argument(
        "--save",
        action="store_true",
        help=f"copy {' and '.join(FILES)} from {OUTPUT.relative_to(ROOT)} to benchmarks, where they are committed; "
        "for a full run only",
    )
    parser.add_argument("--table", action="store_true", help="measure nothing; print the table of the saved results")
    parser.add_argument(
        "--sizing",
        type=int,
        nargs="+",
        metavar="RATE",
        help="measure nothing; print what these rates (listens/s) need by arithmetic, as docs/sizing.md does",
    )
    parsed = parser.parse_args(arguments)
    if parsed.sizing:
        print(sizing.table(parsed.sizing))
        return 0
    if parsed.table:
        saved = json.loads((SAVED / "results.json").read_text())
        print(table([Result(**result) for result in saved]))
        return 0
    if parsed.save and (parsed.quick or parsed.only or parsed.against):
        parser.error("found --save with --quick, --only or --against, expected a full run: what is saved is of one run")
    if parsed.rounds is not None and parsed.rounds < 1:
        parser.error(f"found --rounds {parsed.rounds}, expected 1 at least")
    names = chosen(parsed.only, against=parsed.against is not None)
    if not names:
        parser.error(f"found --against with --only {' '.join(parsed.only)}, expected some of {' '.join(AGAINST)}")
    sizes = QUICK if parsed.quick else FULL
    sizes = replace(sizes, rounds=parsed.rounds or sizes.rounds)
    try:
        against = checkout.other(parsed.against) if parsed.against else None
    except checkout.NotBuiltError as error:
        parser.error(str(error))
    failed = _run(sizes, names, against)
    if parsed.save and not failed:
        for name in FILES:
            shutil.copy(OUTPUT / name, SAVED / name)
    return 1 if failed else 0


def chosen(only: list[str] | None, against: bool) -> list[str]:
    """The measurements to make, in the order in which they are made."""
    return [name for name in MEASUREMENTS if (not only or name in only) and (not against or name in AGAINST)]


def _run(sizes: Sizes, names: list[str], against: checkout.Checkout | None) -> list[str]:
    """Names the measurements that failed."""
    say = _progress()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    failed = []
    stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="playlog-benchmarks-") as folder:
        say("starts Kafka and Cassandra")
        with servers(Path(folder)) as stack:
            bench = Bench(stack, Path(folder), OUTPUT, sizes, say, against)
            bench.create_tables()
            for name in names:
                say(f"==> {name}")
                try:
                    results += MEASUREMENTS[name](bench)
                except Exception:  # the others may still succeed
                    traceback.print_exc()
                    failed.append(name)
                # After each, so that an interrupted run leaves what it has found.
                (OUTPUT / FILES[0]).write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    print(f"\n{table(results)}\n")
    say(f"{len(names) - len(failed)} measurements done, failed: {', '.join(failed) or 'none'}; see {OUTPUT}")
    return failed


def _progress() -> Callable[[str], None]:
    start = time.monotonic()

    def say(text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - start), 60)
        print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
