from playlog_benchmarks.latency import BUSY
from playlog_benchmarks.sizes import FULL

TRIGGER_INTERVAL = 0.25


def test_a_listener_plays_at_all_times_within_a_trigger_interval():
    listens = int(FULL.latency_seconds / BUSY.period)
    phases = sorted(number * BUSY.period % TRIGGER_INTERVAL for number in range(listens))
    gaps = [after - before for before, after in zip(phases, [*phases[1:], TRIGGER_INTERVAL], strict=True)]
    assert max(gaps) < 0.005


def test_no_time_is_played_at_more_often_than_others():
    cycle = BUSY.period / abs(BUSY.period - round(BUSY.period / TRIGGER_INTERVAL) * TRIGGER_INTERVAL) * TRIGGER_INTERVAL
    assert FULL.latency_seconds / cycle > 5
