"""Whose turn it is: one run after the other into one tenant, from whichever workspace."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.errors import NotFound
from storage.records import Scope
from storage.run_records import ENDED, RunHead, RunState
from storage.secrets import Keyring
from storage.store import Store
from storage.tables import RunTable
from sync.model import Direction
from tests.storage.builders import (
    ALL_IN_TOKYO,
    ANNA,
    CHOICES,
    ELSEWHERE,
    KEY,
    NEWER_KEY,
    SCOPE,
    TERMS,
    TODAY,
    Watch,
    connect,
    plan_for,
)

MINUTE = timedelta(minutes=1)
PULL, PUSH = Direction.PULL, Direction.PUSH


def test_the_first_who_came_goes_first_and_the_next_one_when_it_has_ended(store: Store) -> None:
    first, second, third = (run_into(store, "company") for _ in range(3))
    assert [ahead(store, run) for run in (first, second, third)] == [None, first.id, first.id]
    store.runs.set_state(first.id, RunState.FINISHED, moment=first.created_at)
    assert [ahead(store, run) for run in (second, third)] == [None, second.id]


def test_whoever_waits_keeps_the_turn_and_whoever_has_ended_does_not(store: Store) -> None:
    first, second = run_into(store, "company"), run_into(store, "company")
    for state in RunState:
        store.runs.set_state(first.id, state, moment=first.created_at)
        assert ahead(store, second) == (None if state in ENDED else first.id)


def test_a_cancelled_run_keeps_the_turn_until_its_last_row_is_done(store: Store) -> None:
    first, second = run_into(store, "company"), run_into(store, "company")
    store.runs.cancel(SCOPE, first.id, ANNA)
    assert ahead(store, second) == first.id


def test_two_workspaces_that_share_a_tenant_share_its_line(store: Store) -> None:
    first, second = run_into(store, "company"), run_into(store, "company", ELSEWHERE)
    assert ahead(store, second) == first.id
    assert ahead(store, run_into(store, "another", Scope("", "T0003"))) is None


def test_each_target_has_a_line_of_its_own(store: Store) -> None:
    run_into(store, "company")
    assert ahead(store, run_into(store, "company", direction=PUSH)) is None


def test_in_kinkakuji_the_token_names_the_tenant(store: Store) -> None:
    first = run_into(store, "one", direction=PUSH, renewed="same")
    assert ahead(store, run_into(store, "two", ELSEWHERE, PUSH, renewed="same")) == first.id
    assert ahead(store, run_into(store, "one", Scope("", "T0003"), PUSH, renewed="other")) is None


def test_the_screen_learns_who_goes_into_the_same_tenant(store: Store) -> None:
    connect(store, "company", ELSEWHERE)
    assert store.runs.busy(ELSEWHERE, PULL) is None
    run, _ = run_into(store, "company"), run_into(store, "company")
    assert store.runs.busy(SCOPE, PULL) == store.runs.busy(ELSEWHERE, PULL) == store.runs.get(run.id)
    assert store.runs.busy(SCOPE, PUSH) is None


def test_a_clock_that_is_behind_lets_nobody_push_in(store: Store, watch: Watch) -> None:
    first = run_into(store, "company")
    watch.advance(-MINUTE)
    second = run_into(store, "company", ELSEWHERE)
    assert (ahead(store, first), ahead(store, second)) == (None, first.id)


def test_whoever_starts_at_once_comes_one_after_another(store: Store) -> None:
    scopes = [Scope("", f"T{n:04}") for n in range(8)]
    plans = [chosen(store, scope, "company") for scope in scopes]
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda scope, plan: start(store, scope, plan), scopes, plans))
    assert len({run.queued_at for run in runs}) == 8
    assert sorted(ahead(store, run) is None for run in runs) == [False] * 7 + [True]


def test_a_change_of_keys_lets_no_two_runs_go_at_once(url: str, watch: Watch) -> None:
    with closing(Store.open(url, Keyring((KEY, NEWER_KEY)), watch)) as prepared:
        first = run_into(prepared, "company", renewed="same", direction=PUSH)
        with closing(Store.open(url, Keyring((NEWER_KEY, KEY)), watch)) as newer:
            second = run_into(newer, "company", ELSEWHERE, PUSH, renewed="same")
            assert ahead(newer, second) == ahead(prepared, second) == first.id
            newer.reseal()
    with closing(Store.open(url, Keyring((NEWER_KEY,)), watch)) as newest:
        third = run_into(newest, "company", Scope("", "T0003"), PUSH, renewed="same")
        assert ahead(newest, second) == ahead(newest, third) == first.id


def test_runs_of_an_earlier_release_stand_in_the_line_too(store: Store, database: Database) -> None:
    first = run_into(store, "company", ELSEWHERE)
    forget_tenants(database)
    second = run_into(store, "company")
    assert [ahead(store, run) for run in (first, second)] == [None, first.id]
    forget_tenants(database)
    assert store.runs.busy(SCOPE, PULL) == store.runs.get(first.id)


def test_nobody_waits_for_a_run_that_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFound):
        store.runs.ahead_of("gone")


def ahead(store: Store, run: RunHead) -> str | None:
    found = store.runs.ahead_of(run.id)
    return found.id if found else None


def run_into(
    store: Store, company: str, scope: Scope = SCOPE, direction: Direction = PULL, renewed: str = ""
) -> RunHead:
    """Start a run in a workspace whose SmartHR is `company`, and whose token of 勤革時 ends in `renewed`."""
    return start(store, scope, chosen(store, scope, company, direction, renewed))


def chosen(store: Store, scope: Scope, company: str, direction: Direction = PULL, renewed: str = "") -> str:
    connect(store, company, scope, renewed)
    head = store.plans.begin(scope, ANNA, direction, TODAY, "V", press=next(_PRESSES))
    store.plans.save(head.id, plan_for("0001"), CHOICES, terms=TERMS)
    store.plans.tick(head.id, add=[0])
    store.plans.save_rules(head.id, ALL_IN_TOKYO)
    return head.id


def start(store: Store, scope: Scope, plan_id: str) -> RunHead:
    choice = store.plans.chosen_fingerprint(plan_id)
    return store.runs.start(scope, plan_id, ANNA, choice=choice, terms=TERMS)


def forget_tenants(database: Database) -> None:
    """Leave runs as the release before left them."""
    with database.writing() as session:
        session.execute(update(RunTable).values(tenant=None))


def _numbered() -> Iterator[str]:
    yield from (f"press-{n}" for n in range(10_000))


_PRESSES = _numbered()
