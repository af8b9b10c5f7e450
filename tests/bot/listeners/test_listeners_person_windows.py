"""A person's windows: what they keep, which list is made anew, and what is pointed out instead."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.answer import Answer
from bot.ids import Action
from bot.listeners.imports import list_anew
from bot.listeners.person import (
    ask_decision,
    ask_suppression,
    decide,
    lift_suppression,
    open_person,
    suppress,
)
from bot.listeners.who import look_for, open_who
from bot.texts import Texts
from bot.views.decide import decide_view
from bot.views.person import Whom, dump_whom
from bot.views.pick import pick_view
from bot.views.suppress import suppress_view
from bot.views.verdicts import Verdict
from bot.views.who import who_view
from storage.errors import PlanExpired
from storage.events import PersonEventKind
from storage.identities import Said
from storage.plan_records import PlanHead, PlanState
from sync.diff import Blocked
from sync.fields import Field
from sync.identity import Link, Ties
from sync.model import Direction, System
from sync.plan import Plan
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.person_cases import suppress_screen
from tests.bot.views.view_builders import screen, shown, submitted
from tests.storage.builders import ANNA, BASIS, SCOPE, TODAY, person, plan_between, ready

Json = dict[str, Any]
JA = Texts("ja")
BEN = "U0BEN"
REASON = "本人に確認したため"
ABOVE_THE_LIST = {"root_view_id": "V0000", "previous_view_id": "V0000"}


def stranger_plan() -> Plan:
    """0007 is somebody else in the target, by name and birth date."""
    other = replace(
        person("0007", remote_id="c-7"), last_name="林", last_name_kana="ハヤシ", birth_date=TODAY
    )
    return plan_between([person("0007", remote_id="k-7")], [other])


def changed_plan() -> Plan:
    """0007 was hired on another day by the target."""
    other = person("0007", remote_id="c-7", hired_on=date(2021, 4, 1))
    return plan_between([person("0007", remote_id="k-7")], [other])


def decided(at: Desk, head: PlanHead, verdict: Verdict | None, reason: str = REASON) -> Answer:
    """Submit the decision about the plan's only row."""
    (row,) = at.store.plans.rows(head.id, [0])
    assert isinstance(row.difference, Blocked)
    view = decide_view(JA, Whom(head.id, 0), row.difference, head.direction)
    state: Json = {Action.REASON: {Action.REASON: {"value": reason}}}
    if verdict is not None:
        state[Action.DECISION] = {Action.DECISION: {"selected_option": {"value": verdict}}}
    return decide(at.services, at.press(submitted(view, state) | ABOVE_THE_LIST))


def left(at: Desk, head: PlanHead, reason: str = REASON, **more: Any) -> Answer:
    """Submit which fields of the plan's only row stay as they are."""
    view = suppress_view(JA, suppress_screen(JA, metadata=dump_whom(Whom(head.id, 0))))
    state: Json = {
        Action.SUPPRESSED: {Action.SUPPRESSED: {"selected_options": [{"value": "hired_on"}]}},
        Action.REASON: {Action.REASON: {"value": reason}},
    }
    return suppress(at.services, at.press(submitted(view, state | more) | ABOVE_THE_LIST))


def assert_made_anew(at: Desk, head: PlanHead) -> None:
    """The list waits in its own window, and a plan in the place of the old one is being made."""
    (plan_id,) = at.background.plans
    revised = at.store.plans.load(SCOPE, plan_id)
    assert (revised.revises, revised.state, revised.view_id) == (head.id, PlanState.PREPARING, "V0000")
    shown_in = [given["view_id"] for method, given in at.slack.calls if method == "views.update"]
    assert shown_in[-1] == "V0000"


def test_a_person_opens_above_the_list_from_what_the_list_holds() -> None:
    with desk() as at:
        head = ready(at.store, stranger_plan())
        view = pick_view(JA, screen(head=head))
        open_person(at.services, replace(at.press(submitted(view)), value="0"))
        assert at.slack.methods == ["views.push"]
        assert "0007" in texts(at.slack.calls)


