"""What became of writes without an answer: told by reading the target, never by sending blindly again."""

from datetime import datetime, timedelta

from sync.ledger import Ledger, LedgerRow
from sync.live import Live, fetch_live
from sync.outcome import unknown
from sync.remote import RemoteSystem
from sync.timeouts import Timeouts
from sync.verdicts import what_arrived

SETTLE_AFTER = timedelta(seconds=Timeouts().longest) + timedelta(minutes=1)
"""A write that reading does not find may still arrive: until its sender has given up, and a minute beyond.
Only then a row may be sent again."""
SENDS_MOST = 3
"""How often a row is sent without an answer before a person has to look."""


def settle_unanswered(
    ledger: Ledger, target: RemoteSystem, now: datetime, settle_after: timedelta = SETTLE_AFTER
) -> float | None:
    """Close the rows whose write has arrived; None when none is left without an answer.

    Else give the seconds until it is worth asking again; 0 when rows may be written again at once: what
    writes them reads the target once more before it does.
    """
    rows = ledger.load_unanswered()
    if not rows:
        return None
    live = fetch_live(target, rows)
    waits = [_settle(ledger, row, live, now, settle_after) for row in rows]
    return min((wait for wait in waits if wait is not None), default=None)


def settles_in(ledger: Ledger, now: datetime, settle_after: timedelta = SETTLE_AFTER) -> float:
    """Give the seconds until no write without an answer can arrive any more; 0 when none can."""
    last = ledger.last_sent_at()
    return 0.0 if last is None else (last + settle_after - now).total_seconds()


def give_up_unanswered(ledger: Ledger) -> None:
    """Close every row without an answer as unknown."""
    ledger.close_unanswered(unknown())


def _settle(
    ledger: Ledger, row: LedgerRow, live: Live, now: datetime, settle_after: timedelta
) -> float | None:
    outcome = what_arrived(row, live.find(row.difference))
    if outcome is None:
        settles_at = (row.sent_at or now) + settle_after
        if now < settles_at:
            return (settles_at - now).total_seconds()
        if row.sends < SENDS_MOST:
            ledger.ask_again(row.position)
            return 0.0
    ledger.save_outcome(row.position, outcome or unknown())
    return None
