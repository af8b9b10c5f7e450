"""What has happened to one person: outcomes of runs, and what somebody decided about them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from storage.boxes import OUTCOME
from storage.database import Database
from storage.persons import person_digest, person_digests
from storage.records import Scope
from storage.secrets import Box, Keyring
from storage.statements import within
from storage.tables import LedgerTable, PersonEventRow, RunTable
from sync.calendar import Clock
from sync.diff import Status
from sync.fields import Field
from sync.model import Direction, EmployeeNumber, System
from sync.outcome import Outcome


class PersonEventKind(StrEnum):
    """What can happen to a person."""

    OUTCOME = "outcome"
    """A run came to their row."""
    CONFIRMED = "confirmed"
    """Somebody said whose record is whose."""
    IGNORED = "ignored"
    APART = "apart"
    """Somebody said that nobody of the other system is they, so they are new there."""
    HEEDED = "heeded"
    """Such a decision was taken back."""
    SUPPRESSED = "suppressed"
    UNSUPPRESSED = "unsuppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a person, and why."""

    number: EmployeeNumber | None = field(repr=False)
    reason: str = field(default="", repr=False)
    direction: Direction | None = None
    system: System | None = None
    fields: tuple[Field, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEvent:
    """One thing that has happened to a person. Of an outcome: status, run and outcome; else the decision."""

    at: datetime
    by: str
    """The Slack user who pressed or decided."""
    kind: PersonEventKind
    direction: Direction | None = None
    status: Status | None = None
    outcome: Outcome | None = None
    run_id: str | None = None
    original_at: datetime | None = None
    """Of a run that takes back another: when that one was started."""
    decision: Decision | None = None


DECISION = Box(TypeAdapter(Decision))


class Events:
    """Tells what has happened to a person."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def of_person(self, scope: Scope, number: EmployeeNumber, limit: int = 5) -> list[PersonEvent]:
        """Give the last events of whoever has or had this number, the newest first."""
        persons = person_digests(self._keys, scope, number)
        with self._database.reading() as session:
            happened = [
                *self._outcomes(session, scope, persons, limit),
                *self._decisions(session, scope, persons, limit),
            ]
        return sorted(happened, key=lambda event: event.at, reverse=True)[:limit]

    def note(
        self, session: Session, scope: Scope, kind: PersonEventKind, by: str, decision: Decision
    ) -> None:
        """Keep a decision, in the transaction that carries it out."""
        session.add(
            PersonEventRow(
                id=uuid4().hex,
                enterprise_id=scope.enterprise_id,
                team_id=scope.team_id,
                person=person_digest(self._keys, scope, decision.number),
                kind=kind,
                by=by,
                at=self._clock(),
                payload=DECISION.seal(self._keys, decision),
            )
        )

    def _outcomes(
        self, session: Session, scope: Scope, persons: tuple[str, ...], limit: int
    ) -> list[PersonEvent]:
        theirs = (
            select(LedgerTable, RunTable)
            .join(RunTable)
            .where(within(LedgerTable, scope), col(LedgerTable.person).in_(persons))
            .where(col(LedgerTable.done_at).is_not(None))
        )
        newest = theirs.order_by(col(LedgerTable.done_at).desc()).limit(limit)
        return [self._outcome(row, run) for row, run in session.exec(newest)]

    def _outcome(self, row: LedgerTable, run: RunTable) -> PersonEvent:
        return PersonEvent(
            at=row.done_at or run.created_at,
            by=run.user_id,
            kind=PersonEventKind.OUTCOME,
            direction=Direction(run.direction),
            status=Status(row.status),
            outcome=OUTCOME.open(self._keys, row.payload or ""),
            run_id=run.id,
            original_at=run.original_at,
        )

    def _decisions(
        self, session: Session, scope: Scope, persons: tuple[str, ...], limit: int
    ) -> list[PersonEvent]:
        theirs = select(PersonEventRow).where(
            within(PersonEventRow, scope), col(PersonEventRow.person).in_(persons)
        )
        newest = theirs.order_by(col(PersonEventRow.at).desc()).limit(limit)
        return [self._decision(row) for row in session.exec(newest)]

    def _decision(self, row: PersonEventRow) -> PersonEvent:
        decision = DECISION.open(self._keys, row.payload)
        return PersonEvent(
            at=row.at,
            by=row.by,
            kind=PersonEventKind(row.kind),
            direction=decision.direction,
            decision=decision,
        )