def test_whose_record_it_is_is_kept_with_the_reason_and_the_list_is_made_anew() -> None:
    with desk() as at:
        head = ready(at.store, stranger_plan())
        answer = decided(at, head, Verdict.SAME_NUMBER)
        assert answer.payload == {}
        assert at.background.plans == []
        assert at.store.identities.ties(SCOPE, Direction.PULL).links == (Link("c-7", "k-7", confirmed=True),)
        (event,) = at.store.events.of_person(SCOPE, "0007")
        assert (event.kind, event.by) == (PersonEventKind.CONFIRMED, ANNA)
        assert event.decision is not None
        assert event.decision.reason == REASON
        answer.then()
        assert_made_anew(at, head)


def test_the_record_under_another_number_is_linked_when_it_is_said_to_be_theirs() -> None:
    with desk() as at:
        here = person("0007", remote_id="k-7")
        renumbered = plan_between([here], [replace(here, number="0008", remote_id="c-8")])
        decided(at, ready(at.store, renumbered), Verdict.OTHER_RECORD)
        assert at.store.identities.ties(SCOPE, Direction.PULL).links == (Link("c-8", "k-7", confirmed=True),)


def test_whoever_is_not_linked_is_so_in_both_directions() -> None:
    with desk() as at:
        decided(at, ready(at.store, stranger_plan()), Verdict.IGNORE)
        for direction in Direction:
            assert at.store.identities.ties(SCOPE, direction).ignored == {"k-7"}


def test_whoever_was_not_linked_can_be_linked_again_with_a_reason() -> None:
    with desk() as at:
        at.store.identities.ignore(SCOPE, Said(System.KINKAKUJI, "k-7", ANNA, REASON, "0007"))
        at.watch.advance(timedelta(minutes=1))
        ties = at.store.identities.ties(SCOPE, Direction.PULL)
        ignored = plan_between([person("0007", remote_id="k-7")], [], replace(BASIS, ties=ties))
        decided(at, at.listed(ignored), Verdict.HEED, "間違えたため戻す")
        assert at.store.identities.ties(SCOPE, Direction.PULL).ignored == frozenset()
        newest = at.store.events.of_person(SCOPE, "0007")[0].decision
        assert newest is not None
        assert newest.reason == "間違えたため戻す"


def test_whoever_was_not_linked_from_the_other_side_can_be_linked_again_here() -> None:
    with desk() as at:
        at.store.identities.ignore(SCOPE, Said(System.SMARTHR, "c-7", ANNA, REASON, "0007"))
        basis = replace(BASIS, ties=at.store.identities.ties(SCOPE, Direction.PULL))
        people = [person("0007", remote_id="k-7")], [person("0007", remote_id="c-7")]
        decided(at, at.listed(plan_between(*people, basis)), Verdict.HEED, "間違えたため戻す")
        assert at.store.identities.ties(SCOPE, Direction.PULL).ignored == frozenset()


@pytest.mark.parametrize(
    ("verdict", "reason", "mended"),
    [(None, REASON, Action.DECISION), (Verdict.IGNORE, "    ok    ", Action.REASON)],
)
def test_nothing_is_decided_without_a_choice_and_a_reason(
    verdict: Verdict | None, reason: str, mended: Action
) -> None:
    with desk() as at:
        answer = decided(at, ready(at.store, stranger_plan()), verdict, reason)
        assert list(answer.payload["errors"]) == [mended]
        assert at.store.events.of_person(SCOPE, "0007") == []


def test_a_list_that_has_expired_decides_nothing() -> None:
    with desk() as at:
        head = ready(at.store, stranger_plan())
        at.watch.advance(timedelta(hours=25))
        with pytest.raises(PlanExpired):
            decided(at, head, Verdict.IGNORE)
        assert at.store.identities.ties(SCOPE, Direction.PULL).ignored == frozenset()


def test_a_field_is_left_as_it_is_for_a_year_and_the_list_is_made_anew() -> None:
    with desk() as at:
        head = ready(at.store, changed_plan())
        year: Json = {Action.UNTIL: {Action.UNTIL: {"selected_option": {"value": "year"}}}}
        answer = left(at, head, **year)
        (kept,) = at.store.suppressions.list(SCOPE, Direction.PULL, "k-7")
        assert (kept.field, kept.until, kept.by) == (Field.HIRED_ON, date(2027, 4, 1), ANNA)
        answer.then()
        assert_made_anew(at, head)


