"""The pace of a token: evenly spaced, shared by everybody who uses it."""

import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from storage.database import Database
from storage.pace import MINUTES, Paces, Rhythm, database_now
from storage.store import Store
from storage.tables import PaceMinuteRow
from sync.errors import TooManyRequests
from sync.model import System
from sync.remote import Pace
from tests.storage.builders import KEYS, Watch

HOUR = 3600
KINKAKUJI = Rhythm(0.62, 1.0)
SUPPRESSED = [HealthCheck.function_scoped_fixture]


class Bench:
    """Time that passes only by sleeping."""

    def __init__(self, database: Database) -> None:
        self.ms = 1_000_000
        self.starts: list[int] = []
        self.paces = Paces(database, now=self._now, sleep=self._sleep)

    def call(self, pace: Pace) -> None:
        pace.wait()
        self.starts.append(self.ms)

    def _now(self, session: Session) -> int:
        del session
        return self.ms

    def _sleep(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


def fullest(starts: Iterable[int], milliseconds: int) -> int:
    """Give the most calls that start within any stretch of so many milliseconds."""
    window: deque[int] = deque()
    most = 0
    for start in starts:
        window.append(start)
        while window[0] <= start - milliseconds:
            window.popleft()
        most = max(most, len(window))
    return most


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_calls_start_evenly_spaced(bench: Bench) -> None:
    pace: Pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.104))
    for _ in range(4):
        bench.call(pace)
    assert bench.starts == [1_000_000, 1_000_104, 1_000_208, 1_000_312]


def test_time_that_was_not_used_is_not_made_up_for(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    bench.call(pace)
    bench.ms += 60_000
    bench.call(pace)
    bench.call(pace)
    assert bench.starts[1:] == [1_060_000, 1_060_100]


def test_tokens_do_not_slow_each_other(bench: Bench) -> None:
    for token in ("one", "other"):
        bench.call(bench.paces.of(System.SMARTHR, token, Rhythm(10)))
    assert bench.starts == [1_000_000, 1_000_000]


def test_everybody_backs_off_when_one_is_told_to(bench: Bench) -> None:
    bench.paces.of(System.SMARTHR, "token", Rhythm(0.1)).back_off(30)
    bench.call(bench.paces.of(System.SMARTHR, "token", Rhythm(0.1)))
    assert bench.starts == [1_030_000]


def test_a_wait_of_more_than_a_minute_is_told_and_not_slept_through(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    pace.back_off(3599)
    with pytest.raises(TooManyRequests) as told:
        pace.wait()
    assert told.value.retry_after == pytest.approx(3599)


def test_a_shorter_back_off_does_not_undo_a_longer_one(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    pace.back_off(30)
    pace.back_off(1)
    bench.call(pace)
    assert bench.starts == [1_030_000]


def test_whoever_sleeps_when_the_others_are_told_to_back_off_goes_on_sleeping(database: Database) -> None:
    bench = Bench(database)
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    bench.call(pace)

    def sleep_and_be_told(seconds: float) -> None:
        bench.ms += round(seconds * 1000)
        if len(bench.starts) == 1 and bench.ms < 1_001_000:
            pace.back_off(30)

    bench.paces.sleep = sleep_and_be_told
    bench.call(pace)
    assert bench.starts[1] == 1_030_100


def test_five_minutes_never_see_more_than_500_calls_to_kinkakuji(bench: Bench) -> None:
    pace = bench.paces.of(System.KINKAKUJI, "token", KINKAKUJI)
    for number in range(1000):
        if number in {300, 301, 700}:
            bench.ms += 5_000  # nobody makes up for what was left unused
        bench.call(pace)
    assert 470 < fullest(bench.starts, 300_000) <= 500


def test_calls_stay_further_apart_for_an_hour_after_a_refusal_whoever_makes_them(bench: Bench) -> None:
    bench.paces.of(System.KINKAKUJI, "token", KINKAKUJI).back_off(30)
    other = bench.paces.of(System.KINKAKUJI, "token", KINKAKUJI)
    for _ in range(3):
        bench.call(other)
    bench.ms = 1_000_000 + HOUR * 1000
    for _ in range(3):
        bench.call(other)
    assert bench.starts == [1_030_000, 1_031_000, 1_032_000, 4_600_000, 4_600_620, 4_601_240]


def test_a_rhythm_without_a_wider_one_goes_on_as_before_after_a_refusal(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    pace.back_off(1)
    for _ in range(2):
        bench.call(pace)
    assert bench.starts == [1_001_000, 1_001_100]


def test_an_hour_that_is_full_is_told_and_costs_nobody_a_moment(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=20))
    for _ in range(20):
        bench.call(pace)
    for _ in range(3):
        with pytest.raises(TooManyRequests) as told:
            pace.wait()
        # The minute in which they were made falls out of every hour after it.
        assert bench.ms + (told.value.retry_after or 0) * 1000 == (1_000_000 // 60_000 + MINUTES) * 60_000
    bench.call(bench.paces.of(System.SMARTHR, "token", Rhythm(0.1)))
    assert bench.starts[-1] == bench.starts[-2] + 100


def test_a_full_hour_that_has_room_within_a_minute_is_waited_for(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=2))
    for _ in range(2):
        bench.call(pace)
    free = (1_000_000 // 60_000 + MINUTES) * 60_000
    bench.ms = free - 30_000
    bench.call(pace)
    assert bench.starts[-1] == free


def test_what_an_import_leaves_of_an_hour_is_there_for_who_waits(bench: Bench) -> None:
    importing = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=45))
    waiting = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=50))
    for _ in range(45):
        bench.call(importing)
    for _ in range(5):
        with pytest.raises(TooManyRequests):
            importing.wait()
        bench.call(waiting)
    with pytest.raises(TooManyRequests):
        waiting.wait()


