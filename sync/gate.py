"""The door to 勤革時: shut in its closed hours and just before them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sync.calendar import Clock
from sync.errors import ClosedNow

UNANNOUNCED = timedelta(minutes=10)
"""When to come back if 勤革時 says that it is closed at a time that we took for open."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Asked right before every call to 勤革時."""

    raise_if_closed: Callable[[], None]
    """Raises ClosedNow when no call may start at this moment."""
    clock: Clock

    def closed_by_remote(self) -> ClosedNow:
        """Give the error for when 勤革時 itself said that it is closed."""
        try:
            self.raise_if_closed()
        except ClosedNow as expected:
            return expected
        return ClosedNow(self.clock() + UNANNOUNCED, is_foreseen=False)
