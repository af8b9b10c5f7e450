"""Runs that wait keep no other one from beginning."""

import threading
from dataclasses import replace
from pathlib import Path

from tests.bot.operation.engine_script import PATIENCE, RUN, Script, playing

MANY = 40
NAP = 1.0
"""Seconds."""


class Waiting(Script):
    """Runs that wait, and one that does not."""

    def __init__(self) -> None:
        super().__init__()
        self.began: set[str] = set()
        self.opened = threading.Event()

    def announce(self, run_id: str) -> None:
        self.began.add(run_id)

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        del holder, recheck
        return None if run_id == RUN.id or self.opened.is_set() else NAP


def test_many_runs_that_wait_keep_no_other_one_from_beginning(tmp_path: Path) -> None:
    script = Waiting()
    with playing(script, tmp_path) as starter:
        for number in range(MANY):
            starter.carry_out(replace(RUN, id=f"waiting-{number}"))
        starter.carry_out(RUN)
        has_ended = script.ended.acquire(timeout=PATIENCE)
        script.opened.set()
        assert has_ended
        for _ in range(MANY):
            assert script.ended.acquire(timeout=PATIENCE)
        assert len(script.began) == MANY + 1
