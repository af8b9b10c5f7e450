"""取り消し: what a run has written, as its ledger has kept it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from storage.boxes import INTENT, WRITABLE
from storage.database import Database
from storage.errors import WhyNot
from storage.heads import run_heads
from storage.rewriting import MOMENT, Place, last_written, may_have_arrived, record_of, rewritten_since
from storage.run_records import ENDED, RunHead
from storage.secrets import Keyring
from storage.statements import found
from storage.tables import LedgerTable, RunTable
from sync.fields import Field
from sync.undo import Written


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

    def undos(self, run_id: str) -> list[RunHead]:
        """Give the runs that take a run back, the oldest first."""
        theirs = select(RunTable).where(RunTable.undo_of == run_id)
        with self._database.reading() as session:
            oldest_first = session.exec(theirs.order_by(col(RunTable.created_at), col(RunTable.id)))
            return run_heads(session, self._keys, list(oldest_first))

    def written(self, run_id: str) -> list[Written]:
        """Give the rows that a run has written, or may have, in the plan's order. Raises NotFound."""
        with self._database.reading() as session:
            run = found(session.get(RunTable, run_id))
            rows = self._rows(session, run_id)
            later = self._later(session, run, rows)
        return [_marked(row, moment, later) for row, moment in rows]

    def rewritten(self, run_id: str) -> Mapping[int, tuple[Field, ...]]:
        """Give what other runs have written of an undo's open rows since it was started. Raises NotFound."""
        with self._database.reading() as session:
            return rewritten_since(session, self._keys, found(session.get(RunTable, run_id)))

    def _has_written(self, run_id: str) -> bool:
        rows = select(LedgerTable.position).where(LedgerTable.run_id == run_id, may_have_arrived())
        with self._database.reading() as session:
            return session.exec(rows.limit(1)).first() is not None

    def _rows(self, session: Session, run_id: str) -> list[tuple[Written, datetime]]:
        """Give the rows, each with the moment when it was written."""
        rows = select(LedgerTable.content, LedgerTable.intent, MOMENT).where(
            LedgerTable.run_id == run_id, may_have_arrived()
        )
        kept = session.exec(rows.order_by(col(LedgerTable.position)))
        return [(self._opened(content, intent), moment) for content, intent, moment in kept]

    def _later(
        self, session: Session, run: RunTable, rows: Sequence[tuple[Written, datetime]]
    ) -> Mapping[Place, datetime]:
        """Give when other runs have written last where this one has, since it began to."""
        if not rows:
            return {}
        return last_written(
            session,
            self._keys,
            run,
            since=min(moment for _, moment in rows),
            records={record_of(row.difference) for row, _ in rows},
            but_of=run.id,
        )

    def _opened(self, content: str, intent: str | None) -> Written:
        changes = INTENT.open(self._keys, intent) if intent is not None else None
        return Written(WRITABLE.open(self._keys, content), changes)


def _marked(row: Written, moment: datetime, later: Mapping[Place, datetime]) -> Written:
    """Mark the fields of a row that another run has written after it."""
    record = record_of(row.difference)
    fields = (change.field for change in row.changes or ())
    again = frozenset(field for field in fields if later.get((record, field), moment) > moment)
    return replace(row, rewritten=again) if again else row
