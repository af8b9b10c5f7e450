"""A run that waits for another or for an opening, that somebody ends early, or that is taken up again."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, cast

import pytest
from slack_bolt import App

from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.listeners.imports import start_later, start_run
from bot.listeners.runs import cancel_run, register, resume_run
from bot.press import Press
from bot.services import Services
from storage.errors import PlanExpired
from storage.plan_records import PlanHead
from storage.run_records import RunHead, RunState
from sync.fields import Field
from sync.model import Direction
from sync.outcome import Reason, succeeded
from sync.service import give_up
from tests.bot.listeners.desk import Desk, desk
from tests.bot.listeners.test_listeners_imports import chosen, confirming, view_in
from tests.bot.views.view_builders import every_part, shown, submitted
from tests.storage.builders import ANNA, ELSEWHERE, NOON, SCOPE, WHY, plan_for, plan_of, start

Json = dict[str, Any]
BEN = "U0BEN"
MORNING = NOON - timedelta(hours=3)
"""09:00: 勤革時 opens at 10:00."""


def test_while_another_run_goes_into_the_same_target_the_press_says_who_runs_what() -> None:
    with desk() as at:
        start(at.store, chosen(at, plan_for("0001", "0002")).id)
        view = view_in(start_run(at.services, at.press(confirming(at, other(at)))))
        assert view["callback_id"] == Callback.LATER
        assert "さんが「勤革時からSmartHRに取り込む」を実行しています（まもなく開始）。" in shown(view)
        assert ANNA in {part.get("user_id") for part in every_part(view)}
        assert view["submit"]["text"] == "終わりしだい実行する"
        assert at.store.runs.count(SCOPE) == 1


def test_whoever_presses_on_stands_in_line_and_is_told_so() -> None:
    with desk() as at:
        first = start(at.store, chosen(at, plan_for("0001", "0002")).id)
        offered = view_in(start_run(at.services, at.press(confirming(at, other(at)))))
        answer = start_later(at.services, at.press(submitted(offered)))
        assert "2名の取り込みを予約しました" in shown(view_in(answer))
        assert "先に実行されている取り込みが終わりしだい、自動で開始します" in shown(view_in(answer))
        answer.then()
        (second,) = (at.store.runs.get(run) for run in at.background.runs)
        ahead = at.store.runs.ahead_of(second.id)
        assert ahead is not None
        assert ahead.id == first.id


def test_in_closed_hours_the_press_says_when_it_opens_and_queues_the_run_for_then() -> None:
    with desk() as at:
        at.watch.moment = MORNING
        offered = view_in(start_run(at.services, at.press(confirming(at, chosen(at)))))
        assert "勤革時は10:00までメンテナンス時間帯です" in shown(offered)
        assert offered["submit"]["text"] == "10:00に実行する"
        answer = start_later(at.services, at.press(submitted(offered)))
        assert "メンテナンス時間帯が終わる10:00に、自動で開始します" in shown(view_in(answer))
        answer.then()
        assert len(at.background.runs) == 1


def test_what_no_longer_is_in_the_way_is_not_waited_for() -> None:
    with desk() as at:
        first = start(at.store, chosen(at, plan_for("0001", "0002")).id)
        offered = view_in(start_run(at.services, at.press(confirming(at, other(at)))))
        at.store.runs.set_state(first.id, RunState.FINISHED, moment=NOON)
        answer = start_later(at.services, at.press(submitted(offered)))
        assert "2名の取り込みを開始しました" in shown(view_in(answer))


def test_pressing_twice_shows_the_run_that_was_started_and_not_that_it_is_in_the_way_of_itself() -> None:
    with desk() as at:
        view = confirming(at, chosen(at))
        for _ in range(2):
            assert "取り込みを開始しました" in shown(view_in(start_run(at.services, at.press(view))))


def test_the_reason_for_passing_a_limit_is_carried_along_in_its_input_and_not_in_the_metadata() -> None:
    with desk() as at:
        at.watch.moment = MORNING
        offered = view_in(start_run(at.services, at.press(confirming(at, chosen(at, plan_of(60)), WHY))))
        assert WHY not in offered["private_metadata"]
        start_later(at.services, at.press(submitted(offered)))
        (run,) = at.store.runs.history(SCOPE, 0, 1)
        assert run.justification == WHY


def test_a_reason_that_was_taken_out_again_is_asked_for() -> None:
    with desk() as at:
        at.watch.moment = MORNING
        offered = view_in(start_run(at.services, at.press(confirming(at, chosen(at, plan_of(60)), WHY))))
        emptied = submitted(offered, {Action.REASON: {Action.REASON: {"value": " "}}})
        answer = start_later(at.services, at.press(emptied))
        assert list(answer.payload["errors"]) == [Action.REASON]
        assert at.store.runs.count(SCOPE) == 0


def test_what_was_ticked_after_the_last_look_is_not_queued() -> None:
    with desk() as at:
        at.watch.moment = MORNING
        head = chosen(at)
        offered = view_in(start_run(at.services, at.press(confirming(at, head))))
        at.store.suppressions.add(
            SCOPE, Direction.PULL, "id-2000", {Field.EMAIL}, until=None, by=BEN, reason=WHY, number="0002"
        )
        assert "設定または判断が変更されました" in shown(
            view_in(start_later(at.services, at.press(submitted(offered))))
        )
        assert at.store.runs.count(SCOPE) == 0


def test_a_list_that_is_too_old_by_then_is_not_offered_for_later() -> None:
    with desk() as at:
        view = confirming(at, chosen(at))
        at.watch.moment = MORNING + timedelta(hours=48)
        with pytest.raises(PlanExpired):
            start_run(at.services, at.press(view))


def test_any_administrator_cancels_and_reads_at_once_that_it_is_under_way() -> None:
    with desk() as at:
        run = start(at.store, chosen(at).id)
        told = pressed(at, cancel_run, run.id, user_id=BEN)
        assert "中止しています。書き込み中の従業員が終わりしだい止まります。" in told
        assert at.store.runs.get(run.id).cancelled_by == BEN


def test_cancelling_what_has_ended_shows_how_it_went() -> None:
    with desk() as at:
        run = cut_short(at)
        told = pressed(at, cancel_run, run.id)
        assert "中止しています" not in told
        assert "中止する前に" not in told, "it was cancelled indeed"
        assert at.store.runs.get(run.id) == run


def test_a_cancel_that_comes_too_late_says_so() -> None:
    with desk() as at:
        run = start(at.store, chosen(at).id)
        at.store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
        assert "中止する前に、すべて終わっていました。" in pressed(at, cancel_run, run.id)
        assert at.store.runs.get(run.id).cancelled_at is None


def test_the_rest_of_a_run_is_taken_up_again_once_however_often_it_is_pressed() -> None:
    with desk() as at:
        run = cut_short(at)
        assert "残り1名の取り込みを再開します" in pressed(at, resume_run, run.id)
        assert "すでに再開しています" in pressed(at, resume_run, run.id)
        again = at.store.runs.get(run.id)
        assert (again.state, again.leg, again.resumed_by) == (RunState.QUEUED, 1, ANNA)
        assert set(at.background.runs) == {run.id}


def test_the_rest_waits_for_the_opening_and_for_whoever_goes_first() -> None:
    with desk() as at:
        run = cut_short(at)
        start(at.store, other(at).id)
        assert "先に実行されている取り込みが終わりしだい" in pressed(at, resume_run, run.id)


def age(at: Desk, _run: RunHead) -> None:
    at.watch.advance(timedelta(hours=24))


def decide(at: Desk, _run: RunHead) -> None:
    at.store.suppressions.add(
        SCOPE, Direction.PULL, "id-2000", {Field.EMAIL}, until=None, by=BEN, reason=WHY, number="0002"
    )


def write_many(at: Desk, _run: RunHead) -> None:
    start(at.store, chosen(at, plan_for(*(f"1{each:03}" for each in range(20)))).id, WHY)


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (age, "作成から24時間を過ぎています"),
        (decide, "設定または判断が変更されました"),
        (write_many, "1日の上限を超える人数です"),
    ],
)
def test_what_may_not_go_on_is_said_with_the_offer_to_look_again(
    meanwhile: Callable[[Desk, RunHead], None], said: str
) -> None:
    with desk() as at:
        run = cut_short(at)
        meanwhile(at, run)
        assert said in pressed(at, resume_run, run.id)
        (button,) = [
            part for part in every_part(at.slack.calls[-1][1]) if part.get("action_id") == Action.RETRY_RUN
        ]
        assert button["value"] == run.id
        assert at.store.runs.get(run.id) == run
        assert at.background.runs == []


def test_where_nobody_is_left_the_run_is_shown() -> None:
    with desk() as at:
        run = start(at.store, chosen(at).id)
        at.store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
        assert "終了日時" in pressed(at, resume_run, run.id)
        assert at.background.runs == []


@pytest.mark.parametrize("button", [Action.CANCEL_RUN, Action.RESUME_RUN])
def test_a_double_click_opens_one_window(button: Action) -> None:
    with desk() as at:
        at.store.administrators.add(SCOPE, ANNA, by=ANNA)
        run, bolt = cut_short(at), Bolt()
        register(Entrance(cast("App", bolt), at.services), at.services)
        for click in ("first", "second"):
            body = {**at.body(), "type": "block_actions", "actions": [action(run.id)], "trigger_id": click}
            bolt.listeners[button](ack=lambda: None, body=body, client=at.slack)
        at.services.slow.submit(int).result()  # its one thread has done what came before
        assert at.slack.methods == ["views.open"]


@pytest.mark.parametrize("do", [cancel_run, resume_run])
def test_another_workspaces_run_is_not_there(do: Callable[[Services, Press], None]) -> None:
    with desk() as at:
        run = cut_short(at)
        body = at.body() | {"team": {"id": ELSEWHERE.team_id}, "actions": [action(run.id)]}
        at.errors.guard(body, at.slack, partial(do, at.services))
        assert "対象のデータはすでにありません" in shown(at.slack.calls[-1][1])
        assert at.store.runs.get(run.id) == run


class Bolt:
    """Keeps the listeners of actions, to be called as Bolt calls them."""

    def __init__(self) -> None:
        self.listeners: dict[str, Callable[..., None]] = {}

    def action(self, action_id: str) -> Callable[[Callable[..., None]], None]:
        return partial(self.listeners.__setitem__, action_id)


def other(at: Desk) -> PlanHead:
    """A list of two other people."""
    return chosen(at, plan_for("0101", "0102"))


def cut_short(at: Desk) -> RunHead:
    """A run of two people that was cancelled after the first."""
    run = start(at.store, chosen(at, plan_for("0001", "0002")).id)
    ledger = at.store.runs.ledger(run.id)
    ledger.save_outcome(0, succeeded())
    at.store.runs.cancel(SCOPE, run.id, BEN)
    give_up(ledger, Reason.CANCELLED)
    at.store.runs.set_state(run.id, RunState.CANCELLED, moment=NOON)
    return at.store.runs.get(run.id)


def pressed(at: Desk, do: Callable[[Services, Press], None], run_id: str, user_id: str = ANNA) -> str:
    """Press a button of a message, and give what is shown."""
    body = at.body(user_id=user_id) | {"actions": [action(run_id)]}
    at.errors.guard(body, at.slack, partial(do, at.services))
    return shown(at.slack.calls[-1][1])


def action(run_id: str) -> Json:
    return {"action_id": "pressed", "value": run_id}
