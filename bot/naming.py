"""What names the thing that came from Slack: the delivery, and the press that it tells of.

Slack sends no id with a click. A second delivery of the same one is known by its trigger, which is made anew
for everything that a person does; a second click on the same thing by what was pressed, and how it looked.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

Json = Mapping[str, Any]


def delivery_name(body: Json) -> str:
    """Name what a person did once, however often Slack delivers it.

    Where nothing tells two deliveries apart, each is the first: better twice than not at all.
    """
    moment = body.get("trigger_id") or body.get("action_ts") or _action(body).get("action_ts") or uuid4().hex
    return _digest("delivery", body.get("type") or "command", moment)


def press_name(body: Json) -> str:
    """Name what was pressed or submitted: the same for every click on it, as long as it looks the same.

    A command or shortcut looks like nothing: each is a press of its own.
    """
    kind, view = body.get("type"), body.get("view") or {}
    if kind == "view_submission":
        return _digest("submission", _where(body), view.get("state"))
    if kind == "block_actions":
        what = {key: value for key, value in _action(body).items() if key != "action_ts"}
        return _digest("action", _where(body), what)
    return delivery_name(body)


def _where(body: Json) -> Json:
    """Tell where something stands: in a view as it was drawn last, or in a message; before whom."""
    view, user = body.get("view"), body.get("user") or {}
    if view:
        place = {key: view.get(key) for key in ("id", "hash", "callback_id")}
    else:
        place = {key: (body.get("container") or {}).get(key) for key in ("channel_id", "message_ts")}
    return {**place, "user": user.get("id")}


def _action(body: Json) -> Json:
    return next(iter(body.get("actions") or ()), {})


def _digest(*parts: object) -> str:
    """Cut it short: it is to be compared, and may hold what was typed."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=dict).encode()).hexdigest()
