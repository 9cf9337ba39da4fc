from playlog_benchmarks.latency import BUSY
from playlog_benchmarks.sizes import FULL

TRIGGER_INTERVAL = 0.25


def test_a_listener_plays_at_all_times_within_a_trigger_interval():
    listens = int(FULL.latency_seconds / BUSY.period)
    phases = sorted(number * BUSY.period % TRIGGER_INTERVAL for number in range(listens))
    gaps = [after - before for before, after in zip(phases, [*phases[1:], TRIGGER_INTERVAL], strict=True)]
    assert max(gaps) < 0.005
