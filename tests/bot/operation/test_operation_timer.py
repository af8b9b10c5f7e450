"""The clock in every process: any number of them, and each moment counts once."""

import threading
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from dbos import DBOS

from bot.starter import Starter
from bot.timer import Timer
from tests.journeys.middle import wait_until

KEYS = MultiFernet([Fernet(Fernet.generate_key())])
ENOUGH = 20.0
"""Seconds for a few ticks on a busy machine."""


class Moments:
    """Notes when a call was due, and tells when there were so many."""

    def __init__(self, number: int) -> None:
        self.due: list[datetime] = []
        self.are_enough = threading.Event()
        self._number = number

    def __call__(self, due: datetime) -> None:
        self.due.append(due)
        if len(self.due) >= self._number:
            self.are_enough.set()


def test_three_clocks_tell_the_engine_each_moment_and_it_takes_each_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'engine.db'}"
    DBOS.migrate(system_database_url=url)
    starters = [Starter(url, KEYS) for _ in range(3)]
    seen = [Moments(4) for _ in starters]
    timers = [Timer() for _ in starters]
    for timer, starter, moments in zip(timers, starters, seen, strict=True):

        def tick(due: datetime, starter: Starter = starter, moments: Moments = moments) -> None:
            starter.tick(due)
            moments(due)

        timer.every(0.25, "tick", tick)
        timer.start()
    assert all(moments.are_enough.wait(ENOUGH) for moments in seen)
    for timer in timers:
        timer.stop()

    def told() -> list[datetime]:
        return [due for moments in seen for due in moments.due]

    wait_until(lambda: starters[0].waiting() == len(set(told())), "the last tick")
    assert len(set(told())) < len(told())
    for starter in starters:
        starter.close()


def test_a_call_that_fails_is_made_again() -> None:
    moments = Moments(3)

    def fail(due: datetime) -> None:
        moments(due)
        raise OSError

    timer = Timer()
    timer.every(0.1, "fails", fail)
    timer.start()
    assert moments.are_enough.wait(ENOUGH)
    timer.stop()
    assert moments.due == sorted(set(moments.due))
