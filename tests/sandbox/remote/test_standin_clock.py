from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from sandbox.clock import TOKYO, Clock, DemoClock, FrozenClock

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=TOKYO)
MOMENTS = timedelta(seconds=5)
"""More than a test takes."""


def test_a_demo_clock_goes_on_from_where_it_was_set() -> None:
    clock = DemoClock()
    clock.set(NOW)
    assert NOW <= clock.now() < NOW + MOMENTS
    assert clock.now().tzinfo is TOKYO


def test_a_time_of_day_means_its_next_occurrence() -> None:
    clock = DemoClock()
    clock.set(NOW)
    clock.jump_to(time(14, 0))
    assert clock.now().date() == NOW.date()
    clock.jump_to(time(7, 59))
    assert timedelta(0) <= clock.now() - datetime(2026, 4, 2, 7, 59, tzinfo=TOKYO) < MOMENTS


def test_the_next_day_is_the_same_time_tomorrow_and_real_time_comes_back() -> None:
    clock = DemoClock()
    clock.next_day()
    assert clock.offset == 24 * 3600
    clock.back_to_real()
    assert clock.offset == 0


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        DemoClock().set(datetime(2026, 4, 1))  # noqa: DTZ001 - that is the point


def test_the_offset_is_a_number_in_a_file_that_the_next_start_finds(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    clock = DemoClock(path)
    assert not path.exists()
    clock.jump_to(NOW)
    assert float(path.read_text()) == pytest.approx(clock.offset, abs=0.001)
    assert abs(DemoClock(path).now() - clock.now()) < MOMENTS
    assert [each.name for each in tmp_path.iterdir()] == ["clock"]


def test_a_frozen_clock_moves_only_when_told() -> None:
    clock: Clock = FrozenClock(NOW.astimezone(UTC))
    assert clock.now() == clock.now() == NOW
    assert clock.now().tzinfo is TOKYO


def test_a_frozen_clock_advances() -> None:
    clock = FrozenClock(NOW)
    clock.advance(timedelta(hours=1))
    assert clock.now().hour == 13
    clock.set(NOW)
    assert clock.now() == NOW
