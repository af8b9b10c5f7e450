"""A plan that takes another one's place: what was seen stays ticked, and nothing else."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from storage.errors import TermsMoved
from storage.plan_records import PlanHead, PlanOptions, PlanState
from storage.store import Store
from sync.digest import digest_of
from sync.fields import Field, FieldPolicy, Mode
from sync.identity import Ties
from sync.model import Direction, Employee, Post, PostKind
from sync.text import Likeness
from tests.storage.builders import (
    ANNA,
    BASIS,
    CHOICES,
    ELSEWHERE,
    SCOPE,
    TERMS,
    TODAY,
    person,
    plan_between,
    ready,
    saved,
    start,
)

OPTIONS = PlanOptions(policies={Field.EMAIL: FieldPolicy(Mode.OFF)}, spellings=frozenset({Likeness.VARIANT}))
HIRED = date(2021, 4, 1)


def test_what_a_plan_was_asked_with_is_kept(store: Store) -> None:
    first = ready(store)
    head = revised(store, first, options=OPTIONS, accepted="退職者の一括削除")
    assert head == store.plans.load(SCOPE, head.id)
    assert (head.options, head.revises, head.accepted) == (OPTIONS, first.id, "退職者の一括削除")
    assert (first.options, first.revises, first.accepted) == (PlanOptions(), None, None)
    assert "一括削除" not in repr(head)


def test_ticks_go_over_where_the_row_shows_the_same(store: Store) -> None:
    people = [person("0001"), person("0002"), person("0003"), person("0004")]
    first = ready(store, plan_between(people, [person("0003", hired_on=HIRED)]))
    store.plans.tick(first.id, add=[0, 1, 3])
    now = [people[0], replace(people[1], first_name="次郎"), people[2], people[3]]
    after = saved(store, revised(store, first), plan_between(now, [person("0003", hired_on=HIRED)]))
    assert ticked_numbers(store, after) == {"0001", "0003"}


def test_ticks_outlive_a_list_that_could_not_be_made(store: Store) -> None:
    plan = plan_between([person("0001"), person("0002")], [])
    first = ready(store, plan)
    store.plans.tick(first.id, add=[1])
    head = first
    for _ in range(2):
        head = revised(store, head)
        store.plans.fail(head.id, "unavailable", {})
    assert ticked_numbers(store, saved(store, revised(store, head), plan)) == {"0002"}


def test_a_row_that_is_elsewhere_in_the_new_plan_stays_ticked(store: Store) -> None:
    people = [person("0001"), person("0002")]
    first = ready(store, plan_between(people, []))
    store.plans.tick(first.id, add=[1])
    after = saved(store, revised(store, first), plan_between([person("0000"), *people], []))
    assert ticked_numbers(store, after) == {"0002"}


def test_of_a_plan_that_was_carried_out_nothing_is_ticked_again(store: Store) -> None:
    plan = plan_between([person("0001")], [])
    first = ready(store, plan)
    store.plans.tick(first.id, add=[0])
    start(store, first.id)
    assert ticked_numbers(store, saved(store, revised(store, first), plan)) == set()


def test_another_workspaces_ticks_stay_there(store: Store) -> None:
    plan = plan_between([person("0001")], [])
    first = ready(store, plan)
    store.plans.tick(first.id, add=[0])
    theirs = store.plans.begin(ELSEWHERE, ANNA, Direction.PULL, TODAY, "V", press="t", revises=first.id)
    store.plans.save(theirs.id, plan, CHOICES, terms=TERMS)
    assert store.plans.ticked(theirs.id) == frozenset()


def test_a_press_is_refused_when_what_the_list_goes_by_has_changed(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    suppressed = replace(BASIS.terms, suppressed={"id-1": frozenset({Field.EMAIL})})
    with pytest.raises(TermsMoved):
        store.runs.start(SCOPE, head.id, ANNA, choice=choice, terms=digest_of(suppressed, Ties()))
    assert store.plans.load(SCOPE, head.id).state is PlanState.READY
    assert store.runs.history(SCOPE, 0, 1) == []


def test_the_newest_list_that_can_be_carried_out_is_found(store: Store) -> None:
    assert store.plans.newest_ready(SCOPE, Direction.PULL) is None
    head = ready(store)
    assert store.plans.newest_ready(SCOPE, Direction.PULL) == head
    assert store.plans.newest_ready(SCOPE, Direction.PUSH) is None
    assert store.plans.newest_ready(ELSEWHERE, Direction.PULL) is None


def test_the_index_tells_where_new_people_stand(store: Store) -> None:
    posts = (Post(PostKind.DIVISION, "1200", "経理課"),)
    people = [replace(person("0001", remote_id="new"), posts=posts), replace(person("0002"), posts=posts)]
    head = ready(store, plan_between(people, [person("0002", hired_on=HIRED)]))
    created, updated = store.plans.index(head.id)
    assert (created.remote_id, created.posts) == ("new", posts)
    assert updated.posts == ()


def test_whatever_has_a_box_can_be_ticked(store: Store) -> None:
    cosmetic, variant = person("0001"), replace(person("0002"), last_name="髙橋")
    target: list[Employee] = [
        replace(cosmetic, first_name="太 郎"),
        replace(variant, last_name="高橋"),
    ]
    head = ready(store, plan_between([cosmetic, variant], target))
    store.plans.tick(head.id, add=[0, 1])
    assert ticked_numbers(store, head) == {"0001", "0002"}
    assert start(store, head.id).total == 2


def revised(store: Store, head: PlanHead, **asked: object) -> PlanHead:
    return store.plans.begin(
        SCOPE,
        ANNA,
        Direction.PULL,
        TODAY,
        "V",
        press=uuid4().hex,
        revises=head.id,
        **asked,  # type: ignore[arg-type]
    )


def ticked_numbers(store: Store, head: PlanHead) -> set[str | None]:
    ticked = store.plans.ticked(head.id)
    return {entry.number for entry in store.plans.index(head.id) if entry.position in ticked}
