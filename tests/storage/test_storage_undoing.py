"""取り消し: what a run has written is kept with the values that it replaced."""

from datetime import timedelta

import pytest

from storage.errors import NotFound, WhyNot
from storage.ledger import RunLedger
from storage.records import PlanHead, RunHead, RunState
from storage.store import Store
from sync.diff import Change, Create, Writable
from sync.fields import Field
from sync.model import Direction
from sync.outcome import Outcome, Reason, failed, held, skipped, succeeded, unknown
from sync.plan import Plan
from sync.undo import Written
from tests.storage.builders import (
    ANNA,
    ELSEWHERE,
    NOON,
    SCOPE,
    TODAY,
    WHY,
    Watch,
    mixed_plan,
    plan_for,
    saved,
    start,
    started,
)

SENT = (Change(Field.HIRED_ON, "2021-04-01", "2020-04-01"),)
CREATED, UPDATED = 0, 1
"""The positions of the two who can be ticked in `mixed_plan`."""


def test_a_row_that_was_sent_can_be_taken_back_whatever_became_of_it(store: Store) -> None:
    lost = succeeded(Reason.CONFIRMED_BY_READING)
    for outcome in (
        succeeded(),
        lost,
        failed(Reason.WRITTEN_OTHERWISE),
        unknown(),
        held(Reason.TARGET_MOVED),
    ):
        run = started(store, justification=WHY)
        send(store.runs.ledger(run.id), UPDATED, outcome)
        assert store.undoing.written(run.id) == [Written(updated(), SENT)], outcome
        assert store.undoing.obstacle(end(store, run)) is None


def test_a_row_that_was_never_sent_or_was_refused_is_nothing_to_take_back(store: Store) -> None:
    already, moved = succeeded(Reason.ALREADY_THERE), held(Reason.TARGET_MOVED)
    for outcome in (already, moved, skipped(Reason.UNAVAILABLE)):
        run = started(store, justification=WHY)
        store.runs.ledger(run.id).save_outcome(UPDATED, outcome)
        assert store.undoing.written(run.id) == [], outcome
        assert store.undoing.obstacle(end(store, run)) is WhyNot.NOTHING
    for position in (CREATED, UPDATED):
        run = started(store, justification=WHY)
        send(store.runs.ledger(run.id), position, failed(Reason.REJECTED))
        assert store.undoing.written(run.id) == []


def test_whoever_was_created_is_told_of_too(store: Store) -> None:
    run = started(store)
    send(store.runs.ledger(run.id), CREATED, succeeded(remote_id="crew-1"))
    (created,) = store.undoing.written(run.id)
    assert isinstance(created.difference, Create)


def test_whoever_took_the_number_first_was_not_created_by_the_run(store: Store) -> None:
    run = started(store)
    send(store.runs.ledger(run.id), CREATED, held(Reason.NUMBER_TAKEN))
    assert store.undoing.written(run.id) == []


def test_of_a_run_from_before_it_was_kept_what_was_sent_is_not_known(store: Store) -> None:
    run = started(store)
    store.runs.ledger(run.id).save_outcome(UPDATED, succeeded())
    assert store.undoing.written(run.id) == [Written(updated(), None)]


def test_a_run_that_goes_on_or_takes_back_another_is_not_taken_back(store: Store) -> None:
    run = started(store)
    send(store.runs.ledger(run.id), UPDATED, succeeded())
    assert store.undoing.obstacle(store.runs.get(run.id)) is WhyNot.UNDER_WAY
    ended = end(store, run)
    assert store.undoing.obstacle(ended) is None
    undo = start(store, ticked(store, undoing(store, ended), again_plan()))
    send(store.runs.ledger(undo.id), 0, succeeded())
    assert store.undoing.obstacle(end(store, undo)) is WhyNot.AN_UNDO


def test_a_plan_that_takes_back_a_run_says_so_and_so_does_the_run_that_it_becomes(
    store: Store, watch: Watch
) -> None:
    original = end(store, started(store))
    watch.advance(timedelta(hours=3))
    head = undoing(store, original)
    assert (head.undo_of, head.original_at) == (original.id, NOON)
    undo = start(store, ticked(store, head, again_plan()))
    assert (undo.undo_of, undo.original_at) == (original.id, NOON)
    assert store.runs.load(SCOPE, undo.id) == undo


def test_another_workspaces_run_is_not_there_to_be_taken_back(store: Store) -> None:
    run = started(store)
    with pytest.raises(NotFound):
        store.plans.begin(ELSEWHERE, ANNA, Direction.PULL, TODAY, "V1", press="p", undo_of=run.id)


def test_a_list_that_takes_back_a_run_is_not_the_newest_list_of_differences(store: Store) -> None:
    original = started(store)
    ticked(store, undoing(store, original), again_plan())
    assert store.plans.newest_ready(SCOPE, Direction.PULL) is None


def undoing(store: Store, run: RunHead) -> PlanHead:
    return store.plans.begin(
        SCOPE, ANNA, Direction.PULL, TODAY, "V0002", press=f"undo {run.id}", undo_of=run.id
    )


def ticked(store: Store, head: PlanHead, plan: Plan) -> str:
    saved(store, head, plan)
    store.plans.tick(head.id, add=[row.position for row in plan.rows])
    return head.id


def again_plan() -> Plan:
    """Somebody who differs, and nobody who is new."""
    return plan_for("0002")


def updated() -> Writable:
    difference = mixed_plan().rows[UPDATED].difference
    assert isinstance(difference, Writable)
    return difference


def send(ledger: RunLedger, position: int, outcome: Outcome) -> None:
    ledger.claim(position, SENT)
    ledger.mark_sent(position)
    ledger.save_outcome(position, outcome)


def end(store: Store, run: RunHead) -> RunHead:
    store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
    return store.runs.get(run.id)
