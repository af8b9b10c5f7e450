"""Days and hours in Japan."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.calendar import (
    DEFAULT_CLOSED_HOURS,
    TOKYO,
    ClosedHours,
    as_of_range,
    closes_at,
    opens_at,
    raise_if_closed,
    raise_if_out_of_range,
    today,
)
from sync.errors import ClosedNow, OutOfRange


def at(text: str, day: str = "2026-04-01") -> datetime:
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("07:59:28", None),
        ("07:59:30", "10:00"),
        ("09:59:59", "10:00"),
        ("10:00", None),
        ("17:29:30", "18:30"),
        ("18:30", None),
    ],
)
def test_it_is_closed_from_the_guard_to_just_before_the_end(now: str, opens: str | None) -> None:
    assert opens_at(at(now), DEFAULT_CLOSED_HOURS) == (at(opens) if opens else None)


def test_hours_that_touch_open_at_the_end_of_the_last() -> None:
    hours = [
        ClosedHours(time(8), time(10)),
        ClosedHours(time(10), time(11)),
        ClosedHours(time(11, 0, 20), time(12)),
    ]
    assert opens_at(at("08:30"), hours) == at("12:00")


def test_hours_from_midnight_are_guarded_on_the_day_before() -> None:
    hours = [ClosedHours(time(0), time(5))]
    assert opens_at(at("23:59:30"), hours) == at("05:00", "2026-04-02")


@pytest.mark.parametrize("end", [time(0), time(2)])
def test_hours_may_last_until_midnight_or_over_it(end: time) -> None:
    hours = [ClosedHours(time(22), end)]
    opening = at(f"{end:%H:%M}", "2026-04-01")
    assert opens_at(at("21:59:28", "2026-03-31"), hours) is None
    assert opens_at(at("21:59:29", "2026-03-31"), hours) == opening
    assert opens_at(opening - timedelta(seconds=1), hours) == opening
    assert opens_at(opening, hours) is None


def test_hours_that_never_open_are_refused_and_not_searched_for_ever() -> None:
    hours = [ClosedHours(time(0), time(12)), ClosedHours(time(12), time(23, 59, 59))]
    with pytest.raises(ValueError, match="never open"):
        opens_at(at("13:00"), hours)


STRETCHES = st.lists(st.times(), min_size=2, max_size=6, unique=True).map(
    lambda times: [ClosedHours(start, end) for start, end in zip(*[iter(times)] * 2, strict=False)]
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 30))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(TOKYO))


@given(MOMENTS, STRETCHES)
def test_what_opens_is_open_then_and_was_closed_until_then(now: datetime, hours: list[ClosedHours]) -> None:
    try:
        opening = opens_at(now, hours)
    except ValueError:
        return
    if opening is None:
        raise_if_closed(now, hours)
        return
    assert now < opening <= now + timedelta(days=1)
    assert opens_at(opening, hours) is None
    with pytest.raises(ClosedNow):
        raise_if_closed(opening - timedelta(microseconds=1), hours)


@given(MOMENTS, STRETCHES)
def test_the_next_closing_is_where_calls_end(now: datetime, hours: list[ClosedHours]) -> None:
    closing = closes_at(now, hours)
    assert closing is not None
    assert now < closing
    with pytest.raises((ClosedNow, ValueError)):
        raise_if_closed(closing, hours)


def test_without_closed_hours_it_never_closes() -> None:
    assert closes_at(at("12:00"), []) is None
    assert opens_at(at("12:00"), []) is None


def test_the_day_is_tokyos() -> None:
    assert today(datetime(2026, 3, 31, 15, 30, tzinfo=UTC)) == date(2026, 4, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        today(datetime(2026, 4, 1))  # noqa: DTZ001 - what is refused


def test_closed_hours_that_end_when_they_start_are_refused() -> None:
    with pytest.raises(ValueError, match="another time"):
        ClosedHours(time(22), time(22))


@pytest.mark.parametrize(
    ("day", "earliest", "latest"),
    [("2026-04-01", "2023-04-01", "2027-04-01"), ("2028-02-29", "2025-02-28", "2029-02-28")],
)
def test_kinkakuji_answers_for_three_years_back_and_one_ahead(day: str, earliest: str, latest: str) -> None:
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    assert as_of_range(date.fromisoformat(day)) == (first, last)
    for outside in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(OutOfRange):
            raise_if_out_of_range(outside, date.fromisoformat(day))
    raise_if_out_of_range(first, date.fromisoformat(day))
    raise_if_out_of_range(last, date.fromisoformat(day))
