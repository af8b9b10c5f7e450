"""What the systems and Slack do now and then while a run writes: they refuse for a moment."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from sandbox.remote.system import System
from sandbox.server import Sandbox
from tests.soak.truth import Moment

A_MOMENT = (0.2, 1.2)
"""Seconds that somebody is away, from and to."""
TOO_MANY = {System.SMARTHR: 4, System.KINKAKUJI: 1}
"""Calls in a row that are refused, at the most."""
WEIGHTS = {System.SMARTHR: 4, System.KINKAKUJI: 1}
"""How often it is the one or the other: after 勤革時's, Renkei waits half a minute."""
MESSAGES = ("chat.postMessage", "chat.update")


class Trouble(Enum):
    """Who refuses, and how."""

    TOO_MANY = "a system says 429"
    AWAY = "a system says 503"
    SLACK_AWAY = "Slack takes no message"
    SLACK_BUSY = "Slack says 429"


@dataclass(slots=True)
class Troublemaker:
    """Counts writes, and lets somebody refuse. While it is not armed, all is well."""

    sandbox: Sandbox
    random: Random
    gap: float
    """Writes between two troubles, on the average; infinite for none."""
    made: int = 0
    is_armed: bool = False
    _left: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self) -> None:
        """Begin."""
        self._left = self.random.uniform(0.2, 1.8) * self.gap
        self.is_armed = True

    def disarm(self) -> None:
        """Have everybody answer again."""
        self.is_armed = False
        for system in System:
            self.sandbox.faults.set(system, down=False, too_many=0)
        self._refuse_messages(None)

    def hear(self, moment: Moment) -> None:
        """Hear of a write, in the thread that handles it."""
        with self._lock:
            self._left -= moment is Moment.ARRIVED
            if not self.is_armed or self._left > 0:
                return
            self._left = self.random.uniform(0.2, 1.8) * self.gap
            self.made += 1
            self._make(self.random.choice([*Trouble]))

    def _make(self, trouble: Trouble) -> None:
        faults, slack = self.sandbox.faults, self.sandbox.slack.workspace.faults
        match trouble:
            case Trouble.TOO_MANY:
                (system,) = self.random.choices([*WEIGHTS], [*WEIGHTS.values()])
                faults.set(system, too_many=self.random.randint(1, TOO_MANY[system]))
            case Trouble.AWAY:
                system = self.random.choice([*System])
                faults.set(system, down=True)
                self._mend_later(lambda: faults.set(system, down=False))
            case Trouble.SLACK_AWAY:
                self._refuse_messages("internal_error")
                self._mend_later(lambda: self._refuse_messages(None))
            case Trouble.SLACK_BUSY:
                for method in MESSAGES:
                    slack.rate_limit_next(method)

    def _refuse_messages(self, error: str | None) -> None:
        for method in MESSAGES:
            self.sandbox.slack.workspace.faults.refuse(method, error)

    def _mend_later(self, mend: Callable[[], object]) -> None:
        timer = threading.Timer(self.random.uniform(*A_MOMENT), mend)
        timer.daemon = True
        timer.start()
