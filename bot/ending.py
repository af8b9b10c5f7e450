"""The pace of a run's calls, which ends with its process."""

from dataclasses import dataclass, field
from threading import Lock

from bot.lifeline import Lifeline
from sync.remote import Pace


@dataclass(frozen=True, slots=True)
class EndingPace:
    """Lets a call that is under way come to its answer, and none begin once the process is to stop."""

    pace: Pace
    lifeline: Lifeline
    _turn: Lock = field(default_factory=Lock, init=False)

    def wait(self) -> None:
        """Wait as the pace itself does. Raises ProcessEnds, too: whoever stands behind others, at once."""
        with self._turn:
            self.lifeline.raise_if_stopping()
            self.pace.wait()
            self.lifeline.raise_if_stopping()

    def back_off(self, seconds: float) -> None:
        """Let nobody start a call for so many seconds."""
        self.pace.back_off(seconds)
