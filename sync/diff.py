"""What would happen to one person: a pure function of the two records.

diff(desired, existing, rules) → Create | Update | Unchanged | Blocked
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from sync.fields import COMPARED, KANA, NOT_CLEARABLE, REQUIRED_TO_CREATE, Field, Mode, Policies, Value
from sync.model import Employee, System
from sync.text import same, to_katakana


class Status(StrEnum):
    """The four things that a row can be."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"


class BlockReason(StrEnum):
    """Why a row must not be written."""

    NO_NUMBER = "no_number"
    NUMBER_TWICE_IN_SOURCE = "number_twice_in_source"
    NUMBER_TWICE_IN_TARGET = "number_twice_in_target"
    NUMBER_SPELLED_OTHERWISE = "number_spelled_otherwise"
    """The target has this number in another spelling: full-width digits, a space, another letter case."""
    NAME_MISSING = "name_missing"
    GENDER_MISSING = "gender_missing"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would be written."""

    field: Field
    old: Value
    new: Value

    def __repr__(self) -> str:
        """Hide the values: a repr ends in logs and tracebacks."""
        return f"Change({self.field})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """新規登録: the target has nobody with this number. `changes` holds every field that is written."""

    desired: Employee
    changes: tuple[Change, ...]
    status: Literal[Status.CREATE] = Status.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """差分あり: exactly `changes` are written. `kept` are left alone because the source is empty."""

    desired: Employee
    existing: Employee
    changes: tuple[Change, ...]
    kept: tuple[Field, ...] = ()
    status: Literal[Status.UPDATE] = Status.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """差分なし: nothing to do."""

    desired: Employee
    existing: Employee
    kept: tuple[Field, ...] = ()
    status: Literal[Status.UNCHANGED] = Status.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A row that must not be written, and why."""

    desired: Employee
    reason: BlockReason
    status: Literal[Status.BLOCKED] = Status.BLOCKED


Difference = Create | Update | Unchanged | Blocked
Writable = Create | Update


def diff(desired: Employee, existing: Employee | None, target: System, policies: Policies) -> Difference:
    """Compare a person of the source with the same person in the target.

    `desired` is the source's record, `existing` the target's or None. The number has been matched already.
    """
    if existing is None:
        return _create(desired, target, policies)
    changes = tuple(_changes(desired, existing, target, policies))
    kept = tuple(_kept(desired, existing, target, policies))
    if changes:
        return Update(desired=desired, existing=existing, changes=changes, kept=kept)
    return Unchanged(desired=desired, existing=existing, kept=kept)


def _create(desired: Employee, target: System, policies: Policies) -> Create | Blocked:
    written = {field: wanted(desired, field) for field in COMPARED if _is_linked(field, policies, target)}
    missing = {field for field in REQUIRED_TO_CREATE[target] if not written.get(field)}
    if missing == {Field.GENDER}:
        return Blocked(desired=desired, reason=BlockReason.GENDER_MISSING)
    if missing or not (desired.last_name or desired.first_name):
        return Blocked(desired=desired, reason=BlockReason.NAME_MISSING)
    changes = tuple(Change(field, None, value) for field, value in written.items() if value is not None)
    return Create(desired=desired, changes=changes)


def _changes(desired: Employee, existing: Employee, target: System, policies: Policies) -> Iterator[Change]:
    for field in COMPARED:
        old, new = field.of(existing), wanted(desired, field)
        if same(field, old, new) or (new is None and _keeps_blank(field, target, policies)):
            continue
        mode = policies[field].mode
        if mode is Mode.OVERWRITE or (mode is Mode.FILL_ONLY and old is None):
            yield Change(field, old, new)


def _kept(desired: Employee, existing: Employee, target: System, policies: Policies) -> Iterator[Field]:
    for field in COMPARED:
        emptied = wanted(desired, field) is None and field.of(existing) is not None
        if emptied and policies[field].mode is Mode.OVERWRITE and _keeps_blank(field, target, policies):
            yield field


def wanted(desired: Employee, field: Field) -> Value:
    """Give what the target should hold: the source's own text, kana alone as full-width katakana."""
    value = field.of(desired)
    return to_katakana(value) if value is not None and field in KANA else value


def _is_linked(field: Field, policies: Policies, target: System) -> bool:
    return policies[field].mode is not Mode.OFF or field in REQUIRED_TO_CREATE[target]


def _keeps_blank(field: Field, target: System, policies: Policies) -> bool:
    return policies[field].never_blank or field in NOT_CLEARABLE[target]
