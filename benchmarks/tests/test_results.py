from playlog_benchmarks.results import Goal, Result, against, percentile, round_off, table


def test_a_ratio_is_the_median_of_the_rounds_ratios_not_the_ratio_of_the_medians():
    result = against("drain", "listens/s", [10, 40, 90], [10, 10, 30], Goal(at_least=3))
    assert result == Result("drain", "listens/s", 40, 10, 3.0, [1, 4, 3], ">= 3", True)


def test_goals():
    assert Goal(at_least=3).met(3.0)
    assert not Goal(at_least=3).met(2.99)
    assert Goal(at_most=0.5).met(0.5)
    assert not Goal(at_most=0.5).met(0.51)
    assert str(Goal(at_most=0.5)) == "<= 0.5"


def test_a_measurement_without_a_goal_has_none():
    result = against("summary", "s", [2], [4], None)
    assert (result.ratio, result.goal, result.met) == (0.5, None, None)


def test_percentile_is_a_value_that_occurred():
    values = [5, 1, 4, 2, 3]
    assert percentile(values, 50) == 3
    assert percentile(values, 99) == 5
    assert percentile([7], 1) == 7
    assert percentile(range(1, 201), 99) == 198


def test_numbers_keep_four_digits():
    assert round_off(123_456.7) == 123_500
    assert round_off(0.012_345_6) == 0.012_35


def test_table():
    results = [
        Result("drain", "listens/s", 40_000, 10_000, 4.0, [4.5, 4.0, 3.75], ">= 3", True),
        Result("latency", "s", 1.25, 2.0, 0.625, [0.625], "<= 0.5", False),
        Result("peak memory", "MiB", 812),
    ]
    assert table(results).splitlines()[2:] == [
        "| drain | listens/s | 40,000 | 10,000 | 4 | 4.5 4 3.75 | >= 3 | yes |",
        "| latency | s | 1.25 | 2 | 0.625 | 0.625 | <= 0.5 | **no** |",
        "| peak memory | MiB | 812 |  |  |  |  |  |",
    ]
