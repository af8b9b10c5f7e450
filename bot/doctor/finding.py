"""What `doctor` finds: one thing, well or not, with what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing is."""

    OK = "ok"
    NOTE = "note"
    """Works; an operator should know it."""
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`."""

    level: Level
    about: str
    sentence: str

    @property
    def is_broken(self) -> bool:
        """Whether something does not work until somebody mends it."""
        return self.level is Level.BROKEN

    def __str__(self) -> str:
        return f"{self.level:<6}  {self.about}: {self.sentence}"


def ok(about: str, sentence: str) -> Finding:
    """Say that a thing is well."""
    return Finding(Level.OK, about, sentence)


def note(about: str, sentence: str) -> Finding:
    """Say something worth knowing."""
    return Finding(Level.NOTE, about, sentence)


def broken(about: str, sentence: str) -> Finding:
    """Say what does not work, and what to do."""
    return Finding(Level.BROKEN, about, sentence)
