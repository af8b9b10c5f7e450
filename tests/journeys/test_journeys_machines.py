"""Several processes on one PostgreSQL: whichever of them ends, and however, nobody is written twice."""

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.keys import fernet
from bot.starter import Starter
from sandbox import kinkakuji, smarthr
from sandbox.remote.system import System
from tests.journeys.deeds import choose, choose_all, look_at
from tests.journeys.middle import place, press_run, result_after, wait_until, writes
from tests.journeys.others import somebody_else
from tests.journeys.processes import Processes
from tests.journeys.stage import Stage, renkei
from tests.postgres import crash

SLOW = 0.3
"""Seconds that each call takes, to act in between."""
DOUBLES_ALLOWED: dict[str, Any] = {
    "smarthr_options": smarthr.Options(allow_duplicate_numbers=True),
    "kinkakuji_options": kinkakuji.Options(allow_duplicate_codes=True),
}
"""Nobody but Renkei itself keeps people from being created twice."""


@pytest.mark.postgres
def test_whoever_is_killed_told_to_stop_or_stands_still_the_others_carry_on(
    empty_postgresql: str, tmp_path: Path
) -> None:
    bot = Processes(tmp_path / "log", "web", "worker", "worker", module="tests.journeys.quick")
    with renkei(over_http=True, database_url=empty_postgresql, bot=bot, **DOUBLES_ALLOWED) as stage:
        with in_the_middle_of(stage, bot, "pull", "00123", "0016", "0017", "0018") as run:
            whoever_carries_out(stage, bot).kill()
        raise_unless_all_are_written_once(stage, run, 4)

        bot.add("worker")
        with in_the_middle_of(stage, bot, "pull") as run:
            leaving = whoever_carries_out(stage, bot)
            told = time.monotonic()
            assert ends(leaving, signal.SIGTERM) == 0
            assert time.monotonic() - told < 10
            with somebody_else(stage) as (store, _):
                assert len(store.workers.list()) == 1, "it said that it left; nobody waits for its death"
        raise_unless_all_are_written_once(stage, run, 11)

        bot.add("worker")
        with in_the_middle_of(stage, bot, "push") as run:
            standing_still = whoever_carries_out(stage, bot)
            standing_still.send_signal(signal.SIGSTOP)
            wait_until(lambda: whoever_carries_out(stage, bot) is not standing_still, "the takeover")
        stage.sandbox.faults.set(System.KINKAKUJI, slow=SLOW)
        assert ends(standing_still, signal.SIGCONT) == 1, "it gives way, to be started anew"
        raise_unless_all_are_written_once(stage, run, 4)

        told = time.monotonic()
        assert bot.stop("web") == 0
        assert time.monotonic() - told < 10


@pytest.mark.postgres
def test_a_run_outlives_a_crash_of_the_database(empty_postgresql: str, tmp_path: Path) -> None:
    bot = Processes(tmp_path / "log", "web", "worker", "worker", module="tests.journeys.quick")
    with renkei(over_http=True, database_url=empty_postgresql, bot=bot, **DOUBLES_ALLOWED) as stage:
        with in_the_middle_of(stage, bot, "pull", "00123", "0016", "0017", "0018") as run:
            crash(empty_postgresql)
        raise_unless_all_are_written_once(stage, run, 4)


@dataclass(frozen=True)
class Run:
    """A run that was started, and what there was before it."""

    target: System
    doubled_before: set[str]
    reports_before: int


@contextmanager
def in_the_middle_of(stage: Stage, bot: Processes, way: str, *numbers: str) -> Iterator[Run]:
    """Start a run of these people, or of everybody; after the block the systems are quick again."""
    look_at(stage, way)
    if numbers:
        choose(stage.hr, *numbers)
    else:
        choose_all(stage.hr)
    stage.hr.submit()
    place(stage, way)
    wait_until(lambda: len(bot.workers()) == 2, "somebody to go on")
    target = System.SMARTHR if way == "pull" else System.KINKAKUJI
    already_doubled, reached = doubled(stage, target), len(writes(stage, target))
    stage.sandbox.faults.set(target, slow=SLOW)
    run = Run(target, already_doubled, press_run(stage))
    wait_until(lambda: len(writes(stage, target)) > reached, "the first write")
    yield run
    stage.sandbox.faults.clear()


def whoever_carries_out(stage: Stage, bot: Processes) -> subprocess.Popen[bytes]:
    """Give the process that the run is with, waiting for one to take it."""
    starter = Starter(stage.settings.database_url, fernet(stage.settings))
    found: set[str] = set()

    def is_with_somebody() -> bool:  # with nobody for a moment, between two of them
        found.update(names(starter) & bot.workers().keys())
        return bool(found)

    try:
        wait_until(is_with_somebody, "somebody who carries the run out")
        return bot.workers()[found.pop()]
    finally:
        starter.close()


def names(starter: Starter) -> set[str]:
    runs = (work for work in starter.under_way() if work.queue == "runs")
    return {work.executor_id for work in runs}


def ends(process: subprocess.Popen[bytes], number: signal.Signals) -> int:
    """Send a signal, and give the code that the process ends with."""
    process.send_signal(number)
    return process.wait(timeout=20)


def raise_unless_all_are_written_once(stage: Stage, run: Run, people: int) -> None:
    assert f"{people}名の取り込みが完了しました" in result_after(stage, run.reports_before)
    assert doubled(stage, run.target) == run.doubled_before, "nobody was created twice"


def doubled(stage: Stage, system: System) -> set[str]:
    """Give the numbers that several people have."""
    holder = stage.sandbox.smarthr if system is System.SMARTHR else stage.sandbox.kinkakuji
    key = "emp_code" if system is System.SMARTHR else "code"
    numbers = Counter(str(person.get(key) or id(person)) for person in holder.stored())
    return {number for number, people in numbers.items() if people > 1}
