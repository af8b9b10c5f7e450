"""views.*: open, push, update, publish."""

from sandbox.slack.blockkit import check_view
from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError, raise_if_refused
from sandbox.slack.snapshot import view_json
from sandbox.slack.views import OpenView
from sandbox.slack.web_api.registry import Call, method


@method("views.open")
def open_view(call: Call) -> Json:
    """Open a modal in front of who caused the trigger."""
    source = _checked(call, "modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"))
    with call.workspace.change():
        return _shown(call, call.workspace.views.open(user_id, source))


@method("views.push")
def push(call: Call) -> Json:
    """Put a modal on top of the open one."""
    source = _checked(call, "modal")
    user_id = call.workspace.triggers.exchange(call.text("trigger_id"))
    with call.workspace.change():
        return _shown(call, call.workspace.views.push(user_id, source))


@method("views.update")
def update(call: Call) -> Json:
    """Replace an open modal; with `hash` only if it is still the one meant."""
    source = _checked(call, "modal")
    with call.workspace.change():
        view = call.workspace.views.find(call.args.get("view_id"), call.args.get("external_id"))
        return _shown(call, call.workspace.views.update(view, source, call.args.get("hash")))


@method("views.publish")
def publish(call: Call) -> Json:
    """Set somebody's Home tab."""
    source = _checked(call, "home")
    user_id = call.text("user_id")
    if user_id not in call.workspace.users:
        raise SlackError("user_not_found")
    with call.workspace.change():
        return _shown(call, call.workspace.views.publish(user_id, source, call.args.get("hash")))


def _checked(call: Call, surface: str) -> Json:
    source = call.args.get("view")
    if not isinstance(source, dict):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    raise_if_refused(check_view(source), "invalid_arguments", "/view")
    if source["type"] != surface:
        raise SlackError("invalid_arguments", [f"[ERROR] must be a {surface} [json-pointer:/view/type]"])
    return source


def _shown(call: Call, view: OpenView) -> Json:
    return {"view": view_json(call.workspace, view)}
