"""A process that is killed in the middle of a tick: no later moment waits for it, and its own is not lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from dbos import DBOS

from bot import engine
from bot.starter import Starter
from bot.takeover import Takeover
from storage.database import migrate
from tests.bot.operation.engine_script import KEYS, NOW, PATIENCE, Script
from tests.bot.operation.engine_worker import IN_THE_MIDDLE, working
from tests.journeys.middle import wait_until
from tests.journeys.processes import STARTS_WITHIN

ROOT = Path(__file__).parents[3]
MINUTE = timedelta(minutes=1)
LEFT = f"tick-{NOW.astimezone(UTC).isoformat()}"
"""What the killed process was in the middle of."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHORES_POLLING_SECONDS", 0.05)


@pytest.mark.postgres
def test_a_tick_whose_process_is_killed_is_done_by_another_one_and_holds_none_up_before(
    empty_postgresql: str, tmp_path: Path
) -> None:
    script = Script()
    with (
        standing_in_a_tick(empty_postgresql, tmp_path) as (process, starter),
        working(script, empty_postgresql) as takeover,
    ):
        do_the_next(starter, script, 1)
        end(process)
        do_the_next(starter, script, 2)
        assert left(starter) == [LEFT], "nobody has looked yet"
        look_until_one_more_is_done(takeover, script)
        wait_until(lambda: not left(starter), "its end", PATIENCE)
        do_the_next(starter, script, 3)
    assert script.asked == ["tick"] * 4


def test_a_tick_whose_process_is_killed_is_done_after_the_restart_and_holds_up_none_after_it(
    tmp_path: Path,
) -> None:
    script, url = Script(), f"sqlite:///{tmp_path / 'engine.db'}"
    with standing_in_a_tick(url, tmp_path) as (process, starter):
        end(process)
        starter.tick(NOW + MINUTE)
        assert (left(starter), starter.waiting()) == ([LEFT], 1)
        with working(script, url) as takeover:
            for _ in range(2):
                look_until_one_more_is_done(takeover, script)
            wait_until(lambda: not left(starter), "their end", PATIENCE)
            do_the_next(starter, script, 2)
    assert script.asked == ["tick"] * 3


@contextmanager
def standing_in_a_tick(url: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Starter]]:
    """Start a process and have it begin a tick that it does not end."""
    migrate(url)
    DBOS.migrate(system_database_url=url)
    command = [sys.executable, "-m", "tests.bot.operation.engine_worker", url]
    said = folder / "said"
    with said.open("wb") as output, closing(Starter(url, KEYS)) as starter:
        process = subprocess.Popen(command, env={"PATH": os.defpath}, cwd=ROOT, stdout=output)  # noqa: S603 - our own
        try:
            starter.tick(NOW)
            wait_until(lambda: IN_THE_MIDDLE in said.read_text(encoding="utf-8"), "the tick", STARTS_WITHIN)
            yield process, starter
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it: it can neither say goodbye nor note anything."""
    process.kill()
    process.wait()


def do_the_next(starter: Starter, script: Script, minute: int) -> None:
    """Have the clock name a later moment, and wait until what is due is done."""
    before = left(starter)
    starter.tick(NOW + minute * MINUTE)
    assert script.ended.acquire(timeout=PATIENCE)
    wait_until(lambda: left(starter) == before, "the engine's note", PATIENCE)


def left(starter: Starter) -> list[str]:
    """Give what some process has taken and not ended."""
    return [work.workflow_id for work in starter.under_way()]


def look_until_one_more_is_done(takeover: Takeover, script: Script) -> None:
    """Look for work to take over as often as it takes."""

    def is_done() -> bool:
        takeover.look()
        return script.ended.acquire(blocking=False)

    wait_until(is_done, "a tick", PATIENCE)
