"""scripts/test-faults.sh: kills what can die while listens are sent, and compares what is stored with what was sent."""

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playlog_testkit.stack import Stack, last_full_hour, stop_on_signals

from . import alerts, cluster, cluster_faults, faults, imports, watch
from .comparison import Comparison
from .printing import numbers, timed
from .prometheus import Prometheus
from .trial import Trial
from .watch import Watch

SETTINGS = """
  local.history = 0 s
  # Enough for a report to be killed half-way.
  producer.listeners = 1999
  report.reads-in-flight = 1
  # A producer outlives the restart of everything, and a Kafka that is killed again before it is up.
  kafka.properties { "delivery.timeout.ms" = 1800000, "max.block.ms" = 1800000 }
  # Writes that Cassandra does not answer fail soon.
  cassandra.spark { "spark.cassandra.read.timeoutMS" = 5000 }
  # A stream that stands still is taken for dead soon.
  stream.lease-duration = 10 s
  # Alerts come as soon as they can.
  web.sample-interval = 1 s
  # Players submit as fast as they are answered.
  web.submission.rate-limit = 1000000
"""

NAMES = [*faults.ALL, imports.NAME]


def main(arguments: list[str]) -> int:
    parser = _parser()
    parsed = parser.parse_args(arguments)
    names = [*cluster_faults.ALL] if parsed.cluster else NAMES
    if not {*(parsed.only or [])} <= {*names}:
        parser.error(f"--only: expected one of {', '.join(names)}")
    # It says that it cannot connect to what was killed on purpose.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    stop_on_signals()
    return cluster.run(parsed) if parsed.cluster else _run_all(parsed)


def _run_all(parsed: argparse.Namespace) -> int:
    rate = parsed.rate or 4000
    times = parsed.times or (20 if parsed.long else 1)
    listens = parsed.listens or (500_000 if parsed.long else 50_000)
    only = parsed.only or ([] if parsed.alerts else NAMES)
    chosen = {name: fault for name, fault in faults.ALL.items() if name in only}
    provoked = alerts.ALL if parsed.alerts or not parsed.only else {}

    print(
        f"{len(only)} faults, {times} times each, {listens} listens at {rate}/s, seed {parsed.seed}; "
        f"{len(provoked)} faults for the alerts",
        flush=True,
    )
    dice = random.Random(parsed.seed)
    hour = last_full_hour()
    rows = []
    checks = []
    with _started() as (stack, watching):
        for number, (name, fault) in enumerate(chosen.items()):
            trial = Trial(stack, number, hour - timedelta(hours=number + 1), listens, rate, dice)
            with timed(name):
                with watching.during(name, alerts.OF_FAULTS.get(name, frozenset())):
                    rows.append((name, times, _run(trial, fault, times)))
                watching.wait_until_clear()
        if chosen:
            with timed("a row deleted by hand"):
                checks.append(_the_check_can_fail(stack, trial))
        if imports.NAME in only:
            with timed(imports.NAME):
                trial = Trial(stack, len(chosen), hour, listens, rate, dice)
                plays = listens * 2 // 5
                imported = imports.run(stack, plays, times, dice, trial.wait_for_stream)
                print(f"    {numbers(imported)}", flush=True)
                rows.append((imports.NAME, times, imported))
        for name, alert in provoked.items():
            with timed(name):
                _provoke(watching, name, alert, Trial(stack, len(chosen), hour, 0, rate, dice))
        watching.wait_until_clear()
        watched = watching.results()
    print(table(rows) if rows else "", watch.table(watched), sep="\n")
    results = [not found.problems for _, _, found in rows]
    results += [*checks, *(not found.problems for found in watched)]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="test-faults.sh", description=__doc__.split(": ", 1)[1])
    parser.add_argument("--long", action="store_true", help="20 times each and 500,000 listens, for hours")
    parser.add_argument("--times", type=int, help="how often each fault happens")
    parser.add_argument("--listens", type=int, help="listens per fault")
    parser.add_argument("--rate", type=int, help="listens per second (default: 4000; of a cluster 1000)")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="of the random moments")
    parser.add_argument("--only", metavar="FAULT", action="append", help="this fault only; may be repeated")
    parser.add_argument("--alerts", action="store_true", help="only the faults that make each alert fire")
    parser.add_argument("--cluster", action="store_true", help="faults of a cluster: three nodes of each server")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="of a cluster: a listen that waits for longer than is promised fails the trial; so it is with --long",
    )
    return parser


@contextmanager
def _started() -> Iterator[tuple[Stack, Watch]]:
    """A stack of its own, and a Prometheus that watches it."""
    with (
        faults.own_stack(SETTINGS) as stack,
        Prometheus(stack.folder.with_name("prometheus"), stack) as prometheus,
    ):
        yield stack, Watch(prometheus)


def _run(trial: Trial, fault: faults.Fault, times: int) -> Comparison:
    trial.send_invalid_messages()
    for part in range(times):
        trial.wait_for_kafka()
        producer = trial.produce(part, times)
        time.sleep(trial.random_moment(times))
        fault(trial, producer)
        trial.finish(producer)
    trial.wait_for_stream()
    trial.stack.output("run-hourly-report.sh", "--due")
    found = trial.compare(trial.summaries())
    print(f"    {numbers(found)}", flush=True)
    return found


def _provoke(watching: Watch, name: str, provoked: alerts.Provoked, trial: Trial) -> None:
    with watching.during(name, provoked.alerts), provoked.fault(trial, watching.prometheus):
        watching.wait_until_firing(provoked.alerts)
    trial.wait_for_stream()


def _the_check_can_fail(stack: Stack, trial: Trial) -> bool:
    """Deletes a row by hand: the comparison and the audit must both miss it, and the audit mends it."""
    name, timestamp, song = sorted(trial.records())[0]
    with stack.session() as session:
        where = "name = %s AND event_time = %s AND song_name = %s"
        session.execute(f"DELETE FROM records WHERE {where}", (name, timestamp, song))
    hour = f"{trial.hour:%Y-%m-%dT%H:%MZ}"
    missed = trial.compare(None).missing == 1
    audited = stack.exit_code("spark-job.sh", "audit", "--hour", hour) == 6
    repaired = stack.exit_code("spark-job.sh", "audit", "--hour", hour, "--repair") == 0
    stored = trial.compare(None).missing == 0
    result = {"comparison misses it": missed, "audit misses it": audited, "repaired": repaired, "stored again": stored}
    print(f"    {json.dumps(result)}", flush=True)
    return all(result.values())


def table(rows: list[tuple[str, int, Comparison]]) -> str:
    lines = ["", "| fault | times | sent | stored | missing | duplicates |", "|---|---|---|---|---|---|"]
    for name, times, found in rows:
        lines.append(f"| {name} | {times} | {found.sent} | {found.stored} | {found.missing} | {found.duplicates} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
