"""Trigger ids: the 3 seconds in which an app may open a modal after somebody did something."""

import threading
import time
from dataclasses import dataclass

from sandbox.slack.errors import SlackError
from sandbox.slack.ids import Ids

LIFE = 3.0
"""Seconds; docs.slack.dev/reference/methods/views.open."""


@dataclass
class _Trigger:
    user_id: str
    born: float
    used: bool = False


class Triggers:
    """Issues trigger ids and exchanges each of them once."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._issued: dict[str, _Trigger] = {}
        self._lock = threading.Lock()

    def issue(self, user_id: str) -> str:
        """Return a new trigger id for something that `user_id` just did."""
        trigger_id = f"{self._ids.new('')}.{self._ids.hash()}"
        with self._lock:
            self._issued[trigger_id] = _Trigger(user_id, time.monotonic())
        return trigger_id

    def exchange(self, trigger_id: object) -> str:
        """Use a trigger id up; return the user that it stands for, or refuse as views.open does."""
        with self._lock:
            trigger = self._issued.get(str(trigger_id))
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if time.monotonic() - trigger.born > LIFE:
                raise SlackError("expired_trigger_id")
            trigger.used = True
            return trigger.user_id
