"""Which processes carry work out, and when each was last seen. By the database's clock, which they share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from storage.database import Database
from storage.pace import DAY_MS, Milliseconds, database_now
from storage.statements import changed, upsert
from storage.tables import WorkerRow

TAKING_OVER = 7_365_345
"""The number of PostgreSQL's advisory lock of whoever takes work over; any that nobody else uses."""

IDLE_TIMEOUT = "idle_in_transaction_session_timeout"
STANDS_STILL_MS = 10_000
"""After so long PostgreSQL ends the session of whoever takes work over: a process that was stopped in the
middle of it would keep everybody else from taking over, its own work among it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerHead:
    """A process that carries work out."""

    executor_id: str
    host: str
    version: str
    started: datetime
    age: timedelta
    """Since it started."""
    seen_ago: timedelta


class Workers:
    """Keeps their heartbeats. `now` is a parameter for the tests."""

    def __init__(self, database: Database, now: Milliseconds = database_now) -> None:
        self._database = database
        self._now = now

    def arrive(self, executor_id: str, host: str, version: str) -> None:
        """Note that a process begins to work, under a name that another one may have had before."""
        with self._database.writing() as session:
            now = self._now(session)
            upsert(
                session,
                WorkerRow(executor_id=executor_id, host=host, version=version, started_ms=now, seen_ms=now),
            )

    def beat(self, executor_id: str) -> bool:
        """Note that a process lives; False when it is not known any more and has to arrive anew."""
        mine = col(WorkerRow.executor_id) == executor_id
        with self._database.writing() as session:
            return changed(session, update(WorkerRow).where(mine).values(seen_ms=self._now(session))) == 1

    def leave(self, executor_id: str) -> None:
        """Note that a process works no more: what it has begun can be taken over at once."""
        with self._database.writing() as session:
            session.execute(delete(WorkerRow).where(col(WorkerRow.executor_id) == executor_id))

    def list(self) -> tuple[WorkerHead, ...]:
        """Give every process that has not left, also those that were not seen for long."""
        with self._database.reading() as session:
            now = self._now(session)
            rows = session.exec(select(WorkerRow).order_by(col(WorkerRow.executor_id)))
            return tuple(_head(row, now) for row in rows)

    def forget_gone(self) -> int:
        """Forget the processes that were not seen for a day, and tell how many."""
        with self._database.writing() as session:
            gone = col(WorkerRow.seen_ms) < self._now(session) - DAY_MS
            return changed(session, delete(WorkerRow).where(gone))

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Tell whether nobody else takes work over at this moment, and keep others from it until the end.

        An SQLite file serves one process, and a transaction of ours would keep the engine from writing.
        """
        if self._database.engine.dialect.name == "sqlite":
            yield True
            return
        with self._database.reading() as session:
            # The last one: for this transaction only.
            session.execute(select(func.set_config(IDLE_TIMEOUT, str(STANDS_STILL_MS), True)))
            yield bool(session.scalar(select(func.pg_try_advisory_xact_lock(TAKING_OVER))))


def _head(row: WorkerRow, now: int) -> WorkerHead:
    return WorkerHead(
        executor_id=row.executor_id,
        host=row.host,
        version=row.version,
        started=datetime.fromtimestamp(row.started_ms / 1000, UTC),
        age=timedelta(milliseconds=now - row.started_ms),
        seen_ago=timedelta(milliseconds=now - row.seen_ms),
    )
