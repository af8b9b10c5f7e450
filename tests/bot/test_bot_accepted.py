"""A reason for missing people covers those whose absence was shown before it, and nobody else."""

from uuid import uuid4

from bot.accepted import accepted_missing
from bot.views.failures import failure_of
from storage.plan_records import PlanHead
from storage.store import Store
from sync.errors import PeopleMissing, RemoteUnavailable, RenkeiError
from sync.model import Direction, System
from tests.bot.listeners.desk import desk
from tests.storage.builders import ANNA, SCOPE, TODAY, WHY, mixed_plan, saved

FROM_KINKAKUJI = PeopleMissing(System.KINKAKUJI, 40_000, 2_100)
FROM_SMARTHR = PeopleMissing(System.SMARTHR, 100, 8)


def test_without_a_reason_nobody_is_accepted() -> None:
    with desk() as at:
        first = refused(at.store, begun(at.store), FROM_KINKAKUJI)
        assert accepted_missing(at.store, begun(at.store, first)) == {}


def test_so_many_are_accepted_as_the_refusal_before_it_told_of() -> None:
    with desk() as at:
        first = refused(at.store, begun(at.store), FROM_KINKAKUJI)
        assert accepted_missing(at.store, begun(at.store, first, WHY)) == {System.KINKAKUJI: 2_100}


def test_one_reason_after_the_other_covers_both_systems_also_when_one_was_away_meanwhile() -> None:
    with desk() as at:
        first = refused(at.store, begun(at.store), FROM_KINKAKUJI)
        second = refused(at.store, begun(at.store, first, WHY), FROM_SMARTHR)
        third = refused(at.store, begun(at.store, second, WHY), RemoteUnavailable(System.SMARTHR, "503"))
        found = accepted_missing(at.store, begun(at.store, third, WHY))
        assert found == {System.KINKAKUJI: 2_100, System.SMARTHR: 8}


def test_once_the_list_is_made_a_reason_covers_nobody_who_goes_missing_later() -> None:
    with desk() as at:
        first = refused(at.store, begun(at.store), FROM_KINKAKUJI)
        made = saved(at.store, begun(at.store, first, WHY), mixed_plan())
        assert accepted_missing(at.store, begun(at.store, made, WHY)) == {}


def begun(store: Store, revised: PlanHead | None = None, accepted: str | None = None) -> PlanHead:
    return store.plans.begin(
        SCOPE,
        ANNA,
        Direction.PULL,
        TODAY,
        "V0001",
        press=uuid4().hex,
        revises=revised.id if revised else None,
        accepted=accepted,
    )


def refused(store: Store, head: PlanHead, error: RenkeiError) -> PlanHead:
    store.plans.fail(head.id, *failure_of(error))
    return store.plans.load(SCOPE, head.id)
