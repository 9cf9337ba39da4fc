"""Players that submit listens to the page, each as soon as the one before is answered, until the page dies."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path

PLAYERS = 200
SUBMIT = "/1/submit-listens"
VALIDATE = "/1/validate-token"
TIMEOUT_SECONDS = 60


class Players:
    """They are of one listener; `answered` counts the listens that were answered with 200."""

    def __init__(self, port: int, listener: str, token: str, start: int, title: str) -> None:
        """`start`: of their hour, in seconds since the epoch; `title`: tells their songs from others'."""
        self.port = port
        self.listener = listener
        self.start = start
        self.title = title
        self.answered = 0
        self._headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self._lines: list[str] = []
        self._lock = threading.Lock()

    def is_let_in(self) -> bool:
        """Whether the page runs, and Cassandra has told it whose the token is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET", VALIDATE, headers=self._headers)
            return bool(json.load(connection.getresponse()).get("valid"))
        except (OSError, HTTPException, ValueError):
            return False
        finally:
            connection.close()

    @contextmanager
    def submitting(self, manifest: Path) -> Iterator[None]:
        """Ends when the page has died; then the manifest says what was sent, and what was answered."""
        threads = [threading.Thread(target=self._play, args=[number], daemon=True) for number in range(PLAYERS)]
        for thread in threads:
            thread.start()
        yield
        for thread in threads:
            thread.join()
        manifest.write_text("".join(self._lines), encoding="utf-8")

    def _play(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_SECONDS)
        try:
            for second in count():
                self._submit(connection, f"{self.title} {number} {second}", self.start + second % 3600)
        except (OSError, HTTPException):
            return
        finally:
            connection.close()

    def _submit(self, connection: HTTPConnection, song: str, listened_at: int) -> None:
        track = {"track_name": song, "artist_name": "Players"}
        body = {"listen_type": "single", "payload": [{"listened_at": listened_at, "track_metadata": track}]}
        self._note("sent", song, listened_at)
        connection.request("POST", SUBMIT, json.dumps(body), self._headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            self._note("acknowledged", song, listened_at)

    def _note(self, state: str, song: str, listened_at: int) -> None:
        """As the producer's manifest has it."""
        with self._lock:
            self.answered += state == "acknowledged"
            self._lines.append(f"{state}\t{listened_at * 1000}\t{json.dumps(self.listener)}\t{json.dumps(song)}\n")
