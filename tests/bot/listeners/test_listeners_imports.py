"""From the choice to the run: a place for every new person, and one run however often it is pressed."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from bot.answer import Answer
from bot.ids import Action
from bot.listeners import imports
from bot.listeners.history import open_run
from bot.listeners.imports import next_step, place, start_run
from bot.listeners.pick import paste
from bot.screens import confirm_screen
from bot.texts import Texts
from bot.views.confirm import confirm_view
from bot.views.paste import paste_view
from bot.views.pick import Filter
from bot.views.placement import placement_view
from storage.errors import PlanStarted
from storage.records import PlanHead
from sync.diff import Status
from sync.fields import default_policies
from sync.model import Choice, Direction, Employee, PlacementChoices
from sync.outcome import succeeded
from sync.plan import People, Plan, make_plan
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.view_builders import pick_form, shown, submitted
from tests.storage.builders import CHOICES, IN_TOKYO, NOON, TODAY, mixed_plan, person, plan_of, ready, start

JA = Texts("ja")
ELSEBODY = "U0ELSE"


def chosen(at: Desk) -> PlanHead:
    """A plan of which everybody is ticked, one new person among them."""
    head = ready(at.store)
    at.store.plans.tick(head.id, add=range(4))
    return head


def placing(head: PlanHead, choices: PlacementChoices = CHOICES) -> dict[str, Any]:
    return placement_view(JA, head, 1, choices)


def pick_office(view: dict[str, Any], code: str) -> dict[str, Any]:
    picked = {"selected_option": {"value": code}}
    return submitted(view, {Action.ESTABLISHMENT: {Action.ESTABLISHMENT: picked}})


def view_in(answer: Answer) -> dict[str, Any]:
    return dict(answer.payload["view"])


def test_with_a_place_for_the_new_people_it_goes_on_to_the_last_look() -> None:
    with desk() as at:
        head = chosen(at)
        answer = place(at.services, at.press(pick_office(placing(head), "e-1")))
        assert view_in(answer)["callback_id"] == "confirm"
        assert "東京本社" in shown(view_in(answer))


@pytest.mark.parametrize("code", ["e-gone", ""])
def test_a_place_that_vanished_or_was_not_chosen_is_pointed_out_at_its_input(code: str) -> None:
    with desk() as at:
        head = chosen(at)
        offered = PlacementChoices(establishments=(Choice("e-gone", "閉鎖した支社"),))
        answer = place(at.services, at.press(pick_office(placing(head, offered), code)))
        assert answer.payload["errors"] == {"establishment": "一覧から選択してください。"}
        assert at.store.plans.load(head.scope, head.id).placement is None


def test_a_new_person_ticked_at_the_last_moment_is_asked_a_place_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with desk() as at:
        head = chosen(at)
        monkeypatch.setattr(imports, "ticked_creates", lambda _store, _head: 0)  # as it was a moment ago
        answer = next_step(at.services, at.press(), head)
        assert view_in(answer)["callback_id"] == "placement"


def test_pressing_twice_shows_the_run_that_the_first_press_has_started() -> None:
    with desk() as at:
        press = partial(at.press, confirming(at))
        first, second = start_run(at.services, press()), start_run(at.services, press())
        assert "取り込みを開始しました" in shown(view_in(first))
        assert view_in(second) == view_in(first)
        second.then()
        assert len(at.background.runs) == 1


def test_a_plan_that_somebody_else_has_carried_out_is_said_to_be() -> None:
    with desk() as at:
        view = confirming(at)
        start_run(at.services, at.press(view))
        with pytest.raises(PlanStarted):
            start_run(at.services, at.press(view, ELSEBODY))


def confirming(at: Desk) -> dict[str, Any]:
    head = chosen(at)
    at.store.plans.save_placement(head.id, IN_TOKYO)
    return confirm_view(JA, head, confirm_screen(at.store, head, at.watch)) | {"id": "V1"}


def test_after_pasting_numbers_the_list_shows_the_page_that_it_showed() -> None:
    with desk() as at:
        head = ready(at.store, plan_of(60))
        below = pick_form(Filter(Status.CREATE), page=2, plan_id=head.id)
        typed: dict[str, Any] = {Action.NUMBERS: {"value": "00001"}}
        pasted = submitted(paste_view(JA, below), {Action.NUMBERS: typed}) | {"previous_view_id": "V0002"}
        paste(at.services, at.press(pasted)).then()
        ((_, given),) = at.slack.calls
        assert given["view_id"] == "V0002"
        assert "2/2ページ" in texts(at.slack.calls)
        assert "該当 30名 ・ 選択中 1名" in texts(at.slack.calls)


def resigning() -> Plan:
    """Somebody who left in SmartHR's eyes tomorrow, and in truth last week."""
    listed = [resigned(date(2026, 3, 25), "0001"), resigned(date(2026, 5, 31), "0002")]
    target = [resigned(None, "0001"), resigned(None, "0002")]
    return make_plan(Direction.PULL, TODAY, People(listed, target), default_policies(Direction.PULL), NOON)


def resigned(day: date | None, number: str) -> Employee:
    return replace(person(number), resigned_on=day)


def test_the_last_look_counts_whose_standing_is_to_be_looked_at_in_smarthr() -> None:
    with desk() as at:
        head = ready(at.store, resigning())
        at.store.plans.tick(head.id, add=range(2))
        answer = next_step(at.services, at.press(), head)
        assert "退職日が過去の日付または空になる従業員が1名います。" in shown(view_in(answer))


def test_the_history_names_them_once_they_are_written() -> None:
    with desk() as at:
        head = ready(at.store, resigning())
        at.store.plans.tick(head.id, add=range(2))
        run = start(at.store, head.id)
        body = at.body() | {"actions": [{"action_id": "open_run", "value": run.id}]}
        note = "SmartHRの在籍状況は変更されません。"
        at.errors.guard(body, at.slack, partial(open_run, at.services))
        assert note not in texts(at.slack.calls)
        for position in range(2):
            at.store.runs.ledger(run.id).save_outcome(position, succeeded())
        at.errors.guard(body, at.slack, partial(open_run, at.services))
        assert texts(at.slack.calls).count(note) == 1


def test_an_untouched_plan_asks_nothing_of_smarthr() -> None:
    with desk() as at:
        head = ready(at.store, mixed_plan())
        at.store.plans.tick(head.id, add=range(4))
        assert confirm_screen(at.store, head, at.watch).standing_checks == 0
