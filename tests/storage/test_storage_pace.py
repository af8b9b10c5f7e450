"""The pace of a token: evenly spaced, shared by everybody who uses it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.pace import Paces, database_now
from storage.store import Store
from sync.errors import TooManyRequests
from sync.model import System
from sync.remote import Pace
from tests.storage.builders import KEYS, Watch


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


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_calls_start_evenly_spaced(bench: Bench) -> None:
    pace: Pace = bench.paces.of(System.SMARTHR, "token", 0.104)
    for _ in range(4):
        bench.call(pace)
    assert bench.starts == [1_000_000, 1_000_104, 1_000_208, 1_000_312]


def test_time_that_was_not_used_is_not_made_up_for(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", 0.1)
    bench.call(pace)
    bench.ms += 60_000
    bench.call(pace)
    bench.call(pace)
    assert bench.starts[1:] == [1_060_000, 1_060_100]


def test_tokens_do_not_slow_each_other(bench: Bench) -> None:
    for token in ("one", "other"):
        bench.call(bench.paces.of(System.SMARTHR, token, 10))
    assert bench.starts == [1_000_000, 1_000_000]


def test_everybody_backs_off_when_one_is_told_to(bench: Bench) -> None:
    bench.paces.of(System.SMARTHR, "token", 0.1).back_off(30)
    bench.call(bench.paces.of(System.SMARTHR, "token", 0.1))
    assert bench.starts == [1_030_000]


def test_a_wait_of_more_than_a_minute_is_told_and_not_slept_through(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", 0.1)
    pace.back_off(3599)
    with pytest.raises(TooManyRequests) as told:
        pace.wait()
    assert told.value.retry_after == pytest.approx(3599)


def test_a_shorter_back_off_does_not_undo_a_longer_one(bench: Bench) -> None:
    pace = bench.paces.of(System.SMARTHR, "token", 0.1)
    pace.back_off(30)
    pace.back_off(1)
    bench.call(pace)
    assert bench.starts == [1_030_000]


def test_whoever_sleeps_when_the_others_are_told_to_back_off_goes_on_sleeping(database: Database) -> None:
    bench = Bench(database)
    pace = bench.paces.of(System.SMARTHR, "token", 0.1)
    bench.call(pace)

    def sleep_and_be_told(seconds: float) -> None:
        bench.ms += round(seconds * 1000)
        if len(bench.starts) == 1 and bench.ms < 1_001_000:
            pace.back_off(30)

    bench.paces.sleep = sleep_and_be_told
    bench.call(pace)
    assert bench.starts[1] == 1_030_100


def test_processes_share_the_pace_by_the_databases_own_clock(store: Store, url: str) -> None:
    other = Store.open(url, KEYS, Watch())
    paces = [each.pace(System.SMARTHR, "shr_made_up", 0.02) for each in (store, other)]
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
    pace = bench.paces.of(System.SMARTHR, "token", 0.1)
    bench.call(pace)
    bench.ms += 86_400_000 + 200
    bench.paces.forget_unused()
    assert bench.paces.reserve("token", 100) == 0
    del database
