import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle

import pytest
from playlog_benchmarks.bench import SanityError
from playlog_benchmarks.page import Client, results

SHOWN = b'<link href="/own.css"><script src="/own.js"></script><a href="/other">'
BODIES = {
    "/": SHOWN,
    "/own.css": b"x" * 10,
    "/own.js": b"x" * 5,
    "/metrics": b"# HELP\nplaylog_stream_lag_messages{} 0\n",
}


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = BODIES.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def client():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        connection = HTTPConnection("127.0.0.1", server.server_port)
        yield Client(connection)
        connection.close()
        server.shutdown()
        thread.join()


def test_each_round_asks_for_one_page_of_each_kind(client):
    found = client.ask({"overview": cycle(["/"]), "metrics": cycle(["/metrics"])}, iter(range(3)))
    assert {name: len(times) for name, times in found.items()} == {"overview": 3, "metrics": 3}


def test_a_page_weighs_what_it_loads_too(client):
    assert client.weight("/") == (len(SHOWN), 15)


def test_an_error_is_no_measurement(client):
    assert client.is_answered()
    with pytest.raises(SanityError, match="/other was answered with 404"):
        client.get("/other")


def test_the_slowest_of_a_hundred_is_left_out():
    times = {"overview": [10.0] * 99 + [500.0]}
    [waited, weight] = results(times, {"overview": [20.0] * 98 + [101.0] * 2}, {"overview": (10, 90)})
    assert (waited.value, waited.baseline, waited.met) == (101, 10, False)
    assert (weight.value, weight.baseline) == (100, 10)
