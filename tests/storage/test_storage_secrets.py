"""What is sealed, with which key, and who can open it."""

import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.errors import SealBroken
from storage.identities import Said
from storage.records import Credentials, Draft, InstallationKey, Integration
from storage.secrets import Keyring, load_or_make_key_file
from storage.store import Store
from storage.tables import METADATA, DraftRow
from sync.fields import Field
from sync.identity import Link
from sync.model import Direction, System
from sync.outcome import Reason, failed
from tests.storage.builders import (
    ANNA,
    KEY,
    KEYS,
    NEWER_KEY,
    NOON,
    SCOPE,
    TODAY,
    Watch,
    begun,
    person,
    plan_for,
    plan_of,
    ready,
    start,
    started,
)

NAMES = ("山田", "太郎", "ヤマダ", "B-4711", "既に")
WHY = "育児休業のため"
SECRETS = (
    *NAMES,
    WHY,
    "crew-9",
    "taro@example.com",
    *(str(person(number).birth_date) for number in ("0001", "0002", "0003", None)),
    "shr_made_up",
    "kot-made-up",
    "xoxb-made-up",
)


def test_a_newer_key_seals_and_older_ones_still_open() -> None:
    sealed = Keyring((KEY,)).seal(b"shr_made_up")
    both = Keyring.from_text(f" {NEWER_KEY}, {KEY} ")
    assert both.open(sealed) == b"shr_made_up"
    assert Keyring((NEWER_KEY,)).open(both.seal(b"x")) == b"x"


def test_resealed_values_need_the_newest_key_alone() -> None:
    both = Keyring((NEWER_KEY, KEY))
    assert Keyring((NEWER_KEY,)).open(both.reseal(KEYS.seal(b"x"))) == b"x"


def test_what_is_sealed_in_pieces_is_resealed_and_opened_in_pieces() -> None:
    both = Keyring((NEWER_KEY, KEY))
    resealed = both.reseal(KEYS.seal_pieces([b"x", b"", b"y"]))
    assert [*Keyring((NEWER_KEY,)).open_pieces(resealed)] == [b"x", b"", b"y"]


def test_an_old_key_can_be_dropped_once_everything_is_resealed(store: Store, url: str, watch: Watch) -> None:
    smarthr = Credentials(subdomain="example", token="shr_made_up")
    store.integrations.save(Integration(scope=SCOPE, smarthr=smarthr))
    store.rosters.save(SCOPE, {System.SMARTHR: ["crew-1"], System.KINKAKUJI: ["key-1"]}, accepted=False)
    run = started(store)
    rows = store.runs.ledger(run.id).load_open()
    with closing(Store.open(url, Keyring((NEWER_KEY, KEY)), watch)) as both:
        # a token, four rows of a plan and their index, two rows of a run, two rosters
        assert both.reseal() == 10
    with closing(Store.open(url, Keyring((NEWER_KEY,)), watch)) as newer:
        assert newer.integrations.load(SCOPE).smarthr == smarthr
        assert newer.runs.ledger(run.id).load_open() == rows
        assert newer.rosters.known(SCOPE) == {System.SMARTHR: {"crew-1"}, System.KINKAKUJI: {"key-1"}}
        assert len(newer.plans.index(run.plan_id)) == 4
    with pytest.raises(SealBroken):
        store.integrations.load(SCOPE)


def test_without_the_key_nothing_opens() -> None:
    with pytest.raises(SealBroken):
        Keyring((NEWER_KEY,)).open(KEYS.seal(b"x"))
    with pytest.raises(SealBroken):
        Keyring((NEWER_KEY,)).reseal(KEYS.seal(b"x"))


