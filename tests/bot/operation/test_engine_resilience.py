"""What breaks off in the background is reported, and begun anew."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import engine
from bot.starter import BROKEN_OFF
from tests.bot.operation.engine_script import PATIENCE, RUN, Script, playing


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
