"""Gathers from the database what a screen shows; the views only lay it out."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.views.confirm import Confirm
from bot.views.facts import Placed
from bot.views.filter import Filter
from bot.views.later import Later
from bot.views.pick import PAGE_SIZE, PickScreen
from bot.views.pick_bulk import in_bulk
from bot.views.standing import needs_standing_check
from storage.errors import NotFound
from storage.plan_records import IndexEntry, PlanHead
from storage.records import Scope
from storage.run_records import OutcomeRow, RunHead
from storage.store import Store
from sync.calendar import Clock, closes_at, opens_at, today
from sync.diff import Create, Writable
from sync.fields import Field
from sync.model import Placement, System
from sync.outcome import OutcomeKind
from sync.placing import Part, place
from sync.plan import PlanRow
from sync.text import search_key

FIRST_SHOWN = 10
"""How many of the chosen people the last screen names."""
START_TAKES = timedelta(minutes=2)
PERSON_TAKES = {System.SMARTHR: timedelta(seconds=0.5), System.KINKAKUJI: timedelta(seconds=1.5)}
"""Rather more than a run needs: reading both sides first, then two calls a person at each system's pace. To
announce a pause that does not come harms less than the other way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which page of which list is asked for, and what is to be said with it."""

    filter: Filter = field(default_factory=Filter)
    page: int = 1
    note: str | None = None


def matching(index: Iterable[IndexEntry], wanted: Filter, ticked: Container[int]) -> list[IndexEntry]:
    """Give the entries that a filter lets through, in the plan's order."""
    key = search_key(wanted.query)
    return [
        entry
        for entry in index
        if (wanted.status is None or entry.status is wanted.status)
        and (not wanted.chosen or entry.position in ticked)
        and (not key or key in entry.key)
    ]


def chosen_at_once(head: PlanHead, entries: Iterable[IndexEntry], wanted: Filter) -> list[int]:
    """Give the positions of those whom "this page" and "all that match" choose."""
    statuses = in_bulk(wanted, lacks_people=bool(head.accepted))
    return [entry.position for entry in entries if entry.status in statuses]


def pick_screen(store: Store, head: PlanHead, turn: Turn, day: date) -> PickScreen:
    """Gather one page, as a new showing of the list; a page past the end gives the last one."""
    index, ticked = store.plans.index(head.id), store.plans.ticked(head.id)
    found = matching(index, turn.filter, ticked)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(1, turn.page), pages)
    shown = [entry.position for entry in found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return PickScreen(
        head=head,
        rows=tuple(store.plans.rows(head.id, shown)),
        ticked=ticked,
        filter=turn.filter,
        page=page,
        pages=pages,
        matching=len(found),
        matching_tickable=0 if turn.filter.chosen else len(chosen_at_once(head, found, turn.filter)),
        chosen=Counter(entry.status for entry in index if entry.position in ticked),
        revision=store.plans.next_revision(head.id),
        today=day,
        excesses=store.runs.excesses(head.id) if ticked else (),
        is_busy=head.undo_of is not None and store.runs.busy(head.scope, head.direction) is not None,
        note=turn.note,
    )


def confirm_screen(store: Store, head: PlanHead, clock: Clock) -> Confirm:
    """Gather what pressing the last button would do."""
    # First: what is ticked or placed otherwise from here on is not what is confirmed.
    choice = store.plans.chosen_fingerprint(head.id)
    rules = store.plans.load(head.scope, head.id).rules
    chosen = store.plans.rows(head.id, sorted(store.plans.ticked(head.id)))
    new = [place(row.difference.desired, rules) for row in chosen if isinstance(row.difference, Create)]
    now = clock()
    return Confirm(
        counts=Counter(row.difference.status for row in chosen),
        places=places(new),
        unplaced=sum(not each.is_complete_for(head.direction.target) for each in new),
        first=tuple(chosen[:FIRST_SHOWN]),
        writes_email=any(_writes_email(row) for row in chosen),
        standing_checks=sum(
            needs_standing_check(row.difference, head.direction, today(now)) for row in chosen
        ),
        pauses_at=_pauses_at(store, head, len(chosen), now),
        excesses=store.runs.excesses(head.id),
        choice=choice,
    )


def in_the_way(store: Store, scope: Scope, ahead: RunHead | None, clock: Clock) -> Later | None:
    """Tell what keeps a run from starting now: the run `ahead` of it, or 勤革時's closed hours."""
    now = clock()
    opening = opens_at(now, store.integrations.load(scope).closed_hours)
    if ahead is None and opening is None:
        return None
    return Later(ahead=ahead, opens_at=opening, now=now)


def places(new: Sequence[Placement]) -> tuple[Placed, ...]:
    """Count who is put where: part by part, the most first."""
    return tuple(
        Placed(part, choice, people)
        for part in Part
        for choice, people in Counter(getattr(each, part) for each in new).most_common()
        if choice is not None
    )


def _pauses_at(store: Store, head: PlanHead, people: int, now: datetime) -> datetime | None:
    """Say when 勤革時 closes, if that may be before so many people are written."""
    closing = closes_at(now, store.integrations.load(head.scope).closed_hours, guard=timedelta(0))
    longest = START_TAKES + people * PERSON_TAKES[head.direction.target]
    return closing if closing is not None and closing <= now + longest else None


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


def _writes_email(row: PlanRow) -> bool:
    if not isinstance(row.difference, Writable):
        return False
    return any(change.field is Field.EMAIL for change in row.difference.changes)
