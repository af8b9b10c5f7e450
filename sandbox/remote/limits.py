"""Counting requests as the two systems count them: per fixed window, and per sliding window."""

from collections import deque
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Allowance:
    """What a fixed window leaves."""

    limit: int
    remaining: int
    reset: float
    """Seconds until the window ends."""
    exceeded: bool


class FixedWindow:
    """At most `limit` requests per key in each stretch of `seconds` that starts on a multiple of it."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._lock = Lock()
        self._used: dict[str, tuple[int, int]] = {}

    def take(self, key: str, now: float) -> Allowance:
        """Count a request at `now` (monotonic seconds), unless the window is full."""
        window = int(now // self._seconds)
        with self._lock:
            counted, used = self._used.get(key, (window, 0))
            used = used if counted == window else 0
            exceeded = used >= self._limit
            self._used[key] = (window, used if exceeded else used + 1)
            remaining = self._limit - self._used[key][1]
        return Allowance(self._limit, remaining, (window + 1) * self._seconds - now, exceeded)


class SlidingWindow:
    """At most `limit` requests per key in the last `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._lock = Lock()
        self._arrivals: dict[str, deque[float]] = {}

    def take(self, key: str, now: float) -> bool:
        """Count a request at `now` (monotonic seconds) and say whether it was within the limit."""
        with self._lock:
            arrivals = self._arrivals.setdefault(key, deque())
            while arrivals and arrivals[0] <= now - self._seconds:
                arrivals.popleft()
            if len(arrivals) >= self._limit:
                return False
            arrivals.append(now)
            return True
