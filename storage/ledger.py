"""The truth about a run, row by row: `sync.run.Ledger` in the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from storage.boxes import OUTCOME, WRITABLE
from storage.database import Database
from storage.identities import link_created
from storage.secrets import Keyring
from storage.statements import changed, found, scope_of
from storage.tables import LedgerTable, RunTable
from sync.calendar import Clock
from sync.identity import Link
from sync.model import Direction
from sync.outcome import Outcome
from sync.placing import Rule, place
from sync.run import LedgerRow, RowState

DONE = "done"
"""The third state of a row, beside `sync.run.RowState`'s two: it has an outcome."""


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
            rules = self._rules(session)
            ordered = rows.order_by(col(LedgerTable.position)).limit(limit)
            return [self._to_ledger_row(row, rules) for row in session.exec(ordered)]

    def claim(self, position: int) -> bool:
        """Mark a row SENT just before its write; False when it has an outcome already."""
        sent = {"state": RowState.SENT, "attempts": LedgerTable.attempts + 1, "claimed_at": self._clock()}
        return self._change(position, sent, col(LedgerTable.state).in_(RowState))

    def release(self, position: int) -> None:
        """Mark a row PENDING again: its write provably did not reach the target."""
        self._change(position, {"state": RowState.PENDING}, col(LedgerTable.state) == RowState.SENT)

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        """Close a row. The first outcome stays; a second one changes nothing.

        Somebody who was created is linked at once to whom they were created from.
        """
        done = {
            "state": DONE,
            "kind": outcome.kind,
            "reason": outcome.reason,
            "payload": OUTCOME.seal(self._keys, outcome),
            "done_at": self._clock(),
        }
        with self._database.writing() as session:
            closed = self._changed(session, position, done, col(LedgerTable.state) != DONE)
            if closed and outcome.remote_id:
                self._link(session, position, outcome.remote_id)

    def _rules(self, session: Session) -> Sequence[Rule]:
        return found(session.get(RunTable, self._run_id)).rules

    def _to_ledger_row(self, row: LedgerTable, rules: Sequence[Rule]) -> LedgerRow:
        difference = WRITABLE.open(self._keys, row.content)
        return LedgerRow(row.position, difference, place(difference.desired, rules), RowState(row.state))

    def _link(self, session: Session, position: int, created_id: str) -> None:
        run = found(session.get(RunTable, self._run_id))
        row = found(session.get(LedgerTable, (self._run_id, position)))
        source_id = WRITABLE.open(self._keys, row.content).desired.remote_id
        link = Link.between(source_id, created_id, Direction(run.direction))
        link_created(session, scope_of(run), link, self._clock())

    def _change(self, position: int, values: Mapping[str, Any], only_if: ColumnElement[bool]) -> bool:
        with self._database.writing() as session:
            return self._changed(session, position, values, only_if)

    def _changed(
        self, session: Session, position: int, values: Mapping[str, Any], only_if: ColumnElement[bool]
    ) -> bool:
        mine = and_(col(LedgerTable.run_id) == self._run_id, col(LedgerTable.position) == position)
        return changed(session, update(LedgerTable).where(mine, only_if).values(dict(values))) == 1


def outcome_of(keys: Keyring, row: LedgerTable) -> Outcome | None:
    """Give a row's outcome, None while it is open."""
    return OUTCOME.open(keys, row.payload) if row.payload is not None else None
