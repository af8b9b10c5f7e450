"""Ends processes again and again, at moments that a seeded generator chooses."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from tests.soak.fleet import Fleet
from tests.soak.truth import Moment

FROZEN_FOR = 12.0
"""Seconds; whoever says that a write goes out, and is held up for 10, sends nothing (`sync.http`)."""
SOON = 0.5
SHARE_OF_PRESSES = 0.5
STARTING = 3.0
"""Seconds that a start takes at the most, more or less."""


class Way(Enum):
    """How a process is ended."""

    BEFORE = "between a write's arrival and its effect"
    AFTER = "between a write's effect and its answer"
    ANYWHERE = "anywhere"
    TWICE = "anywhere, and again while it starts"
    ASKED = "asked to end, as an orderly stop does (SIGTERM)"
    FROZEN = "not ended, but frozen so long that others take its work"


WEIGHTS = {Way.BEFORE: 3, Way.AFTER: 3, Way.ANYWHERE: 3, Way.TWICE: 1, Way.ASKED: 2}


@dataclass(slots=True)
class Killer:
    """Waits for writes, and strikes. While it is not armed, it counts nothing and does nothing."""

    fleet: Fleet
    random: Random
    gap: float
    """Writes between two strikes, on the average."""
    frozen: float = 0.0
    """Which part of the strikes freezes; only where there is another process to take over."""
    presses: bool = False
    """Whether to strike at presses, too."""
    is_armed: bool = False
    _left: float = 0.0
    _way: Way = Way.ANYWHERE
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self) -> None:
        """Begin."""
        self._choose()
        self.is_armed = True

    def disarm(self) -> None:
        """End no more processes."""
        self.is_armed = False

    def strike_soon(self) -> None:
        """End a process at about the time of a press, now and then; also while it is not armed."""
        if self.presses and self.random.random() < SHARE_OF_PRESSES:
            (victim,) = self.random.sample(range(len(self.fleet.commands)), 1)
            self._later(self.random.uniform(0.0, SOON), lambda: self._kill([victim]))

    def hear(self, moment: Moment) -> None:
        """Hear of a write, in the thread that handles it."""
        with self._lock:
            self._left -= moment is Moment.ARRIVED
            if not self.is_armed or self._left > 0 or not self._fits(moment):
                return
            way = self._way
            self._choose()
        self._strike(way)

    def _fits(self, moment: Moment) -> bool:
        return (moment is Moment.CARRIED_OUT) is (self._way is Way.AFTER)

    def _choose(self) -> None:
        self._left = self.random.uniform(0.2, 1.8) * self.gap
        is_frozen = self.random.random() < self.frozen
        self._way = Way.FROZEN if is_frozen else self.random.choices([*WEIGHTS], [*WEIGHTS.values()])[0]

    def _strike(self, way: Way) -> None:
        if way is Way.FROZEN:
            place = self.random.randrange(self.fleet.places("worker"))
            self.fleet.freeze(FROZEN_FOR, "worker", place=place)
            return
        victims = self._victims()
        if way in {Way.BEFORE, Way.AFTER}:
            self._kill(victims)
            return
        end = self._stop if way is Way.ASKED else self._kill
        self._later(self.random.uniform(0.0, SOON), lambda: self._if_armed(end, victims))
        if way is Way.TWICE:
            later = SOON + self.random.uniform(0.0, STARTING)
            self._later(later, lambda: self._if_armed(self._kill, victims))

    def _victims(self) -> list[int]:
        """Choose one process, now and then all at once."""
        places = range(len(self.fleet.commands))
        return [*places] if self.random.random() < 0.2 else [self.random.choice(places)]

    def _if_armed(self, end: Callable[[list[int]], None], victims: list[int]) -> None:
        if self.is_armed:
            end(victims)

    def _kill(self, victims: list[int]) -> None:
        for place in victims:
            self.fleet.kill(*set(self.fleet.commands), place=place)

    def _stop(self, victims: list[int]) -> None:
        for place in victims:
            self.fleet.stop(place)

    def _later(self, seconds: float, deed: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, deed)
        timer.daemon = True
        timer.start()
