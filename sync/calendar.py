"""Days and hours in Japan. Every function takes the moment; nothing here reads a clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.errors import ClosedNow, OutOfRange

TOKYO = ZoneInfo("Asia/Tokyo")
Clock = Callable[[], datetime]
"""Gives the present moment, aware."""
_DAY = timedelta(days=1)

GUARD = timedelta(seconds=31)
"""No call starts this long before closed hours begin: one that was let through may take half of it to be sent
(`sync.timeouts`), and clocks differ."""


@dataclass(frozen=True, slots=True)
class ClosedHours:
    """メンテナンス時間帯: every day from `start` until just before `end`, Asia/Tokyo.

    An `end` that is not after `start` is the next day's: 00:00 is midnight at the end of the day.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse a stretch that would be the whole day, or nothing."""
        if self.start == self.end:
            raise ValueError(f"closed hours must end at another time than they start: {self.start}")

    @property
    def length(self) -> timedelta:
        """How long they last, less than a day."""
        return (_since_midnight(self.end) - _since_midnight(self.start)) % _DAY


_SOME_MIDNIGHT = datetime(2026, 1, 1, tzinfo=TOKYO)
DEFAULT_CLOSED_HOURS = (ClosedHours(time(8), time(10)), ClosedHours(time(17, 30), time(18, 30)))
"""The hours on 勤革時's help page. The API's own message says 08:30; the wider one is the safe one."""


def today(now: datetime) -> date:
    """Give the day in Tokyo at `now`."""
    return _in_tokyo(now).date()


def opens_at(now: datetime, hours: Sequence[ClosedHours], guard: timedelta = GUARD) -> datetime | None:
    """Tell when 勤革時 opens again if no call may start at `now`; None when it is open.

    Raises ValueError when the hours, each with its guard, leave no moment of the day open.
    """
    opening: datetime | None = None
    moment = started = _in_tokyo(now)
    while (end := _closed_until(moment, hours, guard)) is not None:
        if end - started >= _DAY:  # closed for a whole day, and every day is the same
            raise ValueError("the closed hours never open")
        opening = moment = end
    return opening


def closes_at(now: datetime, hours: Sequence[ClosedHours], guard: timedelta = GUARD) -> datetime | None:
    """Tell when the next call may no longer start, if 勤革時 is open at `now` and ever closes."""
    moment = _in_tokyo(now)
    starts = (
        datetime.combine(moment.date() + timedelta(days=ahead), each.start, TOKYO) - guard
        for each in hours
        for ahead in (0, 1, 2)
    )
    return min((start for start in starts if start > moment), default=None)


def raise_if_never_open(hours: Sequence[ClosedHours]) -> None:
    """Raise ValueError when the hours, each with its guard, leave no moment of the day open."""
    opens_at(_SOME_MIDNIGHT, hours)  # every day is the same


def raise_if_closed(now: datetime, hours: Sequence[ClosedHours], guard: timedelta = GUARD) -> None:
    """Raise ClosedNow when no call to 勤革時 may start at `now`."""
    opening = opens_at(now, hours, guard)
    if opening is not None:
        raise ClosedNow(opening)


def as_of_range(day: date) -> tuple[date, date]:
    """Give the first and last day that 勤革時 answers for on `day`: three years back, one year ahead."""
    return _years_from(day, -3), _years_from(day, 1)


def raise_if_out_of_range(as_of: date, day: date) -> None:
    """Raise OutOfRange when 勤革時 can't be asked about `as_of` on `day`."""
    earliest, latest = as_of_range(day)
    if not earliest <= as_of <= latest:
        raise OutOfRange(earliest, latest)


def _closed_until(moment: datetime, hours: Sequence[ClosedHours], guard: timedelta) -> datetime | None:
    for each in hours:
        for ahead in (
            -1,
            0,
            1,
        ):  # yesterday's may go on; a stretch that starts at midnight guards the day before
            start = datetime.combine(moment.date() + timedelta(days=ahead), each.start, TOKYO)
            if start - guard <= moment < start + each.length:
                return start + each.length
    return None


def _since_midnight(moment: time) -> timedelta:
    return datetime.combine(date.min, moment) - datetime.combine(date.min, time.min)


def _in_tokyo(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime says nothing about when")
    return moment.astimezone(TOKYO)


def _years_from(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
