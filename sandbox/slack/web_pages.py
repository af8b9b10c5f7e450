"""The addresses beside the Web API: /link, /upload, /files, /response and the OAuth page."""

from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request, send_file
from flask_sock import Sock
from markupsafe import escape
from werkzeug.wrappers import Response as AnyResponse

from sandbox.slack.answers import answer_by_url
from sandbox.slack.errors import SlackError
from sandbox.slack.socket_mode import Socket

if TYPE_CHECKING:
    from sandbox.slack.server import Slack

OCTETS = "application/octet-stream"


def add_pages(flask: Flask, slack: "Slack") -> None:
    """Add them all to the application that is mounted at /slack."""
    _add_socket(flask, slack)
    _add_files(flask, slack)
    _add_response_urls(flask, slack)
    _add_oauth(flask, slack)


def _add_socket(flask: Flask, slack: "Slack") -> None:
    @Sock(flask).route("/link/")  # type: ignore[untyped-decorator] # flask-sock has no annotations
    def link(socket: Socket) -> None:
        slack.socket_mode.serve(socket, request.args.get("ticket", ""))


def _add_files(flask: Flask, slack: "Slack") -> None:
    @flask.post("/upload/<team_id>/<file_id>")
    def upload(team_id: str, file_id: str) -> str:
        workspace = slack.workspaces[team_id]
        # slack_sdk sends the bare content, labelled as a form; curl -F sends it as the first part of one.
        is_form = request.mimetype == "multipart/form-data"
        content = next(iter(request.files.values())).read() if is_form else request.get_data()
        with workspace.change():
            workspace.files[file_id].content = content
        return f"OK - {len(content)}"

    @flask.get("/files/<team_id>/<file_id>/<path:name>")
    def download(team_id: str, file_id: str, name: str) -> Response:
        file = slack.workspaces[team_id].files.get(file_id)
        if file is None:
            abort(HTTPStatus.NOT_FOUND)
        return send_file(BytesIO(file.content), OCTETS, as_attachment=True, download_name=name)


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
        query = urlencode({"code": code, "state": request.form["state"]})
        return redirect(f"{request.form['redirect_uri']}?{query}")
