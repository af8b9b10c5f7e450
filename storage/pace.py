"""When the next call to a remote system may start: evenly spaced moments, reserved in the database.

Every process and machine that uses a token shares its pace. Real time, never the demo's clock: the remote's
limits know no other. A crash costs unused moments, never a burst.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from sync.errors import TooManyRequests
from sync.model import System
from sync.pauses import LONGEST

Milliseconds = Callable[[Session], int]
Sleep = Callable[[float], None]

LONGEST_WAIT = 60.0
"""Seconds. A longer wait is not slept through but told."""
WIDENED_FOR_MS = 3_600_000
"""How long calls stay further apart after the remote said that it was too much."""
MINUTE_MS = 60_000
MINUTES = 61
"""Whole minutes of which any 60 minutes are a part."""
DAY_MS = 86_400_000
FARTHEST_MS = round((LONGEST + LONGEST_WAIT) * 1000)
"""No remote asks for more. What lies farther ahead was noted while the database's clock was wrong."""
RESERVE = text(
    """
    INSERT INTO paces (key, next_ms, blocked_until_ms, widened_until_ms) VALUES (:key, :now + :spacing, 0, 0)
    ON CONFLICT (key) DO UPDATE
    SET next_ms = CASE WHEN paces.next_ms > :now THEN paces.next_ms ELSE :now END
                + CASE WHEN paces.widened_until_ms > :now THEN :widened ELSE :spacing END
    RETURNING next_ms - CASE WHEN widened_until_ms > :now THEN :widened ELSE :spacing END
    """
)
BLOCK = text(
    """
    INSERT INTO paces (key, next_ms, blocked_until_ms, widened_until_ms)
    VALUES (:key, :until, :until, :widened)
    ON CONFLICT (key) DO UPDATE
    SET next_ms = CASE WHEN paces.next_ms > :until THEN paces.next_ms ELSE :until END,
        blocked_until_ms =
            CASE WHEN paces.blocked_until_ms > :until THEN paces.blocked_until_ms ELSE :until END,
        widened_until_ms =
            CASE WHEN paces.widened_until_ms > :widened THEN paces.widened_until_ms ELSE :widened END
    """
)
FORGET_ONE = text("DELETE FROM paces WHERE key = :key")
FORGET_FUTURE = text("DELETE FROM pace_minutes WHERE key = :key AND minute > :after")
BLOCKED_UNTIL = text("SELECT blocked_until_ms FROM paces WHERE key = :key")
COUNT = text(
    """
    INSERT INTO pace_minutes (key, minute, calls) VALUES (:key, :minute, 1)
    ON CONFLICT (key, minute) DO UPDATE SET calls = pace_minutes.calls + 1
    """
)
COUNTED = text("SELECT minute, calls FROM pace_minutes WHERE key = :key AND minute > :before ORDER BY minute")
FORGET = text("DELETE FROM paces WHERE next_ms < :before")
FORGET_MINUTES = text("DELETE FROM pace_minutes WHERE minute <= :before")
SQLITE_NOW = text("SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)")
POSTGRESQL_NOW = text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")


def database_now(session: Session) -> int:
    """Give milliseconds since 1970 by the database's clock, which all machines share."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    now: int = session.execute(SQLITE_NOW if is_sqlite else POSTGRESQL_NOW).scalar_one()
    return now


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody may call with a token."""

    spacing: float
    """Seconds between two calls' starts."""
    widened: float = 0.0
    """The same for an hour after the remote said that it was too much, where that is more."""
    an_hour: int | None = None
    """The most calls of everybody together in any hour at which this one still calls."""


class _NotYet(Exception):
    """No moment is free for so many milliseconds; none was taken."""

    def __init__(self, milliseconds: int) -> None:
        super().__init__(milliseconds)
        self.seconds = milliseconds / 1000


