"""Who was there when a system was last read as a whole: by that half a list is told from a whole one.

A roster belongs to the SmartHR tenant or the 勤革時 token that it was read with: of another company's people
nobody is missing. A renewed token of 勤革時 may be another company's, too, until its first
list shows somebody who was there before.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.database import Database
from storage.records import Scope
from storage.secrets import Box, Keyring
from storage.statements import in_batches, upsert, within
from storage.tables import AccessRow, LinkRow, RosterRow
from sync.calendar import Clock
from sync.model import System


@dataclass(frozen=True, slots=True)
class Roster:
    """The remote ids of everybody whom a tenant had."""

    tenant: str
    present: frozenset[str]
    gone: frozenset[str] = frozenset()
    """Whose absence somebody has explained: they are not looked for until they come back."""


ROSTER = Box(TypeAdapter(Roster), packs=True)
_LINKED = {System.SMARTHR: LinkRow.smarthr_id, System.KINKAKUJI: LinkRow.kinkakuji_key}


class Rosters:
    """Keeps the last whole list of each system."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def known(self, scope: Scope) -> Mapping[System, frozenset[str]]:
        """Give the ids that a whole list should have: of the last one, and of everybody who is linked.

        Nobody of a system that was never read, or only with another tenant.
        """
        with self._database.reading() as session:
            return {system: self._known(session, scope, system) for system in System}

    def companies(self, scope: Scope) -> Mapping[System, str]:
        """Name the company that each system is read for; leave out one that is not connected."""
        with self._database.reading() as session:
            return companies_of(session, self._keys, scope)

    def save(self, scope: Scope, seen: Mapping[System, Collection[str]], *, accepted: bool) -> None:
        """Note who was there. `accepted`: somebody said why people are missing, so they are not looked for.

        Links to them stay: whoever they were linked to is not taken for new. With another company, which is a
        tenant whose list shows nobody from before, links are forgotten, unless a person made them.
        """
        with self._database.writing() as session:
            for system, present in seen.items():
                tenant = _tenant(session, self._keys, scope, system)
                before = self._roster(session, scope, system)
                if _is_another_company(before, tenant, present):
                    _forget_links(session, scope, system, frozenset(present))
                gone = before.gone if before is not None and before.tenant == tenant else frozenset()
                if accepted:
                    gone |= self._known(session, scope, system)
                roster = Roster(tenant, frozenset(present), gone - frozenset(present))
                upsert(session, self._to_row(scope, system, roster))

    def _known(self, session: Session, scope: Scope, system: System) -> frozenset[str]:
        roster = self._roster(session, scope, system)
        if roster is None or roster.tenant != _tenant(session, self._keys, scope, system):
            return frozenset()
        return (roster.present | frozenset(_linked(session, scope, system))) - roster.gone

    def _roster(self, session: Session, scope: Scope, system: System) -> Roster | None:
        mine = select(RosterRow.content).where(within(RosterRow, scope), RosterRow.system == system)
        sealed = session.exec(mine).first()
        return ROSTER.open(self._keys, sealed) if sealed is not None else None

    def _to_row(self, scope: Scope, system: System, roster: Roster) -> RosterRow:
        return RosterRow(
            enterprise_id=scope.enterprise_id,
            team_id=scope.team_id,
            system=system,
            saved_at=self._clock(),
            content=ROSTER.seal(self._keys, roster),
        )


def companies_of(session: Session, keys: Keyring, scope: Scope) -> dict[System, str]:
    """Name the company that each system is read for; leave out one that is not connected."""
    named = {system: _tenant(session, keys, scope, system) for system in System}
    return {system: name for system, name in named.items() if name}


def _tenant(session: Session, keys: Keyring, scope: Scope, system: System) -> str:
    """Name the company that a system is read for, by its address or else by its token's hash."""
    mine = select(AccessRow).where(within(AccessRow, scope), AccessRow.system == system)
    access = session.exec(mine).first()
    if access is None:
        return ""
    return access.subdomain or hashlib.sha256(keys.open(access.token)).hexdigest()


def _is_another_company(before: Roster | None, tenant: str, present: Collection[str]) -> bool:
    """Tell by the people: a renewed token names the company otherwise, too; an empty list says nothing."""
    if before is None or before.tenant == tenant:
        return False
    return bool(present) and before.present.isdisjoint(present)


def _linked(session: Session, scope: Scope, system: System) -> list[str]:
    """Give who is linked; a confirmed link may be to somebody whose absence was accepted."""
    mine = select(_LINKED[system]).where(within(LinkRow, scope), ~col(LinkRow.confirmed))
    return list(session.exec(mine))


def _forget_links(session: Session, scope: Scope, system: System, present: frozenset[str]) -> None:
    gone = sorted(set(_linked(session, scope, system)) - present)
    column = col(_LINKED[system])
    for batch in in_batches(gone):
        session.execute(
            delete(LinkRow).where(within(LinkRow, scope), ~col(LinkRow.confirmed), column.in_(batch))
        )
