"""What the administrator does, even when a process is struck at that very moment: look again, press again."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack.screen import NotSeenError
from tests.journeys.deeds import ask_for, choose_all, give_reason
from tests.journeys.middle import leave, place
from tests.journeys.stage import PATIENCE, Stage
from tests.soak.killer import Killer

TRIES = 4
NOT_THERE = (NotSeenError, LookupError, StopIteration)
"""What a hand meets on a screen that did not come about, or not wholly."""
MEANWHILE = 5.0
"""Seconds after which somebody presses again."""


@dataclass(frozen=True, slots=True)
class Hands:
    """The administrator's."""

    stage: Stage
    killer: Killer
    count_runs: Callable[[], int]

    def start_run(self, way: str) -> None:
        """Choose everybody who can be imported, and press until there is a run. Raises NOT_THERE."""
        self._again_and_again(lambda: self._choose_everybody(way))
        known = self.count_runs()
        self.killer.strike_soon()
        self._again_and_again(lambda: self._press_unless_there_are_more_than(known))
        leave(self.stage)

    def _choose_everybody(self, way: str) -> None:
        """Come to the last button, from the beginning: the strike can meet any press on the way."""
        hr = self.stage.hr
        leave(self.stage)
        ask_for(hr, way)
        self.killer.strike_soon()
        hr.wait_for("選択中 0名", PATIENCE)
        choose_all(hr)
        hr.submit()
        place(self.stage, way)
        hr.wait_for("連携内容の確認")
        if "上限を超えて書き込む理由" in hr.text():
            give_reason(hr, "組織変更に伴う一括修正のため")

    def _press_unless_there_are_more_than(self, known: int) -> None:
        if self.count_runs() == known:
            self.stage.hr.submit()
            self.stage.hr.wait_for(lambda _: self.count_runs() > known, MEANWHILE)

    def _again_and_again(self, deed: Callable[[], None]) -> None:
        for left in reversed(range(TRIES)):
            try:
                deed()
                self.killer.fleet.wait_until_ready()
            except NOT_THERE:
                if not left:
                    raise
                self.killer.fleet.wait_until_ready()
            else:
                return
