"""Catching a run in the middle."""

import time
from collections.abc import Callable

from sandbox.calls import Call
from sandbox.remote.system import System
from tests.journeys.deeds import put
from tests.journeys.stage import PATIENCE, STEP, Stage


def wait_until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for what no screen tells of."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(STEP)


def writes(stage: Stage, system: System) -> list[Call]:
    """Give the calls that meant to change something."""
    return [call for call in stage.sandbox.calls.calls(system) if call.is_write]


def press_run(stage: Stage) -> int:
    """Press the last button; give how many messages the admin channel read before."""
    before = len(stage.reports())
    stage.hr.wait_for("連携内容の確認")
    stage.hr.submit()
    stage.hr.wait_for("取り込みを開始しました")
    return before


def run_until_written(stage: Stage, system: System, number: int = 2) -> int:
    """Start a run and come back when so many people were written; slow calls leave time to act."""
    stage.sandbox.faults.set(system, slow=0.05)
    before = press_run(stage)
    wait_until(lambda: len(writes(stage, system)) >= number, f"write {number}")
    return before


def result_after(stage: Stage, before: int) -> str:
    """Wait for the end of the run, and give the result."""
    stage.hr.wait_for(lambda _: len(stage.reports()) >= before + 2, PATIENCE * 2)
    stage.hr.close()
    return stage.reports()[-1]


def wait_for_report(stage: Stage, text: str) -> None:
    """Wait until the run's message says something."""
    stage.hr.wait_for(lambda _: any(text in report for report in stage.reports()), PATIENCE)


def leave(stage: Stage) -> None:
    """Close every modal."""
    while stage.hr.modal():
        stage.hr.close()


def place(stage: Stage, way: str) -> None:
    """Say where new people are put."""
    if way == "pull":
        put(stage.hr, "所属事業所", "本社")
    else:
        put(stage.hr, "所属事業所（所属）", "加工課")
        put(stage.hr, "雇用区分", "正社員")
    stage.hr.submit()
