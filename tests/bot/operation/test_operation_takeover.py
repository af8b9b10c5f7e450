"""Whose work is put back, and onto which queue."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.engine import POLLING_SECONDS
from bot.starter import Work
from bot.takeover import Takeover
from bot.tempo import Tempo
from storage.database import Database, migrate, open_database
from storage.workers import Workers

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DEAD_AFTER = timedelta(seconds=45)


@dataclass
class Clock:
    """The database's, moved by a test."""

    moment: datetime = NOON

    def __call__(self, session: Session) -> int:
        del session
        return round(self.moment.timestamp() * 1000)


@dataclass
class Queues:
    """What processes have taken, and what was put back onto which queue."""

    taken: list[Work]
    back: dict[str, list[str]] = field(default_factory=dict)

    def under_way(self) -> list[Work]:
        return self.taken

    def put_back(self, workflow_ids: list[str], queue: str) -> None:
        assert queue not in self.back
        self.back[queue] = workflow_ids


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'renkei.db'}"
    migrate(url)
    database = open_database(url)
    yield database
    database.close()


def work(name: str, executor_id: str, *, queue: str = "runs", taken: datetime = NOON) -> Work:
    return Work(name, queue, executor_id, taken)


def takeover_of(queues: Queues, workers: Workers, beat: Callable[[], object] = bool) -> Takeover:
    return Takeover(queues, workers, DEAD_AFTER, beat)


def test_the_work_of_whoever_is_dead_goes_back_to_the_queue_that_it_came_from(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    workers.arrive("worker-1", "kaede", "1.0")
    workers.arrive("worker-2", "kaede", "1.0")
    queues = Queues(
        [work("a", "worker-1"), work("b", "worker-1", queue="previews"), work("c", "worker-2"), work("d", "")]
    )
    takeover = takeover_of(queues, workers)
    clock.moment += DEAD_AFTER
    workers.beat("worker-2")
    takeover.look()
    assert queues.back == {"runs": ["d"]}, "exactly as long as one may not be seen"
    queues.back.clear()
    clock.moment += timedelta(milliseconds=1)
    takeover.look()
    assert queues.back == {"runs": ["a", "d"], "previews": ["b"]}


def test_the_work_of_whoever_left_goes_back_at_once(database: Database) -> None:
    workers = Workers(database, Clock())
    workers.arrive("worker-1", "kaede", "1.0")
    queues = Queues([work("a", "worker-1")])
    workers.leave("worker-1")
    takeover_of(queues, workers).look()
    assert queues.back == {"runs": ["a"]}


def test_work_that_a_start_failed_to_take_up_again_is_taken_up_by_a_later_look(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    clock.moment += timedelta(seconds=5, milliseconds=300)
    workers.arrive("worker-1", "kaede", "1.0")  # in the place of the process that took the work
    to_the_second = clock.moment.replace(microsecond=0)  # as SQLite notes when work was taken
    queues = Queues([work("before", "worker-1"), work("since", "worker-1", taken=to_the_second)])
    takeover = takeover_of(queues, workers)
    takeover.look()
    assert not queues.back, "the engine's own look at the start comes first"
    clock.moment += DEAD_AFTER + timedelta(seconds=1)
    workers.beat("worker-1")
    takeover.look()
    assert queues.back == {"runs": ["before"]}


def test_a_process_whose_machine_has_slept_does_not_take_itself_for_dead(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    workers.arrive("worker", "kaede", "1.0")
    queues = Queues([work("a", "worker")])
    clock.moment += timedelta(hours=8)
    takeover_of(queues, workers, lambda: workers.beat("worker")).look()
    assert not queues.back


class Busy(Workers):
    """Somebody else takes over at this moment."""

    @contextmanager
    def alone(self) -> Iterator[bool]:
        yield False


def test_nobody_puts_work_back_while_somebody_else_does(database: Database) -> None:
    queues = Queues([work("a", "worker-1")])
    takeover_of(queues, Busy(database, Clock())).look()
    assert not queues.back


def test_the_work_of_a_machine_that_loses_its_power_goes_on_within_ninety_seconds() -> None:
    usual = Tempo()
    noticed = usual.dead_after.total_seconds() + usual.reap
    assert usual.beat + noticed + POLLING_SECONDS <= 90
    assert usual.dead_after.total_seconds() >= 3 * usual.beat, "one lost heartbeat kills nobody"
