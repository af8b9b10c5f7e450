"""Switches that make this Slack misbehave as the real one does now and then."""

import threading
import time
from collections import defaultdict

from sandbox.slack.errors import RateLimited, SlackError


class Faults:
    """What goes wrong next. A fault wears off after the calls that it was set for, or when it is ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[str, list[SlackError]] = defaultdict(list)
        self._refused: dict[str, str] = {}
        self._slow: dict[str, float] = {}
        self._doubled = 0

    def rate_limit_next(self, method: str, n: int = 1, retry_after: int = 1) -> None:
        """Answer the next `n` calls of a Web API method with 429; `retry_after` in seconds."""
        with self._lock:
            self._next[method] += [RateLimited(retry_after) for _ in range(n)]

    def refuse_next(self, method: str, error: str, n: int = 1) -> None:
        """Refuse the next `n` calls of a Web API method with an error code."""
        with self._lock:
            self._next[method] += [SlackError(error) for _ in range(n)]

    def refuse(self, method: str, error: str | None) -> None:
        """Refuse every call of a Web API method with an error code; None ends it."""
        with self._lock:
            if error is None:
                self._refused.pop(method, None)
            else:
                self._refused[method] = error

    def slow(self, method: str, seconds: float) -> None:
        """Let every call of a Web API method take this long; 0 ends it."""
        with self._lock:
            self._slow[method] = seconds

    def double_next(self, n: int = 1) -> None:
        """Deliver each of the next `n` payloads twice, as a network that loses an ack does."""
        with self._lock:
            self._doubled += n

    def strike(self, method: str) -> None:
        """Do to this call what was set for it: wait, raise, or nothing."""
        with self._lock:
            seconds = self._slow.get(method, 0.0)
            error = self._next[method].pop(0) if self._next[method] else None
            lasting = self._refused.get(method)
        time.sleep(seconds)
        if error:
            raise error
        if lasting:
            raise SlackError(lasting)

    def take_double(self) -> bool:
        """Say whether the payload at hand goes out twice."""
        with self._lock:
            doubled = self._doubled > 0
            self._doubled -= doubled
            return doubled
