"""How a person is reached: in a modal above theirs, in its place, or in a DM. What Slack's refusals mean."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.press import Press

Json = dict[str, Any]

MODAL_GONE = frozenset({"not_found", "view_not_found", "exchanged_trigger_id"})
"""Slack's words for a modal that the person has closed, or that the press has opened when it came first."""
TOO_LATE = "expired_trigger_id"
"""Slack's word when nothing can be opened any more: more than 3 seconds have passed since the press."""
TOO_MANY = "ratelimited"
"""Slack's word, with HTTP 429, for more calls of one method than it takes in a minute."""

_log = structlog.get_logger(__name__)


def tell(press: Press, view: Json, message: Json) -> None:
    """Show a view to whoever pressed, wherever that still works; else send them the message."""
    for show in _places(press, view):
        try:
            show()
        except (SlackApiError, OSError) as error:
            _log.info("not_shown_here", user=press.user_id, error=code_of(error))
        else:
            return
    send(press.client, press.user_id, message)


def send(client: WebClient, user_id: str, message: Json) -> None:
    """Send somebody a direct message; what Slack refuses is logged."""
    try:
        client.chat_postMessage(channel=user_id, **message)
    except (SlackApiError, OSError) as error:
        _log.warning("dm_not_sent", user=user_id, error=code_of(error))


def code_of(error: SlackApiError | OSError) -> str:
    """Give Slack's word for what it refused, or the kind of error that kept us from Slack."""
    return str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__


def _places(press: Press, view: Json) -> Iterator[Callable[[], object]]:
    if not press.view:
        yield partial(press.client.views_open, trigger_id=press.trigger_id, view=view)
        return
    yield partial(press.client.views_push, trigger_id=press.trigger_id, view=view)
    yield partial(press.client.views_update, view_id=press.view_id, view=view)  # three are open already
