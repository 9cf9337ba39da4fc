"""Which alerts fired because of which fault, and whether they cleared when it was over."""

import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass

from playlog_testkit.waiting import wait_until

from .prometheus import Firing, Prometheus

FIRE_SECONDS = 300
CLEAR_SECONDS = 300
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Watched:
    """`fired` and `cleared`: alerts with their severity. What fired before, because of another fault, is not in it."""

    fault: str
    fired: Set[str]
    cleared: Set[str]
    expected: Set[str]

    @property
    def problems(self) -> list[str]:
        silent = [f"{alert} did not fire" for alert in sorted(self.expected - self.fired)]
        return silent + [f"{alert} did not clear" for alert in sorted(self.fired - self.cleared)]


def watched(fault: str, firings: list[Firing], since: float, over: float, expected: Set[str]) -> Watched:
    """`firings`: since then, however long after the fault was over; what began after that has other causes.

    An expected alert counts also if it fired already when the fault began.
    """
    mine = [
        firing for firing in firings if firing.began <= over and (firing.began >= since or firing.alert in expected)
    ]
    fired = {firing.alert for firing in mine}
    return Watched(fault, fired, fired - {firing.alert for firing in mine if firing.cleared is None}, expected)


class Watch:
    """Keeps a fault's time, and asks Prometheus about it at the end."""

    def __init__(self, prometheus: Prometheus) -> None:
        self.prometheus = prometheus
        self._faults: list[tuple[str, float, float, Set[str]]] = []

    @contextmanager
    def during(self, fault: str, expected: Set[str]) -> Iterator[None]:
        since = time.time()
        yield
        self._faults.append((fault, since, time.time(), expected))

    def wait_until_firing(self, alerts: Set[str]) -> None:
        """Returns when each has fired, or when it is too late for that."""
        seen: set[str] = set()

        def fired() -> bool:
            seen.update(self.prometheus.firing())
            return alerts <= seen

        _try_to_wait(fired, "alerts to fire", FIRE_SECONDS)

    def wait_until_clear(self) -> None:
        """Returns when none fires any more that fires now, or when it is too late for that.

        What begins meanwhile has other causes: an hour that ends needs a report, which the next fault brings.
        """
        left = self.prometheus.firing()

        def cleared() -> bool:
            left.intersection_update(self.prometheus.firing())
            return not left

        _try_to_wait(cleared, "alerts to clear", CLEAR_SECONDS)

    def results(self) -> list[Watched]:
        return [
            watched(fault, self.prometheus.firings(since), since, over, expected)
            for fault, since, over, expected in self._faults
        ]


def _try_to_wait(condition: Callable[[], bool], what: str, seconds: float) -> None:
    """What is missing in the end is seen in the results."""
    try:
        wait_until(condition, what, seconds, POLL_SECONDS)
    except TimeoutError as late:
        print(f"    {late}", flush=True)


def table(results: list[Watched]) -> str:
    lines = ["| fault | alerts that fired | cleared |", "|---|---|---|"]
    for found in results:
        cleared = "all" if found.fired == found.cleared else ", ".join(sorted(found.cleared)) or "none"
        lines.append(
            f"| {found.fault} | {', '.join(sorted(found.fired)) or 'none'} | {cleared if found.fired else ''} |"
        )
    problems = [f"{found.fault}: {problem}" for found in results for problem in found.problems]
    return "\n".join([*lines, "", *problems])
