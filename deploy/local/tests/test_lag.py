from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playlog_local import lag
from playlog_local.lag import Lag

METRICS = """# HELP playlog_stream_lag_messages Messages of a Kafka partition that are not stored.
# TYPE playlog_stream_lag_messages gauge
playlog_stream_lag_messages{{partition="0"}} {}
playlog_stream_lag_messages{{partition="1"}} {}
# TYPE playlog_stream_lag_seconds gauge
playlog_stream_lag_seconds{{partition="0"}} 7.5
"""


@pytest.fixture
def page(layout):
    """A page on a port of its own; `answer` is its status and metrics."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = server.answer if self.path == "/metrics" else (404, "")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    layout.settings["web.port"] = server.server_port
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def at(page, layout, monkeypatch):
    """What is said at an instant about so many messages of two partitions."""
    found = Lag(layout)

    def _at(seconds, one, other):
        monkeypatch.setattr(lag.time, "monotonic", lambda: seconds)
        page.answer = (200, METRICS.format(one, other))
        return found.text()

    return _at


def test_rate_and_time_left_since_it_was_seen_first(at):
    assert at(10, "1500000.0", "500000.0") == "2000000 messages not stored yet"
    assert at(12, "1.46E6", "460000.0") == "1920000 messages not stored yet, 40000/s, 48 s left"
    assert at(20, "1300000.0", "300000.0") == "1600000 messages not stored yet, 40000/s, 40 s left"


def test_a_lag_that_grows_has_no_end(at):
    assert at(10, "5.0", "5.0") == "10 messages not stored yet"
    assert at(12, "5.0", "6.0") == "11 messages not stored yet"


def test_nothing_is_said_of_none(at):
    assert at(10, "0.0", "0.0") == ""


@pytest.mark.parametrize("answer", [(401, "This page asks for a login."), (200, "# no such metric"), (500, "")])
def test_a_page_that_does_not_say_it(page, layout, answer):
    page.answer = answer
    assert Lag(layout).text() == ""


def test_no_page(page, layout):
    page.server_close()
    assert Lag(layout).text() == ""
