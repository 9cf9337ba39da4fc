"""That the trial of an import sees what it looks for."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from faults.imports import LISTENER, found_private, is_same
from playlog_testkit.exports import PRIVATE_WORDS

PLAYED = ("A", "Album", 31_000)
MESSAGE = f'{{"name":"{LISTENER}"}}'.encode()


@pytest.mark.parametrize("artists", ["A", "A, B", "B, A"])
def test_the_catalogue_may_know_more_artists(artists: str) -> None:
    assert is_same(PLAYED, (artists, "Album", 31_000, "spotify-extended"))


@pytest.mark.parametrize(
    "stored",
    [
        (None, "Album", 31_000, "spotify-extended"),
        ("B", "Album", 31_000, "spotify-extended"),
        ("A", None, 31_000, "spotify-extended"),
        ("A", "Album", None, "spotify-extended"),
        ("A", "Album", 31_000, "lastfm"),
        ("A", "Album", 31_000, None),
    ],
)
def test_any_column_may_differ(stored: tuple) -> None:
    assert not is_same(PLAYED, stored)


def test_private_words_are_found_wherever_they_are(tmp_path: Path) -> None:
    stack = SimpleNamespace(folder=tmp_path)
    (tmp_path / "log").mkdir()
    assert found_private(stack, ["nothing"], [MESSAGE, None]) == []
    for word in PRIVATE_WORDS:
        assert found_private(stack, ["nothing", f"a {word} b"], [MESSAGE]) == [f"{word} is in what an import printed"]
        assert found_private(stack, [], [MESSAGE, word.encode()]) == [f"{word} is in a message"]
    (tmp_path / "log/producer.log").write_text(PRIVATE_WORDS[0])
    assert found_private(stack, [], [MESSAGE]) == [f"{PRIVATE_WORDS[0]} is in producer.log"]


def test_a_topic_without_the_import_is_told(tmp_path: Path) -> None:
    assert found_private(SimpleNamespace(folder=tmp_path), [], [b"other"]) == ["the topic's messages were not found"]
