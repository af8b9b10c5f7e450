"""連携設定: integrations, the accesses that belong to them, and drafts of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from storage.database import Database
from storage.errors import SealBroken, SettingsMoved
from storage.records import Check, Credentials, Draft, Integration, Scope
from storage.secrets import Box, Keyring
from storage.statements import changed, scope_of, upsert, within
from storage.tables import AccessRow, DraftRow, IntegrationRow
from sync.calendar import Clock
from sync.model import System
from sync.text import Repertoire

DRAFT_LIFE = timedelta(minutes=10)
DRAFT_TRACE = timedelta(hours=1)
"""How long it is known, after the tokens are erased, where somebody waits for a draft."""
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

    def contains(self, scope: Scope) -> bool:
        """Tell whether a workspace's settings were ever saved."""
        with self._database.reading() as session:
            return (
                session.exec(select(IntegrationRow).where(within(IntegrationRow, scope))).first() is not None
            )

    def save(self, integration: Integration) -> None:
        """Keep a workspace's settings, in place of those before.

        Raises SettingsMoved when these were changed from others than are kept now.
        """
        with self._database.writing() as session:
            kept = select(IntegrationRow).where(within(IntegrationRow, integration.scope)).with_for_update()
            row = session.exec(kept).first()
            if (row.revision if row else 0) != integration.revision:
                raise SettingsMoved
            upsert(session, _to_row(integration))
            session.execute(delete(AccessRow).where(within(AccessRow, integration.scope)))
            for system in System:
                access = integration.access_to(system)
                if access is not None:
                    session.add(self._to_access_row(integration.scope, system, access))

    def save_check(self, scope: Scope, system: System, tested: Credentials, shown: Credentials) -> bool:
        """Note what testing an access has shown; False if another one has been saved meanwhile."""
        mine = within(AccessRow, scope) & (col(AccessRow.system) == system)
        with self._database.writing() as session:
            row = session.exec(select(AccessRow).where(mine).with_for_update()).first()
            if row is None or self._to_access(row) != tested:
                return False
            row.state, row.problem, row.checked_at = shown.check, shown.problem, shown.checked_at
            return True

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

    def expired_draft(self, draft_id: str) -> Draft | None:
        """Give what is left, for an hour, of a draft that can't be used: where somebody waits for it."""
        wanted = select(DraftRow).where(DraftRow.id == draft_id, ~self._is_fresh())
        with self._database.reading() as session:
            draft = self._opened(session.exec(wanted).first())
        return _without_tokens(draft) if draft else None

    def drafts_since(self, moment: datetime) -> list[str]:
        """Give the ids of the drafts that were kept at `moment` or before and can still be used."""
        waiting = select(DraftRow.id).where(self._is_fresh(), col(DraftRow.created_at) <= moment)
        with self._database.reading() as session:
            return list(session.exec(waiting))

    def erase_expired(self) -> int:
        """Erase the tokens of drafts after ten minutes, and the rest after an hour; tell how many drafts."""
        now = self._clock()
        with self._database.writing() as session:
            old = col(DraftRow.created_at) <= now - DRAFT_TRACE
            erased = changed(session, delete(DraftRow).where(old))
            past = select(DraftRow).where(~self._is_fresh()).with_for_update()
            return erased + sum(self._stripped(session, row) for row in session.exec(past).all())

    def _stripped(self, session: Session, row: DraftRow) -> bool:
        try:
            draft = DRAFT.open(self._keys, row.content)
        except SealBroken:  # nobody can be told any more
            session.delete(row)
            return True
        if draft == _without_tokens(draft):
            return False
        row.content = DRAFT.seal(self._keys, _without_tokens(draft))
        return True

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
            repertoire=Repertoire(row.repertoire),
            revision=row.revision,
        )

    def _to_access(self, row: AccessRow) -> Credentials:
        return Credentials(
            subdomain=row.subdomain,
            token=self._keys.open(row.token).decode(),
            check=Check(row.state),
            problem=row.problem,
            checked_at=row.checked_at,
        )

    def _to_access_row(self, scope: Scope, system: System, access: Credentials) -> AccessRow:
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


def _without_tokens(draft: Draft) -> Draft:
    return replace(draft, smarthr_token=None, kinkakuji_token=None)


def _to_row(integration: Integration) -> IntegrationRow:
    return IntegrationRow(
        enterprise_id=integration.scope.enterprise_id,
        team_id=integration.scope.team_id,
        admin_channel=integration.admin_channel,
        closed_hours=integration.closed_hours,
        prefer_business_name=integration.prefer_business_name,
        policies=integration.policies,
        language=integration.language,
        repertoire=integration.repertoire,
        revision=integration.revision + 1,
    )
