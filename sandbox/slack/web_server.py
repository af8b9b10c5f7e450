"""The HTTP side: /api/{method}, /link, /upload, /files, /response and the OAuth page."""

import base64
import json
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, redirect, request
from flask_sock import Sock
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from sandbox.slack.answers import answer_by_url
from sandbox.slack.delivery import Json
from sandbox.slack.errors import RateLimited, SlackError
from sandbox.slack.grants import Grant
from sandbox.slack.socket_mode import Socket
from sandbox.slack.web_api import METHODS
from sandbox.slack.web_api.registry import Call, Method

if TYPE_CHECKING:
    from sandbox.slack.server import Slack

PARSED_FROM_FORMS = ("blocks", "view", "attachments", "metadata", "files")


def create_wsgi(slack: "Slack") -> Flask:
    """Return the application that is mounted at /slack."""
    flask = Flask("sandbox.slack")
    _add_web_api(flask, slack)
    _add_socket(flask, slack)
    _add_files(flask, slack)
    _add_response_urls(flask, slack)
    _add_oauth(flask, slack)
    return flask


def _add_web_api(flask: Flask, slack: "Slack") -> None:
    @flask.route("/api/<name>", methods=["GET", "POST"])
    def api(name: str) -> Response:
        method = _method(name)
        args = _arguments()
        grant = _authorised(slack, method, args)
        (grant.workspace if grant else slack.workspace).faults.strike(name)
        address = request.host_url.rstrip("/") + request.root_path.rstrip("/")
        response = jsonify({"ok": True} | method.handler(Call(slack, grant, args, address)))
        response.headers["X-OAuth-Scopes"] = ",".join(sorted(grant.scopes if grant else ()))
        return response

    @flask.errorhandler(SlackError)
    def refuse(refusal: SlackError) -> Response:
        body: Json = {"ok": False, "error": refusal.code} | refusal.extra
        if refusal.messages:
            body["response_metadata"] = {"messages": refusal.messages}
        response = jsonify(body)
        if isinstance(refusal, RateLimited):
            response.status_code = 429
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackError("unknown_method")
    return METHODS[name]


def _arguments() -> Json:
    """Return the arguments of a call, wherever it put them: query, form, JSON or headers."""
    args: Json = dict(request.args.items()) | dict(request.form.items())
    if request.is_json and request.data:
        body = _parsed(request.get_data(as_text=True))
        args |= body if isinstance(body, dict) else {}
    for name in PARSED_FROM_FORMS:
        if isinstance(args.get(name), str):
            args[name] = _parsed(args[name])
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer":
        args["token"] = credentials
    if scheme == "Basic":
        args["client_id"], _, args["client_secret"] = base64.b64decode(credentials).decode().partition(":")
    return args


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise SlackError("invalid_json") from None


def _authorised(slack: "Slack", method: Method, args: Json) -> Grant | None:
    if method.kind is None:
        return None
    grant = slack.grants.of(args.get("token"))
    if grant.kind != method.kind:
        raise SlackError("not_allowed_token_type")
    if method.scope and method.scope not in grant.scopes:
        provided = ",".join(sorted(grant.scopes))
        raise SlackError("missing_scope", needed=method.scope, provided=provided)
    return grant


def _add_socket(flask: Flask, slack: "Slack") -> None:
    @Sock(flask).route("/link/")  # type: ignore[untyped-decorator] # flask-sock has no annotations
    def link(socket: Socket) -> None:
        slack.socket_mode.serve(socket, request.args.get("ticket", ""))


def _add_files(flask: Flask, slack: "Slack") -> None:
    @flask.post("/upload/<team_id>/<file_id>")
    def upload(team_id: str, file_id: str) -> str:
        workspace = slack.workspaces[team_id]
        parts = MultiDict(request.files)
        content = next(iter(parts.values())).read() if parts else request.get_data()
        with workspace.change():
            workspace.files[file_id].content = content
        return f"OK - {len(content)}"

    @flask.get("/files/<team_id>/<file_id>/<name>")
    def download(team_id: str, file_id: str, name: str) -> Response:  # noqa: ARG001 - it names the download
        content = slack.workspaces[team_id].files[file_id].content
        return Response(content, mimetype="application/octet-stream")


def _add_response_urls(flask: Flask, slack: "Slack") -> None:
    @flask.post("/response/<team_id>/<key>")
    def respond(team_id: str, key: str) -> tuple[str, int]:
        try:
            answer_by_url(slack.workspaces[team_id], key, request.get_json())
        except SlackError as refusal:
            return refusal.code, 404
        return "ok", 200


def _add_oauth(flask: Flask, slack: "Slack") -> None:
    @flask.get("/oauth/v2/authorize")
    def ask() -> str:
        state = escape(request.args.get("state", ""))
        target = escape(request.args.get("redirect_uri") or slack.app.redirect_uri or "")
        options = "".join(
            f'<option value="{workspace.team.id}">{escape(workspace.team.name)}</option>'
            for workspace in slack.workspaces.values()
        )
        return (
            '<!doctype html><html lang="ja"><meta charset="utf-8"><title>アプリの追加</title>'
            f"<h1>{escape(slack.app.name)} をワークスペースに追加しますか？</h1>"
            f'<form method="post"><input type="hidden" name="state" value="{state}">'
            f'<input type="hidden" name="redirect_uri" value="{target}">'
            f'<label>ワークスペース <select name="team">{options}</select></label>'
            '<label>メンバーID <input name="user"></label><button>許可する</button></form></html>'
        )

    @flask.post("/oauth/v2/authorize")
    def allow() -> AnyResponse:
        workspace = slack.workspaces[request.form["team"]]
        code = slack.grants.code(workspace, request.form["user"])
        return redirect(f"{request.form['redirect_uri']}?code={code}&state={request.form['state']}")
