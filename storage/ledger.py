"""The truth about a run, row by row: `sync.ledger.Ledger` in the database.

What leads to a write is refused to whoever is not the run's holder: a process that was stopped for a while,
and whose run another one has taken over meanwhile, finds out before it sends anything. What became of a write
is kept whoever says so.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, update
from sqlmodel import Session, col, select

from storage.boxes import INTENT, OUTCOME, WRITABLE
from storage.database import Database
from storage.identities import link_created
from storage.run_records import OutcomeRow
from storage.secrets import Keyring
from storage.statements import changed, found, scope_of
from storage.tables import LedgerTable, RunTable
from sync.calendar import Clock
from sync.diff import Change, Status
from sync.errors import RunCancelled, RunTakenOver
from sync.identity import Link
from sync.ledger import LedgerRow, RowState
from sync.model import Direction
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.placing import Rule, place

DONE = "done"
"""The last state of a row, beside those of `sync.ledger.RowState`: it has an outcome."""
UNSENT = (RowState.PENDING, RowState.INTENT)
UNWRITTEN = (OutcomeKind.HELD, OutcomeKind.SKIPPED)
WRITTEN = (Reason.WRITTEN, Reason.CONFIRMED_BY_READING)
OTHERWISE = (Reason.WRITTEN_OTHERWISE, Reason.PLACED_OTHERWISE)
ARRIVED = (*WRITTEN, *OTHERWISE, Reason.ANSWER_LOST)
"""Why rows have ended whose write has arrived, or may have."""


class RunLedger:
    """One run's rows, as whoever has the key `holder` may change them. Every method is one transaction."""

    def __init__(
        self, database: Database, keys: Keyring, clock: Clock, run_id: str, holder: str | None
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._run_id = run_id
        self._holder = holder

    def load_open(self, limit: int | None = None) -> list[LedgerRow]:
        """Give the rows that are still to be written, PENDING or INTENT, in the plan's order."""
        return self._load(UNSENT, limit)

    def load_unanswered(self) -> list[LedgerRow]:
        """Give the rows that were sent and have no outcome."""
        return self._load((RowState.SENT,), None)

    def count_written(self) -> int:
        """Tell how many rows this run has written."""
        written = select(func.count()).where(
            LedgerTable.run_id == self._run_id, col(LedgerTable.reason).in_(WRITTEN)
        )
        with self._database.reading() as session:
            return session.exec(written).one()

    def has_written_otherwise(self) -> bool:
        """Tell whether a row of this run was written otherwise than meant."""
        otherwise = select(LedgerTable.position).where(
            LedgerTable.run_id == self._run_id, col(LedgerTable.reason).in_(OTHERWISE)
        )
        with self._database.reading() as session:
            return session.exec(otherwise.limit(1)).first() is not None

    def skip_unsent(self, outcome: Outcome) -> None:
        """Close every row that was not sent, without looking into it. Raises RunTakenOver."""
        self._close_all(UNSENT, outcome)

    def close_unanswered(self, outcome: Outcome) -> None:
        """Close every row that was sent and has no outcome, likewise. Raises RunTakenOver."""
        self._close_all((RowState.SENT,), outcome)

    def last_sent_at(self) -> datetime | None:
        """Tell when the last of the rows was sent that have no answer."""
        last = select(func.max(LedgerTable.sent_at)).where(
            LedgerTable.run_id == self._run_id, LedgerTable.state == RowState.SENT
        )
        with self._database.reading() as session:
            return session.exec(last).one()

    def claim(self, position: int, changes: Sequence[Change]) -> bool:
        """Keep what will be written; False when the row was sent or has an outcome already.

        Raises RunCancelled or RunTakenOver.
        """
        intent = {
            "state": RowState.INTENT,
            "intent": INTENT.seal(self._keys, tuple(changes)),
            "intended_at": self._clock(),
        }
        return self._change_as_holder(position, intent, col(LedgerTable.state).in_(UNSENT))

    def mark_sent(self, position: int) -> None:
        """Mark a claimed row SENT, right before its request goes out. Raises RunCancelled or RunTakenOver."""
        sent = {"state": RowState.SENT, "attempts": LedgerTable.attempts + 1, "sent_at": self._clock()}
        if not self._change_as_holder(position, sent, col(LedgerTable.state) == RowState.INTENT):
            raise RunTakenOver("the row is another process's")

    def release(self, position: int) -> None:
        """Mark a row PENDING again: its write provably did not reach the target."""
        was_sent = col(LedgerTable.state) == RowState.SENT
        pending = {
            "state": RowState.PENDING,
            "attempts": case((was_sent, LedgerTable.attempts - 1), else_=LedgerTable.attempts),
        }
        claimed = col(LedgerTable.state).in_((RowState.INTENT, RowState.SENT))
        with self._database.writing() as session:
            self._changed(session, position, pending, and_(claimed, self._is_holder()))

    def ask_again(self, position: int) -> None:
        """Mark a row PENDING again that was sent and, as reading has shown, has not arrived.

        Raises RunTakenOver.
        """
        pending = {"state": RowState.PENDING}
        with self._database.writing() as session:
            was_sent = col(LedgerTable.state) == RowState.SENT
            if not self._changed(session, position, pending, and_(was_sent, self._is_holder())):
                self._raise_if_taken_over(session)

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        """Close a row. The first outcome stays; a second one changes nothing.

        That a write has arrived is believed of whoever says so. Anything else only the run's holder can say,
        and that nothing was written only of a row that was not sent. Raises RunTakenOver. Somebody who was
        created is linked at once to whom they were created from.
        """
        with self._database.writing() as session:
            closed = self._changed(session, position, self._done(outcome), self._may_be_told(outcome))
            if closed and outcome.remote_id:
                self._link(session, position, outcome.remote_id)
            if not closed and outcome.kind is not OutcomeKind.SUCCEEDED:
                self._raise_if_taken_over(session)

    def _close_all(self, states: Collection[RowState], outcome: Outcome) -> None:
        theirs = and_(
            col(LedgerTable.run_id) == self._run_id, col(LedgerTable.state).in_(states), self._is_holder()
        )
        with self._database.writing() as session:
            session.execute(update(LedgerTable).where(theirs).values(self._done(outcome)))
            self._raise_if_taken_over(session)

    def _done(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "state": DONE,
            "kind": outcome.kind,
            "reason": outcome.reason,
            "payload": OUTCOME.seal(self._keys, outcome),
            "done_at": self._clock(),
        }

    def _may_be_told(self, outcome: Outcome) -> ColumnElement[bool]:
        state = col(LedgerTable.state)
        if outcome.kind is OutcomeKind.SUCCEEDED:
            return state != DONE
        if outcome.kind in UNWRITTEN:
            return and_(state.in_(UNSENT), self._is_holder())
        return and_(state != DONE, self._is_holder())

    def _load(self, states: Collection[RowState], limit: int | None) -> list[LedgerRow]:
        rows = select(LedgerTable).where(
            LedgerTable.run_id == self._run_id, col(LedgerTable.state).in_(states)
        )
        with self._database.reading() as session:
            rules = found(session.get(RunTable, self._run_id)).rules
            ordered = rows.order_by(col(LedgerTable.position)).limit(limit)
            return [self._to_ledger_row(row, rules) for row in session.exec(ordered)]

    def _to_ledger_row(self, row: LedgerTable, rules: Sequence[Rule]) -> LedgerRow:
        difference = WRITABLE.open(self._keys, row.content)
        return LedgerRow(
            row.position,
            difference,
            place(difference.desired, rules),
            RowState(row.state),
            row.attempts,
            row.sent_at,
            INTENT.open(self._keys, row.intent) if row.attempts and row.intent else (),
        )

    def _link(self, session: Session, position: int, created_id: str) -> None:
        run = found(session.get(RunTable, self._run_id))
        row = found(session.get(LedgerTable, (self._run_id, position)))
        source_id = WRITABLE.open(self._keys, row.content).desired.remote_id
        link = Link.between(source_id, created_id, Direction(run.direction))
        link_created(session, scope_of(run), link, self._clock())

    def _change_as_holder(
        self, position: int, values: Mapping[str, Any], only_if: ColumnElement[bool]
    ) -> bool:
        """Change a row if this process still carries the run out, and nobody has cancelled it."""
        with self._database.writing() as session:
            mine = and_(only_if, self._is_holder(), self._is_wanted())
            if self._changed(session, position, values, mine):
                return True
            self._raise_if_taken_over(session)
            if found(session.get(RunTable, self._run_id)).cancelled_at is not None:
                raise RunCancelled
            return False

    def _raise_if_taken_over(self, session: Session) -> None:
        if found(session.get(RunTable, self._run_id)).holder != self._holder:
            raise RunTakenOver("another process carries the run out")

    def _is_holder(self) -> ColumnElement[bool]:
        return exists().where(
            col(RunTable.id) == self._run_id, col(RunTable.holder).is_not_distinct_from(self._holder)
        )

    def _is_wanted(self) -> ColumnElement[bool]:
        return exists().where(col(RunTable.id) == self._run_id, col(RunTable.cancelled_at).is_(None))

    def _changed(
        self, session: Session, position: int, values: Mapping[str, Any], only_if: ColumnElement[bool]
    ) -> bool:
        mine = and_(col(LedgerTable.run_id) == self._run_id, col(LedgerTable.position) == position)
        return changed(session, update(LedgerTable).where(mine, only_if).values(dict(values))) == 1


def outcome_of(keys: Keyring, row: LedgerTable) -> Outcome | None:
    """Give a row's outcome, None while it is open."""
    return OUTCOME.open(keys, row.payload) if row.payload is not None else None


def outcome_row(keys: Keyring, row: LedgerTable, rules: Sequence[Rule]) -> OutcomeRow:
    """Give what a row was about, what became of it, and what was written."""
    person = WRITABLE.open(keys, row.content).desired
    return OutcomeRow(
        position=row.position,
        number=person.number,
        name=" ".join(part for part in (person.last_name, person.first_name) if part),
        status=Status(row.status),
        outcome=outcome_of(keys, row),
        placement=place(person, rules) if row.status == Status.CREATE else None,
        written=INTENT.open(keys, row.intent) if row.intent and row.reason in ARRIVED else (),
    )
