"""Socket Mode: envelopes to one of the app's websockets, acknowledgements back.

docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import random
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from simple_websocket import ConnectionClosed

from sandbox.slack.delivery import ACK_LIMIT, Envelope, Json, NotAcknowledgedError

MOST_CONNECTIONS = 10


class Socket(Protocol):
    """The part of simple_websocket's Server that is used here."""

    def send(self, data: str) -> None:
        """Send a text frame."""
        ...

    def receive(self, timeout: float | None = None) -> str | bytes | None:
        """Wait for a frame."""
        ...

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye."""
        ...


@dataclass
class _Waiting:
    """An envelope that is out."""

    answered: threading.Event = field(default_factory=threading.Event)
    body: Json = field(default_factory=dict)


class SocketMode:
    """The app's websockets. Slack picks one of them at random for each envelope."""

    def __init__(self, app_id: str, on_change: Callable[[], None]) -> None:
        self._app_id = app_id
        self._on_change = on_change
        self._tickets: set[str] = set()
        self._sockets: list[Socket] = []
        self._waiting: dict[str, _Waiting] = {}
        self._lock = threading.Lock()
        # A websocket's frames must not interleave, and several people may act at once.
        self._sending = threading.Lock()

    @property
    def connections(self) -> int:
        """How many websockets are open."""
        return len(self._sockets)

    def ticket(self) -> str:
        """Return a ticket that opens one websocket (apps.connections.open)."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    def serve(self, socket: Socket, ticket: str) -> None:
        """Speak on a new websocket until it closes."""
        with self._lock:
            welcome = ticket in self._tickets and len(self._sockets) < MOST_CONNECTIONS
            self._tickets.discard(ticket)
            if welcome:
                self._sockets.append(socket)
        if not welcome:
            return
        try:
            self._write(socket, self._hello())
            self._on_change()
            while (frame := socket.receive()) is not None:
                self._take(json.loads(frame))
        finally:
            self._forget(socket)

    def send(self, envelope: Envelope) -> Json:
        """Send an envelope; see Transport."""
        waiting = self._waiting[envelope.id] = _Waiting()
        started = time.monotonic()
        try:
            self._post(envelope)
            if not waiting.answered.wait(ACK_LIMIT - (time.monotonic() - started)):
                raise NotAcknowledgedError("operation_timeout")
            return waiting.body
        finally:
            del self._waiting[envelope.id]

    def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does every few hours; nothing more is sent on it."""
        for socket in list(self._sockets):
            self._forget(socket)
            self._write(socket, {"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    def drop(self) -> None:
        """Close every connection without a word."""
        for socket in list(self._sockets):
            self._forget(socket)
            with suppress(ConnectionClosed, OSError):  # its other end may have just gone
                socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections,
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }

    def _post(self, envelope: Envelope) -> None:
        frame = {
            "envelope_id": envelope.id,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.takes_answer,
        }
        if envelope.kind == "events_api":
            frame |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
        with self._lock:
            if not self._sockets:
                raise NotAcknowledgedError("dispatch_failed")
            socket = random.choice(self._sockets)
        try:
            self._write(socket, frame)
        except (ConnectionClosed, OSError):
            self._forget(socket)
            raise NotAcknowledgedError("dispatch_failed") from None

    def _write(self, socket: Socket, frame: Json) -> None:
        with self._sending:
            socket.send(json.dumps(frame))

    def _take(self, frame: Json) -> None:
        """Match an acknowledgement with its envelope; a late one is lost, as at Slack."""
        waiting = self._waiting.get(str(frame.get("envelope_id")))
        if waiting and not waiting.answered.is_set():
            waiting.body = frame.get("payload") or {}
            waiting.answered.set()

    def _forget(self, socket: Socket) -> None:
        with self._lock:
            if socket in self._sockets:
                self._sockets.remove(socket)
        self._on_change()
