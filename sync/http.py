"""One way to call either system: paced, gated, timed out, and every failure sorted.

The token travels in a header and nowhere else: not in a URL, along a redirect, into a log or an error.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from ssl import SSLContext
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlsplit
from weakref import finalize

import httpx
import stamina
from pydantic import TypeAdapter, ValidationError

from sync.answers import Answer, Codes, Meaning, Verdict, meaning, read_answer
from sync.errors import (
    CredentialProblem,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    TooManyRequests,
)
from sync.gate import Gate
from sync.model import System
from sync.pauses import THIS_SECOND, retry_after, used_up_for
from sync.pieces import validated
from sync.remote import Pace, Sending, unnoticed
from sync.timeouts import Stopwatch, Timeouts, stopwatch

T = TypeVar("T")
Method = Literal["GET", "POST", "PATCH", "PUT"]
"""There is no delete."""

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_DEPARTS = "http11.send_request_headers.started"
"""How httpcore's trace calls the moment at which everything is connected and the first byte goes out."""
_TOKEN = re.compile(r"[\x21-\x7e]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Retries:
    """How long a read goes on asking. Seconds; the waits double and are jittered."""

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 8.0
    jitter: float = 1.0
    patience: float = 60.0
    """When the remote asks for a longer pause than this, the read gives up and the run pauses instead."""
    after_too_many: float = 5.0
    """The pause after "too many requests" from a remote that doesn't say how long."""

    def are_worth_it(self, error: Exception) -> bool:
        """Tell whether asking again soon can help."""
        return isinstance(error, RemoteUnavailable) and (error.retry_after or 0.0) <= self.patience


@dataclass(frozen=True, slots=True)
class Rules:
    """How one system is called."""

    system: System
    codes: Codes
    pace: Pace
    gate: Gate | None = None
    """Shut in closed hours; SmartHR has none."""
    timeouts: Timeouts = field(default_factory=Timeouts)
    retries: Retries = Retries()
    stopwatch: Stopwatch = stopwatch


@dataclass(frozen=True, slots=True)
class Received(Generic[T]):
    """A body in the shape that was asked for, and its headers."""

    body: T
    headers: Mapping[str, str]


class Http:
    """One system at one address under one token. Thread-safe."""

    def __init__(self, base_url: str, token: str, rules: Rules) -> None:
        if not _TOKEN.fullmatch(token):  # it can't stand in a header, so it can't be right
            raise CredentialsRejected(rules.system, CredentialProblem.TOKEN)
        _keep_urls_out_of_logs()
        self.system = rules.system
        self._rules = rules
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=_to_httpx(rules.timeouts),
            follow_redirects=False,
            verify=_trusted(),
            # A company's proxy is used for the world, never for the stand-ins on this machine.
            trust_env=urlsplit(base_url).hostname not in _LOOPBACK,
        )
        # Whoever makes a client need not remember to let go of its connections.
        finalize(self, self._client.close)

    def read(self, path: str, shape: TypeAdapter[T], params: Mapping[str, str] | None = None) -> Received[T]:
        """Ask for something, again and again while that can help."""
        for attempt in self._attempts():
            with attempt:
                answer = self._call("GET", path, params=params)
                unreadable = RemoteUnavailable(self.system, "an answer that is not understood")
                return Received(self._parse(answer, shape, unreadable), answer.headers)
        raise AssertionError("stamina's last attempt returns or raises")

    def write(
        self,
        method: Method,
        path: str,
        body: Mapping[str, object],
        shape: TypeAdapter[T],
        sending: Sending = unnoticed,
    ) -> T:
        """Send something once; `sending` is called right before, and nothing is sent when it raises.

        Raises RemoteUnavailable or ClosedNow only when it provably changed nothing, else OutcomeUnknown.
        """
        answer = self._call(method, path, body=body, sending=sending)
        return self._parse(answer, shape, OutcomeUnknown(self.system))

    def _attempts(self) -> Iterable[stamina.Attempt]:
        retries = self._rules.retries
        return stamina.retry_context(
            on=retries.are_worth_it,
            attempts=retries.attempts,
            timeout=None,
            wait_initial=retries.first_wait,
            wait_max=retries.longest_wait,
            wait_jitter=retries.jitter,
        )

    def _call(
        self,
        method: Method,
        path: str,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        sending: Sending = unnoticed,
    ) -> Answer:
        self._rules.pace.wait()
        started = self._rules.stopwatch()
        if self._rules.gate is not None:
            self._rules.gate.raise_if_closed()
        sending()
        in_time = {"trace": partial(self._raise_if_held_up, started)}
        request = self._client.build_request(method, path, params=params, json=body, extensions=in_time)
        try:
            response = self._send(request, started)
        except _NEVER_SENT as error:
            raise RemoteUnavailable(self.system, type(error).__name__) from None
        except httpx.RequestError as error:
            raise self._broken(method, type(error).__name__) from None
        answer = read_answer(response)
        meant = meaning(answer, self._rules.codes)
        pause = self._pause_for(answer, meant)
        if pause is not None:
            self._rules.pace.back_off(pause)
        self._raise_unless_done(method, answer, meant, pause)
        return answer

    def _raise_if_held_up(self, started: float, event: str, info: Mapping[str, Any]) -> None:
        """Raise RemoteUnavailable, of which nothing is sent, when a request would go out too late."""
        departs = event == _DEPARTS and info["request"].method != b"CONNECT"  # that one is for a proxy
        if departs and self._rules.stopwatch() - started > self._rules.timeouts.depart:
            raise RemoteUnavailable(self.system, "held up right before sending")

    def _send(self, request: httpx.Request, started: float) -> httpx.Response:
        pieces: list[bytes] = []
        arriving = self._client.send(request, stream=True)
        with closing(arriving):
            self._raise_if_late(request, started)
            for piece in arriving.iter_raw():
                self._raise_if_late(request, started)
                pieces.append(piece)
        return httpx.Response(arriving.status_code, headers=arriving.headers, content=b"".join(pieces))

    def _raise_if_late(self, request: httpx.Request, started: float) -> None:
        if self._rules.stopwatch() - started > self._rules.timeouts.total:
            raise httpx.ReadTimeout("the answer drips in", request=request)

    def _pause_for(self, answer: Answer, meant: Meaning) -> float | None:
        pause = used_up_for(answer.headers)
        if meant is not Verdict.TOO_MANY:
            return pause if pause is not None and pause > THIS_SECOND else None
        asked = retry_after(answer.headers) if pause is None else pause
        return self._rules.retries.after_too_many if asked is None else asked

    def _raise_unless_done(self, method: Method, answer: Answer, meant: Meaning, pause: float | None) -> None:
        match meant:
            case Verdict.DONE:
                return
            case Verdict.CLOSED if self._rules.gate is not None:
                raise self._rules.gate.closed_by_remote()
            case Verdict.TOO_MANY:
                raise TooManyRequests(self.system, f"status {answer.status}", pause)
            case Verdict.NOT_NOW:
                raise RemoteUnavailable(self.system, f"status {answer.status}", retry_after(answer.headers))
            case Verdict.REJECTED if method == "GET" and answer.status == HTTPStatus.NOT_FOUND:
                raise CredentialsRejected(self.system, CredentialProblem.ADDRESS)  # lists are always there
            case Verdict.REJECTED:
                raise RemoteRejected(self.system, answer.status, answer.messages)
            case CredentialProblem() as problem:
                raise CredentialsRejected(self.system, problem)
            case _:
                raise self._broken(method, f"status {answer.status}")

    def _broken(self, method: Method, what: str) -> RemoteUnavailable | OutcomeUnknown:
        return RemoteUnavailable(self.system, what) if method == "GET" else OutcomeUnknown(self.system)

    def _parse(self, answer: Answer, shape: TypeAdapter[T], otherwise: Exception) -> T:
        try:
            return validated(shape, answer.content)
        except ValidationError:  # its text quotes the body
            raise otherwise from None


def _to_httpx(given: Timeouts) -> httpx.Timeout:
    return httpx.Timeout(connect=given.connect, write=given.send, read=given.read, pool=given.pool)


@cache
def _trusted() -> SSLContext:
    """Load the certificates that are trusted once: it takes longer than a call."""
    return httpx.create_ssl_context()


def _keep_urls_out_of_logs() -> None:
    # httpx logs every URL at INFO, and a URL can hold an employee number.
    logging.getLogger("httpx").addFilter(_is_serious)


def _is_serious(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
