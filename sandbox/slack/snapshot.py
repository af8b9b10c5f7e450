"""What one person sees of a workspace, as JSON-ready values for the page and the tests.

{"version": int, "me": user, "team": {"id", "name"}, "users": [user],
 "channels": [{"id", "name", "kind": channel | private | dm | home, "messages": [message]}],
 "modals": [view with "state" and "errors": {block_id: text}, bottom to top], "home": view | None,
 "commands": [{"command", "description", "usage_hint"}],
 "shortcuts": [{"callback_id", "name", "description"}]}

A message is {"ts", "user", "bot": bool, "text", "blocks", "attachments", "edited": bool, "ephemeral": bool,
"thread_ts", "files": [{"id", "name", "title", "pretty_type", "size", "url_private" …}]}.
"""

from __future__ import annotations

import copy
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.slack.delivery import Json
    from sandbox.slack.directory import Channel
    from sandbox.slack.messages import Message
    from sandbox.slack.views import OpenView
    from sandbox.slack.workspace import Workspace


def of(workspace: Workspace, user_id: str) -> Json:
    """Return the snapshot for one person. The workspace's lock is held."""
    home = workspace.views.homes.get(user_id)
    app_home = {"id": workspace.app.app_id, "name": workspace.app.name, "kind": "home", "messages": []}
    channels = [_channel(workspace, user_id, each) for each in _visible(workspace, user_id)]
    seen: Json = {
        "version": workspace.version,
        "me": workspace.users[user_id].to_json(workspace.team, with_locale=True),
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "users": [user.to_json(workspace.team) for user in workspace.users.values()],
        "channels": [*channels, *([app_home] if workspace.app.has_home else [])],
        "modals": [_seen_view(workspace, view) for view in workspace.views.stacks.get(user_id, [])],
        "home": _seen_view(workspace, home) if home else None,
        "commands": [asdict(command) for command in workspace.app.commands],
        "shortcuts": [asdict(shortcut) for shortcut in workspace.app.shortcuts],
    }
    # The state goes on changing after the lock is released.
    return copy.deepcopy(seen)


def view_json(workspace: Workspace, view: OpenView) -> Json:
    """Return a view as Slack shows it to apps."""
    source = view.source
    common: Json = {
        "id": view.id,
        "team_id": workspace.team.id,
        "type": source["type"],
        "blocks": source["blocks"],
        "private_metadata": source.get("private_metadata", ""),
        "callback_id": source.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": source.get("title", {"type": "plain_text", "text": "", "emoji": True}),
        "clear_on_close": source.get("clear_on_close", False),
        "notify_on_close": source.get("notify_on_close", False),
        "close": source.get("close"),
        "submit": source.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app.app_id,
        "external_id": source.get("external_id", ""),
        "app_installed_team_id": workspace.team.id,
        "bot_id": workspace.bot_id,
    }
    return copy.deepcopy(common)


def _seen_view(workspace: Workspace, view: OpenView) -> Json:
    return view_json(workspace, view) | {"errors": view.errors}


def _visible(workspace: Workspace, user_id: str) -> list[Channel]:
    return [
        channel
        for channel in workspace.channels.values()
        if channel.kind == "channel" or user_id in channel.members
    ]


def _channel(workspace: Workspace, user_id: str, channel: Channel) -> Json:
    seen = workspace.messages.seen_by(user_id, channel.id)
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "messages": [_message(workspace, message) for message in seen],
    }


def _message(workspace: Workspace, message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": message.user_id,
        "bot": message.user_id == workspace.bot.id,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "edited": message.edited_ts is not None,
        "ephemeral": message.only_for is not None,
        "thread_ts": message.thread_ts,
        "files": message.files,
    }
