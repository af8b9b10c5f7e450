"""Decides about one row by what source and target hold now. Pure: nothing here reads or writes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from sync.diff import Change, Create, Respelled, Update, Writable, wanted
from sync.fields import Field, Value
from sync.ledger import LedgerRow
from sync.model import Employee, Placement, Post, PostKind, System
from sync.outcome import Moved, Outcome, OutcomeKind, Reason, failed, held, succeeded, unknown
from sync.resemblance import Resemblance, resemble
from sync.text import compare, same


def source_verdict(difference: Writable, now: Employee | None, as_of: date) -> Outcome | None:
    """Hold a row whose source is no longer what was shown; None when it still is."""
    seen = difference.desired
    if now is None or (seen.enrolled_on(as_of) and not now.enrolled_on(as_of)):
        return held(Reason.SOURCE_GONE)
    fields = (Field.NUMBER, *_portrait(now, seen), *(change.field for change in difference.changes))
    moved = tuple(_moved({field: wanted(seen, field) for field in fields}, now, wanted))
    return held(Reason.SOURCE_MOVED, moved) if moved else None


def target_verdict(row: LedgerRow, found: Sequence[Employee], target: System) -> Outcome | None:
    """Decide without writing, if the target as it is now decides; None when the row is to be written."""
    if not isinstance(row.difference, Create):
        outcome = _update_verdict(row.difference, found)
        # Sent once, and not as it was shown any more: nobody can tell whether ours came before theirs.
        return unknown() if outcome is not None and row.sends else outcome
    if found:
        return held(Reason.NUMBER_TAKEN)
    return None if row.placement.is_complete_for(target) else failed(Reason.PLACEMENT_GONE)


def what_arrived(row: LedgerRow, found: Sequence[Employee]) -> Outcome | None:
    """Say by reading what became of a write without an answer; None while it has not arrived."""
    if len(found) == 1:
        outcome = written_verdict(row, found[0])
        if outcome.kind is OutcomeKind.SUCCEEDED:
            return replace(outcome, reason=Reason.CONFIRMED_BY_READING)
        if outcome.reason is Reason.PLACED_OTHERWISE:
            return outcome
    # Somebody else may have come to have the number, or the same person twice: a person has to look.
    return unknown() if isinstance(row.difference, Create) and found else None


def to_write(difference: Writable, now: Employee) -> tuple[Change, ...]:
    """Give the changes that a record does not have yet, each with the value that it has now."""
    return tuple(
        Change(change.field, old := change.field.of(now), change.new, compare(change.field, old, change.new))
        for change in difference.changes
        if not _is_written(change, now)
    )


def written_verdict(row: LedgerRow, written: Employee) -> Outcome:
    """Compare a record with what was meant to be written into it and, of somebody new, where."""
    difference = row.difference
    otherwise = tuple(change.field for change in to_write(difference, written))
    if not isinstance(difference, Create):
        return failed(Reason.WRITTEN_OTHERWISE, otherwise) if otherwise else succeeded()
    if written.number != difference.desired.number:
        otherwise = (Field.NUMBER, *otherwise)
    created = written.remote_id
    if otherwise:
        return failed(Reason.WRITTEN_OTHERWISE, otherwise, remote_id=created)
    if _is_elsewhere(row.placement, written.posts):
        return failed(Reason.PLACED_OTHERWISE, remote_id=created)
    return succeeded(remote_id=created)


def _is_elsewhere(placement: Placement, posts: Sequence[Post]) -> bool:
    """Tell whether somebody stands in another place than was chosen; what is not told is not compared."""
    chosen = {
        PostKind.ESTABLISHMENT: placement.establishment,
        PostKind.DIVISION: placement.division,
        PostKind.CATEGORY: placement.category,
    }
    places = ((post, chosen.get(post.kind)) for post in posts)
    return any(place is not None and post.code != place.code for post, place in places)


def _update_verdict(difference: Update | Respelled, found: Sequence[Employee]) -> Outcome | None:
    if not found:
        return held(Reason.TARGET_GONE)
    seen, (now,) = difference.existing, found
    missing = to_write(difference, now)
    if not missing and now.number == seen.number:
        return succeeded(Reason.ALREADY_THERE)
    fields = (Field.NUMBER, *_portrait(now, seen, difference.desired), *(change.field for change in missing))
    moved = (
        *_moved({field: field.of(seen) for field in fields}, now, _value),
        *(_same(change.field, now) for change in missing if stands_elsewhere(change.field, seen, now)),
    )
    return held(Reason.TARGET_MOVED, moved) if moved else None


def stands_elsewhere(field: Field, seen: Employee, now: Employee) -> bool:
    """Tell whether the legal name is read now and ビジネスネーム was before, or the other way round."""
    return any(field in names and flag(seen) != flag(now) for names, flag in _NAMES)


_NAMES = (
    (frozenset({Field.LAST_NAME, Field.LAST_NAME_KANA}), attrgetter("last_name_is_business")),
    (frozenset({Field.FIRST_NAME, Field.FIRST_NAME_KANA}), attrgetter("first_name_is_business")),
)


def _same(field: Field, now: Employee) -> Moved:
    """Name a field that reads the same, although it is another one of the target's."""
    return Moved(field, field.of(now), field.of(now))


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


def _is_written(change: Change, now: Employee) -> bool:
    """Tell whether the target has what was meant: to the letter, or in another kana than before."""
    value = change.field.of(now)
    return value == change.new or (value != change.old and same(change.field, change.new, value))
