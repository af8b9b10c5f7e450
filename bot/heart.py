"""A working process among others: its name, its heartbeat, and its end when another one has its name."""

import os
import platform
import threading
from dataclasses import dataclass, field

import structlog

from bot.lifeline import Lifeline
from bot.version import VERSION
from storage.slots import Slot
from storage.workers import Workers

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Heart:
    """Beats until the process leaves."""

    slot: Slot
    workers: Workers
    lifeline: Lifeline
    _left: threading.Event = field(default_factory=threading.Event, init=False)
    _beating: threading.Lock = field(default_factory=threading.Lock, init=False)

    @property
    def executor_id(self) -> str:
        """What the engine knows the process by."""
        return self.slot.executor_id

    def arrive(self) -> None:
        """Begin, before any work is taken: what carries this name is not to be taken over from us."""
        self.workers.arrive(self.executor_id, platform.node(), VERSION)
        _log.info("arrived", executor_id=self.executor_id, pid=os.getpid())

    def beat(self) -> None:
        """Say that the process lives; have it end when another one has its name."""
        with self._beating:
            if self._left.is_set():
                return
            if not self.slot.keep():
                _log.error("name_lost", executor_id=self.executor_id)
                self.lifeline.let_go()
            elif not self.workers.beat(self.executor_id):
                self.arrive()  # not seen for a day, and forgotten

    def leave(self) -> None:
        """Let others carry on at once what this process has begun."""
        self._left.set()
        with self._beating:
            if self.slot.keep():
                self.workers.leave(self.executor_id)
            self.slot.leave()
