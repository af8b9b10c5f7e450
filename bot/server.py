"""The HTTP side: Slack's requests, installation by OAuth, and health."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, make_response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler

from bot.health import Probe, add_health
from bot.install_page import refusal_page
from bot.installations import INSTALL_PATH, REDIRECT_PATH

EVENTS_PATH = "/slack/events"
BODY_LIMIT = 4 * 1024 * 1024
"""Bytes. Slack's largest payload is a submission with its view of at most 250 KB (docs.slack.dev, views)."""


def health_server(probes: Mapping[str, Probe]) -> Flask:
    """Make the server of a process that Slack does not call: health only."""
    server = Flask("renkei", static_folder=None)
    server.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    add_health(server, probes)
    return server


def slack_server(app: App, probes: Mapping[str, Probe], *, may_install: bool) -> Flask:
    """Make the server that Slack calls; with OAuth it also shows the two pages of an installation.

    `may_install` is whether any workspace may; if not, nobody is sent to Slack for nothing.
    """
    server = health_server(probes)
    handler = SlackRequestHandler(app)

    @server.post(EVENTS_PATH)
    def events() -> Response:
        return handler.handle(request)

    if app.oauth_flow is not None:

        @server.get(INSTALL_PATH)
        def install() -> Response:
            if not may_install:
                return make_response(refusal_page(), HTTPStatus.FORBIDDEN)
            return handler.handle(request)

        @server.get(REDIRECT_PATH)
        def redirect() -> Response:
            return handler.handle(request)

    return server
