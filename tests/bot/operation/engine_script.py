"""What the engine is told to carry out when it is looked at alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from dbos import DBOS

from bot.dispatches import Dispatches
from bot.engine import launch
from bot.starter import Starter
from storage.records import Scope
from storage.run_records import RunHead, RunState
from sync.calendar import TOKYO
from sync.model import Direction
from tests.journeys.middle import wait_until
from tests.storage.builders import KEY

KEYS = MultiFernet([Fernet(KEY)])
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


PATIENCE = 20.0
"""Seconds for what takes much less than one."""


class Script:
    """Jobs that fail as told and note what they were asked."""

    def __init__(self, **failing: int) -> None:
        self.failing = failing
        self.asked: list[str] = []
        self.leg: int | None = None
        """The leg that the run is in; None for whichever is carried out."""
        self.holders: list[str] = []
        self.ended = threading.Semaphore(0)
        self.advancing = threading.Semaphore(0)
        self.may_advance = threading.Event()
        self.may_advance.set()
        self.stuck: dict[str, int] = {}
        """The holders whose chunk fails, and how often it has."""

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

    def hold(self, run_id: str, holder: str, leg: int) -> bool:
        del run_id
        self.holders.append(holder)
        if self.failing.get("hold", 0) > 0:
            self.failing["hold"] -= 1
            raise OSError("hold")
        return self.leg in {None, leg}

    def announce(self, run_id: str) -> None:
        del run_id
        self._play("announce")

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        del run_id, recheck
        self.advancing.release()
        wait_until(lambda: self.may_advance.is_set() or holder in self.stuck, "leave to go on", PATIENCE)
        if holder in self.stuck:
            self.stuck[holder] += 1
            raise OSError(holder)
        self._play("advance")
        return None

    def conclude(self, run_id: str, *, holder: str) -> None:
        del run_id, holder
        self._play("conclude")
        self.ended.release()

    def abandon(self, run_id: str, *, holder: str) -> None:
        del run_id, holder
        self._play("abandon")
        self.ended.release()


@contextmanager
def playing(script: Script, folder: Path) -> Iterator[Starter]:
    url = f"sqlite:///{folder / 'engine.db'}"
    DBOS.migrate(system_database_url=url)
    stop = launch(url, KEYS, script, "test", Dispatches())
    starter = Starter(url, KEYS)
    try:
        yield starter
    finally:
        starter.close()
        stop()
