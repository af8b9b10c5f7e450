"""A working process says that it lives, and ends when another one has its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.heart import Heart
from bot.lifeline import Lifeline
from storage.database import migrate, open_database
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


def known(workers: Workers) -> list[str]:
    return [each.executor_id for each in workers.list()]


def test_it_is_known_from_its_arrival_until_it_leaves(workers: Workers) -> None:
    heart = Heart(Name(), workers, Lifeline())
    heart.arrive()
    heart.beat()
    assert known(workers) == ["worker-1"]
    heart.leave()
    heart.beat()
    assert known(workers) == [], "a late heartbeat brings nobody back"


def test_whoever_was_forgotten_arrives_anew(workers: Workers) -> None:
    heart = Heart(Name(), workers, Lifeline())
    heart.beat()
    assert known(workers) == ["worker-1"]


def test_it_ends_when_another_process_has_its_name_and_leaves_the_others_heartbeat_alone(
    workers: Workers,
) -> None:
    name, lifeline = Name(), Lifeline()
    heart = Heart(name, workers, lifeline)
    heart.arrive()
    assert not lifeline.stopping.is_set()
    name.is_ours = False
    heart.beat()
    assert lifeline.lost.is_set()
    assert lifeline.stopping.is_set()
    heart.leave()
    assert known(workers) == ["worker-1"], "it is the other's now"
