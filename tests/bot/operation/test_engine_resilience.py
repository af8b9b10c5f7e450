"""What breaks off in the background is reported, and begun anew."""

from pathlib import Path

import pytest

from bot import engine
from tests.bot.operation.engine_script import RUN, Script, playing


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
