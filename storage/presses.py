"""What was pressed and delivered: whoever claims it first may act, in whichever process they are."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from storage.boxes import TEXT
from storage.database import Database
from storage.pace import database_now
from storage.secrets import Keyring
from storage.statements import changed, table_of
from storage.tables import PressRow
from sync.calendar import TOKYO

ANSWERING = 7_365_346
"""The first half of the numbers of PostgreSQL's advisory locks of who answers; any that nobody else uses."""
KEPT = timedelta(days=1)
"""How long a claim is remembered; Slack gives up on a delivery much sooner (docs.slack.dev, Events API)."""


class Presses:
    """Keeps claims, by the database's clock, which all machines share: two clocks apart let a double pass.

    Keys are kept as keyed digests only: they may hold what somebody has typed.
    """

    def __init__(
        self, database: Database, keys: Keyring, now: Callable[[Session], int] = database_now
    ) -> None:
        self._database = database
        self._keys = keys
        self._now = now

    def claim(self, delivery: str, press: str | None = None, again_after: timedelta = KEPT) -> bool:
        """Tell whether the caller may act: nobody has claimed the delivery, nor `press` for so long."""
        with self._database.writing() as session:
            return self._claim(session, delivery) and (
                press is None or self._claim(session, press, again_after=again_after)
            )

    def forget(self, key: str) -> None:
        """Give a claim back."""
        with self._database.writing() as session:
            session.execute(delete(PressRow).where(col(PressRow.key) == self._digest(key)))

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Keep other processes from answering the same press until the end; they wait.

        An SQLite file serves one process.
        """
        if self._database.engine.dialect.name == "sqlite":
            yield
            return
        session = Session(self._database.engine)
        one_at_a_time = func.pg_advisory_xact_lock(ANSWERING, func.hashtext(self._digest(key)))
        try:
            session.execute(select(one_at_a_time))
            yield
        finally:
            with suppress(DBAPIError):  # its connection is gone, and the lock with it: the answer is kept
                session.close()

    def keep_answer(self, key: str, answer: Mapping[str, Any]) -> bool:
        """Claim it and keep how it was answered; False, changing nothing, when somebody else has."""
        sealed = TEXT.seal(self._keys, json.dumps(answer))
        with self._database.writing() as session:
            return self._claim(session, key, answer=sealed)

    def answer(self, key: str) -> Mapping[str, Any] | None:
        """Give how it was answered before; None when it was not."""
        mine = select(PressRow.answer).where(PressRow.key == self._digest(key))
        with self._database.reading() as session:
            sealed = session.exec(mine).first()
        if sealed is None:
            return None
        answer: Mapping[str, Any] = json.loads(TEXT.open(self._keys, sealed))
        return answer

    def erase_expired(self) -> int:
        """Erase what nobody delivers again, and tell how much that was."""
        with self._database.writing() as session:
            before = self._moment(session) - KEPT
            return changed(session, delete(PressRow).where(col(PressRow.claimed_at) <= before))

    def _claim(
        self, session: Session, key: str, *, answer: str | None = None, again_after: timedelta = KEPT
    ) -> bool:
        now = self._moment(session)
        values = {"claimed_at": now, "answer": answer}
        # The two statements read alike but are types of their own.
        insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        statement = insert(table_of(PressRow)).values(key=self._digest(key), **values)
        claim = statement.on_conflict_do_update(
            index_elements=["key"], set_=values, where=col(PressRow.claimed_at) <= now - again_after
        )
        return session.execute(claim.returning(col(PressRow.key))).first() is not None

    def _moment(self, session: Session) -> datetime:
        return datetime.fromtimestamp(self._now(session) / 1000, TOKYO)

    def _digest(self, key: str) -> str:
        return self._keys.digest("press", key)
