"""Every second around the boundaries of 勤革時's closed hours: no call arrives inside, runs go on after."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle, product
from pathlib import Path

import pytest
import stamina

from bot.lifeline import Lifeline
from bot.texts import Texts
from bot.views.sentences import reason_text
from sandbox.remote.system import System as StandIn
from storage.run_records import RunState
from sync.calendar import DEFAULT_CLOSED_HOURS, ClosedHours
from sync.model import Direction
from sync.outcome import OutcomeKind
from tests.journeys.office import NOON, Office, office

Deed = Callable[[], object]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
GUARD = timedelta(seconds=30)
MORNING = NOON.replace(hour=5)
EVERY_SECOND = range(-40, 6)
EDGES = (-33, -32, -31, -30, -1, 0, 1)
"""Seconds after a boundary at which everything is done; at the others one thing after the other, in turn."""
DOUBLING = [30, 30, 60, 120, 240, 300, 300]
"""Seconds that are waited for a system to come back, one pause after the other."""


class Killed(Exception):
    """The process has ended."""


class OneRow(Lifeline):
    """Ends the process after a row, so that a run lasts as many seconds as it has people."""

    def raise_if_stopping(self) -> None:
        raise Killed


@pytest.mark.parametrize(
    ("hours", "seconds", "people"),
    [
        (DEFAULT_CLOSED_HOURS, EVERY_SECOND, 16),
        ([ClosedHours(time(22), time(0)), ClosedHours(time(0), time(2))], EDGES, 6),
        ([ClosedHours(time(22), time(2))], EDGES, 6),
    ],
    ids=["the help page's", "back to back at midnight", "over midnight"],
)
def test_not_one_call_arrives_inside_and_the_runs_that_span_them_complete(
    tmp_path: Path, hours: Sequence[ClosedHours], seconds: Sequence[int], people: int
) -> None:
    with office(tmp_path, people, *hours) as here:  # more of them than open seconds
        here.clock.set(MORNING)
        runs = [here.start(way) for way in Direction]
        everything: list[Deed] = [*asked(here), *(partial(one_row, here, run) for run in runs)]
        turn = cycle(everything)
        for boundary, second in product(boundaries(hours), seconds):
            here.clock.set(boundary + second * SECOND)
            deeds = everything if second in EDGES else [next(turn)]
            made = [calls_of(here, deed) for deed in deeds]
            shut = is_shut(here.clock.now(), hours, GUARD + SECOND)
            assert not any(made) if shut else all(made), (here.clock.now(), made)
        for run in map(here.finish, runs):
            assert (run.state, run.counts[OutcomeKind.SUCCEEDED]) == (RunState.FINISHED, people)
        calls = here.there.calls.calls(StandIn.KINKAKUJI)
        assert not [call.moment for call in calls if is_shut(call.moment, hours, GUARD)]
        assert {call.status for call in calls} == {200}


@pytest.mark.parametrize(
    ("fault", "way"),
    [
        ("down", Direction.PUSH),
        ("html_502", Direction.PULL),
        ("closed_now", Direction.PUSH),
        ("closed_now", Direction.PULL),
    ],
)
def test_nobody_fails_because_kinkakuji_is_away_and_the_run_goes_on_by_itself(
    tmp_path: Path, fault: str, way: Direction
) -> None:
    with stamina.set_testing(True, attempts=1), office(tmp_path, 6) as here:
        run_id = here.start(way)
        one_row(here, run_id)
        here.there.faults.set(StandIn.KINKAKUJI, **{fault: True})
        assert [waited(here, run_id) for _ in DOUBLING] == DOUBLING
        here.there.faults.clear()
        run = here.finish(run_id)
        assert (run.state, run.counts[OutcomeKind.SUCCEEDED], run.total) == (RunState.FINISHED, 6, 6)


def test_a_run_for_which_kinkakuji_does_not_open_is_stopped_and_can_say_why(tmp_path: Path) -> None:
    with stamina.set_testing(True, attempts=1), office(tmp_path, 6) as here:
        run_id = here.start(Direction.PUSH)
        here.there.faults.set(StandIn.KINKAKUJI, closed_now=True)
        here.advance(run_id)
        for later in (timedelta(hours=23), timedelta(hours=2)):
            assert here.store.runs.get(run_id).state is RunState.WAITING
            here.clock.set(here.clock.now() + later)
            here.advance(run_id)
        run = here.store.runs.get(run_id)
        assert (run.state, run.reason) == (RunState.STOPPED, "stayed_closed")
        assert "利用できないと応答し続けました" in reason_text(Texts("ja"), run.reason or "").happened


def waited(here: Office, run_id: str) -> int:
    """Find 勤革時 away, wait as long as the run wants to, give the seconds; it is not called meanwhile."""
    here.advance(run_id)
    run, now = here.store.runs.get(run_id), here.clock.now()
    assert run.state is RunState.WAITING
    assert run.wakes_at is not None
    assert run.counts[OutcomeKind.SUCCEEDED] == run.done == 1
    here.clock.set(run.wakes_at - SECOND)
    assert calls_of(here, partial(here.advance, run_id)) == 0
    here.clock.set(run.wakes_at)
    return int((run.wakes_at - now).total_seconds())


def boundaries(hours: Sequence[ClosedHours]) -> list[datetime]:
    """Give when closed hours begin or end, in the order of a day that begins in the morning."""
    times = {boundary for each in hours for boundary in (each.start, each.end)}
    return sorted(MORNING + (at(each) - MORNING) % DAY for each in times)


def is_shut(moment: datetime, hours: Sequence[ClosedHours], guard: timedelta) -> bool:
    """Tell whether a moment is inside, or just before; worked out apart from the code that is tested."""
    return any((moment - at(each.start) + guard) % DAY < lasts(each) + guard for each in hours)


def lasts(hours: ClosedHours) -> timedelta:
    return (at(hours.end) - at(hours.start)) % DAY


def at(clock: time) -> datetime:
    return datetime.combine(NOON.date(), clock, NOON.tzinfo)


def asked(here: Office) -> list[Deed]:
    """Give what people ask for that reads 勤革時."""
    return [here.preview, here.test_settings, here.ask_who]


def one_row(here: Office, run_id: str) -> None:
    with suppress(Killed):
        here.advance(run_id, OneRow())


def calls_of(here: Office, deed: Deed) -> int:
    """Do something; give how many calls of 勤革時 it made."""
    before = len(here.there.calls.calls(StandIn.KINKAKUJI))
    deed()
    return len(here.there.calls.calls(StandIn.KINKAKUJI)) - before
