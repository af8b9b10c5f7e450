"""The payloads that Slack sends, key for key (docs.slack.dev/reference/interaction-payloads)."""

from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel, User
from sandbox.slack.messages import Message
from sandbox.slack.workspace import Workspace

VERIFICATION_TOKEN = "legacy-verification-token"


def command(workspace: Workspace, user: User, channel: Channel, text: str, response_url: str) -> Json:
    """Return a slash command's form fields; `text` is all that was typed, "/renkei pull"."""
    name, _, rest = text.strip().partition(" ")
    fields: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "dm" else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": rest.strip(),
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.triggers.issue(user.id),
    }
    if workspace.team.enterprise_id:
        fields |= {"enterprise_id": workspace.team.enterprise_id, "enterprise_name": workspace.team.name}
    return fields


def shortcut(workspace: Workspace, user: User, callback_id: str) -> Json:
    """Return a global shortcut's payload."""
    return _common(workspace, user, "shortcut") | {
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user.id),
        "action_ts": workspace.ids.ts(),
    }


def view_action(workspace: Workspace, user: User, view: Json, action: Json) -> Json:
    """Return block_actions for something done in a modal or on the Home tab."""
    return _action(workspace, user, action) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
    }


def message_action(  # noqa: PLR0913, PLR0917 - what Slack tells about a press in a message
    workspace: Workspace, user: User, channel: Channel, message: Message, action: Json, response_url: str
) -> Json:
    """Return block_actions for something done in a message."""
    name = "directmessage" if channel.kind == "dm" else channel.name
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    whole = _action(workspace, user, action) | {
        "container": container,
        "channel": {"id": channel.id, "name": name},
        "state": {"values": {}},
        "response_url": response_url,
    }
    # An ephemeral message isn't stored, so Slack can't show it.
    return whole if message.only_for else whole | {"message": workspace.message_json(message)}


def suggestion(workspace: Workspace, user: User, view: Json, block_id: str, asked: Json) -> Json:
    """Return a block_suggestion; `asked` holds action_id and value."""
    return (
        _common(workspace, user, "block_suggestion")
        | {
            "container": {"type": "view", "view_id": view["id"]},
            "block_id": block_id,
            "view": view,
        }
        | asked
    )


def submission(workspace: Workspace, user: User, view: Json) -> Json:
    """Return a view_submission."""
    return _common(workspace, user, "view_submission") | {
        "view": view,
        "trigger_id": workspace.triggers.issue(user.id),
        "response_urls": [],
    }


def closed(workspace: Workspace, user: User, view: Json, *, is_cleared: bool) -> Json:
    """Return a view_closed."""
    return _common(workspace, user, "view_closed") | {"view": view, "is_cleared": is_cleared}


def event(workspace: Workspace, inner: Json) -> Json:
    """Return an Events API callback round an event."""
    authorization = {
        "enterprise_id": workspace.team.enterprise_id,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "type": "event_callback",
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "enterprise_id": workspace.team.enterprise_id,
        "api_app_id": workspace.app.app_id,
        "event": inner | {"event_ts": workspace.ids.ts()},
        "event_id": workspace.ids.new("Ev"),
        "event_time": int(workspace.clock.now().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": workspace.ids.new("EC"),
    }


def _action(workspace: Workspace, user: User, action: Json) -> Json:
    return _common(workspace, user, "block_actions") | {
        "trigger_id": workspace.triggers.issue(user.id),
        "actions": [action | {"action_ts": workspace.ids.ts()}],
    }


def _common(workspace: Workspace, user: User, kind: str) -> Json:
    team = workspace.team
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": team.enterprise(),
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "api_app_id": workspace.app.app_id,
        "token": VERIFICATION_TOKEN,
    }
