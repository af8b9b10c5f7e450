"""oauth.v2.access, auth.revoke: how a workspace's token comes and goes."""

from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError
from sandbox.slack.web_api.registry import Call, method


@method("oauth.v2.access", kind=None)
def access(call: Call) -> Json:
    """Exchange the code of an authorisation for a bot token; the code works once."""
    app = call.slack.app
    if (call.args.get("client_id"), call.args.get("client_secret")) != (app.client_id, app.client_secret):
        raise SlackError("bad_client_secret")
    workspace, user_id = call.slack.grants.exchange(str(call.args.get("code")))
    return {
        "access_token": call.slack.grants.install(workspace, app.scopes),
        "token_type": "bot",
        "scope": ",".join(sorted(app.scopes)),
        "bot_user_id": workspace.bot.id,
        "app_id": app.app_id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": workspace.team.enterprise(),
        "authed_user": {"id": user_id},
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def revoke(call: Call) -> Json:
    """Take the calling token out of force."""
    call.slack.grants.revoke(call.text("token"))
    return {"revoked": True}
