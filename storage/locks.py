"""One process at a time on an SQLite file: two would break DBOS's queue limits, and each other's pace."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import make_url

from storage.errors import AlreadyRunning, DatabaseUnreachable


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


@contextmanager
def lock_file(url: str) -> Iterator[None]:
    """Keep other processes off an SQLite file, by a lock on a file beside it; PostgreSQL is shared freely.

    Raises AlreadyRunning when another process has it. The lock goes with the process, however that ends.
    """
    database = sqlite_file(url)
    if database is None:
        yield
        return
    with _locked(database, "-lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def wait_for_file(database: Path) -> Iterator[None]:
    """Take turns at changing the tables of an SQLite file.

    SQLite's own lock does not do: making a file WAL fails at once while somebody else does the same.
    """
    with _locked(database, "-migrating", fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(database: Path, suffix: str, how: int) -> Iterator[None]:
    with _opened(database.with_name(database.name + suffix)) as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            raise AlreadyRunning(f"another process is using {database.name}") from None
        yield


def _opened(file: Path) -> TextIO:
    try:
        return file.open("w")
    except OSError as error:
        raise DatabaseUnreachable(f"{file.parent} can't be used: {error.strerror}") from None
