"""users.*: who is here."""

from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError
from sandbox.slack.web_api.registry import Call, method, page


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """Return one person, with their language if asked."""
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user.to_json(call.workspace.team, with_locale=call.flag("include_locale"))}


@method("users.list", "users:read")
def list_users(call: Call) -> Json:
    """Return everybody, page by page."""
    wanted = call.flag("include_locale")
    users = [user.to_json(call.workspace.team, with_locale=wanted) for user in call.workspace.users.values()]
    return page(call, users, "members")
