"""Who carries work out: names that no two have, and heartbeats by the database's clock."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage import workers
from storage.database import Database, open_database
from storage.errors import DatabaseUnreachable
from storage.slots import NumberedSlot, take_slot
from storage.store import Store
from storage.workers import Workers
from tests.journeys.middle import wait_until
from tests.postgres import away, cut_connections
from tests.storage.builders import KEYS, Watch


class Hours:
    """The database's clock, moved by a test."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self, session: Session) -> int:
        del session
        return self.ms


def test_a_heartbeat_tells_who_was_seen_when(database: Database) -> None:
    hours = Hours()
    workers = Workers(database, hours)
    workers.arrive("worker-1", "kaede", "1.0")
    hours.ms += 20_000
    workers.arrive("worker-2", "momiji", "1.0")
    assert workers.beat("worker-1")
    hours.ms += 5_000
    seen = {each.executor_id: each for each in workers.list()}
    assert seen["worker-1"].seen_ago == seen["worker-2"].seen_ago == timedelta(seconds=5)
    assert (seen["worker-1"].age, seen["worker-2"].age) == (timedelta(seconds=25), timedelta(seconds=5))
    assert (seen["worker-2"].host, seen["worker-2"].version) == ("momiji", "1.0")


def test_whoever_takes_a_name_over_starts_anew_under_it(database: Database) -> None:
    hours = Hours()
    workers = Workers(database, hours)
    workers.arrive("worker-1", "kaede", "1.0")
    hours.ms += 60_000
    workers.arrive("worker-1", "momiji", "1.1")
    (only,) = workers.list()
    assert (only.host, only.version, only.age) == ("momiji", "1.1", timedelta(0))


def test_whoever_leaves_is_not_known_any_more(store: Store) -> None:
    store.workers.arrive("worker-1", "kaede", "1.0")
    store.workers.leave("worker-1")
    assert store.workers.list() == ()
    assert not store.workers.beat("worker-1"), "a heartbeat after that brings nobody back"
    assert store.workers.list() == ()


def test_only_those_who_were_not_seen_for_a_day_are_forgotten(database: Database) -> None:
    hours = Hours()
    workers = Workers(database, hours)
    workers.arrive("worker-1", "kaede", "1.0")
    hours.ms += 86_400_000
    assert workers.forget_gone() == 0
    workers.arrive("worker-2", "momiji", "1.0")
    hours.ms += 1
    assert workers.forget_gone() == 1
    assert [each.executor_id for each in workers.list()] == ["worker-2"]


def test_one_process_at_a_time_takes_work_over(store: Store, url: str) -> None:
    other = Store.open(url, KEYS, Watch())
    with store.workers.alone() as first, other.workers.alone() as second:
        assert first
        # A file of SQLite serves one process, which is alone anyway.
        assert second is url.startswith("sqlite")
    with other.workers.alone() as afterwards:
        assert afterwards
    other.close()


@pytest.mark.postgres
def test_whoever_stands_still_while_it_takes_over_keeps_nobody_from_it(
    empty_postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "STANDS_STILL_MS", 200)
    databases = [open_database(empty_postgresql) for _ in range(2)]
    still, other = map(Workers, databases)

    def may_take_over() -> bool:
        with other.alone() as is_alone:
            return is_alone

    def stand_still() -> None:
        with still.alone() as first:
            assert first
            assert not may_take_over()
            wait_until(may_take_over, "the end of the session that stands still", patience=10)

    with pytest.raises(DBAPIError):
        stand_still()
    for database in databases:
        database.close()


def test_on_sqlite_the_only_process_keeps_the_name_that_older_releases_gave_it() -> None:
    slot = take_slot("sqlite:///renkei.db")
    assert (slot.executor_id, slot.keep()) == ("worker", True)


@pytest.mark.postgres
def test_on_postgresql_each_process_has_the_lowest_name_that_is_free(empty_postgresql: str) -> None:
    slots = [take_slot(empty_postgresql) for _ in range(3)]
    assert [slot.executor_id for slot in slots] == ["worker-1", "worker-2", "worker-3"]
    slots[1].leave()
    again = take_slot(empty_postgresql)
    assert again.executor_id == "worker-2"
    for slot in (slots[0], again, slots[2]):
        slot.leave()


@pytest.mark.postgres
def test_a_name_outlives_its_connection_unless_another_process_was_quicker(empty_postgresql: str) -> None:
    slot = NumberedSlot(empty_postgresql)
    cut_connections(empty_postgresql)
    assert slot.keep(), "it was free, and is taken again"
    cut_connections(empty_postgresql)
    quicker = NumberedSlot(empty_postgresql)
    assert quicker.executor_id == slot.executor_id
    for _ in range(2):
        assert not slot.keep()
    for each in (slot, quicker):
        each.leave()


@pytest.mark.postgres
def test_a_name_outlives_a_database_that_is_away_for_several_heartbeats(empty_postgresql: str) -> None:
    slot = NumberedSlot(empty_postgresql)
    with away(empty_postgresql):
        for _ in range(3):
            with pytest.raises(DatabaseUnreachable):
                slot.keep()
    for _ in range(2):
        assert slot.keep()
    other = NumberedSlot(empty_postgresql)
    assert other.executor_id != slot.executor_id, "it is proven again"
    for each in (slot, other):
        each.leave()
