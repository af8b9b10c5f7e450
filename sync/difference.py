"""What a row of a plan can be: the five kinds of difference, and the words that they speak in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from sync.fields import Field, Value
from sync.model import Employee
from sync.text import Likeness


class Status(StrEnum):
    """What a row can be, in the order in which a plan lists them."""

    CREATE = "create"
    UPDATE = "update"
    VARIANT = "variant"
    """Nothing but other characters of the same name: 髙 and 高."""
    BLOCKED = "blocked"
    COSMETIC = "cosmetic"
    """差分なし（表記ゆれのみ）: nothing but width, spaces, kana, dashes, letter case."""
    UNCHANGED = "unchanged"


class BlockReason(StrEnum):
    """Why a row must not be written."""

    NO_NUMBER = "no_number"
    NUMBER_TWICE_IN_SOURCE = "number_twice_in_source"
    NUMBER_TWICE_IN_TARGET = "number_twice_in_target"
    NAME_MISSING = "name_missing"
    GENDER_MISSING = "gender_missing"
    UNSTORABLE = "unstorable"
    """The target can't hold a character; it is named, and never replaced."""
    CONTRADICTORY = "contradictory"
    """New to the target, but the source says both employed and resigned."""
    IGNORED = "ignored"
    """Somebody decided that this person is not linked."""
    NUMBERS_SWAPPED = "numbers_swapped"
    NUMBERS_ROTATED = "numbers_rotated"
    """The numbers of three or more people have changed places."""
    NUMBER_REUSED = "number_reused"
    """The number belonged to somebody who has left."""
    NUMBER_CHANGED = "number_changed"
    """The target has this person under another number."""
    REHIRED = "rehired"
    """The target has this person's record from an earlier employment."""
    ANOTHER_PERSON = "another_person"
    """The same number with another name and another birth date."""
    RECORD_GONE = "record_gone"
    """The target had a record of this person and has none now: deleted, or missing from its list."""
    CREATED = "created"
    """To be taken back, but the run has created this person: nobody is ever deleted."""
    TARGET_GONE = "target_gone"
    """To be taken back, but the target has the person no longer."""
    EDITED_SINCE = "edited_since"
    """To be taken back, but nothing that can be is still as the run left it."""
    NOT_CLEARABLE = "not_clearable"
    """To be taken back, but the field was empty, and the target lets it be emptied no more."""
    NOT_KEPT = "not_kept"
    """To be taken back, but what was written is not known: the run is older than the keeping of it."""


DOUBTS = frozenset(
    {
        BlockReason.NUMBERS_SWAPPED,
        BlockReason.NUMBERS_ROTATED,
        BlockReason.NUMBER_REUSED,
        BlockReason.NUMBER_CHANGED,
        BlockReason.REHIRED,
        BlockReason.ANOTHER_PERSON,
        BlockReason.RECORD_GONE,
    }
)
"""Who this is, is in doubt: a person decides."""


class Notice(StrEnum):
    """What somebody should know before ticking a row."""

    NUMBER_SPELLED_OTHERWISE = "number_spelled_otherwise"
    """The target has the number in another spelling: full-width digits, a space, another letter case."""
    HIRED_LATER = "hired_later"
    LEAVING = "leaving"
    MOVED = "moved"
    """The rules would put the person elsewhere than they are; an update does not move anybody."""
    RETIRED_WITHOUT_DATE = "retired_without_date"
    EMPLOYED_AFTER_LEAVING = "employed_after_leaving"
    IDENTITY_CONFIRMED = "identity_confirmed"
    """A person decided that these two records are one human being."""
    SET_APART = "set_apart"
    """A person decided that nobody of the target was this human being."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would be written or, folded away, could be."""

    field: Field
    old: Value
    new: Value
    likeness: Likeness = Likeness.DIFFERENT

    def __repr__(self) -> str:
        """Hide the values: a repr ends in logs and tracebacks."""
        return f"Change({self.field})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """新規登録: the target does not have this person. `changes` holds every field that is written."""

    desired: Employee
    changes: tuple[Change, ...]
    notices: tuple[Notice, ...] = ()
    status: Literal[Status.CREATE] = Status.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """差分あり: exactly `changes` are written."""

    desired: Employee
    existing: Employee
    changes: tuple[Change, ...]
    folded: tuple[Change, ...] = ()
    """Other spellings of the same: shown, and left as they are."""
    kept: tuple[Field, ...] = ()
    """Left alone because the source is empty."""
    suppressed: tuple[Field, ...] = ()
    """Left alone because somebody decided so for this person."""
    edited: tuple[Field, ...] = ()
    """Of an undo: left alone because the target holds another value than the run has written."""
    rewritten: tuple[Field, ...] = ()
    """Of an undo: left alone because a later run has written them too, whichever value."""
    unclearable: tuple[Field, ...] = ()
    """Of an undo: left alone because they were empty, and the target lets them be emptied no more."""
    notices: tuple[Notice, ...] = ()
    status: Literal[Status.UPDATE] = Status.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Respelled:
    """Nothing but other spellings of the same; `changes` are written when the row is ticked on purpose."""

    desired: Employee
    existing: Employee
    changes: tuple[Change, ...]
    kept: tuple[Field, ...] = ()
    suppressed: tuple[Field, ...] = ()
    notices: tuple[Notice, ...] = ()
    status: Literal[Status.COSMETIC, Status.VARIANT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """差分なし: nothing to do."""

    desired: Employee
    existing: Employee
    kept: tuple[Field, ...] = ()
    suppressed: tuple[Field, ...] = ()
    notices: tuple[Notice, ...] = ()
    status: Literal[Status.UNCHANGED] = Status.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A row that must not be written, and why."""

    desired: Employee
    reason: BlockReason
    existing: Employee | None = None
    """The target's record with this number, if there is one."""
    other: Employee | None = None
    """The target's record that seems to be this person's, if it is another one."""
    field: Field | None = None
    character: str = ""
    """Which field the reason is about, and the character that the target can't hold."""
    edited: tuple[Field, ...] = ()
    rewritten: tuple[Field, ...] = ()
    unclearable: tuple[Field, ...] = ()
    """Of an undo: as `Update` has them."""
    status: Literal[Status.BLOCKED] = Status.BLOCKED

    @property
    def is_doubt(self) -> bool:
        """Tell whether a person can decide who this is."""
        return self.reason in DOUBTS


Difference = Create | Update | Respelled | Unchanged | Blocked
Writable = Create | Update | Respelled
