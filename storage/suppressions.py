"""この人のこの項目は今後も変更しない: single fields of single people that stay as they are in the target."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import col, select

from storage.boxes import TEXT
from storage.database import Database
from storage.events import Decision, Events, PersonEventKind
from storage.records import Scope
from storage.secrets import Keyring
from storage.statements import changed, upsert, within
from storage.tables import SuppressionRow
from sync.calendar import Clock, today
from sync.fields import Field
from sync.model import Direction, EmployeeNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A field of a person that stays as it is, who said so and why."""

    reason: str = field(repr=False)
    field: Field
    until: date | None
    """The last day on which it holds; None: until somebody takes it back."""
    by: str
    at: datetime


class Suppressions:
    """Keeps suppressions, by the person's id in the source."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock, events: Events) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._events = events

    def of(self, scope: Scope, direction: Direction, day: date) -> Mapping[str, frozenset[Field]]:
        """Give the fields of everybody that stay as they are on `day`, by the source's ids."""
        mine = select(SuppressionRow.remote_id, SuppressionRow.field).where(
            within(SuppressionRow, scope), SuppressionRow.direction == direction, _holds(day)
        )
        found: defaultdict[str, set[Field]] = defaultdict(set)
        with self._database.reading() as session:
            for remote_id, name in session.exec(mine):
                found[remote_id].add(Field(name))
        return {remote_id: frozenset(fields) for remote_id, fields in found.items()}

    def list(self, scope: Scope, direction: Direction, remote_id: str) -> list[Suppression]:
        """Give what is suppressed of one person today, in the order of the fields."""
        theirs = select(SuppressionRow).where(
            _of_person(scope, direction, remote_id), _holds(today(self._clock()))
        )
        with self._database.reading() as session:
            found = [self._opened(row) for row in session.exec(theirs)]
        return sorted(found, key=lambda each: list(Field).index(each.field))

    def add(  # noqa: PLR0913, PLR0917 - what is decided, of whom, by whom and why
        self,
        scope: Scope,
        direction: Direction,
        remote_id: str,
        fields: Collection[Field],
        until: date | None,
        by: str,
        reason: str,
        *,
        number: EmployeeNumber | None,
    ) -> None:
        """Leave these fields of a person as they are up to and including `until`, or for good.

        It takes the place of what was said of the same fields before. `number` is the person's in the source:
        by it the decision is found again.
        """
        decision = Decision(
            number=number, reason=reason, direction=direction, fields=tuple(fields), until=until
        )
        said: dict[str, Any] = {
            "enterprise_id": scope.enterprise_id,
            "team_id": scope.team_id,
            "direction": direction,
            "remote_id": remote_id,
            "until": until,
            "by": by,
            "added_at": self._clock(),
            "reason": TEXT.seal(self._keys, reason),
        }
        with self._database.writing() as session:
            for each in fields:
                upsert(session, SuppressionRow(field=each, **said))
            self._events.note(session, scope, PersonEventKind.SUPPRESSED, by, decision)

    def remove(  # noqa: PLR0913 - what is taken back, of whom and by whom
        self,
        scope: Scope,
        direction: Direction,
        remote_id: str,
        fields: Collection[Field],
        by: str,
        *,
        number: EmployeeNumber | None,
    ) -> None:
        """Let these fields of a person be written again; harmless when they are."""
        these = and_(_of_person(scope, direction, remote_id), col(SuppressionRow.field).in_(fields))
        decision = Decision(number=number, direction=direction, fields=tuple(fields))
        with self._database.writing() as session:
            if changed(session, delete(SuppressionRow).where(these)):
                self._events.note(session, scope, PersonEventKind.UNSUPPRESSED, by, decision)

    def erase_expired(self) -> int:
        """Erase what holds no more, and tell how many fields that was."""
        over = ~_holds(today(self._clock()))
        with self._database.writing() as session:
            return changed(session, delete(SuppressionRow).where(over))

    def _opened(self, row: SuppressionRow) -> Suppression:
        return Suppression(
            field=Field(row.field),
            until=row.until,
            by=row.by,
            reason=TEXT.open(self._keys, row.reason),
            at=row.added_at,
        )


def _holds(day: date) -> ColumnElement[bool]:
    return or_(col(SuppressionRow.until).is_(None), col(SuppressionRow.until) >= day)


def _of_person(scope: Scope, direction: Direction, remote_id: str) -> ColumnElement[bool]:
    return and_(
        within(SuppressionRow, scope),
        col(SuppressionRow.direction) == direction,
        col(SuppressionRow.remote_id) == remote_id,
    )
