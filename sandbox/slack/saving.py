"""Keeps a workspace between two starts of the demo: people, channels, messages; no open views, no tokens."""

import json
from pathlib import Path

from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel, User
from sandbox.slack.messages import Message
from sandbox.slack.workspace import Workspace


def save(workspace: Workspace, path: Path) -> None:
    """Write the workspace to a file, at once or not at all."""
    with workspace.change():
        record = {
            "users": [vars(user) for user in workspace.users.values()],
            "channels": [_channel_record(channel) for channel in workspace.channels.values()],
            "messages": [message.to_record() for message in workspace.messages.lasting()],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)  # the demo's data may have been deleted while it runs
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def load(workspace: Workspace, path: Path) -> None:
    """Read back what `save` wrote; nothing happens when the file is missing."""
    if not path.exists():
        return
    record: Json = json.loads(path.read_text(encoding="utf-8"))
    with workspace.change():
        workspace.users |= {each["id"]: User(**each) for each in record["users"]}
        workspace.channels |= {each["id"]: _channel(each) for each in record["channels"]}
        for each in record["messages"]:
            message = workspace.messages.add(Message.from_record(each))
            workspace.ids.not_before(message.ts)


def _channel_record(channel: Channel) -> Json:
    return vars(channel) | {"members": sorted(channel.members)}


def _channel(record: Json) -> Channel:
    return Channel(**record | {"members": set(record["members"])})
