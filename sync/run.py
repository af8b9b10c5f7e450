"""Carries a plan's chosen rows out, from a ledger, so that it can be stopped and taken up anywhere.

recheck_source     once, and after every pause: rows whose source has moved are held
carry_out_chunk    again and again: target re-read → compare with what is decided and was shown → write
settle_unanswered  at the beginning and the end (`sync.unanswered`): what became of writes without an answer
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sync.calendar import Clock
from sync.decided import Decided
from sync.diff import Change, Create
from sync.errors import (
    CanaryFailed,
    ClosedNow,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
    RunEnded,
    TooManyRequests,
)
from sync.fields import Field
from sync.ledger import Ledger, LedgerRow
from sync.live import Live, fetch_live
from sync.model import Employee
from sync.outcome import Outcome, OutcomeKind, Reason, failed
from sync.remote import RemoteSystem
from sync.side_by_side import side_by_side
from sync.verdicts import source_verdict, target_verdict, to_write, what_arrived, written_verdict

CHUNK = 350
"""Rows per re-read of the target, at the most: 36 s of writing at SmartHR's pace and, within what FRESH
allows, three and a half minutes at 勤革時's. Writers stand still for half a second while it is read."""
FRESH = timedelta(minutes=4)
"""How long after a re-read of the target a write may be begun."""
A_TURN = timedelta(minutes=1)
"""How long a write may wait for its turn: five minutes are the most that may lie between the two."""
REFUSALS = 3
"""How often a write may be refused as one too many, with a moment between, before the run pauses."""
A_MOMENT = 5.0
"""Seconds. SmartHR asks for one when the calls of a second are used up."""
CANARIES = 3
"""The first rows of a run: each is read back before the next one is written."""
OTHERWISE = "one of the first rows was written otherwise"


class _TooLate(RenkeiError):
    """What was read no longer stands, and nothing was sent."""


def recheck_source(ledger: Ledger, source: RemoteSystem, as_of: date) -> None:
    """Read the chosen people again and hold every row whose values are no longer what the source has."""
    rows = ledger.load_open()
    if not rows:
        return
    ids = [row.difference.desired.remote_id for row in rows]
    people = {person.remote_id: person for person in source.fetch_again(as_of, ids)}
    for row in rows:
        outcome = source_verdict(row.difference, people.get(row.difference.desired.remote_id), as_of)
        if outcome is not None:
            ledger.save_outcome(row.position, outcome)


def carry_out_chunk(  # noqa: PLR0913 - from where, into what, by whose word and how many at once
    ledger: Ledger,
    target: RemoteSystem,
    clock: Clock,
    size: int = CHUNK,
    after_row: Callable[[], None] = lambda: None,
    *,
    decided: Decided | None = None,
    writers: int = 1,
) -> bool:
    """Carry out the next rows; False when there are none left. What is `decided` by now holds rows back.

    Raises ClosedNow, RemoteUnavailable, CredentialsRejected or a RunEnded with the rest of the rows still
    open; the second also when the target takes so long to be read that nothing could be written in time.
    """
    if ledger.count_written() < CANARIES and ledger.has_written_otherwise():
        raise CanaryFailed(OTHERWISE)  # whoever has found it so did not come to say it
    rows = ledger.load_open(size)
    if not rows:
        return False
    stale_at = clock() + FRESH
    chunk = _Chunk(ledger, target, fetch_live(target, rows), decided, clock, stale_at)
    if chunk.is_stale():
        raise RemoteUnavailable(target.system, "reading takes longer than what was read stands")

    def carry_out(row: LedgerRow) -> None:
        if not chunk.is_stale():  # the rest is left to a next chunk, which reads the target again
            chunk.carry_out(row)
            after_row()

    rest = iter(rows)
    while ledger.count_written() < CANARIES and (row := next(rest, None)) is not None:
        carry_out(row)
    chunk.reads_back = False
    side_by_side(rest, carry_out, writers)
    return True


