"""What a run remembers of each of its rows, so that it can be stopped and taken up anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sync.diff import Change, Writable
from sync.model import Placement
from sync.outcome import Outcome


class RowState(StrEnum):
    """Where a row stands before it has an outcome."""

    PENDING = "pending"
    INTENT = "intent"
    """Claimed: what will be written, and the old values that it expects, are kept. Nothing was sent."""
    SENT = "sent"
    """Sent, or this very moment about to be; without an answer only reading the target tells what became."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a run that has no outcome yet."""

    position: int
    difference: Writable
    placement: Placement
    state: RowState = RowState.PENDING
    sends: int = 0
    """How often it was sent without an answer."""
    sent_at: datetime | None = None
    """When it was sent last."""
    meant: tuple[Change, ...] = ()
    """What was meant to be written when it was sent: it may have arrived."""


class Ledger(Protocol):
    """The truth about a run, row by row. Every method is one short transaction."""

    def load_open(self, limit: int | None = None) -> Sequence[LedgerRow]:
        """Give the rows that are still to be written, PENDING or INTENT, in the plan's order."""

    def load_unanswered(self) -> Sequence[LedgerRow]:
        """Give the rows that were sent and have no outcome."""

    def count_written(self) -> int:
        """Tell how many rows this run has written."""

    def has_written_otherwise(self) -> bool:
        """Tell whether a row of this run was written otherwise than meant."""

    def skip_unsent(self, outcome: Outcome) -> None:
        """Close every row that was not sent, without looking into it. Raises RunTakenOver."""

    def close_unanswered(self, outcome: Outcome) -> None:
        """Close every row that was sent and has no outcome, likewise. Raises RunTakenOver."""

    def last_sent_at(self) -> datetime | None:
        """Tell when the last of the rows was sent that have no answer."""

    def claim(self, position: int, changes: Sequence[Change]) -> bool:
        """Keep what will be written; False when the row was sent or has an outcome already.

        Raises RunCancelled or RunTakenOver.
        """

    def mark_sent(self, position: int) -> None:
        """Mark a claimed row SENT, right before its request goes out. Raises RunCancelled or RunTakenOver."""

    def release(self, position: int) -> None:
        """Mark a row PENDING again: its write provably did not reach the target."""

    def ask_again(self, position: int) -> None:
        """Mark a row PENDING again that was sent and has not arrived, as reading has shown.

        Raises RunTakenOver.
        """

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        """Close a row. The first outcome stays; a second one changes nothing.

        Raises RunTakenOver for what only the run's holder can say.
        """
