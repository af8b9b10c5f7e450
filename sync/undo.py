"""取り消し: a plan that puts back what a run has written, each field that is still as the run left it.

make_undo(basis, what was written, the target's people as they are now) → Plan

Nobody is deleted: whoever the run has created stays, and with them 所属 and 雇用区分, which are written at
creation only. What somebody has edited since stays as they left it, and so does what a later run has written,
also where it is the same value again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sync.diff import Blocked, BlockReason, Change, Create, Difference, Unchanged, Update, Writable
from sync.fields import NOT_CLEARABLE, Field
from sync.model import Employee
from sync.plan import Basis, Plan, in_order
from sync.text import compare
from sync.verdicts import stands_elsewhere


@dataclass(frozen=True, slots=True)
class Written:
    """A row of a run that was written, or may have been."""

    difference: Writable
    changes: tuple[Change, ...] | None
    """What was sent, each with the value that the target had until then; None where that was not kept."""
    rewritten: frozenset[Field] = frozenset()
    """The fields that a later run has written, or may have."""


class _Fate(StrEnum):
    """What becomes of one field."""

    PUT_BACK = "put_back"
    BACK = "back"
    """The target has the old value already: it never arrived, or was put back."""
    EDITED = "edited"
    REWRITTEN = "rewritten"
    UNCLEARABLE = "unclearable"
    SUPPRESSED = "suppressed"


def record_ids(written: Iterable[Written]) -> list[str]:
    """Give the target's ids of the people who have to be read for `make_undo`."""
    updates = (each.difference for each in written if each.changes is not None)
    return sorted({each.existing.remote_id for each in updates if not isinstance(each, Create)})


def make_undo(
    basis: Basis,
    written: Sequence[Written],
    live: Iterable[Employee],
    made_at: datetime,
    *,
    target_size: int,
) -> Plan:
    """Plan to put back what a run of the same direction has written.

    `live` are the target's people as they are now, those with the `record_ids` at least; `target_size` is how
    many people the target has. Nothing is linked anew.
    """
    records = {person.remote_id: person for person in live}
    return Plan(
        direction=basis.direction,
        as_of=basis.as_of,
        made_at=made_at,
        rows=in_order(_difference(each, records, basis) for each in written),
        target_size=target_size,
    )


def _difference(written: Written, records: Mapping[str, Employee], basis: Basis) -> Difference:
    row = written.difference
    if isinstance(row, Create):
        return Blocked(desired=row.desired, reason=BlockReason.CREATED)
    record = records.get(row.existing.remote_id)
    # Under the source's id and number: by these links, decisions and the history know the person.
    found = replace(row.existing, remote_id=row.desired.remote_id, number=row.desired.number)
    obstacle = _obstacle(written, row.existing, record, basis)
    if obstacle is not None or record is None:
        return Blocked(desired=found, reason=obstacle or BlockReason.TARGET_GONE, existing=record)
    fates: dict[_Fate, list[Field]] = {}
    for change in written.changes or ():
        is_rewritten = change.field in written.rewritten
        fate = _fate(change, found, record, basis, is_rewritten=is_rewritten)
        fates.setdefault(fate, []).append(change.field)
    return _judged(found, record, written.changes or (), fates)


def _judged(
    found: Employee, record: Employee, changes: Iterable[Change], fates: Mapping[_Fate, Sequence[Field]]
) -> Difference:
    edited, rewritten, unclearable, suppressed = (
        tuple(fates.get(fate, ()))
        for fate in (_Fate.EDITED, _Fate.REWRITTEN, _Fate.UNCLEARABLE, _Fate.SUPPRESSED)
    )
    back = tuple(_back(each) for each in changes if each.field in fates.get(_Fate.PUT_BACK, ()))
    if back:
        return Update(
            desired=found,
            existing=record,
            changes=back,
            suppressed=suppressed,
            edited=edited,
            rewritten=rewritten,
            unclearable=unclearable,
        )
    if edited or rewritten or unclearable:
        return Blocked(
            desired=found,
            reason=BlockReason.EDITED_SINCE if edited or rewritten else BlockReason.NOT_CLEARABLE,
            existing=record,
            edited=edited,
            rewritten=rewritten,
            unclearable=unclearable,
        )
    return Unchanged(desired=found, existing=record, suppressed=suppressed)


def _back(change: Change) -> Change:
    return Change(change.field, change.new, change.old, compare(change.field, change.new, change.old))


def _obstacle(written: Written, seen: Employee, record: Employee | None, basis: Basis) -> BlockReason | None:
    if written.changes is None:
        return BlockReason.NOT_KEPT
    if {written.difference.desired.remote_id, seen.remote_id} & basis.ties.ignored:
        return BlockReason.IGNORED
    return BlockReason.TARGET_GONE if record is None else None


def _fate(change: Change, seen: Employee, record: Employee, basis: Basis, *, is_rewritten: bool) -> _Fate:
    """Decide about one field; `seen` is the record as the run was shown it."""
    now = change.field.of(record)
    if now == change.old:
        return _Fate.BACK
    if is_rewritten:
        return _Fate.REWRITTEN
    if now != change.new or stands_elsewhere(change.field, seen, record):
        return _Fate.EDITED
    if change.field in basis.terms.suppressed.get(seen.remote_id, ()):
        return _Fate.SUPPRESSED
    is_stuck = change.old is None and change.field in NOT_CLEARABLE[basis.direction.target]
    return _Fate.UNCLEARABLE if is_stuck else _Fate.PUT_BACK