@settings(max_examples=10, deadline=None, suppress_health_check=SUPPRESSED)
@given(st.integers(1, 9), st.lists(st.integers(0, 400_000), min_size=40, max_size=60))
def test_no_hour_at_all_sees_more_calls_than_allowed(database: Database, most: int, idle: list[int]) -> None:
    bench = Bench(database)
    pace = bench.paces.of(System.SMARTHR, f"token {most} {idle}", Rhythm(0.1, an_hour=most))
    for milliseconds in idle:
        bench.ms += milliseconds
        try:
            bench.call(pace)
        except TooManyRequests as told:  # whoever comes back at once when there is room
            bench.ms += round((told.retry_after or 0) * 1000)
            bench.call(pace)
    assert fullest(bench.starts, HOUR * 1000) <= most


def test_a_preview_beside_an_import_with_many_threads_gets_its_share(store: Store) -> None:
    importing, waiting = (store.pace(System.SMARTHR, "shr_made_up", Rhythm(0.02)) for _ in range(2))
    calls: list[str] = []

    def write() -> None:
        while calls.count("preview") < 10:
            importing.wait()
            calls.append("import")

    writers = [Thread(target=write) for _ in range(8)]
    for each in writers:
        each.start()
    for _ in range(10):
        waiting.wait()
        calls.append("preview")
    for each in writers:
        each.join()
    first = calls.index("preview")
    between = calls[first : len(calls) - calls[::-1].index("preview")]
    assert between.count("import") <= 2 * between.count("preview")


def test_processes_share_the_pace_by_the_databases_own_clock(store: Store, url: str) -> None:
    other = Store.open(url, KEYS, Watch())
    paces = [each.pace(System.SMARTHR, "shr_made_up", Rhythm(0.02)) for each in (store, other)]
    with ThreadPoolExecutor(4) as pool:
        begun = time.monotonic()
        list(pool.map(lambda each: paces[each % 2].wait(), range(16)))
    # 16 calls have 15 spaces between them; the clock counts whole milliseconds.
    assert time.monotonic() - begun >= 15 * 0.02 - 0.002
    other.close()


def test_the_databases_clock_goes_as_ours(database: Database) -> None:
    with database.reading() as session:
        before = time.time()  # noqa: TID251 - what is compared with
        assert database_now(session) / 1000 == pytest.approx(before, abs=5)


def test_tokens_that_are_not_used_are_forgotten(bench: Bench, database: Database) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1))
    bench.call(pace)
    bench.ms += 86_400_000 + 200
    bench.paces.forget_unused()
    assert bench.paces.reserve("token", Rhythm(0.1)) == 0
    del database


def test_only_the_calls_of_the_last_hour_are_remembered(bench: Bench, database: Database) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=10))
    for minute in range(70):
        bench.ms = 1_020_000 + minute * 60_000
        if minute % 10 == 0:
            bench.call(pace)
    bench.paces.forget_unused()
    with database.reading() as session:
        counted = session.exec(select(PaceMinuteRow.minute)).all()
    assert sorted(counted) == [17 + minute for minute in (10, 20, 30, 40, 50, 60)]


def test_a_clock_that_was_fast_and_is_put_right_keeps_nobody_from_calling(bench: Bench) -> None:
    bench.ms += 5 * 3_600_000
    pace = bench.paces.of(System.SMARTHR, "token", Rhythm(0.1, an_hour=3))
    for _ in range(3):
        bench.call(pace)
    pace.back_off(10.0)
    bench.ms -= 5 * 3_600_000
    bench.starts.clear()
    for _ in range(3):
        bench.call(pace)
    assert bench.starts == [bench.starts[0] + each * 100 for each in range(3)]
