"""How far the stream is behind, for those who wait for it: as the page's metrics say it, which costs nothing."""

import re
import time
import urllib.request

from .layout import Layout

TIMEOUT_SECONDS = 2
METRIC = re.compile(r"^playlog_stream_lag_messages\{[^}]*\} (\S+)$", re.MULTILINE)
# Never through a proxy: the page is on this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Lag:
    """Messages that are not stored yet, how fast they become fewer, and how long that takes."""

    def __init__(self, layout: Layout) -> None:
        self._url = f"{layout.web_url}/metrics"
        self._first: tuple[float, int] | None = None

    def text(self) -> str:
        """Such as `12345 messages not stored yet, 4115/s, 3 s left`; empty if nobody says so or all is stored."""
        left = self._read()
        if not left:
            return ""
        now = time.monotonic()
        if self._first is None:
            self._first = (now, left)
        since, of = self._first
        words = f"{left} messages not stored yet"
        if left >= of or now == since:
            return words
        rate = (of - left) / (now - since)
        return f"{words}, {rate:.0f}/s, {left / rate:.0f} s left"

    def _read(self) -> int | None:
        try:
            with _opener.open(self._url, timeout=TIMEOUT_SECONDS) as answer:
                partitions = METRIC.findall(answer.read().decode(errors="replace"))
        except OSError:  # it is just starting, or asks for a login
            return None
        return sum(int(float(lag)) for lag in partitions) if partitions else None
