"""The log of every call that reached a stand-in: what proves pacing and closed hours."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from threading import Lock

from sandbox.remote.system import System

KEPT = 200_000
"""Calls remembered; a run over 10,000 people makes about 30,000."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A call as it arrived."""

    moment: datetime
    """By the demo's clock."""
    monotonic: float
    """In seconds of a clock that nobody can move."""
    system: System
    method: str
    path: str
    """Path and query; values that could name a person are shown as `…`."""
    token_id: str | None
    """The first 8 hex digits of the token's SHA-256, or None without a token."""


@dataclass(frozen=True, kw_only=True)
class Call(Arrival):
    """A call as it ended."""

    number: int
    """1, 2, 3 … in the order in which the calls ended."""
    status: int | None
    """HTTP status, or None when the answer was lost on purpose."""

    @property
    def is_write(self) -> bool:
        """Say whether the call meant to change something."""
        return self.method not in {"GET", "HEAD", "OPTIONS"}


class Calls:
    """Thread-safe log of calls."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._numbers = count(1)

    def record(self, arrival: Arrival, status: int | None) -> None:
        """Remember a call that has ended."""
        with self._lock:
            self._calls.append(Call(**vars(arrival), number=next(self._numbers), status=status))

    def calls(self, system: System | None = None, *, since: int = 0) -> list[Call]:
        """Return the calls to `system` (None: to both) with a number above `since`, oldest first."""
        with self._lock:
            kept = list(self._calls)
        return [call for call in kept if call.number > since and system in {None, call.system}]

    def clear(self) -> None:
        """Forget every call; numbers go on."""
        with self._lock:
            self._calls.clear()

    def max_per_second(self, system: System, scale: float = 1.0) -> int:
        """Return the most calls within one clock second; `scale` as in the stand-ins' `Limits`."""
        seconds = Counter(int(call.monotonic * scale) for call in self.calls(system))
        return max(seconds.values(), default=0)

    def max_in_sliding(self, system: System, seconds: float = 300.0) -> int:
        """Return the most calls within any stretch of `seconds` (real seconds)."""
        return _fullest(sorted(call.monotonic for call in self.calls(system)), seconds)


def _fullest(arrivals: Iterable[float], seconds: float) -> int:
    window: deque[float] = deque()
    most = 0
    for arrival in arrivals:
        window.append(arrival)
        while window[0] <= arrival - seconds:
            window.popleft()
        most = max(most, len(window))
    return most
