"""Whether results can be posted to a channel."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.texts import Texts

_log = structlog.get_logger(__name__)
NOT_SEEN = frozenset({"channel_not_found", "not_in_channel"})
"""Slack's words for a channel that is private or gone (docs.slack.dev, conversations.info)."""


def channel_problem(t: Texts, client: WebClient, channel_id: str) -> str | None:
    """Say why results can't be posted to a channel; a channel shared with other companies is refused."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        if error.response["error"] in NOT_SEEN:
            return _not_there(t)
        return _unchecked(t, error.response["error"])
    except (SlackClientError, OSError) as error:
        return _unchecked(t, type(error).__name__)
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return t("This channel is shared with another company. Choose one of your own.")
    return None if channel.get("is_member") else _not_there(t)


def _not_there(t: Texts) -> str:
    return t("Renkei is not in this channel. Invite it there with /invite, then save again.")


def _unchecked(t: Texts, error: str) -> str:
    _log.error("channel_not_checked", error=error)
    return t("Slack did not let Renkei look at this channel. Wait a moment, then save again.")
