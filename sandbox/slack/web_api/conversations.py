"""conversations.*: channels and direct messages."""

from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel
from sandbox.slack.errors import SlackError
from sandbox.slack.web_api.registry import Call, method, page

READ = {"channel": "channels:read", "private": "groups:read", "dm": "im:read"}
KIND_OF_TYPE = {"public_channel": "channel", "private_channel": "private", "im": "dm"}


@method("conversations.info")
def info(call: Call) -> Json:
    """Return one channel."""
    return {"channel": _readable(call).to_json(call.workspace.bot.id)}


@method("conversations.members")
def members(call: Call) -> Json:
    """Return the ids of a channel's members, page by page."""
    return page(call, sorted(_readable(call).members), "members")


@method("conversations.list")
def list_channels(call: Call) -> Json:
    """Return the channels that the app can see, page by page."""
    types = str(call.args.get("types") or "public_channel").split(",")
    kinds = {KIND_OF_TYPE[each.strip()] for each in types if each.strip() in KIND_OF_TYPE}
    for kind in kinds:
        call.require(READ[kind])
    me = call.workspace.bot.id
    seen = [
        channel.to_json(me)
        for channel in list(call.workspace.channels.values())
        if channel.kind in kinds and (channel.kind == "channel" or me in channel.members)
        if not (call.flag("exclude_archived") and channel.is_archived)
    ]
    return page(call, seen, "channels")


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """Enter a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    call.workspace.invite_bot(channel.id)
    return {"channel": channel.to_json(call.workspace.bot.id)}


@method("conversations.open", "im:write")
def open_dm(call: Call) -> Json:
    """Open the direct messages with one person."""
    users = str(call.text("users")).split(",")
    if len(users) > 1:
        raise SlackError("invalid_arguments", ["[ERROR] this stand-in opens no group messages"])
    channel = call.workspace.dm(users[0])
    return {"channel": channel.to_json(call.workspace.bot.id)}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.require(READ[channel.kind])
    return channel
