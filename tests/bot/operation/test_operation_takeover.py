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
REAP = timedelta(seconds=10)


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


def takeover_of(
    queues: Queues,
    workers: Workers,
    beat: Callable[[], object] = bool,
    under_way: frozenset[str] = frozenset(),
) -> Takeover:
    return Takeover(
        queues=queues,
        workers=workers,
        dead_after=DEAD_AFTER,
        executor_id="worker-1",
        beat=beat,
        under_way=lambda: under_way,
    )


def look_until(clock: Clock, moment: datetime, takeover: Takeover, *living: str) -> None:
    """Look as often as in real life, the last time exactly then; those who live beat as often."""
    while clock.moment < moment:
        clock.moment = min(clock.moment + REAP, moment)
        for name in living:
            takeover.workers.beat(name)
        takeover.look()


def test_the_work_of_whoever_is_dead_goes_back_to_the_queue_that_it_came_from(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    for name in ("worker-1", "worker-2", "worker-3"):
        workers.arrive(name, "kaede", "1.0")
    queues = Queues(
        [
            work("a", "worker-2"),
            work("b", "worker-2", queue="previews"),
            work("c", "worker-3", taken=NOON + DEAD_AFTER),
            work("d", ""),
        ]
    )
    takeover = takeover_of(queues, workers, lambda: workers.beat("worker-1"))
    takeover.look()
    assert queues.back == {"runs": ["d"]}, "nobody's"
    queues.taken.pop()
    queues.back.clear()
    look_until(clock, NOON + DEAD_AFTER, takeover)
    assert not queues.back, "exactly as long as one may not be seen"
    workers.beat("worker-3")
    look_until(clock, NOON + DEAD_AFTER + timedelta(milliseconds=1), takeover)
    assert queues.back == {"runs": ["a"], "previews": ["b"]}


def test_the_work_of_whoever_left_goes_back_at_once(database: Database) -> None:
    workers = Workers(database, Clock())
    workers.arrive("worker-2", "kaede", "1.0")
    queues = Queues([work("a", "worker-2")])
    workers.leave("worker-2")
    takeover_of(queues, workers).look()
    assert queues.back == {"runs": ["a"]}


def test_work_that_a_start_failed_to_take_up_again_is_taken_up_by_a_later_look(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    clock.moment += timedelta(seconds=5, milliseconds=300)
    workers.arrive("worker-1", "kaede", "1.0")  # in the place of the process that took the work
    to_the_second = clock.moment.replace(microsecond=0)  # as SQLite notes when work was taken
    queues = Queues([work("before", "worker-1"), work("since", "worker-1", taken=to_the_second)])
    takeover = takeover_of(queues, workers, under_way=frozenset({"since"}))
    takeover.look()
    assert not queues.back, "the engine's own look at the start comes first"
    clock.moment += DEAD_AFTER + timedelta(seconds=1)
    workers.beat("worker-1")
    takeover.look()
    assert queues.back == {"runs": ["before"]}


def test_a_process_whose_machine_has_slept_does_not_take_itself_for_dead(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    workers.arrive("worker-1", "kaede", "1.0")
    queues = Queues([work("a", "worker-1")])
    clock.moment += timedelta(hours=8)
    takeover_of(queues, workers, lambda: workers.beat("worker-1"), frozenset({"a"})).look()
    assert not queues.back


def test_after_the_database_was_away_nobody_who_lives_is_taken_for_dead(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    for name in ("worker-1", "worker-2", "worker-3"):
        workers.arrive(name, "kaede", "1.0")
    queues = Queues([work("a", "worker-2"), work("b", "worker-3")])
    takeover = takeover_of(queues, workers, lambda: workers.beat("worker-1"))
    look_until(clock, NOON + timedelta(minutes=1), takeover, "worker-2", "worker-3")
    clock.moment += timedelta(minutes=2)
    back = clock.moment
    takeover.look()  # the first one that comes through
    assert not queues.back
    workers.beat("worker-2")
    look_until(clock, back + DEAD_AFTER, takeover, "worker-2")
    assert queues.back == {"runs": ["b"]}, "who did not come back"


def test_whoever_has_just_begun_takes_nobody_for_dead_who_may_come_back_with_it(database: Database) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    workers.arrive("worker-2", "kaede", "1.0")
    queues = Queues([work("a", "worker-2")])
    clock.moment += timedelta(minutes=2)
    workers.arrive("worker-1", "kaede", "1.0")
    takeover = takeover_of(queues, workers, lambda: workers.beat("worker-1"))
    takeover.look()
    assert not queues.back
    look_until(clock, clock.moment + DEAD_AFTER, takeover)
    assert queues.back == {"runs": ["a"]}


def test_work_whose_thread_ended_without_a_word_goes_back_although_its_process_lives(
    database: Database,
) -> None:
    clock = Clock()
    workers = Workers(database, clock)
    workers.arrive("worker-1", "kaede", "1.0")
    workers.arrive("worker-2", "kaede", "1.0")
    taken = NOON + timedelta(minutes=1)
    queues = Queues([work(name, "worker-1", taken=taken) for name in ("a", "b")])
    queues.taken.append(work("c", "worker-2", taken=taken))
    takeover = takeover_of(queues, workers, lambda: workers.beat("worker-1"), frozenset({"a"}))
    look_until(clock, taken + DEAD_AFTER, takeover, "worker-2")
    assert not queues.back, "it may be about to begin"
    look_until(clock, taken + DEAD_AFTER + timedelta(seconds=1), takeover, "worker-2")
    assert queues.back == {"runs": ["b"]}, "only each process itself knows its threads"


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
