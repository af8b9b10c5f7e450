"""When the next call to a remote system may start: evenly spaced moments, reserved in the database.

Every process and machine that uses a token shares its pace. Real time, never the demo's clock: the remote's
limits know no other. A crash costs unused moments, never a burst.
"""

import time
from collections.abc import Callable

from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from sync.errors import TooManyRequests
from sync.model import System

Milliseconds = Callable[[Session], int]
Sleep = Callable[[float], None]

LONGEST_WAIT = 60.0
"""Seconds. A longer wait is not slept through but told."""
RESERVE = text(
    """
    INSERT INTO paces (key, next_ms, blocked_until_ms) VALUES (:key, :now + :spacing, 0)
    ON CONFLICT (key) DO UPDATE
    SET next_ms = CASE WHEN paces.next_ms > :now THEN paces.next_ms ELSE :now END + :spacing
    RETURNING next_ms - :spacing
    """
)
BLOCK = text(
    """
    INSERT INTO paces (key, next_ms, blocked_until_ms) VALUES (:key, :until, :until)
    ON CONFLICT (key) DO UPDATE
    SET next_ms = CASE WHEN paces.next_ms > :until THEN paces.next_ms ELSE :until END,
        blocked_until_ms =
            CASE WHEN paces.blocked_until_ms > :until THEN paces.blocked_until_ms ELSE :until END
    """
)
BLOCKED_UNTIL = text("SELECT blocked_until_ms FROM paces WHERE key = :key")
FORGET = text("DELETE FROM paces WHERE next_ms < :before")
DAY_MS = 86_400_000
SQLITE_NOW = text("SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)")
POSTGRESQL_NOW = text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")


def database_now(session: Session) -> int:
    """Give milliseconds since 1970 by the database's clock, which all machines share."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    now: int = session.execute(SQLITE_NOW if is_sqlite else POSTGRESQL_NOW).scalar_one()
    return now


class TokenPace:
    """The pace of one token; fits `sync.remote.Pace`."""

    def __init__(self, paces: "Paces", system: System, key: str, spacing: float) -> None:
        self._paces = paces
        self._system = system
        self._key = key
        self._spacing = round(spacing * 1000)

    def wait(self) -> None:
        """Return when a call may start. Raises TooManyRequests when that is more than LONGEST_WAIT away.

        Whoever calls can then say so, and read again what it rests on before it goes on.
        """
        delay = self._paces.reserve(self._key, self._spacing)
        while delay > 0:
            if delay > LONGEST_WAIT:
                raise TooManyRequests(self._system, "the calls of this hour are used up", delay)
            self._paces.sleep(delay)
            # Somebody may have been told to back off meanwhile.
            is_blocked = self._paces.is_blocked(self._key)
            delay = self._paces.reserve(self._key, self._spacing) if is_blocked else 0

    def back_off(self, seconds: float) -> None:
        """Let nobody start a call for so many seconds."""
        self._paces.block(self._key, round(seconds * 1000))


class Paces:
    """Gives the pace of every token. `now` and `sleep` are parameters for the tests."""

    def __init__(
        self, database: Database, now: Milliseconds = database_now, sleep: Sleep = time.sleep
    ) -> None:
        self._database = database
        self._now = now
        self.sleep = sleep

    def of(self, system: System, token_key: str, spacing: float) -> TokenPace:
        """Give the pace of a token whose calls start at least `spacing` seconds apart."""
        return TokenPace(self, system, token_key, spacing)

    def reserve(self, key: str, spacing_ms: int) -> float:
        """Take the next free moment and tell in how many seconds it comes."""
        with self._database.writing() as session:
            now = self._now(session)
            values = {"key": key, "now": now, "spacing": spacing_ms}
            moment: int = session.execute(RESERVE, values).scalar_one()
            return (moment - now) / 1000

    def is_blocked(self, key: str) -> bool:
        """Tell whether nobody may start a call right now."""
        with self._database.reading() as session:
            until: int = session.execute(BLOCKED_UNTIL, {"key": key}).scalar_one()
            return until > self._now(session)

    def block(self, key: str, milliseconds: int) -> None:
        """Keep the next moments from coming before so many milliseconds have passed."""
        with self._database.writing() as session:
            session.execute(BLOCK, {"key": key, "until": self._now(session) + milliseconds})

    def forget_unused(self) -> None:
        """Forget the tokens that no call was made with for a day."""
        with self._database.writing() as session:
            session.execute(FORGET, {"before": self._now(session) - DAY_MS})
