"""Who looks and who presses get the same answer, just below, at and just above every limit."""

from dataclasses import replace
from datetime import date

import pytest

from storage.store import Store
from sync.errors import TooManyCreates, TooManyUpdates, UnsafePlan
from sync.limits import Limits
from sync.plan import Plan
from tests.storage.builders import WHY, person, plan_between, ready, start

SIZES = (0, 3, 34, 100, 600)
"""Of the target: where the floor decides, where the share does, and where the most creations do."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_a_press_is_refused_for_creations_exactly_where_the_list_said_so(
    store: Store, size: int, beside: int
) -> None:
    others = date(1961, 3, 14)
    there = [replace(person(f"9{each:05}"), first_name="花", birth_date=others) for each in range(size)]
    newcomers = [person(f"{each:05}") for each in range(Limits().creates(size) + beside)]
    agreed(store, plan_between(newcomers, there), TooManyCreates if beside > 0 else None)


@pytest.mark.parametrize("size", SIZES[2:])
@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_a_press_is_refused_for_updates_exactly_where_the_list_said_so(
    store: Store, size: int, beside: int
) -> None:
    there = [person(f"{each:05}") for each in range(size)]
    changed = [replace(each, email="new@example.jp") for each in there[: Limits().updates(size) + beside]]
    agreed(store, plan_between(changed, there), TooManyUpdates if beside > 0 else None)


def agreed(store: Store, plan: Plan, refusal: type[UnsafePlan] | None) -> None:
    head = ready(store, plan)
    store.plans.tick(head.id, add=[row.position for row in plan.rows])
    shown = store.runs.excesses(head.id)
    assert [each.count for each in shown] == ([len(plan.rows)] if refusal else [])
    if refusal is not None:
        with pytest.raises(refusal):
            start(store, head.id)
    assert start(store, head.id, WHY if refusal else None).total == len(plan.rows)