def test_a_day_that_is_past_and_a_reason_of_spaces_are_pointed_out() -> None:
    with desk() as at:
        head = ready(at.store, changed_plan())
        past: Json = {
            Action.UNTIL: {Action.UNTIL: {"selected_option": {"value": "day"}}},
            Action.UNTIL_DAY: {Action.UNTIL_DAY: {"selected_date": "2026-03-31"}},
        }
        answer = left(at, head, reason="     ", **past)
        assert set(answer.payload["errors"]) == {Action.UNTIL_DAY, Action.REASON}
        assert at.store.suppressions.list(SCOPE, Direction.PULL, "k-7") == []


def test_a_field_is_compared_again_once_that_is_taken_back() -> None:
    with desk() as at:
        head = ready(at.store, changed_plan())
        left(at, head)
        head = at.listed(changed_plan())
        window = {"private_metadata": dump_whom(Whom(head.id, 0))} | ABOVE_THE_LIST
        lift_suppression(at.services, replace(at.press(window), value="hired_on"))
        assert at.store.suppressions.list(SCOPE, Direction.PULL, "k-7") == []
        assert_made_anew(at, head)


def test_what_somebody_else_decided_meanwhile_stays_and_the_list_is_offered_anew() -> None:
    with desk() as at:
        head = ready(at.store, stranger_plan())
        at.store.identities.ignore(SCOPE, Said(System.KINKAKUJI, "k-7", BEN, REASON, "0007"))
        answer = decided(at, head, Verdict.SAME_NUMBER)
        assert "設定または判断が変更されました" in shown(answer.payload["view"])
        ties = at.store.identities.ties(SCOPE, Direction.PULL)
        assert ties == Ties(ignored=frozenset({"k-7"}))
        assert [event.by for event in at.store.events.of_person(SCOPE, "0007")] == [BEN]
        made = list_anew(at.services, at.press(submitted(answer.payload["view"])))
        assert made.payload == {"response_action": "clear"}


def test_a_field_is_left_or_compared_again_only_by_a_list_that_still_holds() -> None:
    with desk() as at:
        head = ready(at.store, changed_plan())
        left(at, head)
        (kept,) = at.store.suppressions.list(SCOPE, Direction.PULL, "k-7")
        answer = left(at, head, "別の理由があったため")
        window = {"private_metadata": dump_whom(Whom(head.id, 0))} | ABOVE_THE_LIST
        lift_suppression(at.services, replace(at.press(window), value="hired_on"))
        for said in (answer.payload["view"], at.slack.calls[-1][1]["view"]):
            assert "設定または判断が変更されました" in str(said)
        assert at.store.suppressions.list(SCOPE, Direction.PULL, "k-7") == [kept]
        assert at.background.plans == []


def test_the_forms_take_the_place_of_the_persons_window() -> None:
    with desk() as at:
        for plan, ask, said in (
            (stranger_plan(), ask_decision, "社員番号が同じ記録"),
            (changed_plan(), ask_suppression, "2021-04-01 → 2020-04-01"),
        ):
            head = ready(at.store, plan)
            window = {"private_metadata": dump_whom(Whom(head.id, 0))} | ABOVE_THE_LIST
            ask(at.services, at.press(window))
            method, given = at.slack.calls[-1]
            assert (method, given["view_id"]) == ("views.update", "V0001")
            assert said in str(given)


def test_without_a_number_only_the_number_is_asked_for() -> None:
    with desk() as at:
        open_who(at.services, at.press())
        assert at.slack.methods == ["views.open"]


def test_before_the_set_up_a_look_up_says_so_where_it_was_asked_for() -> None:
    with desk() as at:
        typed: Json = {Action.WHO_NUMBER: {Action.WHO_NUMBER: {"value": "0007"}}}
        answer = look_for(at.services, at.press(submitted(who_view(JA, ""), typed)))
        assert "連携設定" in shown(answer.payload["view"])
        assert at.slack.methods == []
