"""Carries a plan's chosen rows out, from a ledger, so that it can be stopped and taken up anywhere.

recheck_source   once, and after every pause: rows whose source has moved are held
carry_out_chunk  again and again: target re-read → compare with what was shown → claim → write → read back
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sync.diff import Change, Create, Update, wanted
from sync.errors import (
    ClosedNow,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
)
from sync.fields import Field
from sync.model import Employee, Placement, System
from sync.outcome import Outcome, Reason, failed, held, succeeded, unknown
from sync.remote import RemoteSystem
from sync.text import number_key, same

CHUNK = 50
"""Rows per re-read of the target. A chunk takes 10 s at SmartHR's pace, where creations are looked up first,
and 30 s at 勤革時's: far below the five minutes that may lie between a re-read and a write."""


class RowState(StrEnum):
    """Where a row of the ledger stands before it has an outcome."""

    PENDING = "pending"
    SENT = "sent"
    """Claimed for writing; after a crash the write may or may not have reached the target."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a run that has no outcome yet."""

    position: int
    difference: Create | Update
    placement: Placement
    state: RowState = RowState.PENDING


class Ledger(Protocol):
    """The truth about a run, row by row. Every method is one short transaction."""

    def load_open(self, limit: int | None = None) -> Sequence[LedgerRow]:
        """Give rows without an outcome, in the plan's order."""

    def claim(self, position: int) -> bool:
        """Mark a row SENT just before its write; False when it has an outcome already."""

    def release(self, position: int) -> None:
        """Mark a row PENDING again: its write provably did not reach the target."""

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        """Close a row. The first outcome stays; a second one changes nothing."""


def recheck_source(ledger: Ledger, source: RemoteSystem, as_of: date) -> None:
    """Read the source again and hold every open row whose shown values are no longer what it has."""
    people = {person.remote_id: person for person in source.fetch_enrolled(as_of)}
    for row in ledger.load_open():
        outcome = _source_verdict(row.difference, people.get(row.difference.desired.remote_id))
        if outcome is not None and row.state is RowState.PENDING:
            ledger.save_outcome(row.position, outcome)


def carry_out_chunk(
    ledger: Ledger, target: RemoteSystem, size: int = CHUNK, after_row: Callable[[], None] = lambda: None
) -> bool:
    """Carry out the next rows; False when there are none left.

    Raises ClosedNow, RemoteUnavailable or CredentialsRejected with the rest of the rows still open.
    """
    rows = ledger.load_open(size)
    if not rows:
        return False
    live = _Live(_fetch_live(target, rows))
    for row in rows:
        _carry_out(row, live, ledger, target)
        after_row()
    return True


class _Live:
    """The target's people as they are now."""

    def __init__(self, people: Iterable[Employee]) -> None:
        self._by_id = {person.remote_id: person for person in people}

    def find(self, difference: Create | Update) -> list[Employee]:
        """Give the person that an update is for, or everybody who has a creation's number."""
        if isinstance(difference, Update):
            person = self._by_id.get(difference.existing.remote_id)
            return [person] if person else []
        key = number_key(difference.desired.number or "")
        return [person for person in self._by_id.values() if number_key(person.number or "") == key]


def _fetch_live(target: RemoteSystem, rows: Sequence[LedgerRow]) -> list[Employee]:
    ids = [row.difference.existing.remote_id for row in rows if isinstance(row.difference, Update)]
    numbers = [row.difference.desired.number or "" for row in rows if isinstance(row.difference, Create)]
    return target.fetch_live(ids, numbers)


def _source_verdict(difference: Create | Update, now: Employee | None) -> Outcome | None:
    if now is None:
        return held(Reason.SOURCE_GONE)
    moved = [
        change.field
        for change in difference.changes
        if not same(change.field, change.new, wanted(now, change.field))
    ]
    if now.number != difference.desired.number:
        moved.insert(0, Field.NUMBER)
    return held(Reason.SOURCE_MOVED, tuple(moved)) if moved else None


def _carry_out(row: LedgerRow, live: _Live, ledger: Ledger, target: RemoteSystem) -> None:
    found = live.find(row.difference)
    outcome = _target_verdict(row, found, target.system)
    if outcome is None:
        if not ledger.claim(row.position):
            return
        try:
            outcome = _write(row, found, target)
        except (ClosedNow, RemoteUnavailable, CredentialsRejected):
            ledger.release(row.position)
            raise
        except OutcomeUnknown:  # if reading fails too, the row stays SENT and is read again on resuming
            outcome = _resolve(row.difference, _Live(_fetch_live(target, [row])).find(row.difference))
    ledger.save_outcome(row.position, outcome)


def _target_verdict(row: LedgerRow, found: Sequence[Employee], target: System) -> Outcome | None:
    """Decide without writing, if the target as it is now decides; None when the row is to be written."""
    if isinstance(row.difference, Update):
        return _update_verdict(row.difference, found)
    if row.state is RowState.SENT:
        return _resolve(row.difference, found)
    if found:
        return held(Reason.NUMBER_TAKEN)
    return None if row.placement.is_complete_for(target) else failed(Reason.PLACEMENT_GONE)


def _update_verdict(difference: Update, found: Sequence[Employee]) -> Outcome | None:
    if not found or found[0].number != difference.existing.number:
        return held(Reason.TARGET_GONE)
    if _holds(found[0], difference.changes):
        return succeeded(Reason.ALREADY_THERE)
    moved = tuple(
        change.field
        for change in difference.changes
        if change.field.of(found[0]) not in (change.old, change.new)
    )
    return held(Reason.TARGET_MOVED, moved) if moved else None


def _write(row: LedgerRow, found: Sequence[Employee], target: RemoteSystem) -> Outcome:
    difference = row.difference
    values = {change.field: change.new for change in difference.changes}
    try:
        if isinstance(difference, Create):
            written = target.create(difference.desired.number or "", values, row.placement)
        else:
            written = target.update(found[0], values)  # as they are now: what isn't linked may have moved
    except RemoteRejected as error:
        return failed(_refusal(row, target), detail=error.detail)
    otherwise = tuple(c.field for c in difference.changes if not same(c.field, c.new, c.field.of(written)))
    return failed(Reason.WRITTEN_OTHERWISE, otherwise) if otherwise else succeeded()


def _refusal(row: LedgerRow, target: RemoteSystem) -> Reason:
    """Say why a write was refused: by what the target has now, never by the words of its answer."""
    if isinstance(row.difference, Update):
        return Reason.REJECTED
    try:
        choices = target.fetch_placement_choices()
    except RenkeiError:  # the refusal itself is certain, whatever else can't be read
        return Reason.REJECTED
    return Reason.REJECTED if choices.hold(row.placement) else Reason.PLACEMENT_GONE


def _resolve(difference: Create | Update, found: Sequence[Employee]) -> Outcome:
    """Decide by reading what became of a write whose answer was lost; never by sending it again."""
    if len(found) == 1 and _holds(found[0], difference.changes):
        return succeeded(Reason.CONFIRMED_BY_READING)
    return unknown()


def _holds(person: Employee, changes: Iterable[Change]) -> bool:
    return all(same(change.field, change.new, change.field.of(person)) for change in changes)
