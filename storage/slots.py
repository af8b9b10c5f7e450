"""What a working process is called: by a name that it alone has, and the next one again after its end."""

from itertools import count
from typing import Protocol

from sqlalchemy import Connection, Engine, NullPool, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import reaching
from storage.locks import sqlite_file

ONLY = "worker"
"""The name of the one process that an SQLite file serves."""
NAMING = 7_365_344
"""The first half of the numbers of PostgreSQL's advisory locks that slots are; any that nobody else uses."""


class Slot(Protocol):
    """A name that no other process has as long as this one keeps it, however this one ends."""

    @property
    def executor_id(self) -> str:
        """The name."""

    def keep(self) -> bool:
        """Make sure that the name is still ours; False when another process has it now.

        Raises DatabaseUnreachable when nobody can tell.
        """

    def leave(self) -> None:
        """Give the name away."""


def take_slot(url: str) -> Slot:
    """Take the first name that is free in the database. Raises DatabaseUnreachable."""
    return OnlySlot() if sqlite_file(url) else NumberedSlot(url)


class OnlySlot:
    """The name of the only process; a lock on the file keeps others away (`storage.locks`)."""

    executor_id = ONLY

    def keep(self) -> bool:
        """Tell that it is."""
        return True

    def leave(self) -> None:
        """Do nothing: nobody waits for it."""


class NumberedSlot:
    """The lowest number that is free, proven by a lock of the database session that holds it.

    PostgreSQL frees it when the connection goes, so at once after a kill; a process that stands still keeps
    it. Through a pooler that gives the session to others (PgBouncer in transaction mode) it proves nothing.
    """

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._number = 0
        with reaching():
            self._session = self._engine.connect()
            self._number = next(number for number in count(1) if _lock(self._session, number))

    @property
    def executor_id(self) -> str:
        """The name."""
        return f"{ONLY}-{self._number}"

    def keep(self) -> bool:
        """Make sure that the name is still ours, and take it again when only the connection was lost."""
        try:
            self._session.execute(select(1))
        except SQLAlchemyError:  # also that it is closed: the last time it could not be opened again
            self._let_go()
            return self._take_again()
        return True

    def leave(self) -> None:
        """Give the name away."""
        self._session.close()
        self._engine.dispose()

    def _take_again(self) -> bool:
        with reaching():
            self._session = self._engine.connect()
            is_ours = _lock(self._session, self._number)
        if not is_ours:
            self._let_go()  # a session that answers, without the lock, would prove the name the next time
        return is_ours

    def _let_go(self) -> None:
        if not self._session.closed:
            self._session.invalidate()
            self._session.close()


def _lock(session: Connection, number: int) -> bool:
    return bool(session.scalar(select(func.pg_try_advisory_lock(NAMING, number))))
