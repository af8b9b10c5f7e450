"""The time that bot and stand-ins agree on, and how the demo moves it."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this moment, aware, in Asia/Tokyo."""
        ...


class DemoClock:
    """Real time plus an offset.

    With `path` the offset (seconds, a decimal number as text) is kept in that file, so that another process
    can show the same time and the demo finds it again at its next start.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._offset = float(path.read_text()) if path and path.exists() else 0.0

    @property
    def offset(self) -> float:
        """Seconds that this clock is ahead of real time."""
        return self._offset

    def now(self) -> datetime:
        """Return this moment, aware, in Asia/Tokyo."""
        return _real_now() + timedelta(seconds=self._offset)

    def set(self, moment: datetime) -> None:
        """Make it `moment` now; time goes on from there."""
        if moment.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        self._keep((moment - _real_now()).total_seconds())

    def jump_to(self, moment: datetime | time) -> None:
        """Go to a moment, or to the next occurrence of a time of day (Asia/Tokyo)."""
        self.set(moment if isinstance(moment, datetime) else _next(self.now(), moment))

    def next_day(self) -> None:
        """Go to the same time tomorrow."""
        self._keep(self._offset + timedelta(days=1).total_seconds())

    def back_to_real(self) -> None:
        """Show real time again."""
        self._keep(0.0)

    def _keep(self, offset: float) -> None:
        self._offset = offset
        if self._path is None:
            return
        draft = self._path.with_name(self._path.name + ".new")
        draft.write_text(f"{offset:.3f}")
        # A reader sees the old offset or the new one, never half a number.
        draft.replace(self._path)


class FrozenClock:
    """A clock that moves only when it is told to."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(TOKYO)

    def now(self) -> datetime:
        """Return the moment it was set to, aware, in Asia/Tokyo."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Make it `moment`."""
        self._moment = moment.astimezone(TOKYO)

    def advance(self, by: timedelta) -> None:
        """Let `by` pass."""
        self._moment += by


def _real_now() -> datetime:
    return datetime.now(TOKYO)  # noqa: TID251 - this is the clock


def _next(now: datetime, time_of_day: time) -> datetime:
    today = datetime.combine(now.date(), time_of_day, TOKYO)
    return today if today > now else today + timedelta(days=1)
