"""How much may be written in a day: the same answer for whoever looks and for whoever presses."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.plan_records import PlanHead
from storage.run_records import RunHead, RunState
from storage.store import Store
from sync.errors import IdentityChange, TooManyCreates, TooManyUpdates, UnsafePlan
from sync.identity import Link, Ties
from sync.limits import Excess, ExcessKind
from sync.outcome import Reason, failed, succeeded, unknown
from sync.plan import Plan
from sync.service import give_up
from tests.storage.builders import (
    BASIS,
    CHOICES,
    ELSEWHERE,
    SCOPE,
    TODAY,
    WHY,
    Watch,
    person,
    plan_between,
    ready,
    start,
    started,
)

FLOOR = 10


def test_the_most_that_is_usual_needs_no_reason(store: Store) -> None:
    head = ticked(store, creations(FLOOR))
    assert store.runs.excesses(head.id) == ()
    assert start(store, head.id).justification is None


@pytest.mark.parametrize("earlier", [0, 1, FLOOR])
def test_one_more_in_a_day_needs_a_reason_that_is_kept(store: Store, watch: Watch, earlier: int) -> None:
    if earlier:
        started(store, creations(earlier))
    watch.advance(timedelta(minutes=1))
    head = ticked(store, creations(FLOOR + 1 - earlier, first=100))
    assert store.runs.excesses(head.id) == (Excess(ExcessKind.CREATES, FLOOR + 1, FLOOR, 0),)
    for empty in (None, "", " \n"):
        with pytest.raises(TooManyCreates):
            start(store, head.id, empty)
    run = start(store, head.id, WHY)
    assert run.justification == store.runs.history(SCOPE, 0, 1)[0].justification == WHY
    assert WHY not in repr(run)


def test_what_was_not_written_does_not_count_and_what_may_have_been_does(store: Store) -> None:
    ledger = store.runs.ledger(started(store, creations(4)).id)
    for position, outcome in enumerate([succeeded(), failed(Reason.REJECTED), unknown()]):
        ledger.save_outcome(position, outcome)
    # written, perhaps written, still open: three
    assert store.runs.excesses(ticked(store, creations(7, first=100)).id) == ()
    over = ticked(store, creations(8, first=100))
    assert [each.count for each in store.runs.excesses(over.id)] == [11]


def test_a_day_ends_at_midnight_in_tokyo(store: Store, watch: Watch) -> None:
    carried_out(store, creations(FLOOR), FLOOR)
    watch.advance(timedelta(hours=12) - timedelta(seconds=1))
    head = ticked(store, creations(FLOOR, first=100))
    assert [each.count for each in store.runs.excesses(head.id)] == [2 * FLOOR]
    watch.advance(timedelta(seconds=1))
    assert store.runs.excesses(head.id) == ()
    start(store, head.id)


def test_whoever_is_written_after_midnight_counts_then_whenever_the_run_was_started(
    store: Store, watch: Watch
) -> None:
    run = carried_out(store, creations(FLOOR), 4)
    watch.advance(timedelta(hours=12))
    head = ticked(store, creations(FLOOR, first=100))
    assert [each.count for each in store.runs.excesses(head.id)] == [FLOOR + 6]  # still to be written
    store.runs.ledger(run.id).save_outcome(4, succeeded())
    store.runs.ledger(run.id).save_outcome(5, unknown())
    assert [each.count for each in store.runs.excesses(head.id)] == [FLOOR + 6]  # now or a minute ago
    give_up(store.runs.ledger(run.id), Reason.UNAVAILABLE)
    store.runs.set_state(run.id, RunState.STOPPED, moment=watch())
    assert [each.count for each in store.runs.excesses(head.id)] == [FLOOR + 2]
    with pytest.raises(TooManyCreates):
        start(store, head.id)


def test_updates_are_counted_apart_other_spellings_among_them(store: Store) -> None:
    started(store, creations(FLOOR))
    head = ticked(store, respellings(FLOOR + 1))
    assert store.runs.excesses(head.id) == (Excess(ExcessKind.UPDATES, FLOOR + 1, FLOOR, FLOOR + 1),)
    with pytest.raises(TooManyUpdates):
        start(store, head.id)


def test_only_what_is_ticked_counts(store: Store) -> None:
    head = ticked(store, creations(FLOOR + 1))
    store.plans.tick(head.id, remove=[0])
    assert store.runs.excesses(head.id) == ()


def test_another_workspaces_runs_do_not_count(store: Store) -> None:
    started(store, creations(FLOOR))
    theirs = store.plans.begin(ELSEWHERE, "U0BEN", BASIS.direction, TODAY, "V", press="t")
    store.plans.save(theirs.id, creations(1), CHOICES, terms="t")
    store.plans.tick(theirs.id, add=[0])
    assert store.runs.excesses(theirs.id) == ()


def test_every_decided_identity_needs_a_reason(store: Store) -> None:
    link = Link("record", "source", confirmed=True)
    decided = replace(BASIS, ties=Ties((link,)))
    renumbered = replace(person("0012", remote_id="record"), last_name="佐藤")
    plan = plan_between([person("0013", remote_id="source")], [renumbered], decided)
    head = ticked(store, plan)
    assert [entry.identity for entry in store.plans.index(head.id)] == [True]
    assert store.runs.excesses(head.id) == (Excess(ExcessKind.IDENTITIES, 1, 0, 1),)
    with pytest.raises(IdentityChange):
        start(store, head.id)
    assert start(store, head.id, WHY).total == 1


def test_plans_that_are_started_at_once_do_not_get_around_the_limit(store: Store) -> None:
    heads = [ticked(store, creations(3, first=100 * each)) for each in range(8)]
    with ThreadPoolExecutor(8) as pool:
        started_at_once = list(pool.map(lambda head: _pressed(store, head), heads))
    assert sum(run.total for run in started_at_once if run) == 9


def _pressed(store: Store, head: PlanHead) -> RunHead | None:
    try:
        return start(store, head.id)
    except UnsafePlan:
        return None


def carried_out(store: Store, plan: Plan, people: int) -> RunHead:
    """Start a run of everybody and write the first of them; it has ended when that is all."""
    run = started(store, plan)
    for position in range(people):
        store.runs.ledger(run.id).save_outcome(position, succeeded())
    if people == run.total:
        store.runs.set_state(run.id, RunState.FINISHED, moment=run.created_at)
    return run


def ticked(store: Store, plan: Plan) -> PlanHead:
    head = ready(store, plan)
    store.plans.tick(head.id, add=[row.position for row in plan.rows])
    return head


def creations(size: int, first: int = 0) -> Plan:
    return plan_between([person(f"{first + each:05}") for each in range(size)], [])


def respellings(size: int) -> Plan:
    people = [person(f"{each:05}") for each in range(size)]
    return plan_between(people, [replace(each, first_name="太 郎") for each in people])
