"""The demo starts at every minute of the day, and says what is wrong when it can't."""

from datetime import datetime

import pytest

from sandbox.clock import TOKYO, DemoClock
from sandbox.demo import leave_closed_hours
from sandbox.environment import BadPortError, demo_port
from sandbox.server import PortTakenError, Sandbox


@pytest.mark.parametrize(
    ("started", "shown"),
    [
        ("07:58", "07:58"),
        ("07:59", "14:00"),
        ("09:00", "14:00"),
        ("10:00", "10:00"),
        ("17:29", "14:00"),
        ("18:29", "14:00"),
        ("18:30", "18:30"),
    ],
)
def test_a_start_in_closed_hours_begins_at_two_in_the_afternoon(started: str, shown: str) -> None:
    clock = DemoClock()
    clock.set(datetime.fromisoformat(f"2026-11-24T{started}:00").replace(tzinfo=TOKYO))
    leave_closed_hours(clock)
    assert f"{clock.now():%m-%d %H:%M}" == f"11-24 {shown}"


def test_a_taken_port_is_one_clear_sentence() -> None:
    with Sandbox() as first, pytest.raises(PortTakenError, match=f"Port {first.port} .* already in use"):
        Sandbox(first.port)


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PORT", "eighty")
    with pytest.raises(BadPortError, match="DEMO_PORT must be a number"):
        demo_port()
