"""What runs have written, told by record and field: whatever is put back must not be a later run's."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.boxes import INTENT, WRITABLE
from storage.errors import WrittenSince
from storage.ledger import DONE, UNSENT
from storage.lines import tenant_of
from storage.secrets import Keyring
from storage.statements import scope_of, within
from storage.tables import LedgerTable, PlanRowTable, PlanTable, RunTable, SelectionRow
from sync.diff import Create, Status, Writable
from sync.fields import Field
from sync.model import Direction
from sync.outcome import OutcomeKind, Reason

Place = tuple[str | None, Field]
"""A field of a record of the target, by its id there."""
_ARRIVED = (Reason.WRITTEN, Reason.CONFIRMED_BY_READING, Reason.WRITTEN_OTHERWISE)
MOMENT = func.coalesce(LedgerTable.sent_at, LedgerTable.done_at)
"""When a row was written: when it was sent last; when it was closed, if the sending was not noted yet."""


def may_have_arrived() -> ColumnElement[bool]:
    """Select the rows with an outcome that were written or may have been."""
    return or_(_has_arrived(), _may_have_been_sent())


def record_of(difference: Writable) -> str | None:
    """Name the record in the target: numbers change, this does not. None of somebody new."""
    return None if isinstance(difference, Create) else difference.existing.remote_id


def raise_if_rewritten(session: Session, keys: Keyring, head: PlanTable | RunTable) -> None:
    """Raise WrittenSince when another run has written what this list, or what is left of a run, puts back.

    Since the list was begun, or the run started.
    """
    if head.undo_of is None:
        return
    contents = _chosen(head.id) if isinstance(head, PlanTable) else _not_reached(head.id)
    rows = [WRITABLE.open(keys, content) for content in session.exec(contents)]
    records = {record_of(row) for row in rows}
    again = last_written(session, keys, head, since=head.created_at, records=records, but_of=head.id)
    if any((record_of(row), change.field) in again for row in rows for change in row.changes):
        raise WrittenSince


def rewritten_since(session: Session, keys: Keyring, run: RunTable) -> Mapping[int, tuple[Field, ...]]:
    """Give the rows of an undo that are yet to be written and what another run has written of them since.

    Whoever stood in the line before it may have come to write only after it was confirmed.
    """
    rows = session.exec(
        select(LedgerTable.position, LedgerTable.content).where(
            LedgerTable.run_id == run.id, col(LedgerTable.state).in_(UNSENT)
        )
    )
    open_rows = {position: WRITABLE.open(keys, content) for position, content in rows}
    records = {record_of(row) for row in open_rows.values()}
    again = last_written(session, keys, run, since=run.created_at, records=records, but_of=run.id)
    found = {
        position: tuple(change.field for change in row.changes if (record_of(row), change.field) in again)
        for position, row in open_rows.items()
    }
    return {position: fields for position, fields in found.items() if fields}


def last_written(  # noqa: PLR0913 - where, whose and since when
    session: Session,
    keys: Keyring,
    head: RunTable | PlanTable,
    *,
    since: datetime,
    records: Collection[str | None],
    but_of: str = "",
) -> Mapping[Place, datetime]:
    """Give where runs have written last, or may have, after `since`, into which of the target's `records`.

    The runs are those of the workspace of `head`, and of others that write into the same tenant. Of the run
    `but_of` nothing is told, and of those that take it back only what is certain: what is perhaps put back
    may be put back once more.
    """
    rows = (
        select(LedgerTable.content, LedgerTable.intent, MOMENT)
        .join(RunTable)
        .where(_goes_there_too(session, keys, head), RunTable.direction == head.direction)
        .where(RunTable.id != but_of, LedgerTable.status != Status.CREATE)
        .where(since < MOMENT, _is_told(but_of))
    )
    last: dict[Place, datetime] = {}
    for content, intent, moment in session.exec(rows.order_by(MOMENT)):
        row = WRITABLE.open(keys, content)
        record = record_of(row)
        if record in records:
            changes = INTENT.open(keys, intent) if intent is not None else row.changes
            last.update({(record, change.field): moment for change in changes})
    return last


def _goes_there_too(session: Session, keys: Keyring, head: RunTable | PlanTable) -> ColumnElement[bool]:
    """Select the runs of the workspace, under whichever token, and those of others into the same tenant."""
    scope = scope_of(head)
    tenant = tenant_of(session, keys, scope, Direction(head.direction).target)
    return or_(within(RunTable, scope), col(RunTable.tenant) == tenant)


def _chosen(plan_id: str) -> SelectOfScalar[str]:
    ticked = select(SelectionRow.position).where(SelectionRow.plan_id == plan_id)
    return select(PlanRowTable.content).where(
        PlanRowTable.plan_id == plan_id, col(PlanRowTable.position).in_(ticked)
    )


def _not_reached(run_id: str) -> SelectOfScalar[str]:
    return select(LedgerTable.content).where(
        LedgerTable.run_id == run_id, LedgerTable.kind == OutcomeKind.SKIPPED
    )


def _is_told(but_of: str) -> ColumnElement[bool]:
    of_others = col(RunTable.undo_of).is_distinct_from(but_of)
    return or_(_has_arrived(), and_(or_(_may_have_been_sent(), _is_open()), of_others))


def _has_arrived() -> ColumnElement[bool]:
    return col(LedgerTable.reason).in_(_ARRIVED)


def _may_have_been_sent() -> ColumnElement[bool]:
    """Select what nobody can tell of.

    A row that was sent in vain once and held back at the next attempt may have arrived the first time.
    """
    sent_before = and_(
        col(LedgerTable.attempts) > 0,
        col(LedgerTable.intent).is_not(None),
        col(LedgerTable.kind).in_((OutcomeKind.SUCCEEDED, OutcomeKind.HELD, OutcomeKind.SKIPPED)),
        col(LedgerTable.status) != Status.CREATE,
    )
    return or_(col(LedgerTable.kind) == OutcomeKind.UNKNOWN, sent_before)


def _is_open() -> ColumnElement[bool]:
    """Select what was sent and has no outcome yet."""
    return and_(col(LedgerTable.state) != DONE, col(LedgerTable.attempts) > 0)
