"""Work that goes from one process to another: nothing is stranded, and whoever lost it keeps quiet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dbos import DBOSClient, WorkflowStatus

from bot import engine
from bot.clock import system_clock
from bot.engine import CHORES, NAME, RUNS, VERSION, Serializer, leg_of
from bot.starter import Starter
from tests.bot.operation.engine_script import KEYS, NOW, PATIENCE, RUN, Script, playing
from tests.journeys.middle import wait_until

WORKFLOW = f"carry_out-{RUN.id}"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TRY_AGAIN_AFTER", 0.01)


@contextmanager
def notes(folder: Path) -> Iterator[DBOSClient]:
    """Read what the engine notes."""
    client = DBOSClient(
        system_database_url=f"sqlite:///{folder / 'engine.db'}",
        serializer=Serializer(KEYS),
        application_name=NAME,
    )
    yield client
    client.destroy()


def noted(folder: Path, **which: str) -> list[WorkflowStatus]:
    with notes(folder) as client:
        return client.list_workflows(**which)  # type: ignore[arg-type] # each takes a text


def stop_in_the_middle(script: Script, folder: Path) -> None:
    """Leave a run behind as a process does that is killed in the middle of it."""
    script.may_advance.clear()
    with playing(script, folder) as starter:
        starter.carry_out(RUN)
        assert script.advancing.acquire(timeout=PATIENCE)


def test_what_is_left_behind_is_carried_on_by_another_build_of_the_same_version_under_a_new_holder(
    tmp_path: Path,
) -> None:
    before, after = Script(), Script()
    stop_in_the_middle(before, tmp_path)
    with playing(after, tmp_path):
        assert after.ended.acquire(timeout=PATIENCE)
    assert after.asked == ["advance", "conclude"]
    assert len(set(before.holders + after.holders)) == 2
    (run,) = noted(tmp_path)
    assert (run.app_version, run.executor_id, run.status) == (VERSION, "test", "SUCCESS")
    before.may_advance.set()


def test_work_that_is_put_back_keeps_its_queue_and_goes_on(tmp_path: Path) -> None:
    script = Script()
    with playing(script, tmp_path) as starter:
        take_away(script, starter)
        script.may_advance.set()
        assert script.ended.acquire(timeout=PATIENCE)
        (run,) = noted(tmp_path)
        assert run.queue_name == RUNS


def test_whoever_lost_a_run_does_not_close_it_when_his_own_chunk_fails(tmp_path: Path) -> None:
    script = Script()
    with playing(script, tmp_path) as starter:
        first = take_away(script, starter)
        script.stuck[first] = 0
        wait_until(lambda: script.stuck[first] == engine.TRIES, "the last try")
        assert not script.ended.acquire(timeout=1)
        script.may_advance.set()
        assert script.ended.acquire(timeout=PATIENCE)
    assert script.asked == ["announce", "advance", "conclude"]


def take_away(script: Script, starter: Starter) -> str:
    """Have the engine dispatch a run once more while its first dispatch is in the middle of a chunk."""
    script.may_advance.clear()
    starter.carry_out(RUN)
    assert script.advancing.acquire(timeout=PATIENCE)
    (first,) = script.holders
    (work,) = starter.under_way()
    assert (work.workflow_id, work.queue, work.executor_id) == (WORKFLOW, RUNS, "test")
    starter.put_back([work.workflow_id], work.queue)
    assert script.advancing.acquire(timeout=PATIENCE)
    return first


def test_taking_a_run_over_is_tried_again_while_the_database_is_away(tmp_path: Path) -> None:
    script = Script(hold=2)
    with playing(script, tmp_path) as starter:
        starter.carry_out(RUN)
        assert script.ended.acquire(timeout=PATIENCE)
    assert len(script.holders) == 3
    assert script.asked == ["announce", "advance", "conclude"]


def test_a_run_that_is_taken_up_again_is_carried_out_again(tmp_path: Path) -> None:
    script = Script()
    script.may_advance.clear()  # while it is under way, handing it over again changes nothing
    with playing(script, tmp_path) as starter:
        for run in (RUN, RUN, replace(RUN, leg=1), replace(RUN, leg=1)):
            starter.carry_out(run)
        script.may_advance.set()
        for _ in range(2):
            assert script.ended.acquire(timeout=PATIENCE)
        assert not script.ended.acquire(timeout=1)
    assert {work.workflow_id for work in noted(tmp_path)} == {WORKFLOW, f"{WORKFLOW}.1"}


def test_a_leg_that_is_dispatched_again_after_the_run_was_taken_up_ends_without_a_word(
    tmp_path: Path,
) -> None:
    before, after = Script(), Script()
    stop_in_the_middle(before, tmp_path)
    after.leg = 1
    with playing(after, tmp_path) as starter:
        wait_until(lambda: noted(tmp_path, status="SUCCESS"), "the end of the leg before")
        assert not after.asked
        starter.carry_out(replace(RUN, leg=1))
        assert after.ended.acquire(timeout=PATIENCE)
    assert after.asked == ["announce", "advance", "conclude"]
    before.may_advance.set()


def test_the_leg_is_read_from_the_name_that_the_work_was_given() -> None:
    names = {"carry_out-r-1": 0, "carry_out-r-1-2": 0, "carry_out-r-1.3": 3, "carry_out-r-1.12-4": 12}
    assert {name: leg_of(name, "r-1") for name in names} == names


def test_a_failure_is_noted_by_its_kind_alone_and_ends_the_work(tmp_path: Path) -> None:
    script = Script(prepare=engine.TRIES)
    with playing(script, tmp_path) as starter:
        starter.prepare_plan("p1")
        wait_until(lambda: noted(tmp_path, status="ERROR"), "the end")
    (plan,) = noted(tmp_path, status="ERROR")
    assert isinstance(plan.error, RuntimeError)
    assert str(plan.error) == "DBOSMaxStepRetriesExceeded"


def test_a_tick_that_waits_stands_for_the_later_ones(tmp_path: Path) -> None:
    with playing(Script(), tmp_path):
        pass  # makes the engine's tables
    starter = Starter(f"sqlite:///{tmp_path / 'engine.db'}", KEYS)
    for minute in range(3):
        starter.tick(datetime(2026, 11, 24, 5, minute, tzinfo=UTC))
    assert starter.waiting() == 1
    starter.close()


def test_a_tick_that_a_worker_of_another_version_left_waiting_keeps_none_from_being_done(
    tmp_path: Path,
) -> None:
    script = Script()
    with playing(script, tmp_path) as starter, notes(tmp_path) as client:
        left = {
            "workflow_name": "tick",
            "queue_name": CHORES,
            "workflow_id": "tick-before",
            "app_version": "0",
        }
        client.enqueue(left, "before")  # type: ignore[arg-type] # a typed dictionary of this shape
        starter.tick(NOW)
        assert script.ended.acquire(timeout=PATIENCE)


def test_a_tick_is_carried_out_once_and_its_notes_are_kept_for_a_day(tmp_path: Path) -> None:
    script = Script()
    due = datetime(2026, 11, 24, 5, tzinfo=UTC)
    with playing(script, tmp_path) as starter:
        for _ in range(3):
            starter.tick(due)
        assert script.ended.acquire(timeout=PATIENCE)
        starter.carry_out(RUN)
        assert script.ended.acquire(timeout=PATIENCE)
        wait_until(lambda: len(noted(tmp_path, status="SUCCESS")) == 2, "both ends")
        now = system_clock()
        assert starter.forget_finished(now + timedelta(hours=23)) == 0
        assert starter.forget_finished(now + timedelta(days=2)) == 1
        assert [each.workflow_id for each in noted(tmp_path)] == [WORKFLOW]
        assert starter.forget_finished(now + timedelta(days=31)) == 1
    assert script.asked.count("tick") == 1
