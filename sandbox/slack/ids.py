"""Ids, hashes and timestamps as Slack makes them: opaque, unique, in order."""

import threading

from sandbox.clock import Clock


class Ids:
    """Makes ids from one running number and timestamps from the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._number = 0
        self._last = 0
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        """Return an id like "V00000000A7"."""
        return f"{prefix}{self._next():010X}"

    def ts(self) -> str:
        """Return seconds with microseconds, unique and rising even when the clock is set back."""
        with self._lock:
            micros = int(self._clock.now().timestamp() * 1_000_000)
            self._last = max(micros, self._last + 1)
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def not_before(self, ts: str) -> None:
        """Make all timestamps from now on later than `ts` (of a message read back from a file)."""
        with self._lock:
            self._last = max(self._last, int(ts.replace(".", "")))

    def not_again(self, known: str) -> None:
        """Make no id from now on equal to `known` (of something read back from a file)."""
        with self._lock:
            self._number = max(self._number, int(known[1:], 16))

    def hash(self) -> str:
        """Return a view's hash."""
        return f"{int(self._clock.now().timestamp())}.{self._next():08x}"

    def _next(self) -> int:
        with self._lock:
            self._number += 1
            return self._number
