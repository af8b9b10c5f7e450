"""Carries a plan's chosen rows out, from a ledger, so that it can be stopped and taken up anywhere.

recheck_source   once, and after every pause: rows whose source has moved are held
carry_out_chunk  again and again: target re-read → compare with what is decided and was shown → claim → write
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from sync.calendar import Clock
from sync.decided import Decided
from sync.diff import Change, Create, Respelled, Update, Writable, wanted
from sync.errors import (
    ClosedNow,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
)
from sync.fields import Field, Value
from sync.model import Employee, Placement, System
from sync.outcome import Moved, Outcome, Reason, failed, held, succeeded, unknown
from sync.remote import RemoteSystem
from sync.resemblance import Resemblance, resemble
from sync.text import number_key, same

CHUNK = 50
"""Rows per re-read of the target. A chunk takes 10 s at SmartHR's pace, where creations are looked up first,
and 30 s at 勤革時's."""
FRESH = timedelta(minutes=4)
"""How long a re-read of the target stands. A write may wait another minute for its turn, and five minutes are
the most that may lie between the two."""


class RowState(StrEnum):
    """Where a row of the ledger stands before it has an outcome."""

    PENDING = "pending"
    SENT = "sent"
    """Claimed for writing; after a crash the write may or may not have reached the target."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a run that has no outcome yet."""

    position: int
    difference: Writable
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
    """Read the chosen people again and hold every row whose values are no longer what the source has."""
    rows = ledger.load_open()
    ids = [row.difference.desired.remote_id for row in rows]
    people = {person.remote_id: person for person in source.fetch_again(as_of, ids)}
    for row in rows:
        outcome = _source_verdict(row.difference, people.get(row.difference.desired.remote_id), as_of)
        if outcome is not None and row.state is RowState.PENDING:
            ledger.save_outcome(row.position, outcome)


def carry_out_chunk(  # noqa: PLR0913 - from where, into what and by whose word
    ledger: Ledger,
    target: RemoteSystem,
    clock: Clock,
    size: int = CHUNK,
    after_row: Callable[[], None] = lambda: None,
    *,
    decided: Decided | None = None,
) -> bool:
    """Carry out the next rows; False when there are none left. What is `decided` by now holds rows back.

    Raises ClosedNow, RemoteUnavailable or CredentialsRejected with the rest of the rows still open; the
    second also when the target takes so long to be read that nothing could be written in time.
    """
    rows = ledger.load_open(size)
    if not rows:
        return False
    stale_at = clock() + FRESH
    live = _Live(_fetch_live(target, rows))
    if clock() >= stale_at:
        raise RemoteUnavailable(target.system, "reading takes longer than what was read stands")
    for row in rows:
        if clock() >= stale_at:  # the rest is left to a next chunk, which reads the target again
            break
        if decided is None or not _is_held(row, decided, ledger, target.system):
            _carry_out(row, live, ledger, target)
        after_row()
    return True


class _Live:
    """The target's people as they are now."""

    def __init__(self, people: Iterable[Employee]) -> None:
        self._by_id = {person.remote_id: person for person in people}

    def find(self, difference: Writable) -> list[Employee]:
        """Give the person that an update is for, or everybody who has a creation's number."""
        if not isinstance(difference, Create):
            person = self._by_id.get(difference.existing.remote_id)
            return [person] if person else []
        key = number_key(difference.desired.number or "")
        return [person for person in self._by_id.values() if number_key(person.number or "") == key]


def _fetch_live(target: RemoteSystem, rows: Sequence[LedgerRow]) -> list[Employee]:
    ids = [row.difference.existing.remote_id for row in rows if not isinstance(row.difference, Create)]
    numbers = [row.difference.desired.number or "" for row in rows if isinstance(row.difference, Create)]
    return target.fetch_live(ids, numbers)


def _source_verdict(difference: Writable, now: Employee | None, as_of: date) -> Outcome | None:
    seen = difference.desired
    if now is None or (seen.enrolled_on(as_of) and not now.enrolled_on(as_of)):
        return held(Reason.SOURCE_GONE)
    fields = (Field.NUMBER, *_portrait(now, seen), *(change.field for change in difference.changes))
    moved = tuple(_moved({field: wanted(seen, field) for field in fields}, now, wanted))
    return held(Reason.SOURCE_MOVED, moved) if moved else None


