"""The trials on a cluster: what a listen waited, and what makes a trial fail."""

from contextlib import contextmanager
from math import inf
from types import SimpleNamespace

import pytest
from faults import cluster, cluster_faults
from faults.cluster import Result
from faults.comparison import Comparison
from faults.waits import Progress, Seen, Sent, Waits, waits

SEEN = [Seen(1000, {0: 10, 1: 5}), Seen(1200, {0: 10, 1: 6}), Seen(4000, {0: 12, 1: 6})]
GOOD = Comparison(sent=3, stored=3, missing=0, duplicates=0, problems=[])


def longest(*sent: Sent, seen: list[Seen] = SEEN) -> float:
    return waits([*sent], seen).longest


def test_a_listen_waits_until_its_offset_is_passed():
    """What is stored is the offset of the next message."""
    assert longest(Sent(0, 9, 900)) == 0.1
    assert longest(Sent(0, 10, 900)) == 3.1
    assert longest(Sent(1, 5, 900)) == 0.3


def test_what_was_never_seen_stored_waits_for_ever():
    assert longest(Sent(0, 12, 900)) == inf
    assert longest(Sent(2, 0, 900)) == inf
    assert longest(Sent(0, 0, 900), seen=[]) == inf


def test_a_partition_that_is_new_has_no_progress_at_first():
    assert longest(Sent(1, 0, 900), seen=[Seen(1000, {0: 10}), Seen(2000, {0: 10, 1: 1})]) == 1.1


@pytest.mark.parametrize("overtaken", [Seen(1300, {1: 4}), Seen(1300, {})])
def test_an_older_answer_that_comes_later_changes_nothing(overtaken):
    before = [Seen(1200, {1: 6}), Seen(1400, {1: 6})]
    assert longest(Sent(1, 5, 900), seen=[*before, overtaken]) == 0.3
    assert longest(Sent(1, 5, 1250), seen=[before[0], overtaken, before[1]]) == -0.05


def test_the_longest_of_all():
    sent = [Sent(0, 10, 900), Sent(0, 9, 500), Sent(1, 4, 600), Sent(1, 5, 700)]
    assert waits(sent, SEEN) == Waits(median=0.5, longest=3.1, longest_from=0.4, unseen=2.8)


def test_what_is_stored_at_the_end_of_a_trial_has_been_seen():
    """Also when the last look was before it."""
    rows = SimpleNamespace(all=lambda: [{"kafka_partition": 0, "next_offset": 7}])

    @contextmanager
    def session(**_: object):
        yield SimpleNamespace(execute=lambda _: rows)

    progress = Progress(SimpleNamespace(session=session))
    with progress.watched():
        pass
    assert [one.stored for one in progress.seen] == [{0: 7}]


@pytest.mark.parametrize(("bound", "late"), [(None, False), (3, False), (2.9, True)])
def test_a_wait_longer_than_its_bound_is_named(bound, late):
    found = Result("node killed", bound, GOOD, [Waits(0.2, 1, 5, 0.3), Waits(0.4, 3, 5, 0.3)])
    assert found.is_late == late
    assert ("node killed: a listen waited for longer than" in cluster.table([found])) == late


def test_table():
    bad = Comparison(sent=3, stored=2, missing=1, duplicates=0, problems=["1 in the topic, not in records"])
    rows = [
        Result("nothing", None, GOOD, [Waits(0.2, 1, 5, 0.3)]),
        Result("node killed", 5, GOOD + bad, [Waits(0.2, 1, 5, 0.3), Waits(0.4, 3.25, 5, 0.3)]),
    ]
    assert cluster.table(rows).splitlines() == [
        "",
        "| fault | times | sent | stored | missing | duplicates | median wait | longest wait | bound |",
        "|---|---|---|---|---|---|---|---|---|",
        "| nothing | 1 | 3 | 3 | 0 | 0 | 0.2 s | 1.0 s | – |",
        "| node killed | 2 | 6 | 5 | 1 | 0 | 0.3 s | 3.2 s | 5 s |",
    ]


def test_comparisons_add_up():
    bad = Comparison(sent=1, stored=2, missing=3, duplicates=4, problems=["bad"])
    assert GOOD + bad == Comparison(sent=4, stored=5, missing=3, duplicates=4, problems=["bad"])


def test_the_short_form_is_part_of_the_long_one():
    assert {*cluster_faults.SHORT} < {*cluster_faults.ALL}
