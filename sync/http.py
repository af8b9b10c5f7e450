"""One way to call either system: paced, gated, timed out, and every failure sorted.

The token travels in a header and nowhere else: not in a URL, along a redirect, into a log or an error.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from ssl import SSLContext
from time import monotonic
from typing import Generic, Literal, TypeVar
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
from sync.remote import Pace, Sending, unnoticed

T = TypeVar("T")
Method = Literal["GET", "POST", "PATCH", "PUT"]
"""There is no delete."""

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_TOKEN = re.compile(r"[\x21-\x7e]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. httpx holds each to one act, of which a call has several; `total` holds the call to its end.

    A call that is answered at once is over in a second. One whose answer drips in is broken off when a piece
    arrives later than `total`: at the latest `read` after that, since nobody waits longer for a piece.
    """

    connect: float = 5.0
    """For the connection, and once more for TLS."""
    send: float = 3.0
    """For each piece that is sent; head and body are one each."""
    read: float = 20.0
    """For each piece of the answer, and so for its beginning."""
    pool: float = 1.0
    announced: float = 10.0
    """Between saying that a request goes out and its going out. Whoever was held up for longer, as a stopped
    process is, does not send: another process may have taken the work over."""
    total: float = 25.0
    """For all of them. Under `calendar.GUARD`: an answer is not listened to far into the closed hours."""

    def to_httpx(self) -> httpx.Timeout:
        """Give them as httpx takes them."""
        return httpx.Timeout(connect=self.connect, write=self.send, read=self.read, pool=self.pool)


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
    timeouts: Timeouts = Timeouts()
    retries: Retries = Retries()


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
            timeout=rules.timeouts.to_httpx(),
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
        """Send something once; `sending` is called right before.

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
        if self._rules.gate is not None:
            self._rules.gate.raise_if_closed()
        request = self._client.build_request(method, path, params=params, json=body)
        self._announce(sending)
        try:
            response = self._send(request)
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

    def _announce(self, sending: Sending) -> None:
        """Say that the request goes out now; give up if it does not, because the machine has slept."""
        announced = monotonic()
        sending()
        if monotonic() - announced > self._rules.timeouts.announced:
            raise RemoteUnavailable(self.system, "held up right before sending")

    def _send(self, request: httpx.Request) -> httpx.Response:
        deadline = monotonic() + self._rules.timeouts.total
        pieces = []
        arriving = self._client.send(request, stream=True)
        with closing(arriving):
            for piece in arriving.iter_raw():
                pieces.append(piece)
                if monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer drips in", request=request)
        return httpx.Response(arriving.status_code, headers=arriving.headers, content=b"".join(pieces))

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
            return shape.validate_json(answer.content)
        except ValidationError:  # its text quotes the body
            raise otherwise from None


@cache
def _trusted() -> SSLContext:
    """Load the certificates that are trusted once: it takes longer than a call."""
    return httpx.create_ssl_context()


def _keep_urls_out_of_logs() -> None:
    # httpx logs every URL at INFO, and a URL can hold an employee number.
    logging.getLogger("httpx").addFilter(_is_serious)


def _is_serious(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
