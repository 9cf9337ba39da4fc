"""benchmarks/run.sh: measures Playlog against its baselines, on a stack of its own."""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from playlog_testkit.stack import Stack

from . import checkout, drain, footprint, growth, latency, producer, summary, trickle, trigger
from .bench import Bench
from .results import Result, table
from .sizes import FULL, QUICK, Sizes

# Footprint and growth first, as they look at the memory of servers that have not done anything else.
MEASUREMENTS = {
    "footprint": footprint.measure,
    "growth": growth.measure,
    "drain": drain.measure,
    "latency": latency.measure,
    "trigger": trigger.measure,
    "trickle": trickle.measure,
    "summary": summary.measure,
    "producer": producer.measure,
}
AGAINST = ("drain", "latency", "summary", "trickle")
RESULTS = Path(__file__).resolve().parents[1] / "results.json"
SETTINGS = "local.history = 0 s"


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
    parser.add_argument("--rounds", type=int, help="how often the runs alternate")
    parser.add_argument("--save", action="store_true", help="write results.json and growth.svg of the checkout")
    parser.add_argument("--table", action="store_true", help="measure nothing; print the table of results.json")
    parsed = parser.parse_args(arguments)
    if parsed.table:
        print(table([Result(**result) for result in json.loads(RESULTS.read_text())]))
        return 0
    names = [name for name in AGAINST if parsed.against] or [*MEASUREMENTS]
    sizes = QUICK if parsed.quick else FULL
    sizes = replace(sizes, rounds=parsed.rounds or sizes.rounds)
    against = checkout.other(parsed.against) if parsed.against else None
    results, failed = _run(sizes, [name for name in names if name in (parsed.only or names)], against)
    if parsed.save:
        RESULTS.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    return 1 if failed else 0


def _run(sizes: Sizes, names: list[str], against: checkout.Checkout | None) -> tuple[list[Result], list[str]]:
    say = _progress()
    results: list[Result] = []
    failed = []
    with tempfile.TemporaryDirectory(prefix="playlog-benchmarks-") as folder:
        stack = Stack(Path(folder) / "var", SETTINGS)
        try:
            say("starts Kafka and Cassandra")
            stack.output("start-all.sh", "--without-airflow")
            stack.output("control.sh", "stop", "producer", "stream")
            bench = Bench(stack, Path(folder), sizes, say, against)
            if against:
                bench.create_schema(against, "spotify", against.keyspace)
            for name in names:
                say(f"==> {name}")
                try:
                    results += MEASUREMENTS[name](bench)
                except Exception:  # the others may still succeed
                    traceback.print_exc()
                    failed.append(name)
        finally:
            stack.output("stop-all.sh", "--purge")
    print(f"\n{table(results)}\n")
    say(f"{len(names) - len(failed)} measurements done, failed: {', '.join(failed) or 'none'}")
    return results, failed


def _progress() -> Callable[[str], None]:
    start = time.monotonic()

    def say(text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - start), 60)
        print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