def _is_held(row: LedgerRow, decided: Decided, ledger: Ledger, target: System) -> bool:
    """Close a row that somebody has decided about; one that was sent is read again instead."""
    outcome = decided.verdict(row.difference, target) if row.state is RowState.PENDING else None
    if outcome is not None:
        ledger.save_outcome(row.position, outcome)
    return outcome is not None


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
    if not isinstance(row.difference, Create):
        return _update_verdict(row.difference, found)
    if row.state is RowState.SENT:
        return _resolve(row.difference, found)
    if found:
        return held(Reason.NUMBER_TAKEN)
    return None if row.placement.is_complete_for(target) else failed(Reason.PLACEMENT_GONE)


def _update_verdict(difference: Update | Respelled, found: Sequence[Employee]) -> Outcome | None:
    if not found:
        return held(Reason.TARGET_GONE)
    seen, (now,) = difference.existing, found
    missing = [change for change in difference.changes if not _is_written(change, now)]
    if not missing and now.number == seen.number:
        return succeeded(Reason.ALREADY_THERE)
    fields = (Field.NUMBER, *_portrait(now, seen, difference.desired), *(change.field for change in missing))
    moved = tuple(_moved({field: field.of(seen) for field in fields}, now, _value))
    return held(Reason.TARGET_MOVED, moved) if moved else None


def _portrait(now: Employee, *seen: Employee) -> tuple[Field, ...]:
    """Give by what a human being is known, if the record has become another one's; else nothing."""
    is_another = all(resemble(each, now) is Resemblance.ANOTHER for each in seen)
    return (Field.LAST_NAME, Field.FIRST_NAME, Field.BIRTH_DATE) if is_another else ()


def _moved(
    shown: Mapping[Field, Value], now: Employee, value: Callable[[Employee, Field], Value]
) -> Iterator[Moved]:
    pairs = ((field, seen, value(now, field)) for field, seen in shown.items())
    return (Moved(field, seen, found) for field, seen, found in pairs if seen != found)


def _value(person: Employee, field: Field) -> Value:
    return field.of(person)


def _write(row: LedgerRow, found: Sequence[Employee], target: RemoteSystem) -> Outcome:
    difference = row.difference
    try:
        if isinstance(difference, Create):
            values = {change.field: change.new for change in difference.changes}
            written = target.create(difference.desired.number or "", values, row.placement)
        else:  # addressed to them as they are now: what isn't linked may have moved
            values = {each.field: each.new for each in difference.changes if not _is_written(each, found[0])}
            written = target.update(found[0], values)
    except RemoteRejected as error:
        return failed(_refusal(row, target), detail=error.detail)
    otherwise = tuple(change.field for change in difference.changes if not _is_written(change, written))
    if otherwise:
        return failed(Reason.WRITTEN_OTHERWISE, otherwise)
    return succeeded(remote_id=_created_id(difference, written))


def _refusal(row: LedgerRow, target: RemoteSystem) -> Reason:
    """Say why a write was refused: by what the target has now, never by the words of its answer."""
    if not isinstance(row.difference, Create):
        return Reason.REJECTED
    try:
        choices = target.fetch_placement_choices()
    except RenkeiError:  # the refusal itself is certain, whatever else can't be read
        return Reason.REJECTED
    return Reason.REJECTED if choices.hold(row.placement) else Reason.PLACEMENT_GONE


def _resolve(difference: Writable, found: Sequence[Employee]) -> Outcome:
    """Decide by reading what became of a write whose answer was lost; never by sending it again."""
    if len(found) == 1 and all(_is_written(change, found[0]) for change in difference.changes):
        return succeeded(Reason.CONFIRMED_BY_READING, _created_id(difference, found[0]))
    return unknown()


def _created_id(difference: Writable, written: Employee) -> str:
    return written.remote_id if isinstance(difference, Create) else ""


def _is_written(change: Change, now: Employee) -> bool:
    """Tell whether the target has what was meant: to the letter, or in another kana than before."""
    value = change.field.of(now)
    return value == change.new or (value != change.old and same(change.field, change.new, value))
