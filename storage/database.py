"""SQLite by default, PostgreSQL for more than one machine. Every use is one short transaction."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, func, select
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.errors import DatabaseUnreachable
from storage.locks import lock_file as lock_file
from storage.locks import sqlite_file, wait_for_file
from storage.schema import upgrade

BEGIN = "renkei_begin"
"""The execution option that says how a transaction begins in SQLite."""
BUSY_TIMEOUT_MS = 30_000
IDLE_MS = 15_000
"""How long a transaction may stand still; ours take milliseconds. Who does so is not yet taken for dead."""
MIGRATING = 7_365_343
"""The number of PostgreSQL's advisory lock under which tables are changed; any that nobody else uses."""


@dataclass(frozen=True)
class Database:
    """Gives transactions; safe to share between threads."""

    engine: Engine
    turn: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Held while writing. SQLite lets one write at a time, and whoever comes at the wrong moments waits for
    seconds: it does not queue them. So the threads of a process take turns."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads."""
        with Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that may write, committed at the end unless an exception leaves it.

        SQLite takes the write lock at once: a lock that is wanted only after reading fails without waiting.
        """
        writer = self.engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        with self.turn, Session(writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection; one that a thread still uses is closed when it is given back."""
        event.listen(self.engine, "checkin", _close_given_back)
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at an SQLAlchemy URL (`sqlite:///file.db` or `postgresql+psycopg://…`)."""
    is_sqlite = sqlite_file(url) is not None
    # Thirty-odd threads of listeners never wait for a connection.
    engine = create_engine(url, pool_pre_ping=True, max_overflow=40)
    if is_sqlite:
        event.listen(engine, "connect", partial(_prepare_sqlite, foreign_keys=True))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return Database(engine, RLock() if is_sqlite else nullcontext())


def migrate(url: str) -> None:
    """Bring the tables up to date: wholly or not at all, and one process after another.

    Raises DatabaseUnreachable.
    """
    with reaching():
        _migrate(url)


def raise_if_unreachable(url: str) -> None:
    """Raise DatabaseUnreachable unless the database answers."""
    engine = create_engine(url, poolclass=NullPool)
    with reaching(), engine.connect():
        pass


@contextmanager
def reaching() -> Iterator[None]:
    """Raise DatabaseUnreachable for what the drivers say when they don't come through."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).strip().partition("\n")[0]
        raise DatabaseUnreachable(said.removeprefix("connection failed: ")) from None


def is_database_away(error: Exception) -> bool:
    """Tell whether what failed is the database, and not what was asked of it: the same may succeed later.

    Also while it is full, starting, recovering, handing over to another one, or all connections are taken.
    """
    return isinstance(
        error, DatabaseUnreachable | OperationalError | InterfaceError | InternalError | PoolTimeout
    )


def _migrate(url: str) -> None:
    file = sqlite_file(url)
    if file is not None:
        with wait_for_file(file):
            _migrate_sqlite(url)
        return
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        upgrade(connection)


def _migrate_sqlite(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool).execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
    # Altering means copying and dropping in SQLite, and a drop would delete what refers to the table.
    event.listen(engine, "connect", partial(_prepare_sqlite, foreign_keys=False))
    event.listen(engine, "begin", _begin_sqlite)
    with engine.begin() as connection:
        upgrade(connection)


def _prepare_sqlite(connection: Any, record: object, *, foreign_keys: bool) -> None:  # noqa: ANN401 - a driver's
    """Set what SQLite forgets between connections; WAL lets readers read while somebody writes."""
    del record
    connection.isolation_level = None  # the driver would begin transactions by itself, deferred
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        f"foreign_keys={int(foreign_keys)}",
        # NORMAL can lose the last commits when the power goes, and a lost claim is a second write.
        "synchronous=FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's
    """Have the server end a transaction that stands still: a stopped process would keep its locks."""
    del record
    with connection.cursor() as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_MS}")
    connection.commit()


def _close_given_back(connection: object, record: ConnectionPoolEntry) -> None:
    """Close what the pool would keep although nobody takes it again."""
    del connection
    record.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))
