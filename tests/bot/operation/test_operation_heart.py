"""A working process says that it lives, and ends when another one has its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.doctor.machines import examine_clock
from bot.heart import MOST_APART, Heart
from bot.lifeline import Lifeline
from storage.database import migrate, open_database
from storage.errors import ClocksApart
from storage.workers import Workers


@dataclass
class Name:
    """A name that another process can have."""

    executor_id: str = "worker-1"
    is_ours: bool = True

    def keep(self) -> bool:
        return self.is_ours

    def leave(self) -> None:
        self.is_ours = False


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    url = f"sqlite:///{tmp_path / 'renkei.db'}"
    migrate(url)
    database = open_database(url)
    yield Workers(database)
    database.close()


@dataclass
class WallClock:
    """A machine's clock that somebody can put wrong."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return system_clock() + self.ahead


def known(workers: Workers) -> list[str]:
    return [each.executor_id for each in workers.list()]


def test_it_is_known_from_its_arrival_until_it_leaves(workers: Workers) -> None:
    heart = Heart(Name(), workers, Lifeline(), system_clock)
    heart.arrive()
    heart.beat()
    assert known(workers) == ["worker-1"]
    heart.leave()
    heart.beat()
    assert known(workers) == [], "a late heartbeat brings nobody back"


def test_whoever_was_forgotten_arrives_anew(workers: Workers) -> None:
    heart = Heart(Name(), workers, Lifeline(), system_clock)
    heart.beat()
    assert known(workers) == ["worker-1"]


def test_it_ends_when_another_process_has_its_name_and_leaves_the_others_heartbeat_alone(
    workers: Workers,
) -> None:
    name, lifeline = Name(), Lifeline()
    heart = Heart(name, workers, lifeline, system_clock)
    heart.arrive()
    assert not lifeline.stopping.is_set()
    name.is_ours = False
    heart.beat()
    assert lifeline.lost.is_set()
    assert lifeline.stopping.is_set()
    heart.leave()
    assert known(workers) == ["worker-1"], "it is the other's now"


@pytest.mark.parametrize("direction", [1, -1], ids=["ahead", "behind"])
def test_a_machine_whose_clock_is_off_carries_nothing_out(workers: Workers, direction: int) -> None:
    wall = WallClock(ahead=direction * (MOST_APART + timedelta(seconds=5)))
    with pytest.raises(ClocksApart, match=r"2\d s"):
        Heart(Name(), workers, Lifeline(), wall).arrive()
    assert known(workers) == []


def test_it_ends_when_its_clock_goes_wrong_but_not_for_what_nobody_can_do_better(workers: Workers) -> None:
    wall, lifeline = WallClock(), Lifeline()
    heart = Heart(Name(), workers, lifeline, wall)
    heart.arrive()
    wall.ahead = MOST_APART - timedelta(seconds=5)
    heart.beat()
    assert not lifeline.lost.is_set()
    wall.ahead = MOST_APART + timedelta(seconds=5)
    heart.beat()
    assert lifeline.lost.is_set()
    assert lifeline.stopping.is_set()


def test_doctor_says_how_far_the_clocks_are_apart(workers: Workers) -> None:
    assert (
        str(examine_clock(workers, WallClock(timedelta(seconds=5))))
        == "ok      clock: agrees with the database's."
    )
    assert "clock: 60 s away from the database's" in str(
        examine_clock(workers, WallClock(timedelta(minutes=1)))
    )
