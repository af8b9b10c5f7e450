"""差分一覧: prepared, shown, chosen from, and forgotten after a day."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.boxes import DIFFERENCE
from storage.errors import NotFound
from storage.index import OpenedIndexes
from storage.plan_records import PlanState
from storage.store import Store
from sync.diff import Status
from sync.model import Direction
from tests.storage.builders import (
    ALL_IN_TOKYO,
    ANNA,
    CHOICES,
    ELSEWHERE,
    KEYS,
    NOON,
    SCOPE,
    TERMS,
    TODAY,
    Watch,
    begun,
    mixed_plan,
    person,
    plan_of,
    ready,
    started,
)

DAY = timedelta(hours=24)


def test_a_plan_begins_in_preparation_and_lives_a_day(store: Store) -> None:
    head = store.plans.begin(SCOPE, ANNA, Direction.PUSH, TODAY, "V0001", press="t1", retry_of="r1")
    assert head == store.plans.load(SCOPE, head.id) == store.plans.get(head.id)
    assert (head.state, head.direction, head.as_of) == (PlanState.PREPARING, Direction.PUSH, TODAY)
    assert (head.user_id, head.retry_of, head.view_id) == (ANNA, "r1", "V0001")
    assert head.expires_at == NOON + DAY


def test_a_saved_plan_is_ready_to_be_shown(store: Store) -> None:
    head = ready(store)
    assert head.state is PlanState.READY
    assert {status for status, size in head.counts.items() if size} == {
        Status.CREATE,
        Status.UPDATE,
        Status.UNCHANGED,
        Status.BLOCKED,
    }
    assert (head.target_size, head.made_at, head.choices) == (2, NOON, CHOICES)


def test_rows_come_back_as_they_were_in_the_order_asked_for(store: Store) -> None:
    head = ready(store)
    rows = mixed_plan().rows
    assert store.plans.rows(head.id, [3, 0, 2, 1]) == [rows[3], rows[0], rows[2], rows[1]]


def test_a_plan_without_anybody_can_be_shown(store: Store) -> None:
    head = ready(store, plan_of(0))
    assert head.state is PlanState.READY
    assert store.plans.index(head.id) == ()


def test_a_row_that_is_not_there_is_not_found(store: Store) -> None:
    head = ready(store)
    with pytest.raises(NotFound):
        store.plans.rows(head.id, [0, 99])


def test_a_plan_that_is_saved_twice_stays_as_it_was_first(store: Store) -> None:
    head = ready(store)
    assert not store.plans.save(head.id, plan_of(3), CHOICES, terms=TERMS)
    assert store.plans.load(SCOPE, head.id) == head
    assert len(store.plans.index(head.id)) == 4


def test_a_plan_that_could_not_be_made_says_why(store: Store) -> None:
    head = begun(store)
    store.plans.fail(head.id, "closed_now", {"opens_at": "10:00"})
    failed = store.plans.load(SCOPE, head.id)
    assert (failed.state, failed.failure) == (PlanState.FAILED, "closed_now")
    assert failed.failure_detail == {"opens_at": "10:00"}
    assert not store.plans.save(head.id, mixed_plan(), CHOICES, terms=TERMS)


def test_a_ready_plan_does_not_fail_any_more(store: Store) -> None:
    head = ready(store)
    store.plans.fail(head.id, "closed_now", {})
    assert store.plans.load(SCOPE, head.id) == head


def test_another_workspace_does_not_find_the_plan(store: Store) -> None:
    head = ready(store)
    with pytest.raises(NotFound):
        store.plans.load(ELSEWHERE, head.id)
    choice = store.plans.chosen_fingerprint(head.id)
    with pytest.raises(NotFound):
        store.runs.start(ELSEWHERE, head.id, ANNA, choice=choice, terms=TERMS)


def test_the_index_tells_what_a_search_needs(store: Store) -> None:
    entries = store.plans.index(ready(store).id)
    first, _, blocked, last = entries
    assert [entry.position for entry in entries] == [0, 1, 2, 3]
    assert (first.number, first.status, first.tickable) == ("0001", Status.CREATE, True)
    assert first.key == "0001山田太郎ヤマダタロウ"
    assert (blocked.number, blocked.status, blocked.tickable) == (None, Status.BLOCKED, False)
    assert (last.number, last.status, last.tickable) == ("0003", Status.UNCHANGED, False)


def test_another_process_opens_the_same_index(store: Store, url: str, watch: Watch) -> None:
    head = ready(store)
    other = Store.open(url, KEYS, watch)
    assert other.plans.index(head.id) == store.plans.index(head.id)
    assert other.plans.index(head.id) is other.plans.index(head.id)
    other.close()


def test_the_indexes_used_last_stay_open() -> None:
    indexes = OpenedIndexes(size=2)
    for plan_id in ("a", "b"):
        indexes.put(plan_id, ())
    indexes.get("a")
    indexes.put("c", ())
    assert [indexes.get(plan_id) for plan_id in ("a", "b", "c")] == [(), None, ()]


def test_preparations_that_take_long_are_found(store: Store, watch: Watch) -> None:
    old = begun(store)
    watch.advance(timedelta(minutes=10))
    begun(store)
    ready(store)
    assert [head.id for head in store.plans.preparing_since(NOON + timedelta(minutes=5))] == [old.id]


def test_a_view_waits_for_the_plan_that_was_begun_last(store: Store, watch: Watch) -> None:
    older = begun(store)
    assert store.plans.is_newest_in("V0001", older.id)
    watch.advance(timedelta(milliseconds=1))
    store.plans.begin(SCOPE, ANNA, Direction.PULL, TODAY, "V0002", press="another view")
    assert store.plans.is_newest_in("V0001", older.id)
    newer = begun(store)
    assert not store.plans.is_newest_in("V0001", older.id)
    assert store.plans.is_newest_in("V0001", newer.id)


def test_only_what_can_be_written_is_ticked(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0, 1, 2, 3, 99])
    assert store.plans.ticked(head.id) == {0, 1}
    store.plans.tick(head.id, add=[0], remove=[1, 2])
    assert store.plans.ticked(head.id) == {0}


def test_ticks_are_added_after_others_are_taken_away(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    store.plans.tick(head.id, remove=range(4), add=[1])
    assert store.plans.ticked(head.id) == {1}


def test_ticks_of_many_people_at_once(store: Store) -> None:
    head = ready(store, plan_of(500))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: store.plans.tick(head.id, add=range(each, 500, 4)), [0, 1, 2, 3]))
    assert store.plans.ticked(head.id) == set(range(500))


def test_the_fingerprint_tells_choices_apart(store: Store) -> None:
    head = ready(store)
    nothing = store.plans.chosen_fingerprint(head.id)
    store.plans.tick(head.id, add=[0])
    one = store.plans.chosen_fingerprint(head.id)
    store.plans.save_rules(head.id, ALL_IN_TOKYO)
    placed = store.plans.chosen_fingerprint(head.id)
    assert len({nothing, one, placed}) == 3
    store.plans.tick(head.id, add=[1])
    store.plans.tick(head.id, remove=[1])
    assert store.plans.chosen_fingerprint(head.id) == placed


def test_nothing_can_be_chosen_any_more_once_it_is_carried_out(store: Store) -> None:
    run = started(store)
    store.plans.tick(run.plan_id, remove=[0, 1])
    store.plans.save_rules(run.plan_id, ())
    assert store.plans.ticked(run.plan_id) == {0, 1}
    assert store.plans.load(SCOPE, run.plan_id).rules == ALL_IN_TOKYO


def test_the_same_press_makes_one_plan(store: Store) -> None:
    first, again = (
        store.plans.begin(SCOPE, ANNA, Direction.PULL, TODAY, "V0001", press="1.2.3") for _ in range(2)
    )
    other = store.plans.begin(SCOPE, ANNA, Direction.PULL, TODAY, "V0001", press="1.2.4")
    assert first.id == again.id != other.id


def test_every_showing_of_a_list_has_a_number_of_its_own(store: Store) -> None:
    head = begun(store)
    assert [store.plans.next_revision(head.id) for _ in range(3)] == [1, 2, 3]
    assert store.plans.load(SCOPE, head.id).revision == 3


def test_an_expired_plan_keeps_its_head_only(store: Store, watch: Watch) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    watch.advance(DAY)
    assert store.plans.load(SCOPE, head.id).state is PlanState.EXPIRED
    assert store.erase_expired() == 1
    assert store.plans.load(SCOPE, head.id).state is PlanState.EXPIRED
    assert store.plans.ticked(head.id) == frozenset()
    with pytest.raises(NotFound):
        store.plans.index(head.id)
    with pytest.raises(NotFound):
        store.plans.rows(head.id, [0])
    assert store.erase_expired() == 0


def test_a_younger_plan_is_not_erased(store: Store, watch: Watch) -> None:
    head = ready(store)
    watch.advance(DAY - timedelta(seconds=1))
    assert store.erase_expired() == 0
    assert store.plans.load(SCOPE, head.id).state is PlanState.READY


def test_a_run_outlives_what_its_plan_showed(store: Store, watch: Watch) -> None:
    run = started(store)
    before = store.runs.ledger(run.id).load_open()
    watch.advance(DAY)
    store.erase_expired()
    assert store.runs.ledger(run.id).load_open() == before
    assert store.plans.load(SCOPE, run.plan_id).state is PlanState.STARTED
    with pytest.raises(NotFound):
        store.plans.index(run.plan_id)


@given(number=st.text(min_size=1), name=st.text(), kana=st.text())
def test_any_text_survives_the_seal(number: str, name: str, kana: str) -> None:
    odd = replace(person(number), last_name=name, first_name_kana=kana, other_emails=(name, kana))
    for row in mixed_plan().rows:
        difference = replace(row.difference, desired=odd)
        assert DIFFERENCE.open(KEYS, DIFFERENCE.seal(KEYS, difference)) == difference
