"""Slack itself: its workspaces behind one WSGI application."""

from flask import Flask

from sandbox.slack.workspace import Workspace


class Slack:
    """The stand-in as the demo's server mounts it at /slack.

    `base_url` is the address of the mount ("http://127.0.0.1:8765/slack"), set by the server
    once it knows its port: response_urls and OAuth pages are made from it.
    """

    wsgi: Flask
    workspace: Workspace
    base_url: str
    connections: int
    """How many Socket Mode connections the app holds; the demo is up with the first."""

    def save(self, path: str) -> None:
        """Write messages and users to a JSON file."""
        raise NotImplementedError

    def load(self, path: str) -> None:
        """Read back what `save` wrote; nothing happens when the file is missing."""
        raise NotImplementedError
