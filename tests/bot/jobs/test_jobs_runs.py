"""How a run ends: with every row told, by its holder alone, and not while a write may still arrive."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import and_, update
from sqlmodel import col

from bot.jobs.runs import RowsLeft, Runs
from bot.lifeline import Lifeline
from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.columns import FERNET_MARK
from storage.errors import SealBroken
from storage.ledger import RunLedger
from storage.run_records import CANARY_FAILED, ENDED, RunHead, RunState
from storage.store import Store
from storage.tables import LedgerTable
from sync.calendar import DEFAULT_CLOSED_HOURS, opens_at
from sync.errors import ClosedNow, CredentialProblem, CredentialsRejected, RemoteUnavailable, RenkeiError
from sync.fields import Field
from sync.model import Employee, System
from sync.outcome import OutcomeKind, Reason, failed
from sync.service import skip_open
from sync.unanswered import SETTLE_AFTER
from tests.bot.listeners.desk import Desk, desk
from tests.storage.builders import NOON, SCOPE, person, plan_between, started
from tests.sync.fakes import FakeSystem

BEN = "U0BEN"
HOLDER, ANOTHER = "the process that carries it out", "the one that has taken it over"
AWAY = RemoteUnavailable(System.SMARTHR, "down")
A_PAGE = CredentialsRejected(System.SMARTHR, CredentialProblem.ADDRESS)
"""What an answer is taken for that leads to a page, such as one about maintenance."""


@dataclass
class Source(FakeSystem):
    """Has everybody who is to be created."""

    system: System = System.KINKAKUJI
    looks: int = 0

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        self.looks += 1
        return super().fetch_again(as_of, remote_ids)


@dataclass
class Everywhere:
    """Gives both systems."""

    source: Source
    target: FakeSystem

    def for_import(self, _integration: object, system: System) -> FakeSystem:
        return self.source if system is self.source.system else self.target


@dataclass
class Scene:
    """A run of new people, held, and what carries it out."""

    at: Desk
    run: RunHead
    runs: Runs
    source: Source
    target: FakeSystem

    @property
    def store(self) -> Store:
        return self.at.store

    def send_without_answer(self, *positions: int) -> None:
        """Send rows, five seconds apart, of which none arrives."""
        ledger = self.store.runs.ledger(self.run.id, HOLDER)
        for position in positions:
            send(ledger, position)
            self.at.watch.advance(timedelta(seconds=5))

    def carry_to_the_end(self) -> tuple[RunHead, timedelta]:
        """Give the run as it ended, and how long that took."""
        begun, pause = self.at.watch(), self.runs.advance(self.run.id, holder=HOLDER, recheck=True)
        while pause is not None:
            self.at.watch.advance(timedelta(seconds=pause))
            pause = self.runs.advance(self.run.id, holder=HOLDER, recheck=pause > 0)
        self.runs.conclude(self.run.id, holder=HOLDER)
        return self.store.runs.get(self.run.id), self.at.watch() - begun

    def abandon_to_the_end(self) -> tuple[RunHead, timedelta]:
        """Abandon the run; give it as it ended, and how long that took."""
        begun = self.at.watch()
        while (pause := self.runs.abandon(self.run.id, holder=HOLDER)) is not None:
            self.at.watch.advance(timedelta(seconds=pause))
        return self.store.runs.get(self.run.id), self.at.watch() - begun


def send(ledger: RunLedger, position: int) -> None:
    ledger.claim(position, ())
    ledger.mark_sent(position)


def damage(scene: Scene, position: int) -> None:
    """Have a row hold what no key opens."""
    theirs = and_(col(LedgerTable.run_id) == scene.run.id, col(LedgerTable.position) == position)
    with scene.store.runs._database.writing() as session:  # noqa: SLF001 - nothing of storage does this
        session.execute(update(LedgerTable).where(theirs).values(content=f"{FERNET_MARK}damaged"))


@contextmanager
def a_run(people: int) -> Iterator[Scene]:
    with desk() as at:
        new = [person(f"{n:05}") for n in range(people)]
        run = started(at.store, plan_between(new, []))
        at.store.runs.hold(run.id, HOLDER)
        source, target = Source(people={each.remote_id: each for each in new}), FakeSystem()
        remotes: Any = Everywhere(source, target)
        tempo = Tempo(writers=1, nap=300.0)
        reports = Reports(
            store=at.store,
            client_of=lambda _scope: at.slack,
            poster_of=lambda _scope: at.slack,
            slow=at.services.slow,
            clock=at.watch,
            spacing=tempo.progress,
        )
        runs = Runs(at.store, remotes, reports, at.watch, tempo, Lifeline())
        yield Scene(at, run, runs, source, target)


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


def test_an_abandoned_run_ends_once_its_writes_can_not_arrive_any_more_and_tells_which_have() -> None:
    with a_run(3) as scene:
        scene.send_without_answer(0, 1)
        arrived = scene.store.runs.ledger(scene.run.id, HOLDER).load_unanswered()[0].difference.desired
        scene.target.people = {arrived.remote_id: arrived}
        ended, took = scene.abandon_to_the_end()
        assert ended.state is RunState.STOPPED
        told = (OutcomeKind.SUCCEEDED, OutcomeKind.UNKNOWN, OutcomeKind.SKIPPED)
        assert [ended.counts[kind] for kind in told] == [1, 0, 2], (
            "what has not arrived can be taken up again"
        )
        assert took >= SETTLE_AFTER - timedelta(seconds=5)


def test_a_run_whose_first_rows_read_otherwise_waits_for_its_writes_and_is_not_taken_up_again() -> None:
    with a_run(4) as scene:
        scene.send_without_answer(0)
        scene.target.dropped = frozenset({Field.EMAIL})
        ended, took = scene.carry_to_the_end()
        assert (ended.state, ended.reason) == (RunState.STOPPED, CANARY_FAILED)
        assert ended.counts[OutcomeKind.UNKNOWN] == 0
        assert not ended.is_cut_short
        assert took >= SETTLE_AFTER - timedelta(seconds=5)


def test_a_run_that_has_to_stop_says_why_although_an_answer_is_waited_for() -> None:
    with a_run(3) as scene:
        scene.send_without_answer(0)
        full = CredentialsRejected(System.SMARTHR, CredentialProblem.PLAN_LIMIT)
        scene.target.failing = [full]  # and people can be read, and soon be created again
        ended, _ = scene.carry_to_the_end()
        assert (ended.state, ended.reason) == (RunState.STOPPED, reason_of(full))
        assert ended.counts[OutcomeKind.SKIPPED] == ended.total == 3
        assert len(scene.target.writes) == 1


def test_a_run_stops_at_its_first_rows_although_whoever_found_them_otherwise_died_before_he_said_so() -> None:
    with a_run(8) as scene:
        ledger = scene.store.runs.ledger(scene.run.id, HOLDER)
        send(ledger, 0)
        ledger.save_outcome(0, failed(Reason.WRITTEN_OTHERWISE, (Field.EMAIL,)))
        ended, _ = scene.carry_to_the_end()
        assert (ended.state, ended.reason) == (RunState.STOPPED, CANARY_FAILED)
        assert scene.target.writes == []


@pytest.mark.parametrize("was_sent", [False, True])
def test_a_run_with_a_row_that_can_not_be_opened_ends_and_holds_up_nobody(*, was_sent: bool) -> None:
    with a_run(3) as scene:
        if was_sent:
            scene.send_without_answer(1)
        damage(scene, 1)
        with pytest.raises(SealBroken):
            scene.runs.advance(scene.run.id, holder=HOLDER, recheck=True)
        ended, _ = scene.abandon_to_the_end()
        assert ended.state is RunState.STOPPED
        assert (ended.counts[OutcomeKind.UNKNOWN], ended.done) == (int(was_sent), 3)


def test_whoever_loses_a_run_while_he_closes_it_closes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_run(2) as scene:
        ledger = scene.store.runs.ledger(scene.run.id, HOLDER)
        skip_open(ledger, Reason.CANCELLED)
        set_state = scene.store.runs.set_state

        def stand_still_first(*given: Any, **more: Any) -> None:
            scene.store.runs.hold(scene.run.id, ANOTHER)
            set_state(*given, **more)

        monkeypatch.setattr(scene.store.runs, "set_state", stand_still_first)
        scene.runs.conclude(scene.run.id, holder=HOLDER)
        assert scene.store.runs.get(scene.run.id).state not in ENDED


@pytest.mark.parametrize(("minutes", "looks"), [(5, 1), (60, 2)])
def test_after_a_machine_has_slept_the_source_is_looked_at_again(minutes: int, looks: int) -> None:
    with a_run(2) as scene:
        scene.target.after_write = lambda: scene.at.watch.advance(timedelta(minutes=minutes))
        for recheck in (True, False):
            assert scene.runs.advance(scene.run.id, holder=HOLDER, recheck=recheck) == 0.0
        assert scene.source.looks == looks
        assert scene.store.runs.get(scene.run.id).done == 2


@pytest.mark.parametrize("away", [AWAY, ClosedNow(NOON, is_foreseen=False)])
def test_a_run_waits_a_day_for_a_system_that_is_away_over_closed_hours_too(away: RenkeiError) -> None:
    with a_run(3) as scene:
        begun = scene.at.watch()
        pause: float | None = 0.0
        while pause is not None:
            scene.at.watch.advance(timedelta(seconds=pause))
            opening = opens_at(scene.at.watch(), DEFAULT_CLOSED_HOURS)
            scene.target.deaf = ClosedNow(opening) if opening else away
            pause = scene.runs.advance(scene.run.id, holder=HOLDER, recheck=True)
            assert scene.at.watch() - begun < timedelta(days=3), "it waits for ever"
        ended = scene.store.runs.get(scene.run.id)
        assert ended.state is RunState.STOPPED
        assert ended.counts[OutcomeKind.SKIPPED] == ended.total
        day = timedelta(days=1)
        assert day <= scene.at.watch() - begun < day + timedelta(hours=2), "and a closure at most"


def test_a_run_that_had_begun_waits_while_a_page_stands_in_a_systems_place() -> None:
    with a_run(3) as scene:
        scene.store.runs.set_state(scene.run.id, RunState.RUNNING, moment=NOON)
        scene.target.deaf = A_PAGE
        assert scene.runs.advance(scene.run.id, holder=HOLDER, recheck=True)
        waiting = scene.store.runs.get(scene.run.id)
        assert (waiting.state, waiting.reason) == (RunState.WAITING, "page_instead:smarthr")
        scene.target.deaf = None
        scene.at.watch.advance(timedelta(minutes=1))
        ended, _ = scene.carry_to_the_end()
        assert ended.counts[OutcomeKind.SUCCEEDED] == ended.total == 3


def test_a_run_that_never_found_its_system_at_the_address_stops_and_says_so() -> None:
    with a_run(3) as scene:
        scene.target.deaf = A_PAGE
        ended, _ = scene.carry_to_the_end()
        assert (ended.state, ended.reason) == (RunState.STOPPED, reason_of(A_PAGE))
