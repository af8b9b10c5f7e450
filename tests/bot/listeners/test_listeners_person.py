"""What somebody decides about a person in the list, and the list that is made anew by it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.bases import basis_of_plan
from bot.ids import Action
from bot.listeners.person import decide
from bot.texts import Texts
from bot.views.decide import decide_view
from bot.views.person import Whom
from bot.views.verdicts import Verdict
from storage.errors import NotFound
from storage.events import PersonEventKind
from storage.plan_records import PlanHead
from sync.belonging import Link, Ties
from sync.diff import Blocked, BlockReason, Status
from sync.model import Direction, Employee
from sync.plan import People, Plan, make_plan
from tests.bot.listeners.desk import Desk, desk
from tests.bot.views.view_builders import submitted
from tests.storage.builders import ANNA, BASIS, NOON, SCOPE, TODAY, WHY, person, plan_between, ready

JA = Texts("ja")
PULL = Direction.PULL
SOMEBODY = person("0012", remote_id="key-1")
REMEMBERED = Link("crew-1", "key-1")


def in_doubt(at: Desk, target: Sequence[Employee] = ()) -> PlanHead:
    """A list of one person whose record is remembered."""
    at.store.identities.remember(SCOPE, [REMEMBERED])
    basis = replace(BASIS, ties=Ties((REMEMBERED,)))
    return ready(at.store, plan_between([SOMEBODY], list(target), basis))


def submit(at: Desk, head: PlanHead, verdict: Verdict) -> None:
    """Decide as the window has it, and let happen what follows."""
    (row,) = at.store.plans.rows(head.id, [0])
    state: dict[str, Any] = {
        Action.DECISION: {Action.DECISION: {"selected_option": {"value": verdict}}},
        Action.REASON: {Action.REASON: {"value": WHY}},
    }
    view = submitted(decide_view(JA, Whom(head.id, 0), row.difference, PULL), state)
    decide(at.services, at.press({**view, "root_view_id": "V0002"})).then()


def made_anew(at: Desk, head: PlanHead, target: Sequence[Employee] = ()) -> Status:
    """Compare the person again by what is remembered now."""
    (row,) = plan_anew(at, head, target).rows
    return row.difference.status


def plan_anew(at: Desk, head: PlanHead, target: Sequence[Employee] = ()) -> Plan:
    basis = basis_of_plan(at.store, at.store.integrations.load(SCOPE), head, TODAY)
    return make_plan(basis, People([SOMEBODY], list(target)), NOON)


def decisions(at: Desk) -> list[PersonEventKind]:
    return sorted(event.kind for event in at.store.events.of_person(SCOPE, "0012"))


def test_whoever_has_no_record_any_more_is_new_once_somebody_says_so() -> None:
    with desk() as at:
        head = in_doubt(at)
        assert at.store.plans.rows(head.id, [0])[0].difference == Blocked(
            desired=SOMEBODY, reason=BlockReason.RECORD_GONE
        )
        submit(at, head, Verdict.AS_NEW)
        assert made_anew(at, head) is Status.CREATE
        assert [at.store.plans.get(plan).revises for plan in at.background.plans] == [head.id]
        (event,) = at.store.events.of_person(SCOPE, "0012")
        assert (event.kind, event.by) == (PersonEventKind.APART, ANNA)


def test_whoever_seems_to_have_another_number_is_new_once_somebody_says_so() -> None:
    with desk() as at:
        former = replace(SOMEBODY, number="0099", remote_id="crew-1")
        head = in_doubt(at, [former])
        assert made_anew(at, head, [former]) is Status.BLOCKED
        submit(at, head, Verdict.AS_NEW)
        assert made_anew(at, head, [former]) is Status.CREATE


def test_whoever_is_new_because_somebody_said_so_is_in_doubt_again_once_that_is_taken_back() -> None:
    with desk() as at:
        former = replace(SOMEBODY, number="0099", remote_id="crew-1")
        head = in_doubt(at, [former])
        submit(at, head, Verdict.AS_NEW)
        anew = at.listed(plan_anew(at, head, [former]))
        assert anew.counts[Status.CREATE] == 1
        submit(at, anew, Verdict.HEED)
        assert made_anew(at, anew, [former]) is Status.BLOCKED
        assert decisions(at) == [PersonEventKind.APART, PersonEventKind.HEEDED]


def test_whoever_was_confirmed_by_mistake_is_in_doubt_again_once_that_is_taken_back() -> None:
    with desk() as at:
        former = replace(SOMEBODY, number="0099", remote_id="crew-1")
        head = in_doubt(at, [former])
        submit(at, head, Verdict.OTHER_RECORD)
        anew = at.listed(plan_anew(at, head, [former]))
        assert at.store.plans.rows(anew.id, [0])[0].difference.status is not Status.BLOCKED
        submit(at, anew, Verdict.HEED)
        assert at.store.identities.ties(SCOPE, PULL) == Ties()
        assert made_anew(at, anew, [former]) is Status.BLOCKED
        assert decisions(at) == [PersonEventKind.CONFIRMED, PersonEventKind.HEEDED]


def test_nothing_is_taken_back_where_nothing_was_decided() -> None:
    with desk() as at, pytest.raises(NotFound):
        submit(at, ready(at.store, plan_between([SOMEBODY], [])), Verdict.HEED)


def test_a_record_that_is_not_there_can_not_be_decided_on() -> None:
    with desk() as at:
        head = in_doubt(at)
        with pytest.raises(NotFound):
            submit(at, head, Verdict.OTHER_RECORD)
        assert at.background.plans == []
        assert at.store.identities.ties(SCOPE, PULL).links == (REMEMBERED,)


@pytest.mark.parametrize(
    ("verdict", "kinds"),
    [
        (Verdict.IGNORE, [PersonEventKind.IGNORED]),
        (Verdict.OTHER_RECORD, [PersonEventKind.CONFIRMED]),
    ],
)
def test_every_other_verdict_is_kept_as_what_it_is(verdict: Verdict, kinds: list[PersonEventKind]) -> None:
    with desk() as at:
        submit(at, in_doubt(at, [replace(SOMEBODY, number="0099", remote_id="crew-1")]), verdict)
        assert [event.kind for event in at.store.events.of_person(SCOPE, "0012")] == kinds
        assert at.store.identities.ties(SCOPE, PULL).apart == frozenset()
