"""Who may use Renkei in a workspace."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.database import Database
from storage.errors import LastAdministrator
from storage.records import Scope
from storage.statements import upsert, within
from storage.tables import AdministratorRow
from sync.calendar import Clock


class Administrators:
    """Keeps the administrators of every workspace; never removes a workspace's last one."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def list(self, scope: Scope) -> tuple[str, ...]:
        """Give the Slack user ids, in the order in which they were added."""
        with self._database.reading() as session:
            return _ids(session, scope)

    def contains(self, scope: Scope, user_id: str) -> bool:
        """Tell whether somebody is an administrator."""
        mine = select(AdministratorRow).where(
            within(AdministratorRow, scope), AdministratorRow.user_id == user_id
        )
        with self._database.reading() as session:
            return session.exec(mine).first() is not None

    def add(self, scope: Scope, user_id: str, by: str) -> None:
        """Make somebody an administrator; harmless when they are one."""
        with self._database.writing() as session:
            if user_id not in _ids(session, scope):
                upsert(session, self._to_row(scope, user_id, by))

    def replace(self, scope: Scope, user_ids: Iterable[str], by: str) -> None:
        """Make exactly these people the administrators. Raises LastAdministrator when they are nobody."""
        wanted = tuple(dict.fromkeys(user_ids))
        if not wanted:
            raise LastAdministrator
        gone = within(AdministratorRow, scope) & col(AdministratorRow.user_id).not_in(wanted)
        with self._database.writing() as session:
            already = _ids(session, scope)
            session.execute(delete(AdministratorRow).where(gone))
            for user_id in wanted:
                if user_id not in already:
                    upsert(session, self._to_row(scope, user_id, by))

    def _to_row(self, scope: Scope, user_id: str, by: str) -> AdministratorRow:
        return AdministratorRow(
            enterprise_id=scope.enterprise_id,
            team_id=scope.team_id,
            user_id=user_id,
            added_by=by,
            added_at=self._clock(),
        )


def _ids(session: Session, scope: Scope) -> tuple[str, ...]:
    rows = select(AdministratorRow).where(within(AdministratorRow, scope))
    ordered = rows.order_by(col(AdministratorRow.added_at), col(AdministratorRow.user_id))
    return tuple(row.user_id for row in session.exec(ordered))
