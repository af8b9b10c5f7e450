"""結果: what became of one row of a run."""

from dataclasses import dataclass
from enum import StrEnum

from sync.fields import Field, Value


class OutcomeKind(StrEnum):
    """How a row ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    HELD = "held"
    """Not written, because a value is no longer what was shown."""
    SKIPPED = "skipped"
    """Not reached: the run stopped before it."""
    UNKNOWN = "unknown"
    """Sent, but the answer was lost and reading did not tell: a person has to look."""


class Reason(StrEnum):
    """Why a row ended as it did; every one has a sentence and a remedy for the user."""

    WRITTEN = "written"
    ALREADY_THERE = "already_there"
    CONFIRMED_BY_READING = "confirmed_by_reading"
    REJECTED = "rejected"
    PLACEMENT_GONE = "placement_gone"
    WRITTEN_OTHERWISE = "written_otherwise"
    """The target answered, but holds other values than were sent."""
    PLACED_OTHERWISE = "placed_otherwise"
    """The target has created the person, but in another place than was chosen."""
    SOURCE_MOVED = "source_moved"
    TARGET_MOVED = "target_moved"
    SOURCE_GONE = "source_gone"
    TARGET_GONE = "target_gone"
    NUMBER_TAKEN = "number_taken"
    """Somebody with this number has come to be in the target since the preview."""
    IGNORED_SINCE = "ignored_since"
    """Somebody has decided since the press that the person is not linked."""
    SUPPRESSED_SINCE = "suppressed_since"
    """Somebody has decided since the press that these fields stay as they are."""
    ANSWER_LOST = "answer_lost"
    CREDENTIALS_REJECTED = "credentials_rejected"
    UNAVAILABLE = "unavailable"
    COMPANY_CHANGED = "company_changed"
    """The accesses lead to another company than when the run was started."""
    CANCELLED = "cancelled"
    """Somebody ended the run before this row."""
    CANARY = "canary"
    """The run's first rows were not written as meant, so it stopped before this one."""
    INTERNAL = "internal"
    """A fault of Renkei's own; the log has it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that is no longer what was shown. Personal: for permitted people only."""

    field: Field
    shown: Value
    now: Value

    def __repr__(self) -> str:
        """Hide the values: a repr ends in logs and tracebacks."""
        return f"Moved({self.field})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    kind: OutcomeKind
    reason: Reason
    fields: tuple[Field, ...] = ()
    """The fields that the reason is about, for instance those that moved."""
    detail: tuple[str, ...] = ()
    """The remote's own sentences. They can quote personal values: for permitted people only."""
    moved: tuple[Moved, ...] = ()
    """Of a HELD row: what was seen, and what it was when it was to be written."""
    remote_id: str = ""
    """Of somebody who was created: their id in the target."""

    def __repr__(self) -> str:
        """Hide the detail: a repr ends in logs and tracebacks."""
        return f"Outcome({self.kind}, {self.reason})"


def succeeded(reason: Reason = Reason.WRITTEN, remote_id: str = "") -> Outcome:
    """Say that the target holds what was shown; `remote_id` is that of somebody who was created."""
    return Outcome(OutcomeKind.SUCCEEDED, reason, remote_id=remote_id)


def failed(
    reason: Reason, fields: tuple[Field, ...] = (), detail: tuple[str, ...] = (), remote_id: str = ""
) -> Outcome:
    """Say that the target did not take what was sent; `remote_id` is of somebody created all the same."""
    return Outcome(OutcomeKind.FAILED, reason, fields, detail, remote_id=remote_id)


def held(reason: Reason, moved: tuple[Moved, ...] = ()) -> Outcome:
    """Say that nothing was sent, because the row is no longer what was shown."""
    fields = tuple(each.field for each in moved)
    return Outcome(OutcomeKind.HELD, reason, fields, moved=moved)


def skipped(reason: Reason) -> Outcome:
    """Say that the run stopped before this row."""
    return Outcome(OutcomeKind.SKIPPED, reason)


def unknown() -> Outcome:
    """Say that nobody can tell whether the write arrived."""
    return Outcome(OutcomeKind.UNKNOWN, Reason.ANSWER_LOST)
