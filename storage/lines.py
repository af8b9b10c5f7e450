"""Whose turn it is: unfinished runs into one tenant go one after another, whichever workspace they are of.

A tenant is named by a hash that no key goes into: neither a change of keys nor a process that does not have
the newest one yet makes two lines of one. A renewed token of 勤革時 makes a line of its own; whatever stands
in the one before leads to another company, as far as anybody can tell, and is stopped before it writes.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from storage.records import Scope
from storage.rosters import companies_of
from storage.run_records import ENDED
from storage.secrets import Keyring
from storage.statements import lock_until_commit, scope_of
from storage.tables import RunTable
from sync.model import Direction, System

MOMENT = timedelta(microseconds=1)


def tenant_of(session: Session, keys: Keyring, scope: Scope, target: System) -> str:
    """Name the tenant that a workspace writes to; where none is connected, it is the workspace's own."""
    companies: Mapping[System, str] = companies_of(session, keys, scope)
    parts = [companies[target]] if target in companies else [scope.enterprise_id, scope.team_id]
    return hashlib.sha256("\0".join([target, *parts]).encode()).hexdigest()


def enter(session: Session, keys: Keyring, run: RunTable, moment: datetime) -> None:
    """Put a run at the end of its tenant's line, whatever the clocks of several machines say.

    Nobody else enters until the transaction ends: else one could come to stand before another that has found
    nobody there, and gone ahead.
    """
    name_tenants(session, keys)
    tenant = tenant_of(session, keys, scope_of(run), Direction(run.direction).target)
    lock_until_commit(session, "line", tenant)
    newest = select(func.max(RunTable.queued_at)).where(_stands_in(tenant))
    last: datetime | None = session.exec(newest).one()
    run.tenant = tenant
    run.queued_at = moment if last is None else max(moment, last + MOMENT)


def first_in(session: Session, tenant: str) -> RunTable | None:
    """Give the run whose turn it is."""
    line = select(RunTable).where(_stands_in(tenant))
    return session.exec(line.order_by(*_ORDER).limit(1)).first()


def stands_before(session: Session, run: RunTable) -> RunTable | None:
    """Give the first run of the line that a run stands in; None when nobody stands before it."""
    earlier = or_(
        col(RunTable.queued_at) < run.queued_at,
        and_(col(RunTable.queued_at) == run.queued_at, col(RunTable.id) < run.id),
    )
    line = select(RunTable).where(_stands_in(run.tenant), earlier)
    return session.exec(line.order_by(*_ORDER).limit(1)).first()


def name_tenants(session: Session, keys: Keyring) -> None:
    """Name the tenants of unfinished runs that an earlier release has started, which named none."""
    unnamed = select(RunTable).where(_stands_in(None)).order_by(col(RunTable.id))
    for run in session.exec(unnamed.with_for_update()):
        run.tenant = tenant_of(session, keys, scope_of(run), Direction(run.direction).target)


def is_any_unnamed(session: Session) -> bool:
    """Tell whether there is such a run."""
    return session.exec(select(RunTable.id).where(_stands_in(None)).limit(1)).first() is not None


_ORDER = (col(RunTable.queued_at), col(RunTable.id))


def _stands_in(tenant: str | None) -> ColumnElement[bool]:
    return and_(col(RunTable.tenant) == tenant, col(RunTable.state).not_in(ENDED))
