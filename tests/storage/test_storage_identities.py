"""Who is who: what is certain is remembered, and what a person says goes before it."""

import pytest

from storage.events import Decision, PersonEventKind
from storage.identities import Said
from storage.store import Store
from sync.identity import Link, Ties
from sync.model import Direction, System
from tests.storage.builders import ANNA, ELSEWHERE, SCOPE

PUSH, PULL = Direction.PUSH, Direction.PULL
WHY = "本人に確認しました"


def test_nothing_is_remembered_at_first(store: Store) -> None:
    assert store.identities.ties(SCOPE, PUSH) == Ties()


def test_certain_matches_are_remembered_in_either_direction(store: Store) -> None:
    links = (Link("crew-1", "key-1"), Link("crew-2", "key-2"))
    store.identities.remember(SCOPE, links)
    store.identities.remember(SCOPE, links)
    assert store.identities.ties(SCOPE, PUSH).links == links
    assert store.identities.ties(SCOPE, PULL).links == links
    assert store.identities.ties(ELSEWHERE, PUSH) == Ties()


def test_whoever_is_linked_already_stays_as_they_are(store: Store) -> None:
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    store.identities.remember(SCOPE, [Link("crew-1", "key-2"), Link("crew-2", "key-1")])
    assert store.identities.ties(SCOPE, PUSH).links == (Link("crew-1", "key-1"),)


def test_so_many_links_at_once_as_a_company_has_people(store: Store) -> None:
    links = tuple(Link(f"crew-{each:05}", f"key-{each:05}") for each in range(5_000))
    store.identities.remember(SCOPE, links)
    assert store.identities.ties(SCOPE, PUSH).links == links


def test_what_somebody_says_takes_the_place_of_both_links(store: Store) -> None:
    store.identities.remember(SCOPE, [Link("crew-1", "key-1"), Link("crew-2", "key-2")])
    store.identities.confirm(SCOPE, Link("crew-1", "key-2"), ANNA, WHY, number="0012")
    confirmed = (Link("crew-1", "key-2", confirmed=True),)
    assert store.identities.ties(SCOPE, PUSH).links == confirmed
    store.identities.remember(SCOPE, [Link("crew-1", "key-1"), Link("crew-2", "key-2")])
    assert store.identities.ties(SCOPE, PUSH).links == confirmed


def test_a_decision_changes_nothing_in_another_workspace(store: Store) -> None:
    store.identities.remember(ELSEWHERE, [Link("crew-1", "key-1")])
    store.identities.confirm(SCOPE, Link("crew-1", "key-2"), ANNA, WHY, number="0012")
    assert store.identities.ties(ELSEWHERE, PUSH).links == (Link("crew-1", "key-1"),)


