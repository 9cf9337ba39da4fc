import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playlog_benchmarks.bench import BASELINES, SanityError
from playlog_benchmarks.submission import Answered, read, results


class Page(BaseHTTPRequestHandler):
    """Answers ListenBrainz's clients, and keeps what they have sent."""

    protocol_version = "HTTP/1.1"
    bodies: ClassVar[list[bytes]] = []

    def do_POST(self):
        assert self.headers["Authorization"] in ("Token one", "Token other")
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "15")
        self.end_headers()
        self.wfile.write(b'{"status":"ok"}')

    def log_message(self, *_):
        pass


def test_players_submit_until_the_time_is_over():
    Page.bodies = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        arguments = [str(server.server_port), "2", "3", "0", "1", "one", "other"]
        done = subprocess.run(["java", BASELINES / "Players.java", *arguments], capture_output=True, text=True)
        server.shutdown()
        thread.join()
    assert done.returncode == 0, done.stderr
    answered, everything = read(done.stdout)
    assert everything == len(Page.bodies) > 10
    assert answered.rate == everything
    assert 0 < answered.p50 <= answered.p99
    assert all(body.count(b'"listened_at":') == 3 for body in Page.bodies)


def test_what_is_not_said_is_no_measurement():
    with pytest.raises(SanityError):
        read("HTTP/1.1 503 Service Unavailable")


def test_each_size_has_its_rate_and_times():
    found = {1: [Answered(1000, 5, 20), Answered(1200, 4, 30)], 100: [Answered(20_000, 50, 90)] * 2}
    made = results(found, [Answered(100_000, 0, 0)] * 2)
    assert [(result.unit, result.value, result.ratio) for result in made] == [
        ("listens/s", 1100, 0.011),
        ("ms", 4.5, None),
        ("ms", 25, None),
        ("listens/s", 20_000, 0.2),
        ("ms", 50, None),
        ("ms", 90, None),
    ]
