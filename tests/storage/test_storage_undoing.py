"""取り消し: what a run has written is kept with the values that it replaced."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.errors import NotFound, WhyNot, WrittenSince
from storage.ledger import RunLedger
from storage.plan_records import PlanHead
from storage.run_records import RunHead, RunState
from storage.store import Store
from sync.diff import Change, Create, Update, Writable
from sync.fields import Field
from sync.model import Direction
from sync.outcome import Outcome, Reason, failed, held, skipped, succeeded, unknown
from sync.plan import Plan
from sync.undo import Written
from tests.storage.builders import (
    ANNA,
    CHOICES,
    ELSEWHERE,
    NOON,
    SCOPE,
    TERMS,
    TODAY,
    WHY,
    Watch,
    connect,
    mixed_plan,
    plan_for,
    saved,
    start,
    started,
)

SENT = (Change(Field.HIRED_ON, "2021-04-01", "2020-04-01"),)
MINUTE = timedelta(minutes=1)
CREATED, UPDATED = 0, 1
"""The positions of the two who can be ticked in `mixed_plan`."""


def test_a_row_that_was_sent_can_be_taken_back_whatever_became_of_it(store: Store) -> None:
    lost = succeeded(Reason.CONFIRMED_BY_READING)
    for outcome in (succeeded(), lost, failed(Reason.WRITTEN_OTHERWISE), unknown()):
        run = started(store, justification=WHY)
        send(store.runs.ledger(run.id), UPDATED, outcome)
        assert store.undoing.written(run.id) == [Written(updated(), SENT)], outcome
        assert store.undoing.obstacle(end(store, run)) is None


def test_a_row_that_was_sent_in_vain_and_then_held_back_may_have_arrived(store: Store) -> None:
    run = started(store)
    send(store.runs.ledger(run.id), UPDATED)
    store.runs.ledger(run.id).ask_again(UPDATED)
    store.runs.ledger(run.id).save_outcome(UPDATED, held(Reason.TARGET_MOVED))
    assert store.undoing.written(run.id) == [Written(updated(), SENT)]


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


@pytest.mark.parametrize("outcome", [succeeded(), failed(Reason.WRITTEN_OTHERWISE), unknown(), None], ids=str)
def test_what_a_later_run_has_written_or_perhaps_is_not_this_ones_any_more(
    store: Store, watch: Watch, outcome: Outcome | None
) -> None:
    first = imported(store, watch)
    second = imported(store, watch, outcome)
    assert store.undoing.written(first.id) == [Written(updated(), SENT, frozenset({Field.HIRED_ON}))]
    (row,) = store.undoing.written(second.id) or [Written(updated(), SENT)]
    assert row.rewritten == frozenset()


def test_what_a_later_run_has_not_written_is_still_this_ones(store: Store, watch: Watch) -> None:
    first = imported(store, watch)
    imported(store, watch, failed(Reason.REJECTED))
    for outcome in (succeeded(Reason.ALREADY_THERE), held(Reason.TARGET_MOVED), skipped(Reason.CANCELLED)):
        unsent = started(store, justification=WHY)
        store.runs.ledger(unsent.id).save_outcome(UPDATED, outcome)
    assert store.undoing.written(first.id) == [Written(updated(), SENT)]


def test_of_a_later_run_only_the_fields_that_it_has_written_count(store: Store, watch: Watch) -> None:
    first = imported(store, watch)
    imported(store, watch, changes=(Change(Field.EMAIL, None, "taro@example.com"),))
    assert store.undoing.written(first.id) == [Written(updated(), SENT)]


def test_a_later_run_is_found_by_the_record_whatever_number_the_person_has_by_then(
    store: Store, watch: Watch
) -> None:
    first = imported(store, watch)
    (row,) = [row for row in mixed_plan().rows if row.position == UPDATED]
    update = updated()
    assert isinstance(update, Update)
    renumbered = replace(update, desired=replace(update.desired, number="9002"))
    plan = replace(mixed_plan(), rows=(replace(row, position=0, difference=renumbered),))
    imported(store, watch, plan=plan, position=0)
    (written,) = store.undoing.written(first.id)
    assert written.rewritten == {Field.HIRED_ON}


def test_a_run_in_the_other_direction_writes_elsewhere(store: Store, watch: Watch) -> None:
    first = imported(store, watch)
    watch.advance(MINUTE)
    head = store.plans.begin(SCOPE, ANNA, Direction.PUSH, TODAY, "V0003", press="push")
    push = start(store, ticked(store, head, again_plan()))
    send(store.runs.ledger(push.id), 0, succeeded())
    assert store.undoing.written(first.id) == [Written(updated(), SENT)]


def test_what_an_undo_has_put_back_is_not_the_original_runs_any_more(store: Store, watch: Watch) -> None:
    first = imported(store, watch)
    watch.advance(MINUTE)
    undo = start(store, ticked(store, undoing(store, first), again_plan()))
    send(store.runs.ledger(undo.id), 0, succeeded())
    (written,) = store.undoing.written(first.id)
    assert written.rewritten == {Field.HIRED_ON}
    assert store.undoing.undos(first.id) == [store.runs.get(undo.id)]


def test_what_an_undo_has_perhaps_put_back_may_be_put_back_once_more(store: Store, watch: Watch) -> None:
    first = imported(store, watch)
    watch.advance(MINUTE)
    undo = start(store, ticked(store, undoing(store, first), again_plan()))
    send(store.runs.ledger(undo.id), 0, unknown())
    assert store.undoing.written(first.id) == [Written(updated(), SENT)]


def test_an_undo_does_not_start_once_another_run_has_written_what_it_would_put_back(
    store: Store, watch: Watch
) -> None:
    first = imported(store, watch)
    watch.advance(MINUTE)
    plan_id = ticked(store, undoing(store, first), again_plan())
    imported(store, watch)
    with pytest.raises(WrittenSince):
        start(store, plan_id)


def test_an_undo_is_not_taken_up_again_once_another_run_has_written_what_is_left_of_it(
    store: Store, watch: Watch
) -> None:
    first = imported(store, watch)
    watch.advance(MINUTE)
    undo = start(store, ticked(store, undoing(store, first), again_plan()))
    store.runs.ledger(undo.id).save_outcome(0, skipped(Reason.CANCELLED))
    store.runs.set_state(undo.id, RunState.CANCELLED, moment=watch())
    imported(store, watch)
    with pytest.raises(WrittenSince):
        store.runs.resume(SCOPE, undo.id, ANNA, terms=TERMS)
    assert store.runs.get(undo.id).state is RunState.CANCELLED


def test_an_undo_in_line_learns_what_whoever_stood_before_it_has_written_meanwhile(
    store: Store, watch: Watch
) -> None:
    first = imported(store, watch)
    confirmed = started(store, justification=WHY)
    watch.advance(MINUTE)
    undo = start(store, ticked(store, undoing(store, first), again_plan()))
    assert store.undoing.rewritten(undo.id) == {}
    watch.advance(MINUTE)
    send(store.runs.ledger(confirmed.id), UPDATED, succeeded())
    assert store.undoing.rewritten(undo.id) == {0: (Field.HIRED_ON,)}


@pytest.mark.parametrize(("tenant", "fields"), [("company", {Field.HIRED_ON}), ("another", set())])
def test_what_another_workspace_has_written_into_the_same_tenant_is_not_this_ones_any_more(
    store: Store, watch: Watch, tenant: str, fields: set[Field]
) -> None:
    connect(store, "company")
    connect(store, tenant, ELSEWHERE)
    first = imported(store, watch)
    watch.advance(MINUTE)
    head = store.plans.begin(ELSEWHERE, ANNA, Direction.PULL, TODAY, "V1", press="p")
    store.plans.save(head.id, again_plan(), CHOICES, terms=TERMS)
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    theirs = store.runs.start(ELSEWHERE, head.id, ANNA, choice=choice, terms=TERMS)
    send(store.runs.ledger(theirs.id), 0, succeeded())
    (written,) = store.undoing.written(first.id)
    assert written.rewritten == fields


def imported(  # noqa: PLR0913 - what is written, and what becomes of it
    store: Store,
    watch: Watch,
    outcome: Outcome | None = succeeded(),  # noqa: B008 - it is frozen
    *,
    plan: Plan | None = None,
    position: int = UPDATED,
    changes: tuple[Change, ...] = SENT,
) -> RunHead:
    """A run, a minute after whatever was before, that has sent one row."""
    watch.advance(MINUTE)
    run = started(store, plan, justification=WHY)
    send(store.runs.ledger(run.id), position, outcome, changes)
    return end(store, run) if outcome is not None else run


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


def send(
    ledger: RunLedger, position: int, outcome: Outcome | None = None, changes: tuple[Change, ...] = SENT
) -> None:
    ledger.claim(position, changes)
    ledger.mark_sent(position)
    if outcome is not None:
        ledger.save_outcome(position, outcome)


def end(store: Store, run: RunHead) -> RunHead:
    store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
    return store.runs.get(run.id)
