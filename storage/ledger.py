"""The truth about a run, row by row: `sync.run.Ledger` in the database."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, TypeAdapter
from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from storage.database import Database
from storage.secrets import Box, Keyring
from storage.statements import changed, found
from storage.tables import LedgerTable, RunTable
from sync.calendar import Clock
from sync.diff import Create, Update, Writable
from sync.model import Placement
from sync.outcome import Outcome
from sync.run import LedgerRow, RowState

DONE = "done"
"""The third state of a row, beside `sync.run.RowState`'s two: it has an outcome."""
WRITABLE: Box[Create | Update] = Box(TypeAdapter(Annotated[Writable, Discriminator("status")]))
OUTCOME = Box(TypeAdapter(Outcome))


class RunLedger:
    """One run's rows. Every method is one short transaction."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock, run_id: str) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._run_id = run_id

    def load_open(self, limit: int | None = None) -> list[LedgerRow]:
        """Give rows without an outcome, in the plan's order."""
        rows = select(LedgerTable).where(LedgerTable.run_id == self._run_id, LedgerTable.state != DONE)
        with self._database.reading() as session:
            placement = self._placement(session)
            ordered = rows.order_by(col(LedgerTable.position)).limit(limit)
            return [self._to_ledger_row(row, placement) for row in session.exec(ordered)]

    def claim(self, position: int) -> bool:
        """Mark a row SENT just before its write; False when it has an outcome already."""
        sent = {"state": RowState.SENT, "attempts": LedgerTable.attempts + 1, "claimed_at": self._clock()}
        return self._change(position, sent, col(LedgerTable.state).in_(RowState))

    def release(self, position: int) -> None:
        """Mark a row PENDING again: its write provably did not reach the target."""
        self._change(position, {"state": RowState.PENDING}, col(LedgerTable.state) == RowState.SENT)

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        """Close a row. The first outcome stays; a second one changes nothing."""
        done = {
            "state": DONE,
            "kind": outcome.kind,
            "reason": outcome.reason,
            "payload": OUTCOME.seal(self._keys, outcome),
            "done_at": self._clock(),
        }
        self._change(position, done, col(LedgerTable.state) != DONE)

    def _placement(self, session: Session) -> Placement:
        return found(session.get(RunTable, self._run_id)).placement

    def _to_ledger_row(self, row: LedgerTable, placement: Placement) -> LedgerRow:
        difference = WRITABLE.open(self._keys, row.content)
        return LedgerRow(row.position, difference, placement, RowState(row.state))

    def _change(self, position: int, values: Mapping[str, Any], only_if: ColumnElement[bool]) -> bool:
        mine = and_(col(LedgerTable.run_id) == self._run_id, col(LedgerTable.position) == position)
        with self._database.writing() as session:
            statement = update(LedgerTable).where(mine, only_if).values(dict(values))
            return changed(session, statement) == 1


def outcome_of(keys: Keyring, row: LedgerTable) -> Outcome | None:
    """Give a row's outcome, None while it is open."""
    return OUTCOME.open(keys, row.payload) if row.payload is not None else None
