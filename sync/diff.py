"""What would happen to one person: a pure function of the two records.

diff(desired, existing, target, terms) → Create | Update | Respelled | Unchanged | Blocked
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from operator import attrgetter

from sync.difference import DOUBTS as DOUBTS
from sync.difference import Blocked as Blocked
from sync.difference import BlockReason as BlockReason
from sync.difference import Change as Change
from sync.difference import Create as Create
from sync.difference import Difference as Difference
from sync.difference import Notice as Notice
from sync.difference import Respelled as Respelled
from sync.difference import Status as Status
from sync.difference import Unchanged as Unchanged
from sync.difference import Update as Update
from sync.difference import Writable as Writable
from sync.fields import COMPARED, KANA, NAMES, NOT_CLEARABLE, REQUIRED_TO_CREATE, Field, Mode, Value, as_value
from sync.making import maker
from sync.model import Employee, System
from sync.terms import Terms
from sync.text import Likeness, Repertoire, compare, to_katakana, unstorable


class Fate(StrEnum):
    """What happens to one field of a person whom both systems have."""

    EQUAL = "equal"
    WRITTEN = "written"
    FOLDED = "folded"
    """Another spelling of the same, not written unless on purpose."""
    KEPT = "kept"
    """The source is empty, and empties nothing."""
    FILLED = "filled"
    """Only an empty field would be written, and this one is not."""
    OFF = "off"
    SUPPRESSED = "suppressed"


def diff(desired: Employee, existing: Employee | None, target: System, terms: Terms) -> Difference:
    """Compare a person of the source with the same person in the target.

    `desired` is the source's record, `existing` the target's or None. Who is who has been decided already.
    """
    if existing is None:
        return _create(desired, target, terms)
    new, old = _compared_values(desired), _compared_values(existing)
    if new == old:
        return _unchanged(desired, existing, (), (), (), Status.UNCHANGED)
    fates: dict[Fate, list[Change]] = {}
    for field, one, other in zip(COMPARED, new, old, strict=True):
        if one != other:
            change = _change(field, as_value(other), as_value(one))
            fates.setdefault(fate_of(change, desired.remote_id, target, terms), []).append(change)
    return _compared(desired, existing, fates, terms)


def change_of(field: Field, desired: Employee, existing: Employee | None) -> Change:
    """Compare one field. What both have alike stays as it is, also kana that are not full-width katakana."""
    return _change(field, None if existing is None else field.of(existing), field.of(desired))


def fate_of(change: Change, remote_id: str, target: System, terms: Terms) -> Fate:
    """Say what happens to a field of the person of the source with this id, whom the target has."""
    policy, new = terms.policies[change.field], change.new
    if change.likeness is Likeness.EQUAL or _is_held_as_well_as_can_be(change, terms.repertoire):
        return Fate.EQUAL
    if change.field in terms.suppressed.get(remote_id, ()):
        return Fate.SUPPRESSED
    if policy.mode is Mode.OFF:
        return Fate.OFF
    if policy.mode is Mode.FILL_ONLY and change.old is not None:
        return Fate.FILLED
    if new is None and (policy.never_blank or change.field in NOT_CLEARABLE[target]):
        return Fate.KEPT
    is_written = change.likeness is Likeness.DIFFERENT or change.likeness in terms.spellings
    return Fate.WRITTEN if is_written else Fate.FOLDED


def fate_of_new(change: Change, remote_id: str, target: System, terms: Terms) -> Fate:
    """Say what happens to a field of somebody who is created: nobody is without what the target requires."""
    if change.new is None:
        return Fate.EQUAL
    if change.field in NEEDED[target]:
        return Fate.WRITTEN
    if change.field in terms.suppressed.get(remote_id, ()):
        return Fate.SUPPRESSED
    return Fate.OFF if terms.policies[change.field].mode is Mode.OFF else Fate.WRITTEN


def wanted(desired: Employee, field: Field) -> Value:
    """Give what the target should hold: the source's own text, kana alone as full-width katakana."""
    return _wanted(field, field.of(desired))


def _change(field: Field, old: Value, new: Value) -> Change:
    new = new if new == old else _wanted(field, new)
    return _made(field, old, new, compare(field, old, new))


def _wanted(field: Field, value: Value) -> Value:
    return to_katakana(value) if value is not None and field in KANA else value


def _compared(
    desired: Employee, existing: Employee, fates: Mapping[Fate, list[Change]], terms: Terms
) -> Difference:
    written, folded = tuple(fates.get(Fate.WRITTEN, ())), tuple(fates.get(Fate.FOLDED, ()))
    blocked = _unstorable(desired, existing, written or folded, terms)
    if blocked is not None:
        return blocked
    kept = tuple(change.field for change in fates.get(Fate.KEPT, ()))
    suppressed = tuple(change.field for change in fates.get(Fate.SUPPRESSED, ()))
    if written:
        return Update(
            desired=desired,
            existing=existing,
            changes=written,
            folded=folded,
            kept=kept,
            suppressed=suppressed,
        )
    if folded:
        has_variant = any(change.likeness is Likeness.VARIANT for change in folded)
        return Respelled(
            desired=desired,
            existing=existing,
            changes=folded,
            kept=kept,
            suppressed=suppressed,
            status=Status.VARIANT if has_variant else Status.COSMETIC,
        )
    return Unchanged(desired=desired, existing=existing, kept=kept, suppressed=suppressed)


def _create(desired: Employee, target: System, terms: Terms) -> Create | Blocked:
    missing = {field for field in REQUIRED_TO_CREATE[target] if not field.of(desired)}
    if missing == {Field.GENDER}:
        return Blocked(desired=desired, reason=BlockReason.GENDER_MISSING)
    if missing or not (desired.last_name or desired.first_name):
        return Blocked(desired=desired, reason=BlockReason.NAME_MISSING)
    values = zip(COMPARED, map(as_value, _compared_values(desired)), strict=True)
    compared = (_change(field, None, value) for field, value in values)
    changes = tuple(
        each for each in compared if fate_of_new(each, desired.remote_id, target, terms) is Fate.WRITTEN
    )
    return _unstorable(desired, None, changes, terms) or Create(desired=desired, changes=changes)


def _unstorable(
    desired: Employee, existing: Employee | None, changes: Sequence[Change], terms: Terms
) -> Blocked | None:
    """Block a row for the first character that the target can't hold."""
    if unstorable("".join(change.new or "" for change in changes), terms.repertoire) is None:
        return None
    for change in changes:
        character = unstorable(change.new or "", terms.repertoire)
        if character is not None:
            return Blocked(
                desired=desired,
                reason=BlockReason.UNSTORABLE,
                existing=existing,
                field=change.field,
                character=character,
            )
    return None


def _is_held_as_well_as_can_be(change: Change, repertoire: Repertoire) -> bool:
    """Tell whether the target has the same typed in the only way in which it can hold it."""
    return change.likeness is Likeness.COSMETIC and unstorable(change.new or "", repertoire) is not None


_compared_values = attrgetter(*(field.value for field in COMPARED))
_made, _unchanged = maker(Change), maker(Unchanged)
NEEDED = {target: NAMES | required for target, required in REQUIRED_TO_CREATE.items()}
