"""The clock in every process: any number of them, and each moment counts once."""

import threading
from datetime import datetime
from pathlib import Path

from bot.starter import Starter
from bot.timer import Timer
from tests.bot.operation.engine_script import PATIENCE, Script, playing
from tests.journeys.middle import wait_until


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


def test_three_clocks_name_the_same_moments_and_the_engine_does_each_once(tmp_path: Path) -> None:
    script = Script()
    seen = [Moments(6) for _ in range(3)]
    with playing(script, tmp_path) as starter:
        timers = [clock_of(starter, moments) for moments in seen]
        assert all(moments.are_enough.wait(PATIENCE) for moments in seen)
        for timer in timers:
            timer.stop()
        wait_until(lambda: not starter.waiting() and not starter.under_way(), "the last tick")
    moments = {due for each in seen for due in each.due}
    assert len(moments) < sum(len(each.due) for each in seen) / 2, "each was named by nearly every clock"
    assert 1 <= script.asked.count("tick") <= len(moments)


def clock_of(starter: Starter, moments: Moments) -> Timer:
    def tick(due: datetime) -> None:
        starter.tick(due)
        moments(due)

    timer = Timer()
    timer.every(0.25, "tick", tick)
    timer.start()
    return timer


def test_a_call_that_fails_is_made_again() -> None:
    moments = Moments(3)

    def fail(due: datetime) -> None:
        moments(due)
        raise OSError

    timer = Timer()
    timer.every(0.1, "fails", fail)
    timer.start()
    assert moments.are_enough.wait(PATIENCE)
    timer.stop()
    assert moments.due == sorted(set(moments.due))
