"""The stand-in on a loopback port, and a real Bolt app on its other end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.clock import DemoClock
from sandbox.slack.app_settings import AppSettings, Command, Shortcut
from sandbox.slack.demo import (
    DEMO_APP_TOKEN,
    DEMO_BOT_TOKEN,
    DEMO_SIGNING_SECRET,
    HR_ADMIN,
    RENKEI,
    demo_slack,
)
from sandbox.slack.person import Person
from sandbox.slack.server import Slack

SHOWN = AppSettings(
    app_token=DEMO_APP_TOKEN,
    signing_secret=DEMO_SIGNING_SECRET,
    commands=(Command("/renkei", "従業員情報の連携を始める"),),
    shortcuts=(Shortcut("renkei", "従業員情報を取り込む"),),
    scopes=frozenset({*RENKEI.scopes, "files:write", "im:read"}),
    events=frozenset({"app_home_opened"}),
)
"""An app that may do all that the stand-in can."""

logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"


@contextmanager
def serving(wsgi: object) -> Iterator[BaseWSGIServer]:
    server = make_server("127.0.0.1", 0, wsgi, threaded=True, request_handler=Handler)  # type: ignore[arg-type]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def running_slack(request_url: str | None = None) -> Iterator[Slack]:
    """Serve the demo's Slack at /slack, as the demo mounts it."""
    slack = demo_slack(DemoClock(), replace(SHOWN, request_url=request_url))
    with serving(DispatcherMiddleware(Flask("top"), {"/slack": slack.wsgi})) as server:
        slack.base_url = f"http://127.0.0.1:{server.server_port}/slack"
        try:
            yield slack
        finally:
            slack.stop()


def web_client(slack: Slack, token: str = DEMO_BOT_TOKEN) -> WebClient:
    return WebClient(token, base_url=f"{slack.base_url}/api/")


def bolt_app(slack: Slack) -> App:
    return App(
        client=web_client(slack),
        signing_secret=DEMO_SIGNING_SECRET,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )


@contextmanager
def connected(slack: Slack, app: App) -> Iterator[Person]:
    """Connect a Bolt app over Socket Mode; yields the HR administrator."""
    handler = SocketModeHandler(app, DEMO_APP_TOKEN, web_client=web_client(slack))
    gone = Event()
    handler.client.on_close_listeners.append(lambda _: gone.set())
    version = slack.workspace.version
    handler.connect()  # type: ignore[no-untyped-call] # Bolt has no annotation here
    while not slack.connections:
        version = slack.workspace.wait_for_change(version, timeout=5)
    try:
        yield Person(slack.workspace, HR_ADMIN)
    finally:
        hang_up(slack, handler.client)
        gone.wait(5)
        handler.close()  # type: ignore[no-untyped-call] # Bolt has no annotation here
        app.listener_runner.listener_executor.shutdown()


def hang_up(slack: Slack, client: SocketModeClient) -> None:
    """Let the client's own reading thread close its socket.

    Closed from another thread, websocket-client may sit in select() for 10 s more; closed by the server,
    it leaks the socket.
    """
    client.auto_reconnect_enabled = False
    if client.current_session:
        client.current_session.keep_running = False
    slack.socket_mode.refresh()


@contextmanager
def over_http() -> Iterator[tuple[Slack, App, Person]]:
    """Serve a Bolt app by HTTP, with this Slack sending signed requests to it."""
    web = Flask("bolt")
    with serving(web) as server:
        url = f"http://127.0.0.1:{server.server_port}/slack/events"
        with running_slack(url) as slack:
            app = bolt_app(slack)
            handler = SlackRequestHandler(app)
            web.add_url_rule("/slack/events", view_func=lambda: _handled(handler), methods=["POST"])
            yield slack, app, Person(slack.workspace, HR_ADMIN)


def _handled(handler: SlackRequestHandler) -> Response:
    return handler.handle(request)
