"""A machine whose clock is off does nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import process
from bot.clock import system_clock
from bot.doctor.machines import examine_clock
from bot.process import Process
from bot.schema import migrate_all
from bot.settings import Settings
from bot.wall_clock import MOST_APART, raise_if_off
from storage.database import open_database
from storage.errors import ClocksApart
from storage.store import Store
from tests.journeys.middle import wait_until
from tests.journeys.stage import TEMPO
from tests.storage.builders import KEYS, Watch

A_BIT = timedelta(seconds=5)
QUICK = replace(TEMPO, beat=0.1)


class WallClock:
    """A machine's clock that somebody can put wrong."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead

    def __call__(self) -> datetime:
        return system_clock() + self.ahead


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'renkei.db'}",
        slack_bot_token=SecretStr("xoxb-1"),
        slack_app_token=SecretStr("xapp-1"),
    )
    migrate_all(settings)
    return settings


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    wall = WallClock()
    monkeypatch.setattr(process, "raise_if_off", lambda store: raise_if_off(store, wall))
    return wall


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    database = open_database(settings.database_url)
    yield Store(database, KEYS, Watch())
    database.close()


@pytest.mark.parametrize("direction", [1, -1], ids=["ahead", "behind"])
def test_a_process_does_not_start_with_a_clock_that_is_off(
    settings: Settings, wall: WallClock, direction: int
) -> None:
    wall.ahead = direction * (MOST_APART + A_BIT)
    with pytest.raises(ClocksApart, match=r"This machine's clock is 1\d s away from the database's"):
        Process(settings)


def test_a_process_ends_when_its_clock_goes_wrong_although_it_only_listens(
    settings: Settings, wall: WallClock
) -> None:
    listening = Process(settings, QUICK)
    try:
        wall.ahead = MOST_APART - A_BIT
        assert not listening.lifeline.lost.wait(5 * QUICK.beat)
        wall.ahead = MOST_APART + A_BIT
        wait_until(listening.lifeline.lost.is_set, "its end", 10)
        assert listening.lifeline.stopping.is_set()
    finally:
        listening.stop()


def test_doctor_says_how_far_the_clocks_are_apart(store: Store) -> None:
    assert str(examine_clock(store, WallClock(A_BIT))) == "ok      clock: agrees with the database's."
    said = str(examine_clock(store, WallClock(timedelta(minutes=2))))
    assert "clock: no process starts. This machine's clock is" in said
