"""Switches that break the stand-ins in the ways in which the real systems break."""

from enum import Enum
from random import Random
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt

from sandbox.remote.system import JsonObject, System

Counted = Literal["lose_answer_after_commit", "commits_late", "too_many"]
"""The switches that count down: each call that they hit uses one up."""
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Fate(Enum):
    """What becomes of a write on its way."""

    ANSWERED = "answered"
    ANSWER_LOST = "answer lost"
    """Carried out, without an answer."""
    LATE = "late"
    """Without an answer, and carried out later."""
    BROKEN_OFF = "broken off"
    """Without an answer, and never carried out."""


class Switches(BaseModel):
    """What is broken in one system. The defaults break nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    down: bool = False
    """Answers 503 with the system's own error body."""
    html_502: bool = False
    """A proxy in front answers 502 with HTML."""
    slow: NonNegativeFloat = 0.0
    """Seconds before a call reaches the system."""
    lose_answer_after_commit: NonNegativeInt = 0
    """How many of the next writes are carried out without an answer."""
    lost_answer_hangs: NonNegativeFloat = 0.0
    """Seconds that a lost answer keeps the connection open (to outlast a time-out); 0 closes it at once."""
    commits_late: NonNegativeInt = 0
    """How many of the next writes lose their answer at once and are carried out later."""
    commits_late_by: NonNegativeFloat = 1.0
    """Seconds from a late write's arrival until it is carried out."""
    lost_answers: Share = 0.0
    """Which part of the writes is carried out without an answer, beside those that are counted."""
    late_writes: Share = 0.0
    """Which part of the writes loses its answer and is carried out `commits_late_by` later, likewise."""
    broken_off: Share = 0.0
    """Which part of the writes loses its connection before anything is carried out."""
    reject_numbers: frozenset[str] = frozenset()
    """Employee numbers whose writes are refused with a body that quotes personal data."""
    too_many: NonNegativeInt = 0
    """How many of the next calls are refused as too many."""
    unauthorized: bool = False
    """The token was revoked."""
    ip_not_permitted: bool = False
    """The caller's address is not on the token's list."""
    closed_now: bool = False
    """勤革時 is inside its closed hours, whatever the clock says."""
    drop_fields: frozenset[str] = frozenset()
    """Fields (wire names) that a write silently leaves as they were."""
    page_shift: bool = False
    """SmartHR: somebody is inserted at the head of a list after its first page was read."""
    repeated_page: NonNegativeInt = 0
    """SmartHR: this page of a list repeats the one before it; 0 is none."""
    lost_page: NonNegativeInt = 0
    """SmartHR: this page of a list is empty; 0 is none."""
    shrinking_total: bool = False
    """SmartHR: x-total-count sinks by one with every page."""
    error_on_page: NonNegativeInt = 0
    """SmartHR: this page of a list answers 500; 0 is none."""
    empty_list: bool = False
    """A list of people is empty; SmartHR claims a total of 0 with it."""
    missing_people: NonNegativeInt = 0
    """勤革時: how many people a list leaves out, from its end; it has neither pages nor a total to tell."""
    repertoire: Literal["unicode", "cp932"] = "unicode"
    """勤革時: which characters it can store; any other silently becomes "?". Not known of the real system."""


class Faults:
    """Thread-safe switches of both systems."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._random = Random()
        self._switches = {system: Switches() for system in System}

    def seed(self, seed: int) -> None:
        """Have the shares hit the same writes again, as far as these arrive in the same order."""
        with self._lock:
            self._random.seed(seed)

    def of(self, system: System) -> Switches:
        """Return what is broken in `system` now."""
        with self._lock:
            return self._switches[system]

    def set(self, system: System, **changes: Any) -> Switches:  # noqa: ANN401 - pydantic checks each value
        """Turn some switches; the others stay. A name or a value that does not exist raises ValueError."""
        with self._lock:
            self._switches[system] = Switches.model_validate(
                {**self._switches[system].model_dump(), **changes}
            )
            return self._switches[system]

    def clear(self) -> None:
        """Mend everything."""
        with self._lock:
            self._switches = {system: Switches() for system in System}

    def take(self, system: System, name: Counted) -> bool:
        """Use up one hit of a switch that counts down; say whether there was one."""
        with self._lock:
            return self._take(system, name)

    def fate(self, system: System) -> Fate:
        """Decide what becomes of a write that has just arrived; it uses up a hit, if there is one."""
        with self._lock:
            if self._take(system, "commits_late"):
                return Fate.LATE
            if self._take(system, "lose_answer_after_commit"):
                return Fate.ANSWER_LOST
            switches = self._switches[system]
            shares = (switches.lost_answers, switches.late_writes, switches.broken_off)
            fates = (Fate.ANSWER_LOST, Fate.LATE, Fate.BROKEN_OFF, Fate.ANSWERED)
            return self._random.choices(fates, [*shares, max(1.0 - sum(shares), 0.0)])[0]

    def _take(self, system: System, name: Counted) -> bool:
        switches = self._switches[system]
        left: int = getattr(switches, name)
        if left:
            self._switches[system] = switches.model_copy(update={name: left - 1})
        return left > 0

    def as_json(self) -> JsonObject:
        """Return every switch of both systems, for the control page."""
        with self._lock:
            return {
                system.value: switches.model_dump(mode="json") for system, switches in self._switches.items()
            }
