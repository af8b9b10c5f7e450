"""SQLite by default, PostgreSQL for more than one machine. Every use is one short transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlmodel import Session

BEGIN = "renkei_begin"
"""The execution option that says how a transaction begins in SQLite."""
BUSY_TIMEOUT_MS = 30_000


@dataclass(frozen=True)
class Database:
    """Gives transactions; safe to share between threads."""

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        """Tell SQLite from PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

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
        with Session(writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at an SQLAlchemy URL (`sqlite:///file.db` or `postgresql+psycopg://…`)."""
    if sqlite_file(url) is None:
        return Database(create_engine(url, pool_pre_ping=True, max_overflow=30))
    # A session's writing transaction and thirty-odd listeners' threads never wait for a connection.
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, max_overflow=40)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def sqlite_file(url: str) -> Path | None:
    """Give the file of an SQLite URL, None for another database.

    Raises ValueError for SQLite in memory, where every connection would see a database of its own.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:///renkei.db")
    return Path(parsed.database)


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Set what SQLite forgets between connections; WAL lets readers read while somebody writes."""
    del record
    connection.isolation_level = None  # the driver would begin transactions by itself, too late and deferred
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        # NORMAL can lose the last commits when the power goes, and a lost claim is a second write.
        "synchronous=FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))
