"""取り消し: what a run has written, as its ledger has kept it."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from storage.boxes import INTENT, WRITABLE
from storage.database import Database
from storage.errors import WhyNot
from storage.records import ENDED, RunHead
from storage.secrets import Keyring
from storage.tables import LedgerTable
from sync.diff import Status
from sync.outcome import OutcomeKind, Reason
from sync.undo import Written

_ARRIVED = (Reason.WRITTEN, Reason.CONFIRMED_BY_READING, Reason.WRITTEN_OTHERWISE)


class Undoing:
    """Tells what can be taken back."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self._database = database
        self._keys = keys

    def obstacle(self, run: RunHead) -> WhyNot | None:
        """Say why a run can't be taken back; None when it can."""
        if run.undo_of is not None:
            return WhyNot.AN_UNDO
        if run.state not in ENDED:
            return WhyNot.UNDER_WAY
        return None if self._has_written(run.id) else WhyNot.NOTHING

    def written(self, run_id: str) -> list[Written]:
        """Give the rows that a run has written, or may have, in the plan's order."""
        rows = select(LedgerTable.content, LedgerTable.intent).where(
            LedgerTable.run_id == run_id, _may_have_arrived()
        )
        with self._database.reading() as session:
            kept = session.exec(rows.order_by(col(LedgerTable.position))).all()
        return [self._opened(content, intent) for content, intent in kept]

    def _has_written(self, run_id: str) -> bool:
        rows = select(LedgerTable.position).where(LedgerTable.run_id == run_id, _may_have_arrived())
        with self._database.reading() as session:
            return session.exec(rows.limit(1)).first() is not None

    def _opened(self, content: str, intent: str | None) -> Written:
        changes = INTENT.open(self._keys, intent) if intent is not None else None
        return Written(WRITABLE.open(self._keys, content), changes)


def _may_have_arrived() -> ColumnElement[bool]:
    """Select what was written or may have been.

    A row that was sent in vain once and held back at the next attempt may have arrived the first time.
    """
    sent_before = and_(
        col(LedgerTable.attempts) > 0,
        col(LedgerTable.intent).is_not(None),
        col(LedgerTable.kind).in_((OutcomeKind.SUCCEEDED, OutcomeKind.HELD, OutcomeKind.SKIPPED)),
        col(LedgerTable.status) != Status.CREATE,
    )
    is_unknown = col(LedgerTable.kind) == OutcomeKind.UNKNOWN
    return or_(col(LedgerTable.reason).in_(_ARRIVED), is_unknown, sent_before)
