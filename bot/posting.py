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
"""Seconds after which a try calls Slack no more: what takes longer is tried again later. The last call may
take its time-out for the connection, for TLS and for the answer (`bot.slack_clients`); that, too, is over
before a claim is (`storage.reporting`)."""
A_MOMENT = 1.0
"""Seconds that are waited at least before a place is asked again, whatever Slack says."""
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
AWAY = (SlackClientError, OSError, HTTPException)
"""What keeps us from Slack, Slack's own refusals (`SlackApiError`) among it."""

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
    client: WebClient,
    places: Iterable[str],
    message: Json,
    sleep: Sleep = time.sleep,
    seconds: Callable[[], float] = time.monotonic,
) -> Posted | NotNow:
    """Post to the first place that takes it: a channel that does not is passed over, a moment is waited out.

    Where Slack itself is away, no other place is tried: the message is for the first one. `client` is to
    repeat nothing by itself (`SlackClients.once`).
    """
    deadline = seconds() + PATIENCE
    for place in places:
        while seconds() < deadline:
            try:
                answer = client.chat_postMessage(channel=place, **message)
                return Posted(str(answer["channel"]), str(answer["ts"]))
            except SlackApiError as error:
                _log.warning("message_not_posted", error=code_of(error))
                if not _is_passing(error):
                    break
                pause = _retry_after(error)
                if pause is None or seconds() + pause >= deadline:
                    return NotNow(pause)
                sleep(pause)
            except AWAY as error:
                _log.warning("message_not_posted", error=type(error).__name__)
                return NotNow()
    return NotNow()


def was_deleted(error: Exception) -> bool:
    """Tell whether Slack does not have the message any more that was to be edited."""
    return isinstance(error, SlackApiError) and code_of(error) == "message_not_found"


def _is_passing(error: SlackApiError) -> bool:
    return error.response["error"] in PASSING or error.response.status_code >= SERVER_ERROR


def _retry_after(error: SlackApiError) -> float | None:
    named = error.response.headers.get("Retry-After")
    return max(float(named), A_MOMENT) if named is not None else None
