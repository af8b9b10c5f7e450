"""response_url: an address that lets the app answer where somebody acted, five times within half an hour."""

import secrets
import threading
import time
from dataclasses import dataclass

from sandbox.slack.errors import SlackError

USES = 5
LIFE = 30 * 60.0
"""docs.slack.dev/interactivity/handling-user-interaction#message_responses"""


@dataclass
class Answerable:
    """Where the answer goes: a channel, the person who acted, and the message acted on, if any."""

    channel_id: str
    user_id: str
    message_ts: str | None = None
    uses: int = 0
    born: float = 0.0


class ResponseUrls:
    """The keys at the end of response_urls."""

    def __init__(self) -> None:
        self._issued: dict[str, Answerable] = {}
        self._lock = threading.Lock()

    def issue(self, answerable: Answerable) -> str:
        """Return a new key."""
        answerable.born = time.monotonic()
        key = secrets.token_urlsafe(18)
        with self._lock:
            self._issued[key] = answerable
        return key

    def use(self, key: str) -> Answerable:
        """Return where the answer goes; `expired_url` or `used_url` when the address is spent."""
        with self._lock:
            found = self._issued.get(key)
            if found is None or time.monotonic() - found.born > LIFE:
                raise SlackError("expired_url")
            if found.uses >= USES:
                raise SlackError("used_url")
            found.uses += 1
            return found
