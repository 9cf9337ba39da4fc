"""scripts/test-faults.sh --cluster: what can die of a cluster dies, and each fault has its longest wait of a listen."""

import argparse
import random
import statistics
import sys
from datetime import timedelta
from typing import NamedTuple

from playlog_testkit.stack import Stack, last_full_hour
from playlog_testkit.waiting import wait_until

from . import faults, network
from .cluster_faults import ALL, MACHINE_CUT_OFF, SHORT, ClusterFault
from .comparison import Comparison
from .live import LiveTrial, executors
from .network import Machine
from .printing import numbers, timed
from .waits import Waits

NODES = 3
MACHINE = 2
"""The member of each server, and the worker of Spark, that are moved to a machine of their own. The driver stays."""
RATE = 1000
SETTINGS = f"""
  local.nodes = {NODES}
  local.history = 0 s
"""
"""Time-outs, lease and all else are as they are shipped: they bound how long a listen waits."""


class Result(NamedTuple):
    """`waits`: one for each time that the fault happened."""

    fault: str
    bound: float | None
    compared: Comparison
    waits: list[Waits]

    @property
    def longest(self) -> float:
        return max(one.longest for one in self.waits)

    @property
    def is_late(self) -> bool:
        return self.bound is not None and self.longest > self.bound


def run(parsed: argparse.Namespace) -> int:
    times = parsed.times or (3 if parsed.long else 1)
    rate = parsed.rate or RATE
    strict = parsed.strict or parsed.long
    chosen = parsed.only or [*(ALL if parsed.long else SHORT)]
    if MACHINE_CUT_OFF in chosen and (problem := network.enter(sys.argv[1:])):
        left_out = f"{MACHINE_CUT_OFF}: left out, since this machine allows no network of its own: {problem}"
        if parsed.only:
            sys.exit(left_out)
        print(left_out, flush=True)
        chosen.remove(MACHINE_CUT_OFF)
    print(f"{len(chosen)} faults of a cluster, {times} times each, {rate} listens/s, seed {parsed.seed}", flush=True)
    dice = random.Random(parsed.seed)
    hour = last_full_hour()
    results = []
    with faults.own_stack(SETTINGS, NODES) as stack:
        machine = _moved(stack) if MACHINE_CUT_OFF in chosen else None
        for number, name in enumerate(chosen):
            with timed(name):
                compared, waited = [], []
                for part in range(number * times, (number + 1) * times):
                    trial = LiveTrial(stack, part, hour - timedelta(hours=part + 1), rate, dice, machine)
                    trial.wait_until_whole()
                    compared.append(_happen(trial, ALL[name]))
                    waited.append(trial.waits())
                    print(f"    {numbers(compared[-1])}; {_words(waited[-1])}", flush=True)
                results.append(Result(name, ALL[name].bound, sum(compared[1:], compared[0]), waited))
    print(table(results))
    failed = [found for found in results if found.compared.problems or (strict and found.is_late)]
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _moved(stack: Stack) -> Machine:
    """The stream is stopped meanwhile, so that Spark spreads its executors over both workers again."""
    stack.output("control.sh", "stop", "stream")
    machine = network.move(stack, MACHINE)
    stack.output("control.sh", "start", "stream")
    host = stack.hosts[MACHINE - 1]
    wait_until(
        lambda: any(f"--hostname {host} " in executor.arguments for executor in executors(stack)),
        "an executor on the machine of its own",
    )
    return machine


def _happen(trial: LiveTrial, fault: ClusterFault) -> Comparison:
    trial.send_invalid_messages()
    with trial.progress.watched():
        producer = trial.start_producer()
        fault.happen(trial)
        trial.stop_producer(producer)
    return sum(trial.reported, trial.compare(None))


def _words(waited: Waits) -> str:
    longest = f"the longest {waited.longest:.1f} s, of {waited.longest_from:.0f} s"
    return f"waits: half of them {waited.median:.1f} s, {longest}; unseen for {waited.unseen:.1f} s at most"


def table(results: list[Result]) -> str:
    """Below it those waits that are longer than their bound."""
    lines = [
        "",
        "| fault | times | sent | stored | missing | duplicates | median wait | longest wait | bound |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for fault, bound, found, waited in results:
        median = statistics.median(one.median for one in waited)
        longest = max(one.longest for one in waited)
        promised = "–" if bound is None else f"{bound:.0f} s"
        cells = [
            fault,
            len(waited),
            found.sent,
            found.stored,
            found.missing,
            found.duplicates,
            f"{median:.1f} s",
            f"{longest:.1f} s",
            promised,
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    late = [f"{found.fault}: a listen waited for longer than {found.bound:.0f} s" for found in results if found.is_late]
    return "\n".join([*lines, "", *late])
