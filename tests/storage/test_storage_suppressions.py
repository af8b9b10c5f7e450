"""この人のこの項目は今後も変更しない."""

from datetime import date, timedelta

from storage.store import Store
from storage.suppressions import Suppression
from sync.fields import Field
from sync.model import Direction
from tests.storage.builders import ANNA, ELSEWHERE, NOON, SCOPE, TODAY, Watch

PUSH, PULL = Direction.PUSH, Direction.PULL
WHY = "旧姓で登録します"
DAY = timedelta(days=1)


def test_a_field_of_a_person_is_suppressed_in_one_direction(store: Store) -> None:
    suppress(store, Field.LAST_NAME, Field.EMAIL)
    assert store.suppressions.of(SCOPE, PUSH, TODAY) == {"crew-1": {Field.LAST_NAME, Field.EMAIL}}
    assert store.suppressions.of(SCOPE, PULL, TODAY) == {}
    assert store.suppressions.of(ELSEWHERE, PUSH, TODAY) == {}


def test_it_holds_on_its_last_day_and_no_longer(store: Store, watch: Watch) -> None:
    suppress(store, Field.EMAIL, until=TODAY)
    suppress(store, Field.GENDER)
    assert store.suppressions.of(SCOPE, PUSH, TODAY) == {"crew-1": {Field.EMAIL, Field.GENDER}}
    assert store.suppressions.of(SCOPE, PUSH, TODAY + DAY) == {"crew-1": {Field.GENDER}}
    assert store.erase_expired() == 0
    watch.advance(DAY)
    assert [each.field for each in store.suppressions.list(SCOPE, PUSH, "crew-1")] == [Field.GENDER]
    assert store.erase_expired() == 1
    assert store.suppressions.of(SCOPE, PUSH, TODAY) == {"crew-1": {Field.GENDER}}


def test_who_said_so_and_why_is_listed_in_the_fields_order(store: Store) -> None:
    suppress(store, Field.EMAIL, Field.LAST_NAME)
    assert store.suppressions.list(SCOPE, PUSH, "crew-1") == [
        Suppression(field=field, until=None, by=ANNA, reason=WHY, at=NOON)
        for field in (Field.LAST_NAME, Field.EMAIL)
    ]
    assert store.suppressions.list(SCOPE, PUSH, "crew-2") == []


def test_what_is_said_later_takes_the_place_of_what_was_said_before(store: Store) -> None:
    suppress(store, Field.EMAIL)
    suppress(store, Field.EMAIL, until=TODAY)
    assert [each.until for each in store.suppressions.list(SCOPE, PUSH, "crew-1")] == [TODAY]


def test_a_suppression_can_be_taken_back(store: Store) -> None:
    suppress(store, Field.EMAIL, Field.GENDER)
    for _ in range(2):
        store.suppressions.remove(SCOPE, PUSH, "crew-1", [Field.EMAIL], ANNA, number="0012")
    assert store.suppressions.of(SCOPE, PUSH, TODAY) == {"crew-1": {Field.GENDER}}
    assert len(store.events.of_person(SCOPE, "0012")) == 2


def suppress(store: Store, *fields: Field, until: date | None = None) -> None:
    store.suppressions.add(SCOPE, PUSH, "crew-1", fields, until, ANNA, WHY, number="0012")
