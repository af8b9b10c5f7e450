"""Not one call reaches 勤革時 in its closed hours, nor in the 30 seconds before them."""

from datetime import datetime, timedelta

import pytest

from sandbox.clock import FrozenClock
from sandbox.remote.system import System
from sync.calendar import DEFAULT_CLOSED_HOURS, TOKYO, raise_if_closed
from sync.errors import ClosedNow
from sync.fields import Field
from sync.kinkakuji import Kinkakuji
from tests.sandbox.remote.service import Service, a_company, an_employee, service
from tests.sync.clients.partners import NoPace, kinkakuji


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-04-01T{text}").replace(tzinfo=TOKYO)


def guarded(there: Service, clock: FrozenClock, pace: NoPace | None = None) -> Kinkakuji:
    def gate() -> None:
        raise_if_closed(clock.now(), DEFAULT_CLOSED_HOURS)

    return kinkakuji(there, gate=gate, clock=clock.now, pace=pace or NoPace())


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("07:59:28", None),
        ("07:59:29", "10:00:00"),
        ("07:59:31", "10:00:00"),
        ("08:29:59", "10:00:00"),
        ("09:59:59", "10:00:00"),
        ("10:00:00", None),
        ("17:29:28", None),
        ("17:29:29", "18:30:00"),
        ("18:29:59", "18:30:00"),
        ("18:30:00", None),
    ],
)
def test_the_guard_is_kept_to_the_second(now: str, opens: str | None) -> None:
    clock = FrozenClock(at(now))
    with service(clock=clock) as there:
        client = guarded(there, clock)
        if opens is None:
            client.fetch_everyone()
            assert len(there.calls.calls(System.KINKAKUJI)) == 1
            return
        for call in (client.fetch_everyone, client.fetch_placement_choices, client.check):
            with pytest.raises(ClosedNow) as closed:
                call()
            assert closed.value.opens_at == at(opens)
        assert there.calls.calls(System.KINKAKUJI) == []


def test_no_retry_crosses_into_closed_hours() -> None:
    clock = FrozenClock(at("07:59:28"))
    pace = NoPace(on_wait=lambda count: clock.advance(timedelta(seconds=2)) if count > 1 else None)
    with service(clock=clock) as there:
        there.faults.set(System.KINKAKUJI, down=True)
        with pytest.raises(ClosedNow):
            guarded(there, clock, pace).fetch_everyone()
        assert len(there.calls.calls()) == 1


def test_a_wait_for_its_turn_does_not_cross_into_closed_hours() -> None:
    clock = FrozenClock(at("07:59:28"))
    pace = NoPace(on_wait=lambda _count: clock.advance(timedelta(seconds=2)))
    with service(clock=clock) as there:
        with pytest.raises(ClosedNow):
            guarded(there, clock, pace).fetch_everyone()
        assert there.calls.calls() == []


def test_writes_are_guarded_too() -> None:
    clock = FrozenClock(at("07:59:28"))
    with service(clock=clock, company=a_company(employees=[an_employee()])) as there:
        client = guarded(there, clock)
        (person,) = client.fetch_everyone()
        clock.advance(timedelta(seconds=1))
        with pytest.raises(ClosedNow):
            client.update(person, {Field.LAST_NAME: "赤木"})
        assert not any(call.is_write for call in there.calls.calls())


def test_closed_although_we_took_it_for_open_means_come_back_in_ten_minutes() -> None:
    clock = FrozenClock(at("12:00:00"))
    with service(clock=clock) as there:
        there.faults.set(System.KINKAKUJI, closed_now=True)
        with pytest.raises(ClosedNow) as closed:
            guarded(there, clock).fetch_everyone()
        assert len(there.calls.calls()) == 1, "closed is no reason to ask again at once"
    assert closed.value.opens_at == at("12:10:00")
    assert not closed.value.is_foreseen


def test_closing_while_a_call_is_under_way_is_told_with_the_expected_opening() -> None:
    clock = FrozenClock(at("07:59:28"))

    def gate() -> None:
        raise_if_closed(clock.now(), DEFAULT_CLOSED_HOURS)
        clock.advance(timedelta(seconds=31))

    with service(clock=clock) as there:
        there.faults.set(System.KINKAKUJI, closed_now=True)
        with pytest.raises(ClosedNow) as closed:
            kinkakuji(there, gate=gate, clock=clock.now).fetch_everyone()
    assert closed.value.opens_at == at("10:00:00")
    assert closed.value.is_foreseen
