"""Whoever presses or delivers first may act: once, in whichever process."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from storage.database import Database
from storage.presses import KEPT, Presses
from storage.store import Store
from storage.tables import PressRow
from tests.storage.builders import KEYS

SECOND = timedelta(seconds=1)
AN_ANSWER = {"response_action": "update", "view": {"title": "山田 太郎"}}


class Hands:
    """Claims, at moments of the database's clock that a test sets."""

    def __init__(self, database: Database) -> None:
        self.moment = timedelta(days=20_000)
        self.presses = Presses(database, KEYS, self._now)

    def _now(self, _session: Session) -> int:
        return self.moment // timedelta(milliseconds=1)


def test_what_is_claimed_once_is_claimed_for_good(database: Database) -> None:
    hands = Hands(database)
    assert hands.presses.claim("delivery 1")
    assert hands.presses.claim("delivery 2")
    hands.moment += KEPT - SECOND
    assert not hands.presses.claim("delivery 1")


def test_what_is_pressed_again_later_is_no_double(database: Database) -> None:
    hands = Hands(database)
    assert hands.presses.claim("1", "a button", 3 * SECOND)
    hands.moment += 2 * SECOND
    assert not hands.presses.claim("2", "a button", 3 * SECOND)
    hands.moment += SECOND  # counted from the press that had its effect
    assert not hands.presses.claim("2", "a button", 3 * SECOND)
    assert hands.presses.claim("3", "a button", 3 * SECOND)
    assert not hands.presses.claim("4", "a button", 3 * SECOND)
    assert hands.presses.claim("5", "another button", 3 * SECOND)


def test_of_many_who_claim_at_once_one_may_act(database: Database) -> None:
    presses = Presses(database, KEYS)
    names = [f"press {each}" for each in range(50)] * 4
    with ThreadPoolExecutor(8) as hands:
        claimed = list(hands.map(presses.claim, map(str, range(200)), names))
    assert claimed.count(True) == 50
    assert count(database) == 250


def test_the_first_answer_counts_and_is_kept_sealed(database: Database) -> None:
    presses = Presses(database, KEYS)
    assert presses.answer("a submission") is None
    assert presses.keep_answer("a submission", AN_ANSWER)
    assert not presses.keep_answer("a submission", {"response_action": "clear"})
    assert presses.answer("a submission") == AN_ANSWER
    with database.reading() as session:
        (kept,) = session.exec(select(PressRow.key, PressRow.answer)).all()
    assert not [word for word in ("submission", "山田", "title") if word in str(kept)]


def test_after_a_day_nothing_is_left(database: Database, store: Store) -> None:
    hands = Hands(database)
    hands.presses.claim("old")
    hands.moment += KEPT - SECOND
    hands.presses.claim("new")
    assert hands.presses.erase_expired() == 0
    hands.moment += SECOND
    assert hands.presses.erase_expired() == 1
    assert not hands.presses.claim("new")
    assert store.erase_expired() == 1  # of a day in 2024, by the database's own clock
    assert count(database) == 0


def count(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(PressRow)).one()
