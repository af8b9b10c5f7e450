"""What breaks off in the background is reported, and begun anew."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from dbos import DBOS

from bot import engine
from bot.jobs.forgotten import Forgotten
from bot.starter import BROKEN_OFF
from storage.database import migrate, open_database
from storage.store import Store
from tests.bot.operation.engine_script import PATIENCE, RUN, Script, playing
from tests.journeys.middle import wait_until
from tests.storage.builders import KEYS, NOON, Watch, started

MOST_DISPATCHES = 101
"""The first one, and as many after it as DBOS's `max_recovery_attempts` says: 100 unless it is told."""
GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TRY_AGAIN_AFTER", 0.01)


def test_a_step_that_fails_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    script = Script(announce=2, conclude=1)
    with playing(script, tmp_path) as starter:
        starter.carry_out(RUN)
        assert script.ended.acquire(timeout=20)
    assert script.asked == ["announce"] * 3 + ["advance"] + ["conclude"] * 2


def test_a_run_that_cannot_go_on_is_closed_and_reported(tmp_path: Path) -> None:
    script = Script(announce=engine.TRIES)
    with playing(script, tmp_path) as starter:
        starter.carry_out(RUN)
        assert script.ended.acquire(timeout=20)
    assert script.asked[-1] == "abandon"


def test_the_same_work_is_begun_once_and_anew_only_after_it_broke_off(tmp_path: Path) -> None:
    script = Script(prepare=engine.TRIES)
    with playing(script, tmp_path) as starter:
        starter.prepare_plan("p1")
        for _ in range(engine.TRIES):
            assert script.ended.acquire(timeout=20)
        while not script.ended.acquire(timeout=0.5):
            starter.prepare_plan("p1")
        starter.prepare_plan("p1")
        assert not script.ended.acquire(timeout=1)
    assert len(script.asked) == engine.TRIES + 1


@pytest.mark.parametrize("status", sorted(BROKEN_OFF))
def test_a_run_whose_work_the_engine_has_given_up_goes_on_when_it_is_handed_over_again(
    tmp_path: Path, status: str
) -> None:
    before, after, run = Script(), Script(), replace(RUN, leg=2)
    before.may_advance.clear()
    with playing(before, tmp_path) as starter:
        starter.carry_out(run)
        assert before.advancing.acquire(timeout=PATIENCE)
    give_up(tmp_path, status)
    after.leg = run.leg
    after.may_advance.clear()
    with playing(after, tmp_path) as starter:
        for _ in range(3):
            starter.carry_out(run)  # as `bot.jobs.forgotten` does at every tick
        after.may_advance.set()
        assert after.ended.acquire(timeout=PATIENCE)
        assert not after.ended.acquire(timeout=1)
    assert after.asked == ["announce", "advance", "conclude"]
    before.may_advance.set()


def give_up(folder: Path, status: str) -> None:
    """Note of everything what the engine notes after too many dispatches, say."""
    with closing(sqlite3.connect(folder / "engine.db", timeout=PATIENCE)) as notes, notes:
        notes.execute("UPDATE workflow_status SET status = ?", (status,))


class Deadly(Script):
    """Jobs that end whoever carries them out, before he can note anything."""

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        del run_id, holder, recheck
        self.advancing.release()
        sys.exit()


def test_a_run_that_the_engine_gives_up_after_a_hundred_deaths_of_its_process_is_carried_out_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "POLLING_SECONDS", 0.01)
    before, after = Deadly(), Script()
    with ledger(tmp_path) as store:
        run = started(store)
        with playing(before, tmp_path) as starter:
            starter.carry_out(run)
            dispatch_until(before, MOST_DISPATCHES - 3)
        while GIVEN_UP not in noted(tmp_path):
            with playing(before, tmp_path):
                wait_until(lambda: begun(before) or GIVEN_UP in noted(tmp_path), "its beginning", PATIENCE)
        assert len(before.holders) == MOST_DISPATCHES
        with playing(after, tmp_path) as starter:
            Forgotten(store, starter, lambda: NOON).hand_over()
            assert after.ended.acquire(timeout=PATIENCE)
    assert after.asked == ["announce", "advance", "conclude"]


@contextmanager
def ledger(folder: Path) -> Iterator[Store]:
    """Give our own tables beside the engine's."""
    url = f"sqlite:///{folder / 'engine.db'}"
    migrate(url)
    database = open_database(url)
    yield Store(database, KEYS, Watch())
    database.close()


def dispatch_until(script: Script, number: int) -> None:
    """Have the engine do what it does at each start, without the time that a start takes.

    It is these that it counts: work that is put back after a takeover has its count begun anew.
    """
    wait_until(lambda: begun(script), "its beginning", PATIENCE)
    while len(script.holders) < number:
        DBOS._recover_pending_workflows(["test"])  # noqa: SLF001 - what it calls at a start
        wait_until(lambda: begun(script), "its beginning anew", PATIENCE)


def begun(script: Script) -> bool:
    return script.advancing.acquire(blocking=False)


def noted(folder: Path) -> set[str]:
    """Give the states of everything that the engine has notes on."""
    with closing(sqlite3.connect(folder / "engine.db", timeout=PATIENCE)) as notes:
        return {status for (status,) in notes.execute("SELECT status FROM workflow_status")}
