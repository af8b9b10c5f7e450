"""From the choice to the run: the last look, limits and terms, and one run however often it is pressed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.answer import Answer
from bot.ids import Action
from bot.listeners.history import open_run
from bot.listeners.imports import last_look, list_anew, start_run
from bot.listeners.pick import choose, next_step
from bot.screens import confirm_screen
from bot.texts import Texts
from bot.views.confirm import confirm_view
from bot.views.pick import pick_view
from storage.errors import ChoiceMoved, PlanStarted, TermsMoved
from storage.plan_records import PlanHead, PlanState
from storage.records import Credentials, Integration
from sync.calendar import ClosedHours
from sync.errors import UnsafePlan
from sync.fields import Field
from sync.model import Direction, Employee
from sync.outcome import Reason, failed, succeeded
from sync.plan import Plan
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.view_builders import screen, shown, submitted
from tests.storage.builders import (
    ALL_IN_TOKYO,
    ANNA,
    BASIS,
    NOON,
    SCOPE,
    TERMS,
    WHY,
    mixed_plan,
    person,
    plan_between,
    plan_of,
    ready,
    start,
)

Json = dict[str, Any]
JA = Texts("ja")
ELSEBODY = "U0ELSE"


def chosen(at: Desk, plan: Plan | None = None) -> PlanHead:
    """A plan of which everybody is ticked; whoever is new goes to the Tokyo office."""
    plan = plan or mixed_plan()
    head = ready(at.store, plan)
    at.store.plans.tick(head.id, add=range(len(plan.rows)))
    at.store.plans.save_rules(head.id, ALL_IN_TOKYO)
    return at.store.plans.load(SCOPE, head.id)


def confirming(at: Desk, head: PlanHead, reason: str | None = None) -> Json:
    """The last screen, as it is submitted."""
    view = confirm_view(JA, head, confirm_screen(at.store, head, at.watch))
    typed: Mapping[str, Json] = {Action.REASON: {Action.REASON: {"value": reason}}} if reason else {}
    return submitted(view, typed)


def view_in(answer: Answer) -> Json:
    return dict(answer.payload["view"])


def test_with_a_rule_for_the_new_people_it_goes_on_to_the_last_look() -> None:
    with desk() as at:
        at.store.rules.add(SCOPE, Direction.PULL, ALL_IN_TOKYO)
        view = view_in(next_step(at.services, at.press(), chosen(at)))
        assert view["callback_id"] == "confirm"
        assert "東京本社 1名" in shown(view)


def test_a_new_person_without_a_place_is_asked_for_it_first() -> None:
    with desk() as at:
        head = chosen(at)
        at.store.plans.save_rules(head.id, ())
        head = at.store.plans.load(SCOPE, head.id)
        assert view_in(next_step(at.services, at.press(), head))["callback_id"] == "placement"


def test_a_new_person_ticked_at_the_last_moment_is_not_confirmed_without_a_place() -> None:
    with desk() as at:
        head = chosen(at)
        at.store.plans.save_rules(head.id, ())
        with pytest.raises(ChoiceMoved):
            last_look(at.services, at.press(), head)


def test_nobody_ticked_is_said_in_the_list() -> None:
    with desk() as at:
        head = ready(at.store)
        answer = choose(at.services, at.press(submitted(pick_view(JA, screen(head=head)))))
        assert "1名以上選択してください" in shown(view_in(answer))


def test_pressing_twice_shows_the_run_that_the_first_press_has_started() -> None:
    with desk() as at:
        press = partial(at.press, confirming(at, chosen(at)))
        first, second = start_run(at.services, press()), start_run(at.services, press())
        assert "取り込みを開始しました" in shown(view_in(first))
        assert view_in(second) == view_in(first)
        second.then()
        assert len(at.background.runs) == 1


def test_a_plan_that_somebody_else_has_carried_out_is_said_to_be() -> None:
    with desk() as at:
        view = confirming(at, chosen(at))
        start_run(at.services, at.press(view))
        with pytest.raises(PlanStarted):
            start_run(at.services, at.press(view, ELSEBODY))


def test_beyond_a_limit_the_run_starts_with_a_reason_and_the_history_keeps_it() -> None:
    with desk() as at:
        head = chosen(at, plan_of(60))
        view = confirming(at, head, WHY)
        assert "更新30名は、1日の上限10名（SmartHRの登録者30名の30%、" in shown(view)
        start_run(at.services, at.press(view)).then()
        (run,) = at.store.runs.history(SCOPE, 0, 10)
        assert run.justification == WHY


def test_a_reason_of_nothing_but_spaces_is_none() -> None:
    with desk() as at:
        view = confirming(at, chosen(at, plan_of(60)), "い  ")
        answer = start_run(at.services, at.press(view))
        assert list(answer.payload["errors"]) == [Action.REASON]
        assert at.store.runs.count(SCOPE) == 0


def test_what_the_press_finds_beyond_a_limit_is_shown_again_with_the_reason_to_give() -> None:
    with desk() as at:
        first, second = chosen(at, plan_of(20)), chosen(at, plan_of(20))
        view = confirming(at, second)
        assert Action.REASON not in view["state"]["values"]
        start(at.store, first.id)
        again = view_in(start_run(at.services, at.press(view)))
        assert again["callback_id"] == "confirm"
        assert "本日の新規登録（実行中を含む）10名を含みます。" in shown(again)
        assert Action.REASON in {block.get("block_id") for block in again["blocks"]}
        with pytest.raises(UnsafePlan):
            start(at.store, second.id)


def leave_as_it_is(at: Desk) -> None:
    """Somebody decides that a field stays as it is, while the list is open elsewhere."""
    fields = frozenset({Field.EMAIL})
    at.store.suppressions.add(
        SCOPE, Direction.PULL, "id-2000", fields, until=None, by=ELSEBODY, reason=WHY, number="0002"
    )


def test_a_list_whose_terms_have_moved_writes_nothing_and_is_offered_anew() -> None:
    with desk() as at:
        head = chosen(at)
        view = confirming(at, head)
        leave_as_it_is(at)
        answer = view_in(start_run(at.services, at.press(view)))
        assert "設定または判断が変更されました" in shown(answer)
        assert at.store.runs.count(SCOPE) == 0
        made = list_anew(at.services, at.press(submitted(answer)))
        assert made.payload == {"response_action": "clear"}
        made.then()
        assert at.slack.methods == ["views.open", "views.update"]
        (anew,) = (at.store.plans.get(plan) for plan in at.background.plans)
        assert (anew.revises, anew.state, anew.view_id) == (head.id, PlanState.PREPARING, "V0009")


def test_a_list_of_one_company_is_not_written_into_another() -> None:
    with desk() as at:
        head = chosen(at)
        view = confirming(at, head)
        another = Credentials(subdomain="another", token="shr_made_up")
        at.store.integrations.save(Integration(scope=SCOPE, smarthr=another))
        answer = view_in(start_run(at.services, at.press(view)))
        assert "設定または判断が変更されました" in shown(answer)
        assert at.store.runs.count(SCOPE) == 0


def test_terms_that_are_the_same_again_are_the_same() -> None:
    with desk() as at:
        head = chosen(at)
        leave_as_it_is(at)
        with pytest.raises(TermsMoved):
            at.store.runs.start(
                SCOPE, head.id, ANNA, choice=at.store.plans.chosen_fingerprint(head.id), terms="others"
            )
        at.store.suppressions.remove(
            SCOPE, Direction.PULL, "id-2000", {Field.EMAIL}, by=ELSEBODY, number="0002"
        )
        assert "取り込みを開始しました" in shown(
            view_in(start_run(at.services, at.press(confirming(at, head))))
        )
        assert at.store.plans.load(SCOPE, head.id).terms == TERMS


@pytest.mark.parametrize(("people", "is_told"), [(2, False), (600, True)])
def test_closed_hours_are_told_only_if_so_many_people_may_reach_them(people: int, *, is_told: bool) -> None:
    with desk() as at:
        closing = (NOON + timedelta(minutes=4)).time()
        hours = ClosedHours(closing, time(closing.hour + 1))
        at.store.integrations.save(Integration(scope=SCOPE, closed_hours=(hours,)))
        head = chosen(at, plan_of(people))
        assert (confirm_screen(at.store, head, at.watch).pauses_at is not None) is is_told


def resigning() -> Plan:
    """As of a day before: somebody who left last week, and somebody who leaves in two months."""
    listed = [resigned(date(2026, 3, 25), "0001"), resigned(date(2026, 5, 31), "0002")]
    target = [resigned(None, "0001"), resigned(None, "0002")]
    return plan_between(listed, target, replace(BASIS, as_of=date(2026, 3, 20)))


def resigned(day: date | None, number: str) -> Employee:
    return replace(person(number), resigned_on=day)


def test_the_last_look_counts_whose_standing_is_to_be_looked_at_in_smarthr() -> None:
    with desk() as at:
        answer = next_step(at.services, at.press(), chosen(at, resigning()))
        assert "退職日が過去の日付または空になる従業員が1名います。" in shown(view_in(answer))


def test_an_untouched_plan_asks_nothing_of_smarthr() -> None:
    with desk() as at:
        assert confirm_screen(at.store, chosen(at), at.watch).standing_checks == 0


def opened(at: Desk, run_id: str) -> str:
    body = at.body() | {"actions": [{"action_id": "open_run", "value": run_id}]}
    at.errors.guard(body, at.slack, partial(open_run, at.services))
    return texts(at.slack.calls[-1:])


def test_the_history_names_them_once_they_are_written() -> None:
    with desk() as at:
        run = start(at.store, chosen(at, resigning()).id)
        note = "SmartHRの在籍状況は変更されません。"
        assert note not in opened(at, run.id)
        for position in range(2):
            at.store.runs.ledger(run.id).save_outcome(position, succeeded())
        assert opened(at, run.id).count(note) == 1


def test_the_history_names_those_first_whom_somebody_has_to_look_at() -> None:
    with desk() as at:
        run = start(at.store, chosen(at, plan_of(10)).id)
        ledger = at.store.runs.ledger(run.id)
        for position in range(9):
            ledger.save_outcome(position, succeeded() if position != 7 else failed(Reason.REJECTED))
        told = opened(at, run.id)
        numbers = [f"{n:05}" for n in range(10)]
        first, second, *_ = sorted(numbers, key=told.index)
        kinds = {row.number: row.outcome for row in at.store.runs.outcomes(run.id, None, 0, 10)}
        assert kinds[first] == failed(Reason.REJECTED)
        assert kinds[second] is None
