"""The Web API over HTTP: /api/{method}, its arguments, tokens and refusals."""

import base64
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request

from sandbox.slack.delivery import Json
from sandbox.slack.errors import RateLimited, SlackError
from sandbox.slack.grants import Grant
from sandbox.slack.web_api import METHODS
from sandbox.slack.web_api.registry import Call, Method
from sandbox.slack.web_pages import add_pages

if TYPE_CHECKING:
    from sandbox.slack.server import Slack


@dataclass(frozen=True)
class ApiCall:
    """One call of the Web API: when (monotonic seconds), and the error code if it was refused."""

    method: str
    moment: float
    error: str | None


PARSED_FROM_FORMS = ("blocks", "view", "attachments", "metadata", "files")


def create_wsgi(slack: "Slack") -> Flask:
    """Return the application that is mounted at /slack."""
    flask = Flask("sandbox.slack")
    _add_web_api(flask, slack)
    add_pages(flask, slack)
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
        response.headers["x-oauth-scopes"] = ",".join(sorted(grant.scopes if grant else ()))
        return response

    @flask.after_request
    def record(response: Response) -> Response:
        if request.endpoint == "api":
            name = request.path.rpartition("/")[2]
            body: Json = response.get_json(silent=True) or {"error": "internal_error"}
            slack.calls.append(ApiCall(name, time.monotonic(), body.get("error")))
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
