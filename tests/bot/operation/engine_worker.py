"""`python -m tests.bot.operation.engine_worker URL`: a process that stands still in the middle of a tick."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.dispatches import Dispatches
from bot.engine import launch
from bot.heart import Heart
from bot.lifeline import Lifeline
from bot.starter import Starter
from bot.takeover import Takeover
from storage.database import open_database
from storage.slots import take_slot
from storage.workers import Workers
from tests.bot.operation.engine_script import KEYS, Script

BEAT = 0.1
"""Seconds."""
DEAD_AFTER = timedelta(seconds=2)
"""Not shorter: SQLite notes to the second when work was taken, and its thread may be a moment away."""
IN_THE_MIDDLE = "in the middle of a tick"


class StandingStill(Script):
    def tick(self) -> None:
        print(IN_THE_MIDDLE, flush=True)  # noqa: T201 - whoever started the process waits for it
        threading.Event().wait()


@contextmanager
def working(script: Script, url: str) -> Iterator[Takeover]:
    """Work under a name of its own as a process of the bot does; looks for others' work are the caller's."""
    database, dispatches, starter = open_database(url), Dispatches(), Starter(url, KEYS)
    heart = Heart(take_slot(url), Workers(database), Lifeline())
    heart.arrive()
    stop = launch(url, KEYS, script, heart.executor_id, dispatches)
    try:
        yield Takeover(
            queues=starter,
            workers=heart.workers,
            dead_after=DEAD_AFTER,
            executor_id=heart.executor_id,
            beat=heart.beat,
            under_way=dispatches.under_way,
        )
    finally:
        stop()
        heart.leave()
        starter.close()
        database.close()


def main(url: str) -> None:
    with working(StandingStill(), url) as takeover:
        while True:
            takeover.beat()
            time.sleep(BEAT)


if __name__ == "__main__":
    main(sys.argv[1])
