"""Modes are kept at once; terms of one list, and missing people, make the list anew in its own window."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.answer import Answer
from bot.ids import Action
from bot.listeners.missing import accept, open_accept, read_again
from bot.listeners.modes import open_modes, save_modes
from bot.listeners.options import compare_again, open_options
from bot.press import Press
from bot.screens import Turn, pick_screen
from bot.texts import Texts
from bot.views.failures import failure_of
from bot.views.missing import accept_missing_view
from bot.views.options import options_view
from bot.views.pick import pick_view
from storage.plan_records import PlanHead, PlanOptions
from sync.errors import IncompleteFetch, PeopleMissing
from sync.fields import Field, FieldPolicy, Mode, default_policies
from sync.model import Direction, System
from sync.text import Likeness
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.view_builders import shown, submitted
from tests.storage.builders import SCOPE, WHY, begun, ready

Json = dict[str, Any]
JA = Texts("ja")
BELOW = "V0002"
KEPT = default_policies(Direction.PULL)


def pressed(at: Desk, value: str, view: Json | None = None) -> Press:
    """Press a button that carries a value."""
    return replace(at.press(view), value=value)


def submit(at: Desk, view: Json, values: Json | None = None) -> Press:
    return at.press(submitted(view, values or {}) | {"previous_view_id": BELOW})


def choose(block: str, action: str, value: str) -> Json:
    return {block: {action: {"selected_option": {"value": value}}}}


def modes_shown(at: Desk) -> Json:
    """Open the modes towards SmartHR."""
    open_modes(at.services, pressed(at, Direction.PULL))
    method, given = at.slack.calls[-1]
    assert method == "views.push"
    return dict(given["view"])


OFF = choose(f"{Action.MODE}:{Field.EMAIL}", Action.MODE, Mode.OFF)


def test_a_mode_is_kept_and_the_settings_below_rest_on_it() -> None:
    with desk() as at:
        save_modes(at.services, submit(at, modes_shown(at), OFF)).then()
        kept = at.store.integrations.load(SCOPE)
        assert kept.policies[Direction.PULL][Field.EMAIL] == FieldPolicy(Mode.OFF)
        assert kept.policies[Direction.PUSH] == default_policies(Direction.PUSH)
        method, given = at.slack.calls[-1]
        assert (method, given["view_id"]) == ("views.update", BELOW)
        assert f'"revision":{kept.revision}' in given["view"]["private_metadata"]


def test_when_somebody_else_saved_first_nothing_is_kept_and_the_choice_stays() -> None:
    with desk() as at:
        view = modes_shown(at)
        at.store.integrations.save(at.store.integrations.load(SCOPE))
        again = save_modes(at.services, submit(at, view, OFF))
        assert at.store.integrations.load(SCOPE).policies[Direction.PULL] == KEPT
        assert "ほかの管理者が連携設定を保存しました" in shown(view_in(again))
        save_modes(at.services, submit(at, view_in(again), OFF))
        assert at.store.integrations.load(SCOPE).policies[Direction.PULL][Field.EMAIL].mode is Mode.OFF


def view_in(answer: Answer) -> Json:
    return dict(answer.payload["view"])


def test_the_terms_of_a_list_open_above_it_with_what_is_ticked_kept() -> None:
    with desk() as at:
        head = ready(at.store)
        screen = pick_screen(at.store, head, Turn(), at.services.today())
        ticked = {"selected_options": [{"value": "tick"}]}
        (box, *_) = [
            each for each in pick_view(JA, screen)["blocks"] if each.get("block_id", "").startswith("tick:")
        ]
        view = submitted(pick_view(JA, screen), {box["block_id"]: {Action.TICK: ticked}})
        open_options(at.services, pressed(at, head.id, view))
        assert at.slack.methods == ["views.push"]
        assert len(at.store.plans.ticked(head.id)) == 1


def made_anew(at: Desk) -> PlanHead:
    """Give the plan that is to be made, and make sure that the list below waits for it."""
    (plan_id,) = at.background.plans
    method, given = at.slack.calls[-1]
    assert (method, given["view_id"]) == ("views.update", BELOW)
    assert "読み込んでいます" in shown(given["view"])
    return at.store.plans.load(SCOPE, plan_id)


def test_other_terms_make_the_list_anew_in_its_window() -> None:
    with desk() as at:
        head = ready(at.store)
        wanted = {Action.SPELLINGS: {Action.SPELLINGS: {"selected_options": [{"value": Likeness.VARIANT}]}}}
        press = submit(at, options_view(JA, head, KEPT), OFF | wanted)
        compare_again(at.services, press).then()
        anew = made_anew(at)
        assert anew.options == PlanOptions(
            policies={Field.EMAIL: FieldPolicy(Mode.OFF)}, spellings=frozenset({Likeness.VARIANT})
        )
        assert (anew.revises, anew.as_of, anew.view_id) == (head.id, head.as_of, BELOW)


def test_the_same_terms_leave_the_list_as_it_is() -> None:
    with desk() as at:
        head = ready(at.store)
        answer = compare_again(at.services, submit(at, options_view(JA, head, KEPT)))
        answer.then()
        assert answer.payload == {}
        assert (at.background.plans, at.slack.calls) == ([], [])


def test_in_closed_hours_the_list_stays_and_the_terms_say_when_it_can_be_read() -> None:
    with desk() as at:
        head = ready(at.store)
        at.watch.advance(timedelta(hours=6))
        answer = compare_again(at.services, submit(at, options_view(JA, head, KEPT), OFF))
        assert "メンテナンス時間帯" in shown(view_in(answer))
        assert not at.background.plans


def failed(at: Desk, error: IncompleteFetch) -> PlanHead:
    head = begun(at.store)
    at.store.plans.fail(head.id, *failure_of(error))
    return at.store.plans.load(SCOPE, head.id)


MISSING = PeopleMissing(System.KINKAKUJI, 1200, 61)


def test_missing_people_are_shown_with_their_numbers_and_both_ways_on() -> None:
    with desk() as at:
        at.deliveries.show_plan(failed(at, MISSING))
        said = texts(at.slack.calls)
        assert "これまで登録されていた1,200名のうち61名が見当たりません" in said
        assert Action.READ_AGAIN in said
        assert Action.OPEN_ACCEPT_MISSING in said


@pytest.mark.parametrize(
    "error",
    [
        PeopleMissing(System.KINKAKUJI, 76, 76, is_empty=True),
        IncompleteFetch(System.SMARTHR, 120, 100),
    ],
)
def test_an_empty_list_and_half_a_list_can_only_be_read_again(error: IncompleteFetch) -> None:
    with desk() as at:
        at.deliveries.show_plan(failed(at, error))
        said = texts(at.slack.calls)
        assert Action.READ_AGAIN in said
        assert Action.OPEN_ACCEPT_MISSING not in said


def test_half_a_list_is_told_with_its_numbers() -> None:
    with desk() as at:
        at.deliveries.show_plan(failed(at, IncompleteFetch(System.SMARTHR, 120, 100)))
        assert "一覧の人数は120名ですが、受け取れたのは100名でした" in texts(at.slack.calls)


def test_a_list_that_could_not_be_made_is_read_again_without_accepting_anything() -> None:
    with desk() as at:
        head = failed(at, MISSING)
        read_again(at.services, pressed(at, head.id, {"id": BELOW}))
        assert made_anew(at).accepted is None


def test_going_on_takes_a_reason_in_words() -> None:
    with desk() as at:
        head = failed(at, MISSING)
        open_accept(at.services, pressed(at, head.id))
        assert at.slack.methods == ["views.push"]
        answer = accept(at.services, submit(at, accept_missing_view(JA, head), reason("  あ  ")))
        assert Action.REASON in answer.payload["errors"]
        assert not at.background.plans


def test_the_reason_is_kept_with_the_list_that_is_made_all_the_same() -> None:
    with desk() as at:
        head = failed(at, MISSING)
        accept(at.services, submit(at, accept_missing_view(JA, head), reason(WHY))).then()
        assert made_anew(at).accepted == WHY


def test_reading_again_what_lacks_more_people_than_were_accepted_accepts_nobody() -> None:
    with desk() as at:
        head = failed(at, MISSING)
        accept(at.services, submit(at, accept_missing_view(JA, head), reason(WHY))).then()
        at.store.plans.fail(made_anew(at).id, *failure_of(MISSING))
        again = at.store.plans.load(SCOPE, at.background.plans.pop())
        press = replace(pressed(at, again.id, {"id": BELOW}), trigger_id="T2")
        read_again(at.services, press)
        assert made_anew(at).accepted is None


def reason(text: str) -> Json:
    return {Action.REASON: {Action.REASON: {"value": text}}}
