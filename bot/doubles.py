"""One press, one effect: what Slack delivers twice, and what a hand presses twice.

Whoever comes first claims it in the database, so that it holds in every process. It is claimed before the
work: what a crash breaks off is pressed again, which harms less than an effect that comes twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

import structlog

from bot.answer import Answer
from bot.press import Press
from storage.presses import Presses

DOUBLE = timedelta(seconds=3)
"""So long a second click on a thing that still looks the same is meant as the first: Slack shows for as long
that it waits for an acknowledgement. Later it is what it is, pressed again."""
TURNS = 64
"""Submissions that differ seldom wait for each other at so many locks."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Doubles:
    """Tells what came first from what came again."""

    presses: Presses
    _turns: tuple[Lock, ...] = field(
        default_factory=lambda: tuple(Lock() for _ in range(TURNS)), init=False, repr=False
    )

    def is_first(self, press: Press, *, repeatable: bool) -> bool:
        """Claim a delivery and, unless each press counts, the press: False for what is to have no effect."""
        if self.presses.claim(press.delivery, None if repeatable else press.name, DOUBLE):
            return True
        _log.info("pressed_twice", user=press.user_id)
        return False

    def has_failed(self, press: Press) -> None:
        """Let what came to nothing be pressed again at once; its delivery still counts."""
        self.presses.forget(press.name)

    def answer_once(self, press: Press, give: Callable[[Press], Answer]) -> Answer:
        """Give a submission's answer; the same one again, without its effect, to what comes twice.

        An answer without an effect, such as what is to be corrected, is made anew each time. The second waits
        for the first, in whichever processes they are.
        """
        with self._turns[hash(press.name) % TURNS], self.presses.turn(press.name):
            answered = self.presses.answer(press.name)
            if answered is not None:
                return Answer(answered)
            answer = give(press)
            if not answer.has_effect or self.presses.keep_answer(press.name, answer.payload):
                return answer
            return Answer(self.presses.answer(press.name) or answer.payload)
