"""chat.*: post, update, delete messages."""

from sandbox.slack.blockkit import check_message
from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel
from sandbox.slack.errors import SlackError, raise_if_refused
from sandbox.slack.messages import Message
from sandbox.slack.web_api.registry import Call, method


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """Post into a channel that the app is in, or to a person."""
    channel = _writable(call)
    payload = _checked(call)
    message = call.workspace.say(channel.id, payload)
    return _answer(call, message)


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    """Post what one member of the channel sees until they reload."""
    channel = _writable(call)
    user_id = call.text("user")
    if user_id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.workspace.say(channel.id, _checked(call), only_for=user_id)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Replace a message of the app's own; giving text alone takes the blocks away."""
    message = _own(call)
    payload = _checked(call)
    with call.workspace.change():
        revise(message, payload, call.workspace.ids.ts())
        message.blocks = call.workspace.views.named(message.blocks)
    return _answer(call, message) | {"text": message.text}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Delete a message of the app's own."""
    message = _own(call)
    with call.workspace.change():
        call.workspace.messages.remove(message)
    return {"channel": message.channel_id, "ts": message.ts}


def revise(message: Message, payload: Json, ts: str) -> None:
    """Replace a message's content; only one without blocks is marked as edited (docs of chat.update)."""
    message.text = payload.get("text") or ""
    message.blocks = payload.get("blocks") or []
    message.attachments = payload.get("attachments") or []
    message.metadata = payload.get("metadata") or message.metadata
    message.edited_ts = message.edited_ts if message.blocks else ts


def _checked(call: Call) -> Json:
    raise_if_refused(check_message(call.args), "invalid_blocks")
    return call.args


def _writable(call: Call) -> Channel:
    workspace = call.workspace
    if call.text("channel") in workspace.users:
        return workspace.dm(call.text("channel"))
    return call.writable_channel()


def _own(call: Call) -> Message:
    message = call.workspace.messages.find(call.channel().id, call.text("ts"))
    if message.only_for:
        raise SlackError("message_not_found")
    if message.user_id != call.workspace.bot.id:
        raise SlackError("cant_update_message")
    return message


def _answer(call: Call, message: Message) -> Json:
    shown = call.workspace.message_json(message)
    return {"channel": message.channel_id, "ts": message.ts, "message": shown}
