"""The clock in every process: any number of them, and each moment counts once."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.starter import Starter
from bot.timer import Timer
from tests.bot.operation.engine_script import KEYS, NOW, PATIENCE, Script, playing
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


def test_three_clocks_name_the_same_moments() -> None:
    seen = [Moments(6) for _ in range(3)]
    timers = [clock_of(moments) for moments in seen]
    assert all(moments.are_enough.wait(PATIENCE) for moments in seen)
    for timer in timers:
        timer.stop()
    moments = {due for each in seen for due in each.due}
    assert len(moments) < sum(len(each.due) for each in seen) / 2, "each was named by nearly every clock"


def test_a_moment_that_three_clocks_name_one_after_another_is_carried_out_once(tmp_path: Path) -> None:
    script = Script()
    with (
        playing(script, tmp_path) as first,
        closing(beside(tmp_path)) as second,
        closing(beside(tmp_path)) as third,
    ):
        for starter in (first, second, third):
            starter.tick(NOW)
            wait_until(lambda: not first.waiting() and not first.under_way(), "the end")
        assert script.asked == ["tick"]
        second.tick(NOW + timedelta(minutes=1))
        assert script.ended.acquire(timeout=PATIENCE)
        wait_until(lambda: len(script.asked) == 2, "the next moment's own")


def beside(folder: Path) -> Starter:
    """Start as another process does."""
    return Starter(f"sqlite:///{folder / 'engine.db'}", KEYS)


def clock_of(call: Callable[[datetime], object]) -> Timer:
    timer = Timer()
    timer.every(0.25, "tick", call)
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
