"""Gathers from the database what a screen shows; the views only lay it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.views.confirm import Confirm
from bot.views.pick import PAGE_SIZE, Filter, PickScreen
from bot.views.standing import needs_standing_check
from storage.errors import NotFound
from storage.records import IndexEntry, OutcomeRow, PlanHead, RunHead
from storage.store import Store
from sync.calendar import Clock, closes_at, today
from sync.diff import Create, Status, Update
from sync.fields import Field
from sync.model import Placement
from sync.outcome import OutcomeKind
from sync.plan import PlanRow
from sync.text import search_key

FIRST_SHOWN = 10
"""How many of the chosen people the last screen names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which page of which list is asked for, and what is to be said with it."""

    filter: Filter = field(default_factory=Filter)
    page: int = 1
    note: str | None = None


def matching(index: tuple[IndexEntry, ...], wanted: Filter) -> list[IndexEntry]:
    """Give the entries that a filter lets through, in the plan's order."""
    key = search_key(wanted.query)
    return [
        entry
        for entry in index
        if (wanted.status is None or entry.status is wanted.status) and (not key or key in entry.key)
    ]


def pick_screen(store: Store, head: PlanHead, turn: Turn, day: date) -> PickScreen:
    """Gather one page, as a new showing of the list; a page past the end gives the last one."""
    found = matching(store.plans.index(head.id), turn.filter)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(1, turn.page), pages)
    shown = [entry.position for entry in found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    ticked = store.plans.ticked(head.id)
    return PickScreen(
        head=head,
        rows=tuple(store.plans.rows(head.id, shown)),
        ticked=ticked,
        filter=turn.filter,
        page=page,
        pages=pages,
        matching=len(found),
        matching_tickable=sum(entry.tickable for entry in found),
        selected=len(ticked),
        revision=store.plans.next_revision(head.id),
        today=day,
        note=turn.note,
    )


def confirm_screen(store: Store, head: PlanHead, clock: Clock) -> Confirm:
    """Gather what pressing the last button would do."""
    # First: what is ticked or placed otherwise from here on is not what is confirmed.
    choice = store.plans.chosen_fingerprint(head.id)
    placement = store.plans.load(head.scope, head.id).placement or Placement()
    chosen = store.plans.rows(head.id, sorted(store.plans.ticked(head.id)))
    now = clock()
    creates = sum(isinstance(row.difference, Create) for row in chosen)
    hours = store.integrations.load(head.scope).closed_hours
    return Confirm(
        creates=creates,
        updates=len(chosen) - creates,
        placement=placement,
        first=tuple(chosen[:FIRST_SHOWN]),
        writes_email=any(_writes_email(row) for row in chosen),
        standing_checks=sum(
            needs_standing_check(row.difference, head.direction, today(now)) for row in chosen
        ),
        closes_at=closes_at(now, hours, guard=timedelta(0)),
        choice=choice,
    )


def standing_checks(store: Store, run: RunHead, outcomes: Sequence[OutcomeRow]) -> frozenset[int]:
    """Give the positions of those written whose standing in SmartHR somebody has to look at.

    What was written is known as long as the plan is kept (24 hours); after that nobody is named.
    """
    written = [
        each.position for each in outcomes if each.outcome and each.outcome.kind is OutcomeKind.SUCCEEDED
    ]
    try:
        rows = store.plans.rows(run.plan_id, written)
    except NotFound:
        return frozenset()
    day = today(run.created_at)
    return frozenset(row.position for row in rows if needs_standing_check(row.difference, run.direction, day))


def ticked_creates(store: Store, head: PlanHead) -> int:
    """Count the ticked people who would be created."""
    ticked = store.plans.ticked(head.id)
    index = store.plans.index(head.id)
    return sum(entry.status is Status.CREATE and entry.position in ticked for entry in index)


def _writes_email(row: PlanRow) -> bool:
    if not isinstance(row.difference, Create | Update):
        return False
    return any(change.field is Field.EMAIL for change in row.difference.changes)
