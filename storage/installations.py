"""Slack installations of the app, and installations that were begun."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete
from sqlmodel import col, select

from storage.database import Database
from storage.records import InstallationKey, Scope
from storage.secrets import Box, Keyring
from storage.statements import changed, upsert, within
from storage.tables import InstallationRow, OAuthStateRow
from sync.calendar import Clock

STATE_LIFE = timedelta(minutes=10)
"""As long as the code lives that Slack ends an installation with (Slack's OAuth v2 guide)."""
CONTENT = Box(TypeAdapter(dict[str, Any]))


class Installations:
    """Keeps what Slack gave at installation as it came, sealed."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def save(self, key: InstallationKey, content: Mapping[str, Any]) -> None:
        """Keep an installation (any JSON), in place of the one before."""
        row = InstallationRow(
            enterprise_id=key.enterprise_id,
            team_id=key.team_id,
            is_enterprise_install=key.is_enterprise_install,
            user_id=key.user_id or "",
            saved_at=self._clock(),
            content=CONTENT.seal(self._keys, dict(content)),
        )
        with self._database.writing() as session:
            upsert(session, row)

    def find(self, key: InstallationKey) -> dict[str, Any] | None:
        """Give an installation as it was saved."""
        with self._database.reading() as session:
            row = session.exec(select(InstallationRow).where(_is(key))).first()
            return CONTENT.open(self._keys, row.content) if row else None

    def delete(self, key: InstallationKey) -> None:
        """Forget one installation; harmless when it is gone."""
        with self._database.writing() as session:
            session.execute(delete(InstallationRow).where(_is(key)))

    def delete_all(self, scope: Scope) -> None:
        """Forget every installation of a workspace, the bot's and its people's."""
        with self._database.writing() as session:
            session.execute(delete(InstallationRow).where(within(InstallationRow, scope)))

    def contains(self, scope: Scope) -> bool:
        """Tell whether the app is installed in a workspace by OAuth."""
        with self._database.reading() as session:
            return (
                session.exec(select(InstallationRow).where(within(InstallationRow, scope))).first()
                is not None
            )

    def is_installer(self, scope: Scope, user_id: str) -> bool:
        """Tell whether somebody has installed the app in the workspace by OAuth."""
        mine = select(InstallationRow).where(
            within(InstallationRow, scope), InstallationRow.user_id == user_id
        )
        with self._database.reading() as session:
            return bool(user_id) and session.exec(mine).first() is not None

    def issue(self) -> str:
        """Begin an installation: give a state that can be used once within ten minutes."""
        state = secrets.token_urlsafe(32)
        row = OAuthStateRow(digest=self._keys.digest("oauth", state), expires_at=self._clock() + STATE_LIFE)
        with self._database.writing() as session:
            session.add(row)
        return state

    def consume(self, state: str) -> bool:
        """Use up a state; False when it was never given, was used, or is too old."""
        known = and_(
            col(OAuthStateRow.digest) == self._keys.digest("oauth", state),
            col(OAuthStateRow.expires_at) > self._clock(),
        )
        with self._database.writing() as session:
            return changed(session, delete(OAuthStateRow).where(known)) == 1


def _is(key: InstallationKey) -> ColumnElement[bool]:
    return and_(
        col(InstallationRow.enterprise_id) == key.enterprise_id,
        col(InstallationRow.team_id) == key.team_id,
        col(InstallationRow.is_enterprise_install) == key.is_enterprise_install,
        col(InstallationRow.user_id) == (key.user_id or ""),
    )
