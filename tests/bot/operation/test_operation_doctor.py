"""What `doctor` says of the processes that carry work out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet
from dbos import DBOS
from sqlmodel import Session

from bot.doctor.machines import examine_machines
from bot.starter import Starter
from storage.database import Database, migrate, open_database
from storage.run_records import RunState
from storage.store import Store
from storage.workers import Workers
from tests.bot.operation.engine_script import Script, playing
from tests.journeys.middle import wait_until
from tests.storage.builders import KEYS, NOON, Watch, started

DAYBREAK = 1_000_000
NEVER = "not done within a day: results and what has expired wait for a worker."


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'renkei.db'}"
    migrate(url)
    DBOS.migrate(system_database_url=url)
    return url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture
def starter(url: str) -> Iterator[Starter]:
    starter = Starter(url, MultiFernet([Fernet(Fernet.generate_key())]))
    yield starter
    starter.close()


def test_doctor_names_who_works_and_who_is_dead_and_counts_what_waits(
    database: Database, starter: Starter
) -> None:
    store = Store(database, KEYS, Watch())
    _long_ago(database).arrive("worker-1", "kaede", "1.0")
    store.workers.arrive("worker-2", "momiji", "1.0")
    waiting, queued = started(store), started(store)
    opening = NOON + timedelta(hours=2)
    store.runs.set_state(waiting.id, RunState.WAITING, reason="closed_now", wakes_at=opening, moment=NOON)
    for run in (waiting, queued):
        starter.carry_out(run)

    said = [str(finding) for finding in examine_machines(store, starter, NOON)]
    assert said[0].startswith("note    worker-1: kaede, version 1.0, seen ")
    assert "dead" in said[0]
    assert said[1].startswith("ok      worker-2: momiji, version 1.0, seen ")
    assert "dead" not in said[1]
    assert said[2:] == [
        "ok      work: 0 under way, 2 waiting for a worker.",
        f"note    clock's work: {NEVER}",
        "note    runs: 1 waiting for their turn.",
        "note    runs: 1 waiting, the next one until 04-01 14:00 in Tokyo.",
    ]


def test_doctor_says_when_nobody_works(database: Database, starter: Starter) -> None:
    said = [str(finding) for finding in examine_machines(Store(database, KEYS, Watch()), starter, NOON)]
    assert said == [
        "note    workers: none: nobody carries work out until `run` or `worker` is started.",
        "ok      work: 0 under way, 0 waiting for a worker.",
        f"note    clock's work: {NEVER}",
    ]


def test_doctor_says_when_the_clocks_work_was_last_done_and_notes_when_that_is_long_ago(
    database: Database, tmp_path: Path
) -> None:
    script = Script()
    with playing(script, tmp_path) as starter:
        starter.tick(NOON)
        wait_until(starter.last_tick, "the tick")
        done = starter.last_tick()
        assert done is not None
        store = Store(database, KEYS, Watch())

        def said(later: timedelta) -> list[str]:
            return [str(finding) for finding in examine_machines(store, starter, done + later)]

        assert "ok      clock's work: last done 300 s ago." in said(timedelta(minutes=5))
        late = "note    clock's work: last done 301 s ago: results and what has expired wait for a worker."
        assert late in said(timedelta(minutes=5, seconds=1))


def _long_ago(database: Database) -> Workers:
    def then(session: Session) -> int:
        del session
        return DAYBREAK

    return Workers(database, then)
