"""A plan's rows are kept piece by piece, by one making of it at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import select

from storage import index, making
from storage.database import Database
from storage.errors import NotFound
from storage.index import open_index, seal_index
from storage.making import Making, NoLongerMine
from storage.plan_records import PlanState
from storage.store import Store
from storage.tables import PlanRowTable
from sync.plan import fingerprint
from tests.storage.builders import CHOICES, KEYS, SCOPE, TERMS, Watch, begun, plan_of, ready

DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PIECE", 3)


def test_a_plan_that_is_kept_in_pieces_is_whole(store: Store) -> None:
    plan = plan_of(8)
    head = ready(store, plan)
    assert store.plans.rows(head.id, range(8)) == list(plan.rows)
    assert head.fingerprint == fingerprint(plan.rows)


def test_a_plan_of_some_people_of_a_list_is_whole_and_leaves_nothing_of_another_between_them(
    store: Store, database: Database
) -> None:
    some = replace(
        plan_of(12), rows=tuple(row for row in plan_of(12).rows if row.position in {1, 4, 5, 9, 11})
    )
    head = begun(store)
    dead = Making(database, KEYS, SCOPE, head.id)
    dead.begin()
    dead.keep(plan_of(20).rows, ())
    assert store.plans.save(head.id, some, CHOICES, terms=TERMS)
    assert store.plans.rows(head.id, [1, 4, 5, 9, 11]) == list(some.rows)
    assert kept(database) == 5


def test_nothing_of_a_plan_can_be_chosen_before_the_last_piece(store: Store, database: Database) -> None:
    head, plan = begun(store), plan_of(8)
    half = Making(database, KEYS, SCOPE, head.id)
    half.begin()
    half.keep(plan.rows[:6], {0})
    assert store.plans.get(head.id).state is PlanState.PREPARING
    store.plans.tick(head.id, add=[1, 2])
    with pytest.raises(NotFound):
        store.plans.index(head.id)
    assert store.plans.ticked(head.id) == {0}


def test_whoever_was_thought_dead_adds_nothing_to_the_making_of_another(
    store: Store, database: Database
) -> None:
    head, plan, theirs = begun(store), plan_of(5), plan_of(9)
    stopped = Making(database, KEYS, SCOPE, head.id)
    stopped.begin()
    stopped.keep(theirs.rows, {8})
    other = Making(database, KEYS, SCOPE, head.id)
    other.begin()
    with pytest.raises(NoLongerMine):
        stopped.keep(theirs.rows, ())
    other.keep(plan.rows, ())
    with pytest.raises(NoLongerMine):
        stopped.finish({}, KEYS.seal(b"[]"))
    assert kept(database) == 5
    assert store.plans.ticked(head.id) == frozenset()


def test_what_an_earlier_making_left_is_gone_when_the_plan_is_ready(store: Store, database: Database) -> None:
    head, plan = begun(store), plan_of(4)
    dead = Making(database, KEYS, SCOPE, head.id)
    dead.begin()
    dead.keep(plan_of(11).rows, range(11))
    assert store.plans.save(head.id, plan, CHOICES, terms=TERMS)
    assert store.plans.rows(head.id, range(4)) == list(plan.rows)
    assert (kept(database), store.plans.ticked(head.id)) == (4, frozenset())


def test_a_plan_that_is_ready_is_not_made_again(store: Store, database: Database) -> None:
    with pytest.raises(NoLongerMine):
        Making(database, KEYS, SCOPE, ready(store).id).begin()


def test_what_a_making_left_that_came_to_no_end_is_erased(
    store: Store, database: Database, watch: Watch
) -> None:
    dead = Making(database, KEYS, SCOPE, begun(store).id)
    dead.begin()
    dead.keep(plan_of(4).rows, ())
    watch.advance(DAY)
    store.erase_expired()
    assert kept(database) == 0


@pytest.mark.parametrize("size", [0, 1, 3, 4, 7])
def test_an_index_that_is_packed_in_pieces_opens_whole(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = open_index(KEYS, seal_index(KEYS, plan_of(size).rows))
    monkeypatch.setattr(index, "PIECE", 3)
    assert open_index(KEYS, seal_index(KEYS, plan_of(size).rows)) == whole
    assert [entry.position for entry in whole] == [*range(size)]


def kept(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(PlanRowTable)).one()
