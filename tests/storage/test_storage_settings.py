"""連携設定, drafts of it, administrators, people's languages, installations."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import LastAdministrator, SettingsMoved
from storage.records import Check, Credentials, Draft, InstallationKey, Integration
from storage.store import Store
from sync.calendar import ClosedHours
from sync.fields import Field, FieldPolicy, Mode, default_policies
from sync.model import Direction, System
from sync.text import Repertoire
from tests.storage.builders import ANNA, ELSEWHERE, KEYS, NOON, SCOPE, Watch

BEN = "U0BEN"
SMARTHR = Credentials(subdomain="example", token="shr_made_up", check=Check.VERIFIED, checked_at=NOON)
KINKAKUJI = Credentials(token="kot-made-up")
SHOWN = replace(KINKAKUJI, check=Check.FAILED, problem="ip_address", checked_at=NOON + timedelta(minutes=1))
FILL_ONLY = {Direction.PULL: {**default_policies(Direction.PULL), Field.EMAIL: FieldPolicy(Mode.FILL_ONLY)}}
INTEGRATION = Integration(
    scope=SCOPE,
    smarthr=SMARTHR,
    kinkakuji=KINKAKUJI,
    admin_channel="C0001",
    closed_hours=(ClosedHours(time(7, 30), time(9)),),
    prefer_business_name=True,
    policies=FILL_ONLY,
    language="en",
    repertoire=Repertoire.WINDOWS,
)
DRAFT = Draft(
    id="d1",
    scope=SCOPE,
    user_id=ANNA,
    subdomain="example",
    smarthr_token="shr_made_up",
    administrators=(ANNA, BEN),
    closed_hours=INTEGRATION.closed_hours,
    view_id="V0001",
    created_at=NOON,
)
BOT = InstallationKey("E0001", "T0001")
ANNAS = replace(BOT, user_id=ANNA)
SAVED = replace(INTEGRATION, revision=1)


def test_a_workspace_without_settings_has_empty_ones(store: Store) -> None:
    assert store.integrations.load(SCOPE) == Integration(scope=SCOPE)
    assert not store.integrations.load(SCOPE).is_ready


def test_settings_come_back_as_they_were_saved(store: Store) -> None:
    store.integrations.save(INTEGRATION)
    assert store.integrations.load(SCOPE) == SAVED
    assert store.integrations.load(ELSEWHERE) == Integration(scope=ELSEWHERE)


def test_settings_saved_later_replace_the_ones_before(store: Store) -> None:
    store.integrations.save(INTEGRATION)
    later = replace(SAVED, smarthr=replace(SMARTHR, token="shr_newer"), kinkakuji=None)
    store.integrations.save(later)
    assert store.integrations.load(SCOPE) == replace(later, revision=2)


def test_settings_made_from_older_ones_overwrite_nothing(store: Store) -> None:
    store.integrations.save(INTEGRATION)
    store.integrations.save(replace(SAVED, language="en"))
    for stale in (INTEGRATION, SAVED):
        with pytest.raises(SettingsMoved):
            store.integrations.save(stale)
    assert store.integrations.load(SCOPE).language == "en"


def test_settings_are_ready_with_both_accesses_and_a_channel() -> None:
    assert INTEGRATION.is_ready
    assert not replace(INTEGRATION, admin_channel=None).is_ready
    assert not replace(INTEGRATION, kinkakuji=None).is_ready
    assert not replace(INTEGRATION, smarthr=replace(SMARTHR, check=Check.FAILED)).is_ready


def test_what_a_test_has_shown_is_noted(store: Store) -> None:
    store.integrations.save(INTEGRATION)
    assert store.integrations.unverified() == [SAVED]
    assert store.integrations.save_check(SCOPE, System.KINKAKUJI, KINKAKUJI, SHOWN)
    assert store.integrations.load(SCOPE) == replace(SAVED, kinkakuji=SHOWN)
    assert store.integrations.unverified() == []


def test_what_a_test_has_shown_is_not_noted_of_another_token(store: Store) -> None:
    newer = replace(INTEGRATION, kinkakuji=Credentials(token="kot-newer"))
    store.integrations.save(newer)
    assert not store.integrations.save_check(SCOPE, System.KINKAKUJI, KINKAKUJI, SHOWN)
    assert not store.integrations.save_check(ELSEWHERE, System.KINKAKUJI, KINKAKUJI, SHOWN)
    assert store.integrations.load(SCOPE) == replace(newer, revision=1)


def test_a_draft_lives_ten_minutes(store: Store, watch: Watch) -> None:
    store.integrations.save_draft(DRAFT)
    watch.advance(timedelta(minutes=10) - timedelta(seconds=1))
    assert store.integrations.load_draft("d1") == DRAFT
    watch.advance(timedelta(seconds=1))
    assert store.integrations.load_draft("d1") is None
    assert store.integrations.latest_draft(SCOPE, ANNA) is None
    assert store.erase_expired() == 1


def test_of_a_draft_that_expired_only_where_somebody_waits_is_known_for_an_hour(
    store: Store, database: Database, watch: Watch
) -> None:
    store.integrations.save_draft(DRAFT)
    assert store.integrations.expired_draft("d1") is None
    watch.advance(timedelta(minutes=10))
    assert store.integrations.expired_draft("d1") == replace(DRAFT, smarthr_token=None)
    assert [store.erase_expired(), store.erase_expired()] == [1, 0]
    with database.reading() as session:
        (content,) = session.execute(text("SELECT content FROM drafts")).scalars()
    assert b"shr_made_up" not in KEYS.open(content)
    watch.advance(timedelta(minutes=50))
    assert store.erase_expired() == 1
    assert store.integrations.expired_draft("d1") is None


def test_drafts_that_may_wait_are_those_that_can_still_be_used(store: Store, watch: Watch) -> None:
    store.integrations.save_draft(DRAFT)
    assert store.integrations.drafts_since(NOON - timedelta(seconds=1)) == []
    assert store.integrations.drafts_since(NOON) == ["d1"]
    watch.advance(timedelta(minutes=10))
    assert store.integrations.drafts_since(NOON) == []


def test_the_latest_draft_is_ones_own(store: Store) -> None:
    newer = replace(DRAFT, id="d2", created_at=NOON + timedelta(seconds=1))
    for draft in (newer, DRAFT, replace(DRAFT, id="d3", user_id=BEN)):
        store.integrations.save_draft(draft)
    assert store.integrations.latest_draft(SCOPE, ANNA) == newer
    assert store.integrations.latest_draft(ELSEWHERE, ANNA) is None


def test_drafts_are_dropped_with_all_that_were_typed_before_them(store: Store) -> None:
    newer = replace(DRAFT, id="d2", created_at=NOON + timedelta(seconds=1))
    others = replace(DRAFT, id="d3", user_id=BEN)
    for draft in (DRAFT, newer, others):
        store.integrations.save_draft(draft)
    store.integrations.drop_drafts(DRAFT)
    assert store.integrations.latest_draft(SCOPE, ANNA) == newer
    store.integrations.drop_drafts(newer)
    assert store.integrations.latest_draft(SCOPE, ANNA) is None
    assert store.integrations.latest_draft(SCOPE, BEN) == others


def test_administrators_belong_to_one_workspace(store: Store) -> None:
    store.administrators.add(SCOPE, ANNA, by=ANNA)
    store.administrators.add(SCOPE, ANNA, by=BEN)
    assert store.administrators.list(SCOPE) == (ANNA,)
    assert store.administrators.contains(SCOPE, ANNA)
    assert not store.administrators.contains(ELSEWHERE, ANNA)
    assert not store.administrators.contains(SCOPE, BEN)


def test_the_last_administrator_can_not_be_removed(store: Store) -> None:
    store.administrators.replace(SCOPE, [ANNA, BEN, ANNA], by=ANNA)
    store.administrators.replace(SCOPE, [BEN], by=BEN)
    with pytest.raises(LastAdministrator):
        store.administrators.replace(SCOPE, [], by=BEN)
    assert store.administrators.list(SCOPE) == (BEN,)


def test_a_language_is_asked_for_again_after_a_week(store: Store, watch: Watch) -> None:
    store.users.save_language(SCOPE, ANNA, "ja")
    store.users.save_language(SCOPE, ANNA, "en")
    assert store.users.language(SCOPE, ANNA) == "en"
    assert store.users.language(SCOPE, BEN) is None
    watch.advance(timedelta(days=7))
    assert store.users.language(SCOPE, ANNA) is None


def test_an_installation_comes_back_as_it_was_saved(store: Store) -> None:
    content = {"bot_token": "xoxb-made-up", "scopes": ["commands"], "installed_at": 1775012400.5}
    store.installations.save(BOT, {"bot_token": "xoxb-older"})
    store.installations.save(BOT, content)
    assert store.installations.find(BOT) == content
    assert store.installations.find(replace(BOT, is_enterprise_install=True)) is None
    assert store.installations.find(ANNAS) is None


def test_an_installer_is_known_until_the_app_is_uninstalled(store: Store) -> None:
    scope = replace(SCOPE, enterprise_id="E0001")
    store.installations.save(BOT, {})
    store.installations.save(ANNAS, {})
    assert store.installations.is_installer(scope, ANNA)
    assert not store.installations.is_installer(scope, BEN)
    assert not store.installations.is_installer(scope, "")
    store.installations.delete(ANNAS)
    assert not store.installations.is_installer(scope, ANNA)
    store.installations.delete_all(scope)
    assert store.installations.find(BOT) is None


def test_an_installations_state_can_be_used_once(store: Store) -> None:
    state = store.installations.issue()
    assert not store.installations.consume(state + "x")
    assert store.installations.consume(state)
    assert not store.installations.consume(state)


def test_an_installations_state_is_good_for_ten_minutes(store: Store, watch: Watch) -> None:
    state = store.installations.issue()
    watch.advance(timedelta(minutes=10))
    assert not store.installations.consume(state)
    assert store.erase_expired() == 1


def test_the_store_tells_whether_its_database_answers(store: Store) -> None:
    store.ping()
