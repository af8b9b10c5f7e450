"""What Slack said of people, so that it need not be asked at every press."""

from datetime import timedelta

from sqlmodel import select

from storage.database import Database
from storage.records import Scope
from storage.statements import upsert, within
from storage.tables import UserRow
from sync.calendar import Clock

LANGUAGE_LIFE = timedelta(days=7)
"""People change their language seldom; whoever does waits a week at most."""


class Users:
    """Keeps the language that each person reads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def language(self, scope: Scope, user_id: str, max_age: timedelta = LANGUAGE_LIFE) -> str | None:
        """Give a person's language; None when it is unknown or was learnt longer ago than `max_age`."""
        mine = select(UserRow).where(within(UserRow, scope), UserRow.user_id == user_id)
        with self._database.reading() as session:
            row = session.exec(mine).first()
            return row.language if row and row.saved_at > self._clock() - max_age else None

    def save_language(self, scope: Scope, user_id: str, language: str) -> None:
        """Note a person's language as of now."""
        row = UserRow(
            enterprise_id=scope.enterprise_id,
            team_id=scope.team_id,
            user_id=user_id,
            language=language,
            saved_at=self._clock(),
        )
        with self._database.writing() as session:
            upsert(session, row)
