"""How work ends with its process."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.ending import EndingPace
from bot.lifeline import Lifeline, ProcessEnds
from tests.bot.operation.engine_script import PATIENCE


@dataclass
class Slow:
    """A pace at which the next call may start when a test says so."""

    may_start: threading.Event = field(default_factory=threading.Event)
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    backed_off: list[float] = field(default_factory=list)

    def wait(self) -> None:
        self.asked.release()
        assert self.may_start.wait(PATIENCE)

    def back_off(self, seconds: float) -> None:
        self.backed_off.append(seconds)


def test_work_is_waited_for_until_it_comes_to_its_end_or_has_nothing_more_to_begin() -> None:
    lifeline, may_end = Lifeline(), threading.Event()

    def work() -> None:
        with lifeline.at_work():
            assert may_end.wait(PATIENCE)
            lifeline.raise_if_stopping()

    def never_ends() -> None:
        work()
        pytest.fail("whoever parks does not come back")

    assert lifeline.wait_for_work(0)
    threads = [beside(work)]
    assert not lifeline.wait_for_work(0.05)
    may_end.set()
    assert lifeline.wait_for_work(PATIENCE)
    threads[0].join(PATIENCE)

    may_end.clear()
    lifeline.stopping.set()
    parked = beside(never_ends)
    assert not lifeline.wait_for_work(0.05)
    may_end.set()
    assert lifeline.wait_for_work(PATIENCE)
    parked.join(0.05)
    assert parked.is_alive()


def test_work_that_fails_is_not_waited_for() -> None:
    lifeline = Lifeline()
    with pytest.raises(OSError, match="away"), lifeline.at_work():
        raise OSError("away")
    assert lifeline.wait_for_work(0)


def test_no_call_begins_once_the_process_is_to_stop_however_many_stand_in_line() -> None:
    lifeline, slow, ended = Lifeline(), Slow(), threading.Semaphore(0)
    pace = EndingPace(slow, lifeline)

    def call() -> None:
        with pytest.raises(ProcessEnds):
            pace.wait()
        ended.release()

    for _ in range(3):
        beside(call)
    assert slow.asked.acquire(timeout=PATIENCE)
    lifeline.stopping.set()
    slow.may_start.set()
    for _ in range(3):
        assert ended.acquire(timeout=PATIENCE)
    assert not slow.asked.acquire(timeout=0), "nobody else took a moment"


def test_until_then_the_pace_goes_as_it_does() -> None:
    slow = Slow()
    slow.may_start.set()
    pace = EndingPace(slow, Lifeline())
    pace.wait()
    assert slow.asked.acquire(timeout=0)
    pace.back_off(3.0)
    assert slow.backed_off == [3.0]


def beside(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
