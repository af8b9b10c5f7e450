"""Choosing from the list: what a press ticks, and what it leaves alone."""

from dataclasses import replace
from typing import Any

import pytest

from bot.ids import Action
from bot.listeners.pick import change_filter, paste, take_over_tick, tick, tick_matching, tick_page
from bot.screens import Turn, pick_screen
from bot.texts import Texts
from bot.views.filter import Filter
from bot.views.paste import paste_view
from bot.views.pick import pick_view
from storage.plan_records import PlanHead
from sync.diff import Status
from sync.plan import Plan
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.view_builders import pick_form, submitted
from tests.storage.builders import ANNA, BASIS, CHOICES, SCOPE, TODAY, person, plan_between, plan_of, ready

Json = dict[str, Any]
JA = Texts("ja")


def spelled_plan() -> Plan:
    """One of each that can be ticked: 0001 新規登録, 0002 差分あり, 0003 異体字のみ, 0004 表記ゆれのみ."""
    new, other, variant, cosmetic = (person(f"000{n}") for n in range(1, 5))
    target = [
        replace(other, email="other@example.com"),
        replace(variant, last_name="山\U000e0100田"),
        replace(cosmetic, first_name="太 郎"),
    ]
    return plan_between([new, other, variant, cosmetic], target)


def listed(at: Desk, head: PlanHead, wanted: Filter) -> Json:
    """The list as it stands on the screen."""
    view = pick_view(JA, pick_screen(at.store, head, Turn(filter=wanted), TODAY))
    return submitted(view)


def statuses(at: Desk, head: PlanHead) -> set[Status]:
    ticked = at.store.plans.ticked(head.id)
    return {entry.status for entry in at.store.plans.index(head.id) if entry.position in ticked}


REAL = {Status.CREATE, Status.UPDATE}


@pytest.mark.parametrize("ticking", [tick_page, tick_matching])
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), REAL),
        (Filter(query="000"), REAL),
        (Filter(Status.UPDATE), {Status.UPDATE}),
        (Filter(Status.VARIANT), {Status.VARIANT}),
        (Filter(Status.COSMETIC), {Status.COSMETIC}),
    ],
)
def test_many_at_once_are_real_differences_unless_a_spelling_alone_is_listed(
    ticking: Any, wanted: Filter, expected: set[Status]
) -> None:
    with desk() as at:
        head = ready(at.store, spelled_plan())
        tick(at.services, ticking, at.press(listed(at, head, wanted)))
        assert statuses(at, head) == expected


def test_the_chosen_can_be_listed_alone() -> None:
    with desk() as at:
        head = ready(at.store, spelled_plan())
        at.store.plans.tick(head.id, add=[0, 2])
        change_filter(at.services, at.press(listed(at, head, Filter(chosen=True))))
        told = texts(at.slack.calls)
        assert "該当 2名 ・ 選択中 2名" in told
        assert "0002" not in told


def test_a_tick_is_kept_at_once_also_with_a_button_beside_it() -> None:
    with desk() as at:
        head = ready(at.store, spelled_plan())
        view = listed(at, head, Filter())
        (block,) = [
            each
            for each in view["blocks"]
            if each["block_id"].startswith("tick:") and each["block_id"].endswith(":1")
        ]
        action = {
            "action_id": Action.TICK,
            "block_id": block["block_id"],
            "selected_options": [{"value": "1"}],
        }
        body = at.body(view) | {"actions": [action]}
        at.errors.guard(body, at.slack, lambda press: take_over_tick(at.services, press))
        assert at.store.plans.ticked(head.id) == {1}


def pasted(at: Desk, head: PlanHead, numbers: str, below: Filter, page: int = 1) -> str:
    typed: Json = {Action.NUMBERS: {Action.NUMBERS: {"value": numbers}}}
    view = paste_view(JA, pick_form(below, page=page, plan_id=head.id))
    paste(at.services, at.press(submitted(view, typed) | {"previous_view_id": "V0002"})).then()
    ((_, given),) = at.slack.calls
    assert given["view_id"] == "V0002"
    return texts(at.slack.calls)


def test_after_pasting_numbers_the_list_shows_the_page_that_it_showed() -> None:
    with desk() as at:
        told = pasted(at, ready(at.store, plan_of(60)), "00001", Filter(Status.CREATE), page=2)
        assert "2/2ページ" in told
        assert "該当 30名 ・ 選択中 1名" in told


def test_a_pasted_number_ticks_spellings_too_and_says_so() -> None:
    with desk() as at:
        head = ready(at.store, spelled_plan())
        told = pasted(at, head, "0002 0003 0004 0009", Filter())
        assert statuses(at, head) == {Status.UPDATE, Status.VARIANT, Status.COSMETIC}
        assert "表記ゆれ・異体字だけの違い：0003、0004" in told
        assert "0009" in told


def test_a_choice_beyond_a_limit_is_told_in_the_list() -> None:
    with desk() as at:
        head = ready(at.store, plan_of(60))
        view = listed(at, head, Filter())
        assert "1日の上限" not in str(view)
        tick(at.services, tick_matching, at.press(view))
        assert "更新30名は、1日の上限10名" in texts(at.slack.calls)


@pytest.mark.parametrize("ticking", [tick_page, tick_matching])
def test_from_a_list_that_lacks_people_nobody_is_chosen_as_new_at_once(ticking: Any) -> None:
    with desk() as at:
        begun = at.store.plans.begin(SCOPE, ANNA, BASIS.direction, TODAY, "V", press="p", accepted="a split")
        at.store.plans.save(begun.id, spelled_plan(), CHOICES, terms="t")
        head = at.store.plans.load(SCOPE, begun.id)
        view = listed(at, head, Filter())
        assert "1人ずつ選んでください" in str(view)
        tick(at.services, ticking, at.press(view))
        assert statuses(at, head) == {Status.UPDATE}
