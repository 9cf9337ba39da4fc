"""How much is measured, in full and with --quick."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`rounds`: how often each run alternates with its baseline's."""

    rounds: int
    drained_listens: int
    replicated_listens: int
    latency_seconds: int
    latency_warm_up_seconds: int
    trigger_seconds: int
    trickle_warm_up_seconds: int
    trickle_latency_seconds: int
    trickle_seconds: int
    hour_listens: int
    histories: tuple[int, ...]
    produced_listens: int
    aiokafka_produced_listens: int
    footprint_listens: int
    growth_listens: tuple[int, ...]
    imported_lines: int
    years_listens: int
    crowd_listens: int
    wide_hour_listens: int
    wide_hour_listeners: tuple[int, ...]
    submission_warm_up_seconds: int
    submission_seconds: int


FULL = Sizes(
    rounds=3,
    drained_listens=1_500_000,
    replicated_listens=150_000,
    latency_seconds=180,
    latency_warm_up_seconds=60,
    trigger_seconds=60,
    trickle_warm_up_seconds=60,
    trickle_latency_seconds=120,
    trickle_seconds=180,
    hour_listens=100_000,
    histories=(1, 4, 16),
    produced_listens=2_000_000,
    aiokafka_produced_listens=300_000,
    footprint_listens=1_500_000,
    growth_listens=(500_000, 1_000_000, 2_000_000, 4_000_000),
    imported_lines=1_000_000,
    years_listens=150_000,
    crowd_listens=2_000_000,
    wide_hour_listens=1_000_000,
    wide_hour_listeners=(200_000, 1_000_000),
    submission_warm_up_seconds=20,
    submission_seconds=40,
)

QUICK = Sizes(
    rounds=1,
    drained_listens=500_000,
    replicated_listens=150_000,
    latency_seconds=30,
    latency_warm_up_seconds=15,
    trigger_seconds=20,
    trickle_warm_up_seconds=20,
    trickle_latency_seconds=20,
    trickle_seconds=30,
    hour_listens=10_000,
    histories=(1, 4),
    produced_listens=500_000,
    aiokafka_produced_listens=100_000,
    footprint_listens=200_000,
    growth_listens=(100_000, 200_000),
    imported_lines=100_000,
    years_listens=15_000,
    crowd_listens=100_000,
    wide_hour_listens=100_000,
    wide_hour_listeners=(20_000, 100_000),
    submission_warm_up_seconds=5,
    submission_seconds=10,
)
