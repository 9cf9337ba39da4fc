import pytest
from playlog_benchmarks.bench import SanityError
from playlog_benchmarks.checkout import OURS
from playlog_benchmarks.trickle import Cost, check_rate, per_hour, results

NAME = "trickle at 12.2 listens/s"


def test_processor_time_is_that_of_each_process_in_an_hour():
    assert per_hour((100.0, [5.0, 20.0]), (190.0, [8.0, 21.5])) == [120, 60]


def test_another_checkouts_costs_stand_beside_ours():
    ours, theirs = Cost(300, 100, 0.25, 0.5), Cost(500, 300, 0.25, 0.4)
    found = {result.name: result for result in results({OURS.name: [ours], "commit 1234567": [theirs]})}
    together = found[f"{NAME}, stream and Cassandra, against commit 1234567"]
    assert (together.value, together.baseline, together.ratio, together.goal) == (400, 800, 0.5, "<= 0.6")
    assert found[f"{NAME}, stream, against commit 1234567"].goal is None
    assert found[f"{NAME}, latency p50, against commit 1234567"].met
    assert not found[f"{NAME}, latency p99, against commit 1234567"].met


def test_without_another_checkout_there_is_no_ratio():
    costs = [Cost(300, 100, 0.25, 0.5), Cost(500, 100, 0.25, 0.5), Cost(310, 100, 0.25, 0.5)]
    [together, *_] = results({OURS.name: costs})
    assert (together.name, together.value, together.ratio) == (f"{NAME}, stream and Cassandra", 410, None)


@pytest.mark.parametrize("sent", [1099, 1220, 1340])
def test_a_rate_that_is_kept(sent):
    check_rate((50.0, 800), (150.0, 800 + sent))


@pytest.mark.parametrize("sent", [0, 1097, 1343])
def test_another_rate_is_refused(sent):
    with pytest.raises(SanityError, match=f"found {sent} listens sent, expected about 1220"):
        check_rate((50.0, 800), (150.0, 800 + sent))
