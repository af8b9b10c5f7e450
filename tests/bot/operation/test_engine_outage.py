"""A database that goes away in the middle of a run: it is neither ended as failed nor left lying."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from dbos import DBOS
from psycopg import OperationalError as DriverError
from sqlalchemy.exc import OperationalError

from bot import engine
from bot.dispatches import Dispatches
from bot.engine import launch
from bot.starter import Starter
from storage.errors import DatabaseUnreachable
from tests.bot.operation.engine_script import KEYS, PATIENCE, RUN, Script
from tests.journeys.middle import wait_until
from tests.postgres import away

AWAY = [OperationalError("", {}, DriverError("the connection is lost")), DatabaseUnreachable("refused")]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TRY_AGAIN_AFTER", 0.01)
    monkeypatch.setattr(engine, "LONGEST_PAUSE", 0.05)


class WithoutDatabase(Script):
    """Jobs that our tables fail for as often as told."""

    error: Exception

    def _play(self, name: str) -> None:
        try:
            super()._play(name)
        except OSError:
            raise self.error from None


@contextmanager
def at_work(script: Script, url: str) -> Iterator[tuple[Starter, Dispatches]]:
    dispatches = Dispatches()
    DBOS.migrate(system_database_url=url)
    stop = launch(url, KEYS, script, "test", dispatches)
    starter = Starter(url, KEYS)
    try:
        yield starter, dispatches
    finally:
        starter.close()
        stop()


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
def test_a_step_is_tried_as_long_as_our_tables_are_away(tmp_path: Path, error: Exception) -> None:
    often = 2 * engine.TRIES
    script = WithoutDatabase(announce=often, advance=often, conclude=often)
    script.error = error
    with at_work(script, f"sqlite:///{tmp_path / 'engine.db'}") as (starter, _):
        starter.carry_out(RUN)
        assert script.ended.acquire(timeout=PATIENCE)
    each = often + 1
    assert script.asked == ["announce"] * each + ["advance"] * each + ["conclude"] * each


def test_work_whose_end_could_not_be_noted_is_known_to_be_left_and_goes_on(tmp_path: Path) -> None:
    script = Script()
    script.may_advance.clear()
    with at_work(script, f"sqlite:///{tmp_path / 'engine.db'}") as (starter, dispatches):
        starter.carry_out(RUN)
        assert script.advancing.acquire(timeout=PATIENCE)
        (work,) = starter.under_way()
        assert dispatches.under_way() == {work.workflow_id}
        with without_notes(tmp_path):
            script.may_advance.set()
            wait_until(lambda: not dispatches.under_way(), "its thread's end", PATIENCE)
        assert starter.under_way() == [work], "for the engine it goes on"
        starter.put_back([work.workflow_id], work.queue)  # as `bot.takeover` does
        assert script.ended.acquire(timeout=PATIENCE)
    assert script.asked == ["announce", "advance", "advance", "conclude"], "nobody abandons it"


@contextmanager
def without_notes(folder: Path) -> Iterator[None]:
    """Make the engine's tables fail in a way that it does not know, as a connection gone bad does."""
    tables = ("operation_outputs", "workflow_status")
    with closing(sqlite3.connect(folder / "engine.db", timeout=PATIENCE, isolation_level=None)) as notes:
        notes.execute("PRAGMA legacy_alter_table = ON")
        for table in tables:
            notes.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        yield
        for table in reversed(tables):
            notes.execute(f"ALTER TABLE {table}_gone RENAME TO {table}")


def test_a_run_whose_chunk_the_engine_could_not_note_is_begun_anew(tmp_path: Path) -> None:
    script = Script()
    script.may_advance.clear()
    with at_work(script, f"sqlite:///{tmp_path / 'engine.db'}") as (starter, dispatches):
        starter.carry_out(RUN)
        assert script.advancing.acquire(timeout=PATIENCE)
        with unable_to_note_a_chunk(tmp_path):
            script.may_advance.set()
            wait_until(lambda: not dispatches.under_way(), "its thread's end", PATIENCE)
        wait_until(lambda: not starter.under_way(), "the engine's note", PATIENCE)
        starter.carry_out(RUN)  # as `bot.jobs.forgotten` does
        assert script.ended.acquire(timeout=PATIENCE)
    assert script.asked == ["announce", "advance"] * 2 + ["conclude"], "nobody abandons it"


@contextmanager
def unable_to_note_a_chunk(folder: Path) -> Iterator[None]:
    """Make the engine's note on a chunk fail, and no other."""
    with closing(sqlite3.connect(folder / "engine.db", timeout=PATIENCE, isolation_level=None)) as notes:
        notes.execute(
            "CREATE TRIGGER gone BEFORE INSERT ON operation_outputs"
            " WHEN NEW.function_name = 'advance' BEGIN INSERT INTO nowhere VALUES (1); END"
        )
        yield
        notes.execute("DROP TRIGGER gone")


@pytest.mark.postgres
def test_a_run_goes_on_when_postgresql_is_back(empty_postgresql: str) -> None:
    script = Script()
    script.may_advance.clear()
    with at_work(script, empty_postgresql) as (starter, dispatches):
        starter.carry_out(RUN)
        assert script.advancing.acquire(timeout=PATIENCE)
        with away(empty_postgresql):
            script.may_advance.set()
            wait_until(lambda: "advance" in script.asked, "the end of the chunk", PATIENCE)
        with seen_to(starter, dispatches):
            assert script.ended.acquire(timeout=PATIENCE)
    assert "abandon" not in script.asked
    assert script.asked[-1] == "conclude"


@contextmanager
def seen_to(starter: Starter, dispatches: Dispatches) -> Iterator[None]:
    """Do again and again what the clock of a process does: hand runs over, and put back what is left."""
    stopping = Event()

    def see_to_it() -> None:
        while not stopping.wait(1):
            starter.carry_out(RUN)
            left = {each.workflow_id for each in starter.under_way()} - dispatches.under_way()
            if left:
                starter.put_back(list(left), engine.RUNS)

    thread = Thread(target=see_to_it)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def test_an_unfinished_run_is_carried_out_again_although_the_engine_takes_it_for_done(tmp_path: Path) -> None:
    script, run = Script(), replace(RUN, leg=1)
    with at_work(script, f"sqlite:///{tmp_path / 'engine.db'}") as (starter, _):
        for _ in range(3):
            starter.carry_out(run)
            assert script.ended.acquire(timeout=PATIENCE)
            wait_until(lambda: not starter.under_way(), "the engine's note", PATIENCE)
    assert script.asked == ["announce", "advance", "conclude"] * 3
