import subprocess
from pathlib import Path

import pytest
from playlog_benchmarks.checkout import Checkout, NotBuiltError, other


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with what a build leaves."""
    root = tmp_path / "before"
    for name in ("producer/target/producer.jar", "jobs/target/jobs.jar", "conf/application.conf"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("playlog {}\n" if name.endswith(".conf") else "")
    return root


def test_another_checkout_has_a_keyspace_of_its_own(root):
    found = other(root)
    assert found == Checkout("before", root, "other")
    assert found.script("submit-stream.sh") == str(root / "scripts/submit-stream.sh")


def test_a_checkout_is_named_by_its_commit(root):
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "--message", "first"], check=True)
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True).stdout
    assert other(root).name == f"commit {commit.strip()}"


def test_one_that_is_not_built_is_refused_with_what_to_do(root):
    (root / "jobs/target/jobs.jar").unlink()
    with pytest.raises(NotBuiltError, match=r"found no .*/jobs\.jar, expected a checkout that is built: cd .*; mvn"):
        other(root)


def test_settings_are_laid_over_the_file_that_the_checkout_ships(root):
    text = Checkout("before", root, "other").configuration({"kafka.topic": "drain-1", "producer.listeners": 60})
    shipped, own = text.split("\nplaylog {\n")
    assert shipped == "playlog {}\n"
    assert 'cassandra.keyspace = "other"' in own
    assert 'kafka.topic = "drain-1"\nproducer.listeners = 60\n}\n' in own


def test_a_measurement_may_use_another_keyspace(root):
    text = Checkout("before", root, "other").configuration({"cassandra.keyspace": "history"})
    assert text.count("cassandra.keyspace") == 1
    assert 'cassandra.keyspace = "history"' in text
