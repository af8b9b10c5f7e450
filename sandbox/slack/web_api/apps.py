"""api.test, auth.test, apps.connections.open: hello and who am I."""

from sandbox.slack.delivery import Json
from sandbox.slack.web_api.registry import Call, method


@method("api.test", kind=None)
def api_test(call: Call) -> Json:
    """Say what was said."""
    return {"args": call.args}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Say whom the token stands for."""
    workspace = call.workspace
    me = {
        "url": f"https://{workspace.team.domain}.slack.com/",
        "team": workspace.team.name,
        "team_id": workspace.team.id,
        "user": workspace.bot.name,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }
    return me | ({"enterprise_id": workspace.team.enterprise_id} if workspace.team.enterprise_id else {})


@method("apps.connections.open", "connections:write", kind="app")
def connections_open(call: Call) -> Json:
    """Return the address of a websocket for Socket Mode."""
    address = call.address.replace("http", "ws", 1)
    ticket = call.slack.socket_mode.ticket()
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.slack.app.app_id}"}
