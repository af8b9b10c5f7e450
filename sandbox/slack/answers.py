"""What a POST to a response_url does: replace, delete or add a message."""

from sandbox.slack.blockkit import check_message
from sandbox.slack.delivery import Json
from sandbox.slack.errors import raise_if_refused
from sandbox.slack.response_urls import Answerable
from sandbox.slack.web_api.chat import revise
from sandbox.slack.workspace import Workspace


def answer_by_url(workspace: Workspace, key: str, body: Json) -> None:
    """Carry out an answer; `expired_url`, `used_url` or Block Kit's complaints are raised as SlackError."""
    where = workspace.response_urls.use(key)
    if not body.get("delete_original"):
        raise_if_refused(check_message(body), "invalid_blocks")
    with workspace.change():
        if where.message_ts and (body.get("delete_original") or body.get("replace_original")):
            _change_original(workspace, where, body)
        else:
            only_for = None if body.get("response_type") == "in_channel" else where.user_id
            workspace.say(where.channel_id, body, only_for=only_for)


def _change_original(workspace: Workspace, where: Answerable, body: Json) -> None:
    message = workspace.messages.find(where.channel_id, str(where.message_ts))
    if body.get("delete_original"):
        workspace.messages.remove(message)
    else:
        revise(message, body, workspace.ids.ts())
        message.blocks = workspace.views.named(message.blocks)
