"""A process that is told to stop in the middle of a run."""

import time
from pathlib import Path

from sandbox.remote.system import System
from tests.journeys.deeds import choose_all, look_at
from tests.journeys.middle import place, press_run, result_after, wait_until, writes
from tests.journeys.others import somebody_else
from tests.journeys.processes import Processes
from tests.journeys.stage import renkei

CANARIES = 3
WRITERS = 8
SLOW = 3.0
"""Seconds to an answer, longer than it takes to say goodbye to Slack."""


def test_what_was_sent_is_answered_before_a_process_stops_and_nothing_more_is_sent(tmp_path: Path) -> None:
    bot = Processes(tmp_path / "log", module="tests.journeys.quick")
    with renkei(bot=bot) as stage, somebody_else(stage) as (store, scope):
        look_at(stage, "pull")
        choose_all(stage.hr)
        stage.hr.submit()
        place(stage, "pull")
        stage.sandbox.faults.set(System.SMARTHR, slow=0.3)
        before = press_run(stage)
        wait_until(lambda: len(writes(stage, System.SMARTHR)) == CANARIES, "the last canary")
        stage.sandbox.faults.set(System.SMARTHR, slow=SLOW)
        (run,) = store.runs.history(scope, 0, 1)
        ledger = store.runs.ledger(run.id)
        wait_until(lambda: len(ledger.load_unanswered()) == WRITERS, "a call of every writer")

        told = time.monotonic()
        assert bot.stop("run") == 0
        assert time.monotonic() - told < 10
        assert not ledger.load_unanswered()
        assert len(writes(stage, System.SMARTHR)) == ledger.count_written() == CANARIES + WRITERS

        stage.sandbox.faults.clear()
        stage.sandbox.slack.socket_mode.drop()
        bot.start()
        assert "15名の取り込みが完了しました" in result_after(stage, before)
        assert len(writes(stage, System.SMARTHR)) == 15
