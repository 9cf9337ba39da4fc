from playlog_benchmarks.checkout import OURS
from playlog_benchmarks.drain import CASES, results
from playlog_benchmarks.results import Result
from playlog_benchmarks.streams import PLAIN_SPARK, Rates

FEW_LISTENERS = CASES[0]


def test_whole_runs_and_what_comes_once_warm_have_goals_of_their_own():
    found = results(FEW_LISTENERS, {OURS.name: [Rates(70, 90)], FEW_LISTENERS.bare: [Rates(100, 120)]})
    name = "drain, 1,000 listeners"
    assert found == [
        Result(f"{name}, against {FEW_LISTENERS.bare}", "listens/s", 70, 100, 0.7, [0.7], ">= 0.6", True),
        Result(f"{name}, once warm, against {FEW_LISTENERS.bare}", "listens/s", 90, 120, 0.75, [0.75], ">= 0.8", False),
    ]


def test_what_is_not_known_once_warm_is_left_out():
    found = results(FEW_LISTENERS, {OURS.name: [Rates(60, 90)], PLAIN_SPARK: [Rates(20)]})
    assert [(result.name, result.ratio, result.goal) for result in found] == [
        ("drain, 1,000 listeners, against the plain Spark job", 3, ">= 3")
    ]


def test_processor_time_is_compared_where_it_is_known():
    before = "commit 1234567"
    found = results(FEW_LISTENERS, {OURS.name: [Rates(9, 9, 95)], before: [Rates(9, 9, 100)], PLAIN_SPARK: [Rates(3)]})
    assert found[-1] == Result(
        f"drain, 1,000 listeners, a second of processor time, against {before}",
        "listens/s", 95, 100, 0.95, [0.95], ">= 0.98", False,
    )  # fmt: skip
    assert len(found) == 4


def test_another_checkout_must_not_be_faster():
    rates = [Rates(99, 97), Rates(99, 97), Rates(90, 97)]
    found = results(FEW_LISTENERS, {OURS.name: rates, "commit 1234567": [Rates(100, 100)] * 3})
    assert [(result.ratio, result.ratios, result.met) for result in found] == [
        (0.99, [0.99, 0.99, 0.9], True),
        (0.97, [0.97] * 3, False),
    ]
