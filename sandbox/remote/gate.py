"""The network in front of a stand-in: it logs every call, and can be slow, broken or lose an answer."""

import re
from base64 import b64decode
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from socket import SHUT_RDWR
from threading import Timer
from time import monotonic, sleep
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

from sandbox.calls import Arrival, Calls
from sandbox.clock import Clock
from sandbox.faults import Fate, Faults, Switches
from sandbox.remote.system import System
from sandbox.remote.witness import Seen, Witness

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
IMPERSONAL = frozenset(
    {"page", "per_page", "fields", "sort", "date", "updateDate", "includeResigner", "additionalFields"}
)
"""Query parameters whose values can't name a person; the log shows only these."""

TOKEN_IN_PATH = re.compile(r"(?<=/tokens/)[^/]+")


class Gate:
    """WSGI middleware round one stand-in."""

    def __init__(
        self, inner: WSGIApplication, system: System, clock: Clock, faults: Faults, calls: Calls
    ) -> None:
        self._inner = inner
        self._system = system
        self._clock = clock
        self._faults = faults
        self._calls = calls
        self._late: list[Timer] = []
        self.witness: Witness | None = None
        """Told of every call with all that it says, and of what became of it; nobody, unless a test asks."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one call, or break as the switches say."""
        arrival = _arrival(environ, self._system, self._clock)
        switches = self._faults.of(self._system)
        seen = Seen.of(self._system, environ, _read(environ), arrival.monotonic)
        if self.witness is not None:
            self.witness.arrived(seen)
        sleep(switches.slow)
        fate = self._fate(environ, switches)
        if fate is not Fate.ANSWERED:
            self._lose(environ, seen, fate, switches)
            self._calls.record(arrival, status=None)
            _drop(environ, switches.lost_answer_hangs)
        response = _bad_gateway() if switches.html_502 else self._carry_out(environ, seen)
        self._calls.record(arrival, status=response.status_code)
        return response(environ, start_response)

    def wait_for_late_writes(self) -> None:
        """Return once every write that commits late has been carried out."""
        while self._late:
            self._late.pop().join()

    def _fate(self, environ: WSGIEnvironment, switches: Switches) -> Fate:
        if environ["REQUEST_METHOD"] not in WRITES or switches.html_502:
            return Fate.ANSWERED
        return self._faults.fate(self._system)

    def _lose(self, environ: WSGIEnvironment, seen: Seen, fate: Fate, switches: Switches) -> None:
        if fate is Fate.ANSWER_LOST:
            self._carry_out(environ, seen)
        if fate is Fate.LATE:
            later = {**environ, "wsgi.input": BytesIO(seen.body)}
            timer = Timer(switches.commits_late_by, partial(self._carry_out, later, seen))
            timer.daemon = True
            self._late.append(timer)
            timer.start()

    def _carry_out(self, environ: WSGIEnvironment, seen: Seen) -> Response:
        response = Response.from_app(self._inner, environ, buffered=True)
        if self.witness is not None:
            self.witness.carried_out(seen, response.status_code)
        return response


def _arrival(environ: WSGIEnvironment, system: System, clock: Clock) -> Arrival:
    return Arrival(
        moment=clock.now(),
        monotonic=monotonic(),
        system=system,
        method=environ["REQUEST_METHOD"],
        path=_impersonal_path(environ),
        token_id=_token_id(environ.get("HTTP_AUTHORIZATION", "")),
    )


def _impersonal_path(environ: WSGIEnvironment) -> str:
    path = TOKEN_IN_PATH.sub("…", environ.get("PATH_INFO", ""))
    pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    query = "&".join(f"{name}={value if name in IMPERSONAL else '…'}" for name, value in pairs)
    return f"{path}?{query}" if query else path


def _token_id(authorization: str) -> str | None:
    token = token_of(authorization)
    return sha256(token.encode()).hexdigest()[:8] if token else None


def token_of(authorization: str) -> str | None:
    """Return the token in an Authorization header: Bearer, or Basic with the token as the user's name."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        with suppress(ValueError):
            return b64decode(value, validate=True).decode().partition(":")[0]
    return None


def _read(environ: WSGIEnvironment) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise ConnectionAbortedError("The caller hung up in the middle.")
    environ["wsgi.input"] = BytesIO(body)
    return body


def _drop(environ: WSGIEnvironment, hangs: float) -> None:
    sleep(hangs)
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        # The caller may have hung up first.
        with suppress(OSError):
            connection.shutdown(SHUT_RDWR)
    raise ConnectionAbortedError("The answer is lost on purpose.")


def _bad_gateway() -> Response:
    html = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Response(html, HTTPStatus.BAD_GATEWAY, mimetype="text/html")
