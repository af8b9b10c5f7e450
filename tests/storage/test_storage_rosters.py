"""Who should be there: whoever was there last, and whoever is linked."""

from collections.abc import Collection
from dataclasses import replace

from storage.records import Credentials, Integration
from storage.store import Store
from sync.identity import Link
from sync.model import Direction, System
from tests.storage.builders import ANNA, ELSEWHERE, SCOPE

SMARTHR, KINKAKUJI = System.SMARTHR, System.KINKAKUJI
NOBODY: frozenset[str] = frozenset()
FIRST = Integration(
    scope=SCOPE,
    smarthr=Credentials(subdomain="example", token="shr_made_up"),
    kinkakuji=Credentials(token="kot-made-up"),
)


def test_nobody_is_known_before_the_first_list(store: Store) -> None:
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    assert store.rosters.known(SCOPE) == {SMARTHR: NOBODY, KINKAKUJI: NOBODY}


def test_whoever_was_on_the_last_list_is_known(store: Store) -> None:
    save(store, ["crew-1", "crew-2"], ["key-1"])
    save(store, ["crew-2", "crew-3"], ["key-1"])
    assert store.rosters.known(SCOPE) == {SMARTHR: {"crew-2", "crew-3"}, KINKAKUJI: {"key-1"}}
    assert store.rosters.known(ELSEWHERE) == {SMARTHR: NOBODY, KINKAKUJI: NOBODY}


def test_whoever_is_linked_stays_known_until_their_absence_is_accepted(store: Store) -> None:
    store.identities.remember(SCOPE, [Link("crew-1", "key-1"), Link("crew-2", "key-2")])
    save(store, ["crew-1", "crew-2"], ["key-1"])
    assert store.rosters.known(SCOPE)[KINKAKUJI] == {"key-1", "key-2"}
    save(store, ["crew-1", "crew-2"], ["key-1"], accepted=True)
    assert store.rosters.known(SCOPE)[KINKAKUJI] == {"key-1"}
    save(store, ["crew-1", "crew-2"], ["key-1"])
    assert store.rosters.known(SCOPE)[KINKAKUJI] == {"key-1"}, "what was said holds for the next list, too"
    assert len(store.identities.ties(SCOPE, Direction.PUSH).links) == 2, "nobody whose record is gone is new"


def test_whoever_comes_back_is_looked_for_again(store: Store) -> None:
    for present, accepted in ((["key-1", "key-2"], False), (["key-1"], True), (["key-1", "key-2"], False)):
        save(store, [], present, accepted=accepted)
    assert store.rosters.known(SCOPE)[KINKAKUJI] == {"key-1", "key-2"}


def test_what_a_person_confirmed_outlives_an_accepted_absence_but_is_not_looked_for(store: Store) -> None:
    store.identities.confirm(SCOPE, Link("crew-2", "key-2"), ANNA, "why", number="0012")
    save(store, ["crew-1"], ["key-1"], accepted=True)
    assert store.rosters.known(SCOPE) == {SMARTHR: {"crew-1"}, KINKAKUJI: {"key-1"}}
    assert store.identities.ties(SCOPE, Direction.PUSH).links == (Link("crew-2", "key-2", confirmed=True),)


def test_of_another_company_nobody_is_missing(store: Store) -> None:
    store.integrations.save(FIRST)
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    save(store, ["crew-1"], ["key-1"])
    other = replace(FIRST, smarthr=Credentials(subdomain="another", token="shr_other"), revision=1)
    store.integrations.save(other)
    assert store.rosters.known(SCOPE) == {SMARTHR: NOBODY, KINKAKUJI: {"key-1"}}
    save(store, ["crew-9"], ["key-1"])
    assert store.rosters.known(SCOPE) == {SMARTHR: {"crew-9"}, KINKAKUJI: {"key-1"}}
    store.identities.remember(SCOPE, [Link("crew-9", "key-1")])
    assert store.identities.ties(SCOPE, Direction.PUSH).links == (Link("crew-9", "key-1"),)


def test_a_renewed_smarthr_token_is_the_same_company_and_a_renewed_kinkakuji_token_may_not_be(
    store: Store,
) -> None:
    store.integrations.save(FIRST)
    store.identities.remember(SCOPE, [Link("crew-1", "key-1")])
    save(store, ["crew-1"], ["key-1"])
    renewed = replace(
        FIRST,
        smarthr=Credentials(subdomain="example", token="shr_newer"),
        kinkakuji=Credentials(token="kot-newer"),
        revision=1,
    )
    store.integrations.save(renewed)
    assert store.rosters.known(SCOPE) == {SMARTHR: {"crew-1"}, KINKAKUJI: NOBODY}
    save(store, ["crew-1"], ["key-1"])
    assert store.identities.ties(SCOPE, Direction.PUSH).links == (Link("crew-1", "key-1"),)


def test_a_company_is_named_by_its_address_or_its_token_once_it_is_connected(store: Store) -> None:
    assert store.rosters.companies(SCOPE) == {}
    store.integrations.save(FIRST)
    first = store.rosters.companies(SCOPE)
    assert first.keys() == set(System)
    store.integrations.save(replace(FIRST, kinkakuji=Credentials(token="kot-newer"), revision=1))
    assert store.rosters.companies(SCOPE)[SMARTHR] == first[SMARTHR]
    assert store.rosters.companies(SCOPE)[KINKAKUJI] != first[KINKAKUJI]
    assert "kot-newer" not in store.rosters.companies(SCOPE)[KINKAKUJI]


def test_half_a_list_read_with_a_renewed_token_forgets_nobody(store: Store) -> None:
    store.integrations.save(FIRST)
    store.identities.remember(SCOPE, [Link("crew-1", "key-1"), Link("crew-2", "key-2")])
    save(store, ["crew-1", "crew-2"], ["key-1", "key-2"])
    store.integrations.save(replace(FIRST, kinkakuji=Credentials(token="kot-newer"), revision=1))
    save(store, ["crew-1", "crew-2"], ["key-1"])
    assert store.rosters.known(SCOPE)[KINKAKUJI] == {"key-1", "key-2"}
    assert len(store.identities.ties(SCOPE, Direction.PUSH).links) == 2


def save(
    store: Store, smarthr: Collection[str], kinkakuji: Collection[str], *, accepted: bool = False
) -> None:
    store.rosters.save(SCOPE, {SMARTHR: smarthr, KINKAKUJI: kinkakuji}, accepted=accepted)
