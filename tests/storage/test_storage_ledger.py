"""The ledger of a run: nobody is written twice, and no outcome is lost or changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.identities import Said
from storage.run_records import RunHead
from storage.store import Store
from sync.diff import Change, Create, Update
from sync.errors import RunCancelled, RunTakenOver
from sync.fields import Field
from sync.identity import Link
from sync.ledger import Ledger, RowState
from sync.model import Direction, System
from sync.outcome import Outcome, OutcomeKind, Reason, failed, skipped, succeeded, unknown
from sync.outcome import held as moved
from sync.plan import Plan
from tests.storage.builders import ANNA, IN_TOKYO, SCOPE, WHY, Watch, mixed_plan, plan_of, started

ANNAS = "the process that Anna's press has reached"
CHANGES = (Change(Field.LAST_NAME, "山田", "川田"),)


def held(store: Store, plan: Plan | None = None) -> RunHead:
    run = started(store, plan)
    store.runs.hold(run.id, ANNAS)
    return run


def send(ledger: Ledger, position: int) -> None:
    assert ledger.claim(position, CHANGES)
    ledger.mark_sent(position)


def test_open_rows_come_in_the_plans_order(store: Store) -> None:
    ledger: Ledger = store.runs.ledger(started(store).id)
    created, updated = ledger.load_open()
    assert (created.position, updated.position) == (0, 1)
    assert isinstance(created.difference, Create)
    assert isinstance(updated.difference, Update)
    assert [created.difference, updated.difference] == [row.difference for row in mixed_plan().rows[:2]]
    assert (created.placement, created.state) == (IN_TOKYO, RowState.PENDING)


def test_a_chunk_has_so_many_rows_at_most(store: Store) -> None:
    ledger = store.runs.ledger(started(store, plan_of(5)).id)
    ledger.save_outcome(0, succeeded())
    assert [row.position for row in ledger.load_open(2)] == [1, 2]


def test_a_claimed_row_keeps_what_it_means_to_write_and_is_still_to_be_written(store: Store) -> None:
    run = held(store)
    ledger = store.runs.ledger(run.id, ANNAS)
    assert ledger.claim(0, CHANGES)
    assert [row.state for row in ledger.load_open()] == [RowState.INTENT, RowState.PENDING]
    assert ledger.load_unanswered() == []
    assert ledger.claim(0, CHANGES), "what was not sent may be claimed again"


def test_a_row_that_was_sent_is_found_again_after_a_crash(store: Store, watch: Watch) -> None:
    ledger = store.runs.ledger(held(store).id, ANNAS)
    send(ledger, 0)
    assert [row.position for row in ledger.load_open()] == [1]
    (row,) = ledger.load_unanswered()
    assert (row.state, row.sends, row.sent_at) == (RowState.SENT, 1, watch())
    assert not ledger.claim(0, CHANGES)


def test_what_provably_did_not_reach_the_target_does_not_count_as_sent(store: Store) -> None:
    ledger = store.runs.ledger(held(store).id, ANNAS)
    send(ledger, 0)
    ledger.release(0)
    assert [(row.state, row.sends) for row in ledger.load_open(1)] == [(RowState.PENDING, 0)]


def test_what_has_not_arrived_is_open_again_and_counts_as_sent(store: Store) -> None:
    ledger = store.runs.ledger(held(store).id, ANNAS)
    send(ledger, 0)
    ledger.ask_again(0)
    assert [(row.state, row.sends) for row in ledger.load_open(1)] == [(RowState.PENDING, 1)]


def test_nothing_is_sent_by_whose_run_another_process_has_taken_over(store: Store) -> None:
    run = held(store)
    before = store.runs.ledger(run.id, ANNAS)
    before.claim(0, CHANGES)
    store.runs.hold(run.id, "another")
    now = store.runs.ledger(run.id, "another")
    with pytest.raises(RunTakenOver):
        before.mark_sent(0)
    with pytest.raises(RunTakenOver):
        before.claim(1, CHANGES)
    assert now.claim(0, CHANGES)
    before.release(0)
    now.mark_sent(0)
    with pytest.raises(RunTakenOver):
        before.ask_again(0)
    assert [row.position for row in now.load_unanswered()] == [0]


def test_what_was_sent_before_is_told_by_whoever_sent_it(store: Store) -> None:
    run = held(store)
    before = store.runs.ledger(run.id, ANNAS)
    send(before, 0)
    store.runs.hold(run.id, "another")
    before.save_outcome(0, succeeded())
    assert store.runs.ledger(run.id, "another").load_unanswered() == []


@pytest.mark.parametrize("stale", [moved(Reason.TARGET_MOVED), skipped(Reason.CANCELLED), unknown()])
def test_only_who_holds_the_run_says_that_something_was_not_written(store: Store, stale: Outcome) -> None:
    run = held(store)
    before = store.runs.ledger(run.id, ANNAS)
    store.runs.hold(run.id, "another")
    now = store.runs.ledger(run.id, "another")
    send(now, 0)
    with pytest.raises(RunTakenOver):
        before.save_outcome(0, stale)
    now.save_outcome(0, succeeded())
    assert store.runs.get(run.id).counts[OutcomeKind.SUCCEEDED] == 1


def test_a_refusal_is_believed_of_the_holder_alone_for_another_sending_may_have_arrived(store: Store) -> None:
    run = held(store)
    before = store.runs.ledger(run.id, ANNAS)
    send(before, 0)
    store.runs.hold(run.id, "another")
    with pytest.raises(RunTakenOver):
        before.save_outcome(0, failed(Reason.REJECTED))
    assert len(store.runs.ledger(run.id, "another").load_unanswered()) == 1


def test_of_a_row_that_was_sent_nobody_says_that_it_was_not_written(store: Store) -> None:
    ledger = store.runs.ledger(held(store).id, ANNAS)
    send(ledger, 0)
    ledger.save_outcome(0, skipped(Reason.CANCELLED))
    assert [row.position for row in ledger.load_unanswered()] == [0]


def test_nothing_is_sent_of_a_run_that_was_cancelled(store: Store) -> None:
    run = held(store)
    ledger = store.runs.ledger(run.id, ANNAS)
    ledger.claim(0, CHANGES)
    store.runs.cancel(SCOPE, run.id, ANNA)
    with pytest.raises(RunCancelled):
        ledger.mark_sent(0)
    with pytest.raises(RunCancelled):
        ledger.claim(1, CHANGES)
    ledger.release(0)
    assert [row.state for row in ledger.load_open()] == [RowState.PENDING] * 2


def test_written_is_what_this_run_has_written(store: Store) -> None:
    ledger = store.runs.ledger(held(store, plan_of(4)).id, ANNAS)
    for position, outcome in enumerate(
        (succeeded(), succeeded(Reason.CONFIRMED_BY_READING), succeeded(Reason.ALREADY_THERE))
    ):
        ledger.save_outcome(position, outcome)
    assert ledger.count_written() == 2


def test_a_row_with_an_outcome_is_neither_claimed_nor_released(store: Store) -> None:
    ledger = store.runs.ledger(held(store).id, ANNAS)
    send(ledger, 0)
    ledger.save_outcome(0, succeeded())
    assert not ledger.claim(0, CHANGES)
    ledger.release(0)
    ledger.ask_again(0)
    assert [row.position for row in ledger.load_open()] == [1]


def test_the_first_outcome_stays(store: Store) -> None:
    run = started(store)
    ledger = store.runs.ledger(run.id)
    ledger.save_outcome(0, succeeded())
    ledger.save_outcome(0, failed(Reason.REJECTED))
    closed = store.runs.outcomes(run.id, list(OutcomeKind), 0, 20)
    assert [row.outcome for row in closed] == [succeeded()]


def test_what_was_written_or_may_have_been_is_told_with_what_it_was_before(store: Store) -> None:
    run = started(store, plan_of(4))
    ledger = store.runs.ledger(run.id)
    ends = [succeeded(), unknown(), failed(Reason.REJECTED)]
    for position, outcome in enumerate(ends):
        send(ledger, position)
        ledger.save_outcome(position, outcome)
    ledger.claim(3, CHANGES)
    told = {row.position: row.written for row in store.runs.outcomes(run.id, None, 0, 20)}
    assert told == {0: CHANGES, 1: CHANGES, 2: (), 3: ()}


def test_whoever_is_created_is_linked_at_once(store: Store) -> None:
    run = started(store)
    ledger = store.runs.ledger(run.id)
    created, updated = (row.difference for row in ledger.load_open())
    ledger.save_outcome(0, succeeded(remote_id="crew-1"))
    ledger.save_outcome(0, succeeded(remote_id="crew-2"))
    ledger.save_outcome(1, succeeded())
    assert store.identities.ties(SCOPE, Direction.PULL).links == (Link("crew-1", created.desired.remote_id),)
    assert updated.desired.remote_id != created.desired.remote_id


def test_whoever_is_created_is_no_longer_apart(store: Store) -> None:
    ledger = store.runs.ledger(started(store).id)
    created, updated = (row.difference.desired for row in ledger.load_open())
    for person in (created, updated):
        store.identities.set_apart(SCOPE, Said(System.KINKAKUJI, person.remote_id, ANNA, WHY, "0001"))
    ledger.save_outcome(0, succeeded(remote_id="crew-1"))
    ledger.save_outcome(1, succeeded())
    assert store.identities.ties(SCOPE, Direction.PULL).apart == {updated.remote_id}


def test_whoever_is_created_stays_ignored_if_somebody_said_so_meanwhile(store: Store) -> None:
    ledger = store.runs.ledger(started(store).id)
    created = ledger.load_open()[0].difference.desired
    store.identities.ignore(SCOPE, Said(System.KINKAKUJI, created.remote_id, ANNA, WHY, "0001"))
    ledger.save_outcome(0, succeeded(remote_id="crew-1"))
    assert store.identities.ties(SCOPE, Direction.PULL).ignored == {created.remote_id}


def test_an_outcome_that_came_too_late_links_nobody(store: Store) -> None:
    ledger = store.runs.ledger(started(store).id)
    ledger.save_outcome(0, failed(Reason.REJECTED))
    ledger.save_outcome(0, succeeded(remote_id="crew-1"))
    assert store.identities.ties(SCOPE, Direction.PULL).links == ()


def test_a_run_changes_nothing_in_another_ones_ledger(store: Store) -> None:
    one, other = started(store), started(store)
    store.runs.ledger(one.id).save_outcome(0, succeeded())
    assert store.runs.get(other.id).done == 0


def test_outcomes_of_many_threads_are_all_kept(store: Store) -> None:
    run = started(store, plan_of(40), WHY)
    ledger = store.runs.ledger(run.id)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda position: ledger.save_outcome(position, succeeded()), range(40)))
    assert store.runs.get(run.id).done == 40
