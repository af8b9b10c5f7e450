"""How long a call may take, and what that means for a write whose answer is missing."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Stopwatch = Callable[[], float]
"""Gives seconds since some moment; it never goes back."""

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def stopwatch() -> float:
    """Count the seconds during which the machine sleeps, too: Linux's monotonic clock leaves them out."""
    return time.clock_gettime(_CLOCK)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. httpx holds each of the first four to one act, of which a call has several."""

    connect: float = 5.0
    """For the connection, and once more for TLS; a proxy takes time of its own."""
    send: float = 3.0
    """For each piece that is sent; head and body are one each."""
    read: float = 20.0
    """For each piece of the answer, and so for its beginning."""
    pool: float = 1.0
    depart: float = 10.0
    """From the permission to send (open hours; the row marked as sent) to the first byte: the connection is
    made in between. Whoever was held up for longer, as a stopped process is, sends nothing any more: it may
    be closed by now, and another process may have taken the work over. What remains is a stop in the very
    moment between that look at the clock and the byte."""
    total: float = 25.0
    """From the permission to send to the end of the answer, as seen whenever a piece of it arrives: what is
    not complete by then is broken off."""

    @property
    def longest(self) -> float:
        """From the permission to send to the moment when nobody waits for the answer any more.

        Either its beginning never comes, or its last piece is waited for when `total` is nearly over. The
        beginning is taken to come in one piece, as every server sends it; where it drips in, the wait is
        longer, though nothing is sent any more.
        """
        return max(self.arrives, self.total) + self.read

    @property
    def arrives(self) -> float:
        """From the permission to send to the moment when the last byte has been sent."""
        return self.depart + 2 * self.send
