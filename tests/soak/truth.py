"""What really reached the stand-ins, call by call."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import Any

from sandbox.remote.system import System
from sandbox.remote.witness import Seen

NUMBER = {System.SMARTHR: "emp_code", System.KINKAKUJI: "code"}
"""What each calls an employee number."""
PEOPLE = {System.SMARTHR: "/crews", System.KINKAKUJI: "/employees"}
"""Where each lists its people."""


class Moment(Enum):
    """Where a write stands when somebody hears of it."""

    ARRIVED = "arrived"
    CARRIED_OUT = "carried out"
    """And not answered yet."""


@dataclass(slots=True, eq=False)
class Write:
    """A write that reached a stand-in. Times are in seconds of one monotonic clock."""

    system: System
    whom: str
    """The number of somebody who is created; the id of whoever is changed."""
    is_creation: bool
    values: Any
    arrived: float
    done: float | None = None
    """When the stand-in had carried it out or refused it; None if it never did either."""
    status: int | None = None

    @property
    def is_committed(self) -> bool:
        """Tell whether it had its effect."""
        return self.status is not None and self.status < HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Look:
    """A read that shows whether somebody is there."""

    system: System
    number: str | None
    """None: it shows everybody."""
    at: float


@dataclass(slots=True)
class Truth:
    """Fits `sandbox.remote.witness.Witness`."""

    tell: Callable[[Moment], None] = lambda _moment: None
    """Called at once, in the thread of the call, at every write."""
    writes: list[Write] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    _open: dict[Seen, Write] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def arrived(self, seen: Seen) -> None:
        """Note a write."""
        if seen.method != "GET":
            write = self._open[seen] = _write(seen)
            with self._lock:
                self.writes.append(write)
            self.tell(Moment.ARRIVED)

    def carried_out(self, seen: Seen, status: int) -> None:
        """Note what has become of a write, or what a read has shown."""
        if seen.method == "GET":
            self._note_look(seen, status)
        else:
            write = self._open.pop(seen)
            write.done, write.status = monotonic(), status
            self.tell(Moment.CARRIED_OUT)

    def take(self) -> tuple[list[Write], list[Look]]:
        """Give what was noted, and begin anew."""
        with self._lock:
            taken = self.writes, self.looks
            self.writes, self.looks = [], []
        return taken

    def _note_look(self, seen: Seen, status: int) -> None:
        look = _look(seen)
        if status == HTTPStatus.OK and look is not None:
            with self._lock:
                self.looks.append(look)


def _write(seen: Seen) -> Write:
    values = json.loads(seen.body)
    is_creation = seen.method == "POST"
    whom = values[NUMBER[seen.system]] if is_creation else seen.path.rpartition("/")[2]
    return Write(seen.system, whom, is_creation, values, seen.arrived)


def _look(seen: Seen) -> Look | None:
    _, people, behind = seen.path.partition(PEOPLE[seen.system])
    if not people or "id" in seen.query:
        return None
    return Look(seen.system, behind.strip("/") or seen.query.get("emp_code"), seen.arrived)