class TokenPace:
    """The pace of one token, as one client keeps it; fits `sync.remote.Pace`."""

    def __init__(self, paces: "Paces", system: System, key: str, rhythm: Rhythm) -> None:
        self._paces = paces
        self._system = system
        self._key = key
        self._rhythm = rhythm
        # A client with many threads holds one moment at a time: whoever else calls comes right after it.
        self._turn = Lock()

    def wait(self) -> None:
        """Return when a call may start. Raises TooManyRequests when that is more than LONGEST_WAIT away.

        Whoever calls can then say so, and read again what it rests on before it goes on.
        """
        with self._turn:
            while not self._reaches_its_moment():
                pass

    def back_off(self, seconds: float) -> None:
        """Let nobody start a call for so many seconds."""
        widens = self._rhythm.widened > self._rhythm.spacing
        self._paces.block(self._key, round(seconds * 1000), widens=widens)

    def _reaches_its_moment(self) -> bool:
        """Take a moment and sleep until it comes; False when it can't be used, or none was free."""
        try:
            delay, is_taken = self._paces.reserve(self._key, self._rhythm), True
        except _NotYet as full:
            delay, is_taken = full.seconds, False
        if delay > LONGEST_WAIT:
            raise TooManyRequests(self._system, "the calls of this hour are used up", delay)
        if delay > 0:
            self._paces.sleep(delay)
            # Somebody may have been told to back off meanwhile.
            is_taken = is_taken and not self._paces.is_blocked(self._key)
        return is_taken


class Paces:
    """Gives the pace of every token. `now` and `sleep` are parameters for the tests."""

    def __init__(
        self, database: Database, now: Milliseconds = database_now, sleep: Sleep = time.sleep
    ) -> None:
        self._database = database
        self._now = now
        self.sleep = sleep

    def of(self, system: System, token_key: str, rhythm: Rhythm) -> TokenPace:
        """Give the pace of a token to one client."""
        return TokenPace(self, system, token_key, rhythm)

    def reserve(self, key: str, rhythm: Rhythm) -> float:
        """Take the next free moment and tell in how many seconds it comes. Raises _NotYet."""
        spacing, widened = round(rhythm.spacing * 1000), round(max(rhythm.widened, rhythm.spacing) * 1000)
        with self._database.writing() as session:
            now = self._now(session)
            values = {"key": key, "now": now, "spacing": spacing, "widened": widened}
            moment: int = session.execute(RESERVE, values).scalar_one()
            if moment - now > FARTHEST_MS:
                session.execute(FORGET_ONE, {"key": key})
                session.execute(FORGET_FUTURE, {"key": key, "after": now // MINUTE_MS})
                moment = session.execute(RESERVE, values).scalar_one()
            if moment - now > LONGEST_WAIT * 1000:
                raise _NotYet(moment - now)
            if rhythm.an_hour is not None:
                free = _free_in_the_hour(session, key, moment, rhythm.an_hour)
                if free > moment:
                    raise _NotYet(free - now)
                session.execute(COUNT, {"key": key, "minute": moment // MINUTE_MS})
            return (moment - now) / 1000

    def is_blocked(self, key: str) -> bool:
        """Tell whether nobody may start a call right now."""
        with self._database.reading() as session:
            until: int = session.execute(BLOCKED_UNTIL, {"key": key}).scalar_one()
            return self._now(session) < until <= self._now(session) + FARTHEST_MS

    def block(self, key: str, milliseconds: int, *, widens: bool = False) -> None:
        """Keep the next moments from coming before so many milliseconds have passed, and further apart."""
        with self._database.writing() as session:
            now = self._now(session)
            widened = now + WIDENED_FOR_MS if widens else 0
            session.execute(BLOCK, {"key": key, "until": now + milliseconds, "widened": widened})

    def forget_unused(self) -> None:
        """Forget the calls of the last hour but one, and the tokens that none was made with for a day."""
        with self._database.writing() as session:
            now = self._now(session)
            session.execute(FORGET, {"before": now - DAY_MS})
            session.execute(FORGET_MINUTES, {"before": now // MINUTE_MS - MINUTES})


def _free_in_the_hour(session: Session, key: str, moment: int, most: int) -> int:
    """Give the moment from `moment` on at which so many calls in an hour leave room for another one."""
    counted = session.execute(COUNTED, {"key": key, "before": moment // MINUTE_MS - MINUTES}).all()
    left = most - sum(calls for _, calls in counted)
    free = moment
    for minute, calls in counted:  # the oldest falls out of the hour first
        if left > 0:
            break
        left += calls
        free = (minute + MINUTES) * MINUTE_MS
    return free
