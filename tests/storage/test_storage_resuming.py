"""中止 and 残りを再開する: a run ends between two rows, and whom it did not reach is written later, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.errors import NotFound, PlanExpired, TermsMoved
from storage.run_records import ENDED, RunHead, RunState
from storage.store import Store
from sync.diff import Change
from sync.errors import RunCancelled, StalePlan, TooManyCreates
from sync.fields import Field
from sync.limits import ExcessKind
from sync.outcome import OutcomeKind, Reason, failed, held, skipped, succeeded, unknown
from sync.plan import Plan
from sync.service import give_up, skip_open
from tests.storage.builders import (
    ANNA,
    CHOICES,
    ELSEWHERE,
    NOON,
    SCOPE,
    TERMS,
    WHY,
    Watch,
    person,
    plan_between,
    plan_of,
    started,
)

BEN = "U0BEN"
MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)


def test_a_cancelled_run_knows_who_ended_it_and_writes_nobody_more(store: Store, watch: Watch) -> None:
    run = started(store)
    watch.advance(MINUTE)
    cancelled = store.runs.cancel(SCOPE, run.id, BEN)
    assert (cancelled.cancelled_by, cancelled.cancelled_at) == (BEN, NOON + MINUTE)
    assert cancelled == store.runs.get(run.id)
    with pytest.raises(RunCancelled):
        store.runs.ledger(run.id).claim(0, ())


def test_the_first_who_cancels_is_remembered(store: Store, watch: Watch) -> None:
    run = started(store)
    first = store.runs.cancel(SCOPE, run.id, BEN)
    watch.advance(MINUTE)
    assert store.runs.cancel(SCOPE, run.id, ANNA) == first


def test_what_has_ended_is_not_cancelled(store: Store) -> None:
    for state in ENDED:
        run = started(store)
        store.runs.set_state(run.id, state, moment=NOON)
        assert store.runs.cancel(SCOPE, run.id, BEN).cancelled_at is None


def test_another_workspaces_run_is_neither_cancelled_nor_taken_up_again(store: Store) -> None:
    run = ended(store)
    with pytest.raises(NotFound):
        store.runs.cancel(ELSEWHERE, run.id, BEN)
    with pytest.raises(NotFound):
        store.runs.resume(ELSEWHERE, run.id, BEN, terms=TERMS)


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.STOPPED])
def test_those_who_were_not_reached_are_open_again_and_nobody_else(
    store: Store, watch: Watch, state: RunState
) -> None:
    run = ended(store, state)
    assert store.runs.is_resumable(run)
    watch.advance(MINUTE)
    again = resume(store, run)
    assert [row.position for row in store.runs.ledger(run.id).load_open()] == [4, 5]
    assert again.counts == {**dict.fromkeys(OutcomeKind, 1), OutcomeKind.SKIPPED: 0}
    assert (again.state, again.leg, again.resumed_by) == (RunState.QUEUED, 1, BEN)
    assert again.queued_at == NOON + MINUTE
    assert again == store.runs.get(run.id)


def test_what_was_told_of_the_first_leg_is_cleared(store: Store) -> None:
    run = started(store, plan_of(6))
    store.runs.save_message(run.id, "C0001", "1.0")
    store.runs.cancel(SCOPE, run.id, ANNA)
    give_up(store.runs.ledger(run.id), Reason.CANCELLED)
    store.runs.set_state(run.id, RunState.CANCELLED, reason="why", moment=NOON)
    store.runs.save_result(run.id, "C1", "2.0")
    again = resume(store, store.runs.get(run.id))
    told = (again.channel, again.message_ts, again.result_ts, again.reason, again.finished_at)
    assert (*told, again.cancelled_by, again.cancelled_at) == (None,) * 7
    store.runs.ledger(run.id).claim(0, ())


def test_the_time_between_two_legs_is_no_time_that_the_run_worked(store: Store, watch: Watch) -> None:
    run = started(store, plan_of(6))
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON)
    watch.advance(2 * MINUTE)
    give_up(store.runs.ledger(run.id), Reason.CANCELLED)
    store.runs.set_state(run.id, RunState.CANCELLED, moment=watch())
    watch.advance(60 * MINUTE)
    resume(store, run)
    watch.advance(5 * MINUTE)
    store.runs.set_state(run.id, RunState.RUNNING, moment=watch())
    going_on = store.runs.get(run.id)
    assert (going_on.started_at, going_on.waited) == (NOON, 65 * MINUTE)


def test_of_many_presses_at_once_one_takes_it_up_again(store: Store) -> None:
    run = ended(store)
    with ThreadPoolExecutor(8) as pool:
        legs = {head.leg for head in pool.map(lambda _: resume(store, run), range(8))}
    assert legs == {1}


def test_a_run_that_has_not_been_cut_short_stays_as_it_is(store: Store) -> None:
    run = ended(store)
    for state in (RunState.QUEUED, RunState.RUNNING, RunState.WAITING, RunState.FINISHED):
        store.runs.set_state(run.id, state, moment=NOON)
        going_on = store.runs.get(run.id)
        assert not store.runs.is_resumable(going_on)
        assert resume(store, going_on) == going_on


def test_a_run_that_reached_everybody_stays_as_it_is(store: Store) -> None:
    run = started(store, plan_of(1))
    store.runs.ledger(run.id).save_outcome(0, succeeded())
    store.runs.set_state(run.id, RunState.CANCELLED, moment=NOON)
    over = store.runs.get(run.id)
    assert not store.runs.is_resumable(over)
    assert resume(store, over) == over


def test_what_was_shown_more_than_a_day_ago_is_not_taken_up_again(store: Store, watch: Watch) -> None:
    run = ended(store)
    watch.advance(DAY - MINUTE)
    assert store.runs.is_resumable(run)
    watch.advance(MINUTE)
    assert not store.runs.is_resumable(run)
    with pytest.raises(PlanExpired):
        resume(store, run)
    assert store.runs.get(run.id) == run


def test_by_other_terms_it_is_not_taken_up_again(store: Store) -> None:
    run = ended(store)
    with pytest.raises(TermsMoved):
        store.runs.resume(SCOPE, run.id, BEN, terms="others")
    assert store.runs.get(run.id) == run


def test_when_the_first_rows_read_otherwise_somebody_has_to_look_first(store: Store) -> None:
    run = ended(store, RunState.STOPPED, reason="canary_failed")
    assert not store.runs.is_resumable(run)
    with pytest.raises(StalePlan):
        resume(store, run)


def test_the_limits_are_asked_again(store: Store) -> None:
    run = cut_short(store, size=6, written=2)
    started(store, creations(6, first=100))
    with pytest.raises(TooManyCreates) as refused:
        resume(store, run)
    assert refused.value.count == 2 + 4 + 6
    assert store.runs.get(run.id) == run


def test_as_many_as_are_usual_in_a_day_are_taken_up_again_without_a_reason(store: Store) -> None:
    run = cut_short(store, size=6, written=2)
    started(store, creations(4, first=100))
    assert resume(store, run).leg == 1


def test_a_reason_that_was_given_still_stands(store: Store) -> None:
    run = cut_short(store, size=12, written=1, justification=WHY)
    assert (resume(store, run).leg, run.justification) == (1, WHY)


def test_whoever_is_taken_up_again_stands_at_the_end_of_the_line(store: Store) -> None:
    first = ended(store)
    second = started(store, plan_of(2))
    again = resume(store, first)
    ahead = store.runs.ahead_of(again.id)
    assert ahead is not None
    assert ahead.id == second.id
    assert store.runs.ahead_of(second.id) is None


def test_what_still_is_to_be_written_counts_for_the_next_list(store: Store) -> None:
    run = cut_short(store, size=6, written=2)
    resume(store, run)
    more = store.plans.begin(SCOPE, ANNA, run.direction, run.as_of, "V", press="more")
    store.plans.save(more.id, creations(5, first=100), CHOICES, terms=TERMS)
    store.plans.tick(more.id, add=range(5))
    assert [(each.kind, each.count) for each in store.runs.excesses(more.id)] == [(ExcessKind.CREATES, 11)]


def ended(store: Store, state: RunState = RunState.CANCELLED, reason: str | None = None) -> RunHead:
    """A run with one outcome of each kind, and nobody in the last row."""
    run = started(store, plan_of(6))
    ledger = store.runs.ledger(run.id)
    ends = [succeeded(), failed(Reason.REJECTED), held(Reason.TARGET_MOVED), unknown()]
    for position, outcome in enumerate(ends):
        ledger.save_outcome(position, outcome)
    for position in (4, 5):
        ledger.save_outcome(position, skipped(Reason.CANCELLED))
    store.runs.set_state(run.id, state, reason=reason, moment=NOON)
    return store.runs.get(run.id)


def cut_short(store: Store, size: int, written: int, justification: str | None = None) -> RunHead:
    """A run of new people that was cancelled when so many were written."""
    run = started(store, creations(size), justification)
    ledger = store.runs.ledger(run.id)
    for position in range(written):
        ledger.save_outcome(position, succeeded())
    give_up(ledger, Reason.CANCELLED)
    store.runs.set_state(run.id, RunState.CANCELLED, moment=NOON)
    return store.runs.get(run.id)


def creations(size: int, first: int = 0) -> Plan:
    return plan_between([person(f"{first + each:05}") for each in range(size)], [])


def resume(store: Store, run: RunHead) -> RunHead:
    return store.runs.resume(SCOPE, run.id, BEN, terms=TERMS)


def test_whoever_carried_the_leg_before_out_does_not_take_the_run_from_the_next_one(store: Store) -> None:
    run = cut_short(store, 3, written=1)
    assert store.runs.hold(run.id, "one")
    resumed = resume(store, run)
    assert store.runs.hold(run.id, "another", resumed.leg)
    assert not store.runs.hold(run.id, "one", run.leg)
    assert store.runs.holder(run.id) == "another"


def test_what_was_sent_before_is_still_known_for_an_undo(store: Store) -> None:
    run = started(store)
    store.runs.hold(run.id, "one")
    ledger = store.runs.ledger(run.id, "one")
    meant = (Change(Field.LAST_NAME, "山田", "川田"),)
    ledger.claim(0, meant)
    ledger.mark_sent(0)
    ledger.ask_again(0)
    store.runs.cancel(SCOPE, run.id, ANNA)
    skip_open(ledger, Reason.CANCELLED)
    store.runs.set_state(run.id, RunState.CANCELLED, moment=NOON)
    store.runs.resume(SCOPE, run.id, ANNA, terms=TERMS)
    assert store.runs.ledger(run.id).load_open(1)[0].meant == meant
