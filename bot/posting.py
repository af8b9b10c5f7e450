"""Posts one message where Slack takes it, and tells a refusal that lasts from one that passes.

Slack has no way to say "post this once": a post that is repeated because its answer was lost stands there
twice. So nothing is repeated here but what Slack says that it has not taken.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPException

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.tell import code_of
from bot.views.blocks import Json

PATIENCE = 20.0
"""Seconds of waiting that Slack may ask for in one try; what takes longer is tried again later. With the
time-outs of the calls it stays below a claim's life (`storage.reporting`)."""
PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
    }
)
"""Slack's words for what has nothing to do with the place (docs.slack.dev, chat.postMessage, errors)."""
SERVER_ERROR = 500

_log = structlog.get_logger(__name__)
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Slack took it nowhere; it names the seconds until it may, if it does so."""

    retry_after: float | None = None


def post(
    client: WebClient, places: Iterable[str], message: Json, sleep: Sleep = time.sleep
) -> Posted | NotNow:
    """Post to the first place that takes it: a channel that does not is passed over, a moment is waited out.

    Where Slack itself is away, no other place is tried: the message is for the first one.
    """
    client.retry_handlers = []  # they repeat what may have arrived
    patience = PATIENCE
    for place in places:
        while True:
            try:
                answer = client.chat_postMessage(channel=place, **message)
                return Posted(str(answer["channel"]), str(answer["ts"]))
            except SlackApiError as error:
                _log.warning("message_not_posted", error=code_of(error))
                if not _is_passing(error):
                    break
                pause = _retry_after(error)
                if pause is None or pause > patience:
                    return NotNow(pause)
                patience -= pause
                sleep(pause)
            except (SlackClientError, OSError, HTTPException) as error:
                _log.warning("message_not_posted", error=type(error).__name__)
                return NotNow()
    return NotNow()


def _is_passing(error: SlackApiError) -> bool:
    return error.response["error"] in PASSING or error.response.status_code >= SERVER_ERROR


def _retry_after(error: SlackApiError) -> float | None:
    named = error.response.headers.get("Retry-After")
    return float(named) if named is not None else None