@dataclass(slots=True)
class _Chunk:
    """Rows that are carried out on one re-read of the target."""

    ledger: Ledger
    target: RemoteSystem
    live: Live
    decided: Decided | None
    clock: Clock
    stale_at: datetime
    reads_back: bool = True

    def is_stale(self) -> bool:
        return self.clock() >= self.stale_at

    def carry_out(self, row: LedgerRow) -> None:
        found = self.live.find(row.difference)
        outcome = self._verdict(row, found)
        if outcome is not None:
            self.ledger.save_outcome(row.position, outcome)
            return
        try:
            self._write_when_let(row, found)
        except _TooLate:
            return  # it waited for its turn for so long: the next chunk reads it again

    def _verdict(self, row: LedgerRow, found: Sequence[Employee]) -> Outcome | None:
        """Decide without writing: by what has arrived, what somebody has decided, what the target has."""
        system, difference = self.target.system, row.difference
        arrived = what_arrived(row, found) if row.sends else None
        by_somebody = self.decided.verdict(difference, system) if self.decided else None
        return arrived or by_somebody or target_verdict(row, found, system)

    def _write_when_let(self, row: LedgerRow, found: Sequence[Employee]) -> None:
        """Write; again when it was one call too many for a moment: nothing was done."""
        for _ in range(REFUSALS):
            try:
                self._write(row, found)
            except TooManyRequests as refused:  # the pace keeps every call back as long as it said
                if refused.retry_after is None or refused.retry_after > A_MOMENT:
                    raise
            else:
                return
        self._write(row, found)

    def _write(self, row: LedgerRow, found: Sequence[Employee]) -> None:
        """Claim, write, and close the row; without an answer it stays SENT until reading tells."""
        difference = row.difference
        changes = difference.changes if isinstance(difference, Create) else to_write(difference, found[0])
        if not self.ledger.claim(row.position, _meant_in_all(row, changes)):
            return
        outcome: Outcome | None
        try:
            written = self._send(row, found, changes)
        except (ClosedNow, RemoteUnavailable, CredentialsRejected, RunEnded, _TooLate):
            self.ledger.release(row.position)
            raise
        except RemoteRejected as error:
            outcome = self._refused(row, error)
        except OutcomeUnknown:
            outcome = what_arrived(row, self._fetch(row))
        else:
            outcome = self._read_back(row, written)
        if outcome is not None:
            self.ledger.save_outcome(row.position, outcome)
            self._raise_if_canary_failed(outcome)

    def _send(self, row: LedgerRow, found: Sequence[Employee], changes: Sequence[Change]) -> Employee:
        values = {change.field: change.new for change in changes}
        sending = partial(self._mark_sent, row)
        if isinstance(row.difference, Create):
            number = row.difference.desired.number or ""
            return self.target.create(number, values, row.placement, sending)
        # Addressed to them as they are now: what isn't linked may have moved.
        return self.target.update(found[0], values, sending)

    def _mark_sent(self, row: LedgerRow) -> None:
        if self.clock() >= self.stale_at + A_TURN:
            raise _TooLate
        self.ledger.mark_sent(row.position)

    def _read_back(self, row: LedgerRow, written: Employee) -> Outcome:
        """Compare with what was meant: the answer and, of a canary, what a reading of its own shows."""
        answered = written_verdict(row, written)
        if not self.reads_back or answered.kind is not OutcomeKind.SUCCEEDED:
            return answered
        people = self.target.fetch_live([written.remote_id], [written.number or ""])
        found = [each for each in people if each.remote_id == written.remote_id]
        if not found:  # it was answered, and is not there
            return failed(Reason.WRITTEN_OTHERWISE, (Field.NUMBER,), remote_id=answered.remote_id)
        return written_verdict(row, found[0])

    def _fetch(self, row: LedgerRow) -> list[Employee]:
        return fetch_live(self.target, [row]).find(row.difference)

    def _refused(self, row: LedgerRow, error: RemoteRejected) -> Outcome:
        """Say that it was refused, unless what was sent before is why: it has arrived after all."""
        arrived = what_arrived(row, self._fetch(row)) if row.sends else None
        return arrived or failed(self._refusal(row), detail=error.detail)

    def _refusal(self, row: LedgerRow) -> Reason:
        """Say why a write was refused: by what the target has now, never by the words of its answer."""
        if not isinstance(row.difference, Create):
            return Reason.REJECTED
        try:
            choices = self.target.fetch_placement_choices()
        except RenkeiError:  # the refusal itself is certain, whatever else can't be read
            return Reason.REJECTED
        return Reason.REJECTED if choices.hold(row.placement) else Reason.PLACEMENT_GONE

    def _raise_if_canary_failed(self, outcome: Outcome) -> None:
        if self.reads_back and outcome.reason in {Reason.WRITTEN_OTHERWISE, Reason.PLACED_OTHERWISE}:
            raise CanaryFailed(OTHERWISE)


def _meant_in_all(row: LedgerRow, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Add what an earlier sending meant to write: it is to be put back, too, if the run is taken back."""
    meant = {change.field: change for change in (*row.meant, *changes)}
    return tuple(meant.values())
