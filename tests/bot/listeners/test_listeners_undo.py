"""取り消し: what a press on it begins, and when it is refused with a sentence."""

from dataclasses import replace
from datetime import time

import pytest

from bot.anew import make_anew
from bot.listeners.history import open_run, retry_run
from bot.listeners.undo import undo_run
from bot.press import Press, parse_press
from bot.screens import Turn, pick_screen
from storage.errors import NotFound, NotUndoable, WhyNot
from storage.plan_records import PlanHead, PlanState
from storage.records import Integration
from storage.run_records import RunHead, RunState
from sync.calendar import ClosedHours
from sync.diff import Change
from sync.errors import ClosedNow
from sync.fields import Field
from sync.outcome import Outcome, Reason, failed, succeeded
from tests.bot.listeners.desk import Desk, desk, texts
from tests.storage.builders import ANNA, ELSEWHERE, NOON, SCOPE, TODAY, plan_for, ready, saved, start, started

OFFER = "この取り込みを取り消す"
WRITTEN = succeeded(Reason.WRITTEN)


def test_a_press_begins_a_list_that_takes_the_run_back_and_has_it_made() -> None:
    with desk() as at:
        original = imported(at)
        undo_run(at.services, pressed(at, original))
        undo = the_undo(at)
        assert (undo.undo_of, undo.original_at) == (original.id, NOON)
        assert (undo.direction, undo.as_of, undo.user_id) == (original.direction, TODAY, ANNA)
        assert "取り込みで書き込んだ従業員の情報を読み込んでいます" in texts(at.slack.calls)


def test_the_history_offers_it_for_what_has_written_and_ended() -> None:
    with desk() as at:
        for run, is_offered in ((imported(at), True), (started(at.store, plan_for("0009")), False)):
            at.slack.calls.clear()
            open_run(at.services, pressed(at, run))
            assert (OFFER in texts(at.slack.calls)) is is_offered


def test_the_history_tells_of_a_run_that_it_was_taken_back() -> None:
    with desk() as at:
        original = imported(at)
        carried_out(at, undoing(at, original))
        open_run(at.services, pressed(at, original))
        assert "2026/04/01 12:00に取り消し済み（1名中1名）" in texts(at.slack.calls)


def test_the_list_tells_of_another_run_into_the_same_target() -> None:
    with desk() as at:
        head = undoing(at, imported(at))
        assert not pick_screen(at.store, head, Turn(), TODAY).is_busy
        started(at.store, plan_for("0009"))
        assert pick_screen(at.store, head, Turn(), TODAY).is_busy


def test_an_undo_is_not_undone() -> None:
    with desk() as at:
        undo = carried_out(at, undoing(at, imported(at)))
        open_run(at.services, pressed(at, undo))
        assert OFFER not in texts(at.slack.calls)
        refuses(at, undo, WhyNot.AN_UNDO)


def test_a_run_that_goes_on_or_has_written_nothing_is_not_undone() -> None:
    with desk() as at:
        run = started(at.store)
        refuses(at, run, WhyNot.UNDER_WAY)
        refuses(at, end(at, run), WhyNot.NOTHING)


def test_another_workspaces_run_is_not_there() -> None:
    with desk() as at:
        elsewhere = replace(pressed(at, imported(at)), scope=ELSEWHERE)
        with pytest.raises(NotFound):
            undo_run(at.services, elsewhere)


def test_in_closed_hours_nothing_is_begun() -> None:
    with desk() as at:
        original = imported(at)
        at.store.integrations.save(Integration(scope=SCOPE, closed_hours=(ClosedHours(time(11), time(13)),)))
        with pytest.raises(ClosedNow):
            undo_run(at.services, pressed(at, original))
        assert at.background.plans == []


def test_a_list_that_is_made_anew_still_takes_the_run_back() -> None:
    with desk() as at:
        original = imported(at)
        head = undoing(at, original)
        make_anew(at.services, at.press(), head, "V0002")
        anew = the_undo(at)
        assert (anew.undo_of, anew.revises) == (original.id, head.id)
        assert "取り込みで書き込んだ従業員の情報を読み込んでいます" in texts(at.slack.calls)


def test_who_was_not_put_back_is_tried_again_from_the_original() -> None:
    with desk() as at:
        original = imported(at)
        undo = carried_out(at, undoing(at, original), failed(Reason.REJECTED))
        retry_run(at.services, pressed(at, undo))
        again = the_undo(at)
        assert (again.undo_of, again.retry_of) == (original.id, None)


def pressed(at: Desk, run: RunHead) -> Press:
    body = at.body() | {"trigger_id": f"press {run.id}", "actions": [{"value": run.id}]}
    return parse_press(body, at.slack)


def imported(at: Desk) -> RunHead:
    """A run that has ended, and has written somebody's hire date."""
    return carried_out(at, ready(at.store, plan_for("0002")))


def undoing(at: Desk, original: RunHead) -> PlanHead:
    head = at.store.plans.begin(
        SCOPE, ANNA, original.direction, TODAY, "V0001", press=f"undo {original.id}", undo_of=original.id
    )
    return saved(at.store, head, plan_for("0002"))


def carried_out(at: Desk, head: PlanHead, outcome: Outcome = WRITTEN) -> RunHead:
    at.store.plans.tick(head.id, add=[0])
    run = start(at.store, head.id)
    ledger = at.store.runs.ledger(run.id)
    ledger.claim(0, [Change(Field.HIRED_ON, "2021-04-01", "2020-04-01")])
    ledger.mark_sent(0)
    ledger.save_outcome(0, outcome)
    return end(at, run)


def end(at: Desk, run: RunHead) -> RunHead:
    at.store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
    return at.store.runs.get(run.id)


def the_undo(at: Desk) -> PlanHead:
    """Give the one list that is to be made."""
    (plan_id,) = at.background.plans
    head = at.store.plans.load(SCOPE, plan_id)
    assert head.state is PlanState.PREPARING
    return head


def refuses(at: Desk, run: RunHead, why: WhyNot) -> None:
    with pytest.raises(NotUndoable) as refused:
        undo_run(at.services, pressed(at, run))
    assert refused.value.why is why
    assert at.background.plans == []
