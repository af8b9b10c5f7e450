"""Waiting has an end that is known, and what goes out too late does not go out."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import pytest
from pydantic import TypeAdapter

from sync.calendar import GUARD
from sync.errors import OutcomeUnknown, RemoteUnavailable
from sync.http import Http, Rules
from sync.model import System
from sync.remote import Sending, unnoticed
from sync.smarthr import SMARTHR_CODES
from sync.timeouts import Stopwatch, Timeouts, stopwatch
from sync.unanswered import SETTLE_AFTER
from tests.sync.clients.partners import NoPace, a_script, line

TIGHT = Timeouts(connect=1.0, send=0.05, read=0.4, depart=0.3, total=0.5)
"""The real ones, some fifty times faster."""
MARGIN = 0.15
"""Seconds that a busy machine adds."""
NEVER = 60.0
TOO_LATE = Timeouts().depart + 0.1
ANYTHING: TypeAdapter[Any] = TypeAdapter(object)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@dataclass
class Watch:
    """A stopwatch that is turned by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def held_up(self) -> None:
        self.seconds += TOO_LATE


@pytest.mark.parametrize(
    ("head", "pieces"),
    [
        (NEVER, []),
        (0.35, [NEVER]),
        (0.35, [0.1, 0.35]),
        (0.0, [0.1] * 30),
        (0.0, [0.3, NEVER]),
    ],
    ids=["never begins", "begins late and stops", "is late twice", "drips in", "stops"],
)
def test_however_late_an_answer_is_a_write_is_given_up_in_time(head: float, pieces: Sequence[float]) -> None:
    with a_late_answer(head, pieces) as url:
        assert seconds_until_given_up(url, TIGHT) < TIGHT.longest + MARGIN


def test_an_answer_that_begins_too_late_is_not_waited_for_to_its_end() -> None:
    with a_late_answer(0.55, [0.5]) as url:
        assert seconds_until_given_up(url, Timeouts(read=0.6, total=0.5)) < 0.55 + MARGIN


def test_a_write_is_sent_again_a_minute_after_its_sender_has_given_up() -> None:
    assert SETTLE_AFTER.total_seconds() == Timeouts().longest + 60


def test_a_call_that_is_let_through_has_been_sent_before_closed_hours_begin() -> None:
    assert Timeouts().arrives < GUARD.total_seconds()


def test_whoever_is_held_up_while_the_sending_is_noted_sends_nothing() -> None:
    watch = Watch()
    with a_script(line({})) as script:
        with pytest.raises(RemoteUnavailable):
            write(script.url, timing=watch, sending=watch.held_up)
        assert script.asked == []


def test_whoever_is_held_up_while_the_connection_is_made_sends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch, connect = Watch(), socket.create_connection

    def slowly(*given: Any, **more: Any) -> socket.socket:
        watch.held_up()
        return connect(*given, **more)

    with a_script(line({})) as script:
        monkeypatch.setattr(socket, "create_connection", slowly)
        with pytest.raises(RemoteUnavailable):
            write(script.url, timing=watch)
        assert script.asked == []


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="elsewhere the usual clock goes on")
def test_time_passes_while_the_machine_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = {time.CLOCK_MONOTONIC: 0.0, time.CLOCK_BOOTTIME: 3600.0}
    monkeypatch.setattr(time, "clock_gettime", slept.__getitem__)
    assert stopwatch() == 3600.0


def seconds_until_given_up(url: str, timeouts: Timeouts) -> float:
    started = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        write(url, timeouts)
    return time.monotonic() - started


def write(
    url: str,
    timeouts: Timeouts | None = None,
    timing: Stopwatch = stopwatch,
    sending: Sending = unnoticed,
) -> None:
    timeouts = timeouts or Timeouts()
    rules = Rules(System.SMARTHR, SMARTHR_CODES, NoPace(), timeouts=timeouts, stopwatch=timing)
    Http(url, "a-token", rules).write("POST", "/crews", {}, ANYTHING, sending)


@contextmanager
def a_late_answer(head: float, pieces: Sequence[float]) -> Iterator[str]:
    """Answer one call with a head after so many seconds, and pieces of a body after so many more each."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                for pause, piece in [(head, HEAD), *((pause, b" ") for pause in pieces)]:
                    if over.wait(pause):
                        return
                    try:
                        connection.sendall(piece)
                    except OSError:  # given up
                        return

        thread = Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()
