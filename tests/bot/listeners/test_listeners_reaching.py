"""Whoever pressed is told, wherever they can still be reached; a defect of ours is named in the log."""

from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot.listeners.obsolete import say_obsolete
from bot.press import Press
from storage.errors import NotFound
from sync.model import System
from tests.bot.listeners.desk import Desk, desk, texts
from tests.storage.builders import ANNA, SCOPE, begun

A_VIEW: dict[str, Any] = {"callback_id": "pick", "blocks": []}
A_MESSAGE: dict[str, Any] = {"text": "できました", "blocks": []}
GONE = "対象のデータはすでにありません。"


def nothing_there(_press: Press) -> None:
    raise NotFound


def open_something(press: Press) -> None:
    press.show(A_VIEW)


def test_what_goes_wrong_in_a_modal_is_shown_above_it() -> None:
    with desk() as at:
        at.errors.guard(at.body(A_VIEW), at.slack, nothing_there)
        assert at.slack.methods == ["views.push"]
        assert GONE in texts(at.slack.calls)


def test_above_three_modals_there_is_no_place_so_it_is_shown_in_the_place_of_the_last() -> None:
    with desk(views_push="push_limit_reached") as at:
        at.errors.guard(at.body(A_VIEW), at.slack, nothing_there)
        assert at.slack.methods == ["views.push", "views.update"]
        (_, given) = at.slack.calls[-1]
        assert given["view_id"] == "V0001"
        assert GONE in str(given["view"])


def test_where_no_modal_can_be_shown_the_same_is_said_in_a_direct_message() -> None:
    with desk(views_push="push_limit_reached", views_update="not_found") as at:
        at.errors.guard(at.body(A_VIEW), at.slack, nothing_there)
        assert at.slack.methods == ["views.push", "views.update", "chat.postMessage"]
        (_, given) = at.slack.calls[-1]
        assert given["channel"] == ANNA
        assert GONE in given["text"]


def test_a_command_that_opened_nothing_in_time_asks_to_be_typed_again() -> None:
    with desk(views_open="expired_trigger_id") as at:
        at.errors.guard(at.body(), at.slack, open_something)
        assert at.slack.methods == ["views.open", "chat.postMessage"]
        assert "時間内に画面を開けませんでした。" in texts(at.slack.calls[-1:])


def test_whoever_meets_slacks_own_limit_is_asked_to_wait_a_moment_and_nothing_is_called_unexpected() -> None:
    with desk(views_update="ratelimited", views_open="ratelimited") as at:
        at.errors.guard(at.body(A_VIEW), at.slack, open_something)
        at.errors.guard(at.body(), at.slack, open_something)
        assert at.slack.methods == [
            *("views.update", "views.push"),
            *("views.open", "views.open", "chat.postMessage"),
        ]
        assert "30秒ほど待ってから" in texts(at.slack.calls[1:2])
        assert "30秒ほど待ってから" in texts(at.slack.calls[-1:])


@pytest.mark.parametrize("code", ["not_found", "exchanged_trigger_id"])
def test_whoever_closed_the_modal_or_pressed_twice_is_not_disturbed(code: str) -> None:
    with desk(views_open=code, views_update=code) as at:
        at.errors.guard(at.body(), at.slack, open_something)
        at.errors.guard(at.body(A_VIEW), at.slack, open_something)
        assert at.slack.methods == ["views.open", "views.update"]


def test_an_old_button_above_three_modals_is_explained_all_the_same() -> None:
    with desk(views_push="push_limit_reached") as at:
        say_obsolete(at.services, at.press(A_VIEW))
        assert at.slack.methods == ["views.push", "views.update"]
        assert "更新前のRenkeiのものです。" in texts(at.slack.calls[-1:])


@pytest.mark.parametrize(
    ("code", "event", "level"),
    [("not_found", "modal_was_gone", "info"), ("invalid_arguments", "modal_refused", "error")],
)
def test_a_view_that_slack_refuses_is_a_defect_and_a_closed_modal_is_none(
    code: str, event: str, level: str
) -> None:
    with desk(views_update=code) as at, structlog.testing.capture_logs() as logs:
        deliver(at)
        assert [(each["event"], each["log_level"], each["error"]) for each in logs] == [(event, level, code)]
        assert at.slack.methods == ["views.update", "chat.postMessage"]


def deliver(at: Desk) -> None:
    at.deliveries.show(SCOPE, ANNA, "V0001", A_VIEW, A_MESSAGE)


def test_a_slow_list_does_not_paint_over_the_newer_one_that_its_view_waits_for() -> None:
    with desk() as at:
        older = begun(at.store)
        at.watch.advance(timedelta(seconds=1))
        newer = begun(at.store)
        for slower_last in (newer, older):
            at.store.plans.fail(slower_last.id, "unavailable", {"system": System.SMARTHR})
            at.deliveries.show_plan(at.store.plans.get(slower_last.id))
            assert at.slack.methods == ["views.update"]
        assert newer.id in str(at.slack.calls)
