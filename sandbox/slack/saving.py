"""Keeps a workspace between two starts of the demo: people, channels, messages, files."""

import json
from pathlib import Path

from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel, User
from sandbox.slack.messages import File, Message
from sandbox.slack.workspace import Workspace


def save(workspace: Workspace, path: Path) -> None:
    """Write the workspace to a file, at once or not at all; without open views and tokens."""
    with workspace.change():
        record = {
            "users": [vars(user) for user in workspace.users.values()],
            "channels": [_channel_record(channel) for channel in workspace.channels.values()],
            "messages": [message.to_record() for message in workspace.messages.lasting()],
            "files": [file.to_record() for file in workspace.files.values()],
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
        for each in record.get("files", []):  # a file of an earlier version has none
            workspace.files[each["id"]] = File.from_record(each)
            workspace.ids.not_again(each["id"])


def _channel_record(channel: Channel) -> Json:
    return vars(channel) | {"members": sorted(channel.members)}


def _channel(record: Json) -> Channel:
    return Channel(**record | {"members": set(record["members"])})