@pytest.mark.parametrize("text", ["", " , ", "not a key"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring.from_text(text)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "renkei.keys"
    sealed = load_or_make_key_file(path).seal(b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_make_key_file(path).open(sealed) == b"x"


def test_a_digest_needs_the_key_and_keeps_its_parts_apart() -> None:
    assert KEYS.digest("a", "b") == KEYS.digest("a", "b")
    assert KEYS.digest("a", "b") != KEYS.digest("ab")
    assert KEYS.digest("a") != Keyring((NEWER_KEY,)).digest("a")


def test_a_sealed_column_refuses_what_is_not_sealed(database: Database) -> None:
    with pytest.raises(StatementError, match="sealed values only"), database.writing() as session:
        session.add(draft_row(NOON, "shr_made_up"))


def test_a_naive_moment_is_refused(database: Database) -> None:
    naive = datetime(2026, 4, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(StatementError, match="naive"), database.writing() as session:
        session.add(draft_row(naive, KEYS.seal(b"x")))


def test_nothing_personal_and_no_token_reaches_the_database_in_the_clear(
    store: Store, database: Database
) -> None:
    smarthr = Credentials(subdomain="example", token="shr_made_up")
    store.integrations.save(Integration(scope=SCOPE, smarthr=smarthr))
    store.integrations.save_draft(
        Draft(id="d", scope=SCOPE, user_id=ANNA, kinkakuji_token="kot-made-up", view_id="V", created_at=NOON)
    )
    store.plans.fail(begun(store).id, "rejected", {"number": "B-4711"})
    store.runs.ledger(started(store, plan_for("B-4711", "B-4712")).id).save_outcome(
        0, failed(Reason.REJECTED, detail=("社員番号 B-4711 は既に使われています",))
    )
    decide(store)
    store.installations.save(InstallationKey("", "T0001"), {"bot_token": "xoxb-made-up"})
    written = everything_in(database)
    assert "example" in written
    assert [secret for secret in SECRETS if secret in written] == []


def test_turning_a_page_opens_its_own_rows_only(store: Store, database: Database, watch: Watch) -> None:
    head = ready(store, plan_of(100))
    counting = CountingKeyring()
    pages = Store(database, counting, watch).plans
    pages.rows(head.id, range(40, 60))
    assert counting.opened == 20
    pages.index(head.id)
    pages.index(head.id)
    assert counting.opened == 21


def test_no_record_shows_a_secret_in_its_repr(store: Store) -> None:
    access = Credentials(subdomain="example", token="shr_made_up")
    draft = Draft(
        id="d", scope=SCOPE, user_id=ANNA, smarthr_token="shr_made_up", view_id="V", created_at=NOON
    )
    run = started(store, plan_for("B-4711", "B-4712"))
    decide(store)
    shown = repr(
        (
            access,
            draft,
            store.plans.index(run.plan_id),
            store.plans.rows(run.plan_id, [0]),
            store.runs.ledger(run.id).load_open(),
            store.runs.outcomes(run.id, None, 0, 20),
            store.suppressions.list(SCOPE, Direction.PUSH, "crew-1"),
            store.events.of_person(SCOPE, "B-4711"),
            store.runs.history(SCOPE, 0, 20),
        )
    )
    assert [secret for secret in SECRETS if secret in shown] == []


def decide(store: Store) -> None:
    """Everything that somebody says of a person, and why."""
    store.identities.confirm(SCOPE, Link("crew-1", "key-1"), ANNA, WHY, number="B-4711")
    store.identities.ignore(SCOPE, Said(System.SMARTHR, "crew-2", ANNA, WHY, "B-4711"))
    store.identities.set_apart(SCOPE, Said(System.SMARTHR, "crew-3", ANNA, WHY, "B-4711"))
    store.suppressions.add(SCOPE, Direction.PUSH, "crew-1", [Field.EMAIL], None, ANNA, WHY, number="B-4711")
    store.rosters.save(SCOPE, {System.SMARTHR: ["crew-9"]}, accepted=True)
    store.plans.begin(SCOPE, ANNA, Direction.PUSH, TODAY, "V", press="p", accepted=WHY)
    head = ready(store, plan_for("B-4713"))
    store.plans.tick(head.id, add=[0])
    start(store, head.id, WHY)


def draft_row(created_at: datetime, content: str) -> DraftRow:
    return DraftRow(
        id="d", enterprise_id="", team_id="T", user_id=ANNA, created_at=created_at, content=content
    )


def everything_in(database: Database) -> str:
    """Every column of every row, as the database has it."""
    with database.reading() as session:
        return repr([session.execute(text(f"SELECT * FROM {name}")).all() for name in METADATA.tables])  # noqa: S608 - our own names


class CountingKeyring(Keyring):
    """Counts what it opens."""

    def __init__(self) -> None:
        super().__init__((KEY,))
        self.opened = 0

    def open(self, sealed: str) -> bytes:
        self.opened += 1
        return super().open(sealed)


def test_keys_that_open_nothing_are_found_out_at_the_start(store: Store, url: str, watch: Watch) -> None:
    store.prove_keys()
    store.integrations.save(Integration(scope=SCOPE, smarthr=Credentials(subdomain="example", token="t")))
    store.prove_keys()
    with closing(Store.open(url, Keyring((NEWER_KEY,)), watch)) as stranger, pytest.raises(SealBroken):
        stranger.prove_keys()


def test_keys_are_proved_by_what_is_remembered_of_people_too(store: Store, url: str, watch: Watch) -> None:
    store.rosters.save(SCOPE, {System.SMARTHR: ["crew-1"]}, accepted=False)
    with closing(Store.open(url, Keyring((NEWER_KEY,)), watch)) as stranger, pytest.raises(SealBroken):
        stranger.prove_keys()
