"""The use cases, as sentences: preview · choose the retried · give up. Running is in `sync.run`."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sync.calendar import raise_if_out_of_range, today
from sync.fields import Policies
from sync.model import Direction
from sync.outcome import Reason, skipped, unknown
from sync.plan import People, Plan, make_plan
from sync.remote import RemoteSystem
from sync.run import Ledger, RowState


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """What an administrator asks to see."""

    direction: Direction
    as_of: date
    policies: Policies
    only: Collection[str] | None = None
    """Narrows the list to these employee numbers, for a retry."""


def preview(request: PreviewRequest, source: RemoteSystem, target: RemoteSystem, now: datetime) -> Plan:
    """Read both sides and compare them.

    Raises OutOfRange, ClosedNow, IncompleteFetch and every RemoteError.
    """
    raise_if_out_of_range(request.as_of, today(now))
    people = People(source.fetch_enrolled(request.as_of), target.fetch_everyone())
    plan = make_plan(request.direction, request.as_of, people, request.policies, now)
    return plan if request.only is None else _narrowed(plan, request.only)


def give_up(ledger: Ledger, reason: Reason) -> None:
    """Close every row that is still open: as not reached or, where a write was sent, as unknown."""
    for row in ledger.load_open():
        ledger.save_outcome(row.position, unknown() if row.state is RowState.SENT else skipped(reason))


def _narrowed(plan: Plan, only: Collection[str]) -> Plan:
    rows = tuple(row for row in plan.rows if row.difference.desired.number in only)
    return replace(plan, rows=rows)
