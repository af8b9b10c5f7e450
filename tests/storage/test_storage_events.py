"""What has happened to one person, found by their employee number."""

from contextlib import closing
from datetime import timedelta

from storage.events import Decision, PersonEventKind
from storage.identities import Said
from storage.secrets import Keyring
from storage.store import Store
from sync.diff import Status
from sync.fields import Field
from sync.identity import Link
from sync.model import Direction, System
from sync.outcome import Moved, Reason, held, succeeded
from tests.storage.builders import ANNA, ELSEWHERE, KEY, NEWER_KEY, NOON, SCOPE, Watch, plan_for, started

WHY = "本人に確認しました"
MINUTE = timedelta(minutes=1)


def test_outcomes_and_decisions_are_told_newest_first(store: Store, watch: Watch) -> None:
    outcome = held(Reason.TARGET_MOVED, (Moved(Field.HIRED_ON, "2021-04-01", "2022-04-01"),))
    run = started(store, plan_for("0012", "0013"))
    store.runs.ledger(run.id).save_outcome(1, outcome)
    watch.advance(MINUTE)
    store.identities.confirm(SCOPE, Link("crew-1", "key-1"), ANNA, WHY, number="0012")
    watch.advance(MINUTE)
    store.suppressions.add(SCOPE, Direction.PUSH, "crew-1", [Field.EMAIL], None, ANNA, WHY, number="0012")
    suppressed, confirmed, written = store.events.of_person(SCOPE, "0012")
    assert (written.kind, written.status, written.outcome) == (
        PersonEventKind.OUTCOME,
        Status.UPDATE,
        outcome,
    )
    assert (written.at, written.by, written.run_id) == (NOON, ANNA, run.id)
    assert (confirmed.kind, confirmed.at) == (PersonEventKind.CONFIRMED, NOON + MINUTE)
    assert confirmed.decision == Decision(number="0012", reason=WHY)
    assert (suppressed.kind, suppressed.direction) == (PersonEventKind.SUPPRESSED, Direction.PUSH)
    assert suppressed.decision is not None
    assert suppressed.decision.fields == (Field.EMAIL,)


def test_an_open_row_is_no_event_yet(store: Store) -> None:
    started(store, plan_for("0012"))
    assert store.events.of_person(SCOPE, "0012") == []


def test_a_person_is_found_however_the_number_is_spelled_and_in_their_workspace_only(store: Store) -> None:
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "a－１２ "))
    assert len(store.events.of_person(SCOPE, "a-12")) == 1
    assert store.events.of_person(SCOPE, "a-012") == []
    assert store.events.of_person(ELSEWHERE, "a-12") == []


def test_only_the_last_ones_are_told(store: Store, watch: Watch) -> None:
    for each in range(4):
        watch.advance(MINUTE)
        run = started(store, plan_for("0012"))
        store.runs.ledger(run.id).save_outcome(0, succeeded())
        store.suppressions.add(
            SCOPE, Direction.PUSH, f"crew-{each}", [Field.EMAIL], None, ANNA, WHY, number="0012"
        )
    moments = [event.at for event in store.events.of_person(SCOPE, "0012", limit=3)]
    assert moments == [NOON + 4 * MINUTE, NOON + 4 * MINUTE, NOON + 3 * MINUTE]


def test_somebody_without_a_number_can_be_ignored(store: Store) -> None:
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, None))
    assert store.identities.ties(SCOPE, Direction.PUSH).ignored == {"crew-1"}


def test_events_are_found_with_a_newer_key_and_after_the_older_one_is_dropped(
    store: Store, url: str, watch: Watch
) -> None:
    run = started(store, plan_for("0012"))
    store.runs.ledger(run.id).save_outcome(0, succeeded())
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-1", ANNA, WHY, "0012"))
    before = store.events.of_person(SCOPE, "0012")
    with closing(Store.open(url, Keyring((NEWER_KEY, KEY)), watch)) as both:
        assert sorted(both.events.of_person(SCOPE, "0012"), key=repr) == sorted(before, key=repr)
        both.reseal()
    with closing(Store.open(url, Keyring((NEWER_KEY,)), watch)) as newer:
        assert sorted(newer.events.of_person(SCOPE, "0012"), key=repr) == sorted(before, key=repr)
