"""連携設定: integrations, the accesses that belong to them, and drafts of them."""

from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from storage.database import Database
from storage.records import Access, Check, Draft, Integration, Scope
from storage.secrets import Box, Keyring
from storage.statements import scope_of, upsert, within
from storage.tables import AccessRow, DraftRow, IntegrationRow
from sync.calendar import Clock
from sync.model import System

DRAFT_LIFE = timedelta(minutes=10)
DRAFT = Box(TypeAdapter(Draft))


class Integrations:
    """Keeps 連携設定 of every workspace."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def load(self, scope: Scope) -> Integration:
        """Give a workspace's settings; an empty one when nothing was ever saved."""
        with self._database.reading() as session:
            return self._load(session, scope)

    def save(self, integration: Integration) -> None:
        """Keep a workspace's settings, in place of those before."""
        with self._database.writing() as session:
            upsert(session, _to_row(integration))
            session.execute(delete(AccessRow).where(within(AccessRow, integration.scope)))
            for system in System:
                access = integration.access_to(system)
                if access is not None:
                    session.add(self._to_access_row(integration.scope, system, access))

    def save_check(
        self, scope: Scope, system: System, check: Check, problem: str | None, checked_at: datetime
    ) -> None:
        """Note what testing an access has shown."""
        mine = within(AccessRow, scope) & (col(AccessRow.system) == system)
        noted = {"state": check, "problem": problem, "checked_at": checked_at}
        with self._database.writing() as session:
            session.execute(update(AccessRow).where(mine).values(noted))

    def unverified(self) -> list[Integration]:
        """Give the settings of all workspaces that have an access yet to be tested."""
        waiting = select(AccessRow).where(AccessRow.state == Check.UNVERIFIED)
        with self._database.reading() as session:
            scopes = dict.fromkeys(scope_of(row) for row in session.exec(waiting))
            return [self._load(session, scope) for scope in scopes]

    def save_draft(self, draft: Draft) -> None:
        """Keep what was typed."""
        row = DraftRow(
            id=draft.id,
            enterprise_id=draft.scope.enterprise_id,
            team_id=draft.scope.team_id,
            user_id=draft.user_id,
            created_at=draft.created_at,
            content=DRAFT.seal(self._keys, draft),
        )
        with self._database.writing() as session:
            upsert(session, row)

    def load_draft(self, draft_id: str) -> Draft | None:
        """Give a draft, unless it is gone or older than ten minutes."""
        wanted = select(DraftRow).where(DraftRow.id == draft_id, self._is_fresh())
        with self._database.reading() as session:
            return self._opened(session.exec(wanted).first())

    def latest_draft(self, scope: Scope, user_id: str) -> Draft | None:
        """Give the newest draft of a person, unless it is older than ten minutes."""
        mine = select(DraftRow).where(within(DraftRow, scope), DraftRow.user_id == user_id, self._is_fresh())
        with self._database.reading() as session:
            return self._opened(session.exec(mine.order_by(col(DraftRow.created_at).desc())).first())

    def drop_drafts(self, last: Draft) -> None:
        """Forget a person's drafts up to this one: what was typed later stays."""
        until = col(DraftRow.created_at) <= last.created_at
        mine = (within(DraftRow, last.scope), col(DraftRow.user_id) == last.user_id, until)
        with self._database.writing() as session:
            session.execute(delete(DraftRow).where(*mine))

    def _is_fresh(self) -> ColumnElement[bool]:
        return col(DraftRow.created_at) > self._clock() - DRAFT_LIFE

    def _opened(self, row: DraftRow | None) -> Draft | None:
        return DRAFT.open(self._keys, row.content) if row else None

    def _load(self, session: Session, scope: Scope) -> Integration:
        row = session.exec(select(IntegrationRow).where(within(IntegrationRow, scope))).first()
        if row is None:
            return Integration(scope=scope)
        found = session.exec(select(AccessRow).where(within(AccessRow, scope)))
        accesses = {System(each.system): self._to_access(each) for each in found}
        return Integration(
            scope=scope,
            smarthr=accesses.get(System.SMARTHR),
            kinkakuji=accesses.get(System.KINKAKUJI),
            admin_channel=row.admin_channel,
            closed_hours=row.closed_hours,
            prefer_business_name=row.prefer_business_name,
            policies=row.policies,
            language=row.language,
        )

    def _to_access(self, row: AccessRow) -> Access:
        return Access(
            subdomain=row.subdomain,
            token=self._keys.open(row.token).decode(),
            check=Check(row.state),
            problem=row.problem,
            checked_at=row.checked_at,
        )

    def _to_access_row(self, scope: Scope, system: System, access: Access) -> AccessRow:
        return AccessRow(
            enterprise_id=scope.enterprise_id,
            team_id=scope.team_id,
            system=system,
            subdomain=access.subdomain,
            token=self._keys.seal(access.token.encode()),
            state=access.check,
            problem=access.problem,
            checked_at=access.checked_at,
        )


def _to_row(integration: Integration) -> IntegrationRow:
    return IntegrationRow(
        enterprise_id=integration.scope.enterprise_id,
        team_id=integration.scope.team_id,
        admin_channel=integration.admin_channel,
        closed_hours=integration.closed_hours,
        prefer_business_name=integration.prefer_business_name,
        policies=integration.policies,
        language=integration.language,
    )
