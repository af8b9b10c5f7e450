"""The ledger of a run: nobody is written twice, and no outcome is lost or changed."""

from concurrent.futures import ThreadPoolExecutor

from storage.identities import Said
from storage.store import Store
from sync.diff import Create, Update
from sync.identity import Link
from sync.model import Direction, System
from sync.outcome import OutcomeKind, Reason, failed, succeeded
from sync.run import Ledger, RowState
from tests.storage.builders import ANNA, IN_TOKYO, SCOPE, WHY, mixed_plan, plan_of, started


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


def test_a_claimed_row_is_found_again_after_a_crash(store: Store) -> None:
    ledger = store.runs.ledger(started(store).id)
    assert ledger.claim(0)
    assert ledger.load_open()[0].state is RowState.SENT
    assert ledger.claim(0)


def test_a_released_row_is_pending_again(store: Store) -> None:
    ledger = store.runs.ledger(started(store).id)
    ledger.claim(0)
    ledger.release(0)
    assert ledger.load_open()[0].state is RowState.PENDING


def test_a_row_with_an_outcome_is_neither_claimed_nor_released(store: Store) -> None:
    run = started(store)
    ledger = store.runs.ledger(run.id)
    ledger.claim(0)
    ledger.save_outcome(0, succeeded())
    assert not ledger.claim(0)
    ledger.release(0)
    assert [row.position for row in ledger.load_open()] == [1]


def test_the_first_outcome_stays(store: Store) -> None:
    run = started(store)
    ledger = store.runs.ledger(run.id)
    ledger.save_outcome(0, succeeded())
    ledger.save_outcome(0, failed(Reason.REJECTED))
    closed = store.runs.outcomes(run.id, list(OutcomeKind), 0, 20)
    assert [row.outcome for row in closed] == [succeeded()]


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
