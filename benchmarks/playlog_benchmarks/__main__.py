"""benchmarks/run.sh: measures Playlog against its yardsticks, on a stack of its own."""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from playlog_testkit.stack import Stack

from . import drain, footprint, growth, latency, producer, summary, trigger
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
    "summary": summary.measure,
    "producer": producer.measure,
}
RESULTS = Path(__file__).resolve().parents[1] / "results.json"
SETTINGS = "local.history = 0 s"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.split(": ", 1)[1].capitalize())
    parser.add_argument("--quick", action="store_true", help="one round and small sizes, to see that all works")
    parser.add_argument("--only", choices=MEASUREMENTS, nargs="+", metavar="NAME", help=f"some of {[*MEASUREMENTS]}")
    parser.add_argument("--table", action="store_true", help="measure nothing; print the table of results.json")
    parsed = parser.parse_args(arguments)
    if parsed.table:
        print(table([Result(**result) for result in json.loads(RESULTS.read_text())]))
        return 0
    return _run(
        QUICK if parsed.quick else FULL, [name for name in MEASUREMENTS if name in (parsed.only or MEASUREMENTS)]
    )


def _run(sizes: Sizes, names: list[str]) -> int:
    say = _progress()
    results: list[Result] = []
    failed = []
    with tempfile.TemporaryDirectory(prefix="playlog-benchmarks-") as folder:
        stack = Stack(Path(folder) / "var", SETTINGS)
        try:
            say("starts Kafka and Cassandra")
            stack.output("start-all.sh", "--without-airflow")
            stack.output("control.sh", "stop", "producer", "stream")
            bench = Bench(stack, Path(folder), sizes, say)
            for name in names:
                say(f"==> {name}")
                try:
                    results += MEASUREMENTS[name](bench)
                except Exception:  # the others may still succeed
                    traceback.print_exc()
                    failed.append(name)
        finally:
            stack.output("stop-all.sh", "--purge")
    RESULTS.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    print(f"\n{table(results)}\n")
    say(f"{len(names) - len(failed)} measurements done, failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def _progress() -> Callable[[str], None]:
    start = time.monotonic()

    def say(text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - start), 60)
        print(f"[{minutes:3}:{seconds:02}] {text}", flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
