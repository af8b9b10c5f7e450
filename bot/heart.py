"""A working process among others: its name, its heartbeat, and its end when another one has its name."""

import os
import platform
import threading
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.lifeline import Lifeline
from bot.version import VERSION
from storage.errors import ClocksApart
from storage.slots import Slot
from storage.workers import Workers
from sync.calendar import Clock

MOST_APART = timedelta(seconds=20)
"""How far this machine's clock may be from the database's. No call starts in the 30 s before 勤革時 closes,
and a write that was not answered may be sent again a minute later, by another machine too."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Heart:
    """Beats until the process leaves."""

    slot: Slot
    workers: Workers
    lifeline: Lifeline
    clock: Clock
    """The machine's own, never the demo's."""
    _left: threading.Event = field(default_factory=threading.Event, init=False)
    _beating: threading.Lock = field(default_factory=threading.Lock, init=False)

    @property
    def executor_id(self) -> str:
        """What the engine knows the process by."""
        return self.slot.executor_id

    def arrive(self) -> None:
        """Begin, before any work is taken: what carries this name is not to be taken over from us.

        Raises ClocksApart.
        """
        apart = self.workers.off_by(self.clock)
        if apart > MOST_APART:
            told = f"{apart.total_seconds():.0f} s away from the database's"
            raise ClocksApart(f"This machine's clock is {told}: switch NTP on, on both.")
        self.workers.arrive(self.executor_id, platform.node(), VERSION)
        _log.info("arrived", executor_id=self.executor_id, pid=os.getpid())

    def beat(self) -> None:
        """Say that the process lives; have it end when another one has its name, or when its clock is off."""
        with self._beating:
            if self._left.is_set():
                return
            if not self.slot.keep():
                self._end("name_lost")
            elif self.workers.off_by(self.clock) > MOST_APART:
                self._end("clocks_apart")
            elif not self.workers.beat(self.executor_id):
                self.arrive()  # not seen for a day, and forgotten

    def _end(self, why: str) -> None:
        _log.error(why, executor_id=self.executor_id)
        self.lifeline.let_go()

    def leave(self) -> None:
        """Let others carry on at once what this process has begun."""
        self._left.set()
        with self._beating:
            if self.slot.keep():
                self.workers.leave(self.executor_id)
            self.slot.leave()
