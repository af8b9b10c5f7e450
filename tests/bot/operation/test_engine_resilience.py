"""What breaks off in the background is reported, and begun anew."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, MultiFernet

from bot import engine
from bot.engine import launch
from bot.starter import Starter
from storage.records import RunHead, RunState, Scope
from sync.calendar import TOKYO
from sync.model import Direction

KEYS = MultiFernet([Fernet(Fernet.generate_key())])
NOW = datetime(2026, 11, 24, 14, tzinfo=TOKYO)
RUN = RunHead(
    id="r1",
    plan_id="p1",
    scope=Scope("", "T1"),
    user_id="U1",
    direction=Direction.PULL,
    as_of=NOW.date(),
    state=RunState.QUEUED,
    total=1,
    counts={},
    created_at=NOW,
    queued_at=NOW,
)


class Script:
    """Jobs that fail as told and note what they were asked."""

    def __init__(self, **failing: int) -> None:
        self.failing = failing
        self.asked: list[str] = []
        self.holders: list[str] = []
        self.ended = threading.Semaphore(0)

    def _play(self, name: str) -> None:
        self.asked.append(name)
        if self.failing.get(name, 0) > 0:
            self.failing[name] -= 1
            raise OSError(name)

    def prepare_plan(self, plan_id: str) -> None:
        del plan_id
        try:
            self._play("prepare")
        finally:
            self.ended.release()

    def test_integration(self, draft_id: str) -> None:
        del draft_id

    def tick(self) -> None:
        self._play("tick")
        self.ended.release()

    def hold(self, run_id: str, holder: str) -> None:
        del run_id
        self.holders.append(holder)
        if self.failing.get("hold", 0) > 0:
            self.failing["hold"] -= 1
            raise OSError("hold")

    def announce(self, run_id: str) -> None:
        del run_id
        self._play("announce")

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        del run_id, recheck
        assert holder == self.holders[-1]
        self._play("advance")
        return None

    def conclude(self, run_id: str) -> None:
        del run_id
        self._play("conclude")
        self.ended.release()

    def abandon(self, run_id: str) -> None:
        del run_id
        self._play("abandon")
        self.ended.release()


@contextmanager
def playing(script: Script, folder: Path) -> Iterator[Starter]:
    url = f"sqlite:///{folder / 'engine.db'}"
    running = launch(url, KEYS, script, "test")
    starter = Starter(url, KEYS)
    try:
        yield starter
    finally:
        starter.close()
        running.stop()


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
