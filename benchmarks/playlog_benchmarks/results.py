"""The numbers: medians, percentiles, ratios, goals, and the table that shows them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Goal:
    """What a ratio, or a value, should be; one of the two bounds is given."""

    at_least: float | None = None
    at_most: float | None = None

    def met(self, ratio: float) -> bool:
        if self.at_most is not None:
            return ratio <= self.at_most
        return self.at_least is None or ratio >= self.at_least

    def __str__(self) -> str:
        return f">= {self.at_least:g}" if self.at_most is None else f"<= {self.at_most:g}"


NOT_LOWER = Goal(at_least=0.98)
NO_LONGER = Goal(at_most=1.02)
"""For rates, and for times, against another checkout: as good as before, but for noise."""


@dataclass(frozen=True)
class Result:
    """A line of results.json; what a measurement does not have is None.

    `ratio` is the median of `ratios`, one of each pair of runs.
    """

    name: str
    unit: str
    value: float
    baseline: float | None = None
    ratio: float | None = None
    ratios: Sequence[float] | None = None
    goal: str | None = None
    met: bool | None = None


def against(name: str, unit: str, ours: Sequence[float], baseline: Sequence[float], goal: Goal | None) -> Result:
    """Compares runs that alternated: each with the one beside it, since the machine's speed drifts."""
    ratios = [own / other for own, other in zip(ours, baseline, strict=True)]
    ratio = median(ratios)
    return Result(
        name,
        unit,
        round_off(median(ours)),
        round_off(median(baseline)),
        round(ratio, 3),
        [round(each, 3) for each in ratios],
        None if goal is None else str(goal),
        None if goal is None else goal.met(ratio),
    )


def alone(name: str, unit: str, value: float, goal: Goal | None) -> Result:
    """Without a baseline; the goal is about the value."""
    value = round_off(value)
    return Result(name, unit, value, goal=str(goal) if goal else None, met=goal.met(value) if goal else None)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is not below `percent` of all (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def round_off(value: float) -> float:
    """To four digits: the rest is noise."""
    return float(f"{value:.4g}")


def table(results: Sequence[Result]) -> str:
    lines = [
        "| measurement | unit | value | baseline | ratio | of each pair | goal | met |",
        "|---|---|---:|---:|---:|---|---|---|",
    ]
    for result in results:
        met = {True: "yes", False: "**no**", None: ""}[result.met]
        numbers = [_number(result.value), _number(result.baseline), _number(result.ratio)]
        numbers.append(" ".join(_number(ratio) for ratio in result.ratios or []))
        lines.append(f"| {' | '.join([result.name, result.unit, *numbers, result.goal or '', met])} |")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
