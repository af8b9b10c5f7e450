"""How a run ends: with every row told, by its holder alone, and not while a write may still arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.runs import RowsLeft, Runs
from bot.lifeline import Lifeline
from bot.reports import Reports
from bot.tempo import Tempo
from storage.records import ENDED, RunHead, RunState
from storage.store import Store
from sync.errors import RemoteUnavailable
from sync.model import System
from sync.outcome import OutcomeKind
from sync.unanswered import SETTLE_AFTER
from tests.bot.listeners.desk import Desk, desk
from tests.storage.builders import SCOPE, person, plan_between, started
from tests.sync.fakes import FakeSystem

BEN = "U0BEN"
HOLDER, ANOTHER = "the process that carries it out", "the one that has taken it over"
AWAY = RemoteUnavailable(System.SMARTHR, "down")


@dataclass
class Everywhere:
    """Gives the same people for both systems."""

    target: FakeSystem

    def for_import(self, _integration: object, _system: System) -> FakeSystem:
        return self.target


@dataclass
class Scene:
    """A run of new people, held, and what carries it out."""

    at: Desk
    run: RunHead
    runs: Runs
    target: FakeSystem

    @property
    def store(self) -> Store:
        return self.at.store

    def send_without_answer(self, *positions: int) -> None:
        """Send rows, five seconds apart, of which none arrives."""
        ledger = self.store.runs.ledger(self.run.id, HOLDER)
        for position in positions:
            ledger.claim(position, ())
            ledger.mark_sent(position)
            self.at.watch.advance(timedelta(seconds=5))

    def carry_to_the_end(self) -> tuple[RunHead, timedelta]:
        """Give the run as it ended, and how long that took."""
        begun, pause = self.at.watch(), self.runs.advance(self.run.id, holder=HOLDER, recheck=True)
        while pause is not None:
            self.at.watch.advance(timedelta(seconds=pause))
            pause = self.runs.advance(self.run.id, holder=HOLDER, recheck=pause > 0)
        self.runs.conclude(self.run.id, holder=HOLDER)
        return self.store.runs.get(self.run.id), self.at.watch() - begun


@contextmanager
def a_run(people: int) -> Iterator[Scene]:
    with desk() as at:
        run = started(at.store, plan_between([person(f"{n:05}") for n in range(people)], []))
        at.store.runs.hold(run.id, HOLDER)
        target, tempo = FakeSystem(), Tempo(writers=1)
        remotes: Any = Everywhere(target)
        reports = Reports(
            store=at.store,
            client_of=lambda _scope: at.slack,
            poster_of=lambda _scope: at.slack,
            slow=at.services.slow,
            clock=at.watch,
            spacing=tempo.progress,
        )
        yield Scene(at, run, Runs(at.store, remotes, reports, at.watch, tempo, Lifeline()), target)


def test_a_cancelled_run_ends_although_several_answers_were_lost() -> None:
    with a_run(5) as scene:
        scene.send_without_answer(0, 1)
        scene.store.runs.cancel(SCOPE, scene.run.id, BEN)
        ended, _ = scene.carry_to_the_end()
        assert ended.state is RunState.CANCELLED
        assert ended.counts[OutcomeKind.SKIPPED] == ended.total == 5
        assert scene.target.writes == []


def test_a_cancelled_run_keeps_its_place_in_the_line_while_a_write_may_still_arrive() -> None:
    with a_run(2) as scene:
        scene.send_without_answer(0)
        scene.target.deaf = AWAY
        scene.store.runs.cancel(SCOPE, scene.run.id, BEN)
        ended, took = scene.carry_to_the_end()
        assert (ended.counts[OutcomeKind.UNKNOWN], ended.counts[OutcomeKind.SKIPPED]) == (1, 1)
        assert took >= SETTLE_AFTER - timedelta(seconds=5)


def test_whoever_has_lost_a_run_neither_closes_nor_abandons_it() -> None:
    with a_run(2) as scene:
        scene.store.runs.hold(scene.run.id, ANOTHER)
        scene.runs.conclude(scene.run.id, holder=HOLDER)
        scene.runs.abandon(scene.run.id, holder=HOLDER)
        run = scene.store.runs.get(scene.run.id)
        assert run.state not in ENDED
        assert run.done == 0


def test_a_run_with_rows_left_is_not_told_as_finished() -> None:
    with a_run(2) as scene:
        with pytest.raises(RowsLeft):
            scene.runs.conclude(scene.run.id, holder=HOLDER)
        assert scene.store.runs.get(scene.run.id).state not in ENDED


def test_an_abandoned_run_is_read_once_more_so_that_what_has_arrived_is_told() -> None:
    with a_run(3) as scene:
        scene.send_without_answer(0, 1)
        arrived = scene.store.runs.ledger(scene.run.id, HOLDER).load_unanswered()[0].difference.desired
        scene.target.people = {arrived.remote_id: arrived}
        scene.runs.abandon(scene.run.id, holder=HOLDER)
        ended = scene.store.runs.get(scene.run.id)
        assert ended.state is RunState.STOPPED
        told = (OutcomeKind.SUCCEEDED, OutcomeKind.UNKNOWN, OutcomeKind.SKIPPED)
        assert [ended.counts[kind] for kind in told] == [1, 1, 1]