def test_somebody_who_is_ignored_is_so_in_both_directions(store: Store) -> None:
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    for direction in Direction:
        assert store.identities.ties(SCOPE, direction) == Ties(ignored=frozenset({"crew-1"}))
    assert store.identities.ties(ELSEWHERE, PUSH) == Ties()
    store.identities.heed(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    for direction in Direction:
        assert store.identities.ties(SCOPE, direction) == Ties()


def test_from_the_other_side_it_is_taken_back_by_the_record_that_is_ignored(store: Store) -> None:
    said = Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012")
    for scope in (SCOPE, ELSEWHERE):
        for key in ("key-1", "key-2"):
            store.identities.ignore(scope, Said(System.KINKAKUJI, key, ANNA, WHY, "0012"))
    store.identities.heed(SCOPE, said)
    assert store.identities.ties(SCOPE, PUSH).ignored == {"key-1", "key-2"}
    store.identities.heed(SCOPE, said, records=["key-1"])
    assert store.identities.ties(SCOPE, PUSH).ignored == {"key-2"}
    assert store.identities.ties(ELSEWHERE, PUSH).ignored == {"key-1", "key-2"}
    assert PersonEventKind.HEEDED in {event.kind for event in store.events.of_person(SCOPE, "0012")}


def test_what_the_other_side_says_of_a_record_set_apart_stays(store: Store) -> None:
    store.identities.set_apart(SCOPE, Said(System.KINKAKUJI, "key-1", ANNA, WHY, "0012"))
    store.identities.heed(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"), records=["key-1"])
    assert store.identities.ties(SCOPE, PULL).apart == {"key-1"}


def test_whoever_is_confirmed_is_no_longer_ignored(store: Store) -> None:
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    store.identities.ignore(SCOPE, Said(System.KINKAKUJI, "key-1", ANNA, WHY, "0012"))
    store.identities.confirm(SCOPE, Link("crew-1", "key-1"), ANNA, WHY, number="0012")
    for direction in Direction:
        assert store.identities.ties(SCOPE, direction).ignored == frozenset()


def test_somebody_set_apart_is_so_where_they_are_the_source(store: Store) -> None:
    store.identities.set_apart(SCOPE, Said(System.KINKAKUJI, "key-1", ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, PULL) == Ties(apart=frozenset({"key-1"}))
    assert store.identities.ties(SCOPE, PUSH) == Ties()
    assert store.identities.ties(ELSEWHERE, PULL) == Ties()


@pytest.mark.parametrize(("system", "own"), [(System.SMARTHR, "crew-1"), (System.KINKAKUJI, "key-1")])
def test_whoever_is_set_apart_is_no_longer_linked_and_nobody_else_is_touched(
    store: Store, system: System, own: str
) -> None:
    for scope in (SCOPE, ELSEWHERE):
        store.identities.remember(scope, [Link("crew-1", "key-1"), Link("crew-2", "key-2")])
    store.identities.confirm(SCOPE, Link("crew-1", "key-1"), ANNA, WHY, number="0012")
    store.identities.set_apart(SCOPE, Said(system, own, ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, PUSH).links == (Link("crew-2", "key-2"),)
    assert len(store.identities.ties(ELSEWHERE, PUSH).links) == 2


def test_the_last_word_on_somebody_counts(store: Store) -> None:
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    store.identities.set_apart(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, PUSH) == Ties(apart=frozenset({"crew-1"}))
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, PUSH) == Ties(ignored=frozenset({"crew-1"}))


def test_whoever_is_confirmed_or_heeded_is_no_longer_apart(store: Store) -> None:
    for system, person in (
        (System.SMARTHR, "crew-1"),
        (System.KINKAKUJI, "key-1"),
        (System.SMARTHR, "crew-2"),
    ):
        store.identities.set_apart(SCOPE, Said(system, person, ANNA, WHY, "0012"))
    store.identities.confirm(SCOPE, Link("crew-1", "key-1"), ANNA, WHY, number="0012")
    store.identities.heed(SCOPE, Said(System.SMARTHR, "crew-2", ANNA, WHY, "0013"))
    for direction in Direction:
        assert store.identities.ties(SCOPE, direction).apart == frozenset()


def test_a_match_that_is_merely_certain_takes_no_decision_back(store: Store) -> None:
    store.identities.set_apart(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    assert store.identities.ties(SCOPE, PUSH).apart == {"crew-1"}


def test_only_what_changes_something_is_an_event(store: Store) -> None:
    for _ in range(2):
        store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    kinds = [event.kind for event in store.events.of_person(SCOPE, "0012")]
    assert kinds == [PersonEventKind.IGNORED]
    for _ in range(2):
        store.identities.heed(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    kinds = [event.kind for event in store.events.of_person(SCOPE, "0012")]
    assert sorted(kinds) == [PersonEventKind.HEEDED, PersonEventKind.IGNORED]


@pytest.mark.parametrize(
    ("direction", "system", "own"),
    [(PUSH, System.SMARTHR, "crew-1"), (PULL, System.KINKAKUJI, "key-1")],
)
def test_a_link_that_somebody_confirmed_can_be_taken_back_and_nobody_elses_is(
    store: Store, direction: Direction, system: System, own: str
) -> None:
    others = (Link("crew-2", "key-2", confirmed=True), Link("crew-3", "key-3"))
    for link in (Link("crew-1", "key-1"), others[0]):
        store.identities.confirm(SCOPE, link, ANNA, WHY, number=None)
    store.identities.confirm(ELSEWHERE, Link("crew-1", "key-1"), ANNA, WHY, number=None)
    store.identities.remember(SCOPE, others[1:])
    for _ in range(2):
        store.identities.heed(SCOPE, Said(system, own, ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, direction) == Ties(others)
    assert len(store.identities.ties(ELSEWHERE, direction).links) == 1
    (event,) = store.events.of_person(SCOPE, "0012")
    assert (event.kind, event.by) == (PersonEventKind.HEEDED, ANNA)


def test_a_match_that_nobody_decided_is_nothing_to_take_back(store: Store) -> None:
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    store.identities.heed(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    assert store.identities.ties(SCOPE, PUSH).links == (Link("crew-1", "key-1"),)
    assert store.events.of_person(SCOPE, "0012") == []


def test_setting_apart_is_an_event_whenever_it_changes_something(store: Store) -> None:
    for _ in range(2):
        store.identities.set_apart(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    (event,) = store.events.of_person(SCOPE, "0012")
    assert (event.kind, event.by) == (PersonEventKind.APART, ANNA)
    assert event.decision == Decision(number="0012", reason=WHY, system=System.SMARTHR)
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    store.identities.set_apart(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    assert len(store.events.of_person(SCOPE, "0012")) == 2
