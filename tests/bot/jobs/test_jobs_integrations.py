"""Whoever waits for a connection test is told; what is noted belongs to the token that was tested."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.access import Access
from bot.deliveries import Deliveries
from bot.jobs.forgotten import FORGOTTEN_AFTER, Forgotten
from bot.jobs.integrations import Integrations
from bot.languages import Languages
from bot.remotes import Remotes
from bot.services import Background
from storage.database import migrate
from storage.records import Check, Credentials, Draft, Integration
from storage.store import Store
from sync.errors import CredentialProblem, CredentialsRejected
from sync.model import System
from tests.storage.builders import ANNA, KEYS, NOON, SCOPE, Watch

TOKEN = "kot-made-up"
DRAFT = Draft(
    id="d1",
    scope=SCOPE,
    user_id=ANNA,
    subdomain="example",
    smarthr_token="shr_made_up",
    kinkakuji_token=TOKEN,
    admin_channel="C1",
    administrators=(ANNA,),
    view_id="V1",
    created_at=NOON,
)
SAVED = Integration(
    scope=SCOPE, kinkakuji=Credentials(token=TOKEN, check=Check.UNVERIFIED), admin_channel="C1"
)


class FakeSlack(WebClient):
    """Keeps what it is sent; `channel` is what it knows of the admin channel."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Any] = []
        self.sent: list[Any] = []
        self.channel: Callable[[], Any] = lambda: {"is_member": True}

    def views_update(self, **sent: Any) -> Any:
        self.shown.append(sent)

    def chat_postMessage(self, **sent: Any) -> Any:  # noqa: N802 - Slack's own name
        self.sent.append(sent)

    def conversations_info(self, **_asked: Any) -> Any:
        return {"channel": self.channel()}

    def users_info(self, **_asked: Any) -> Any:
        return {"user": {"locale": "ja-JP"}}


@dataclass
class FakeRemotes:
    """Every check does the same."""

    checks: Callable[[], None] = lambda: None

    def of(self, _integration: Integration, _system: System) -> "FakeRemotes":
        return self

    proposed = of

    def check(self) -> None:
        self.checks()


@dataclass
class Handed:
    """Notes the drafts that are handed over."""

    drafts: list[str] = field(default_factory=list)

    def test_integration(self, draft_id: str) -> None:
        self.drafts.append(draft_id)


@dataclass
class Office:
    """The job, with everything around it in memory or made up."""

    store: Store
    watch: Watch
    slack: FakeSlack
    remotes: FakeRemotes
    integrations: Integrations

    def modal(self) -> str:
        (shown,) = self.slack.shown
        assert shown["view_id"] == "V1"
        return str(shown["view"])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    url = f"sqlite:///{tmp_path / 'renkei.db'}"
    migrate(url)
    watch, slack, remotes = Watch(), FakeSlack(), FakeRemotes()
    store = Store.open(url, KEYS, watch)
    with ThreadPoolExecutor(1) as slow:
        deliveries = Deliveries(
            store=store, languages=Languages(store, slow), client_of=lambda _scope: slack, clock=watch
        )
        integrations = Integrations(
            store, cast("Remotes", remotes), deliveries, Access(store, frozenset()), watch
        )
        yield Office(store, watch, slack, remotes, integrations)
    store.close()


def refuses(code: str) -> Callable[[], Any]:
    def refuse() -> Any:
        raise SlackApiError("refused", {"ok": False, "error": code})  # type: ignore[no-untyped-call] # as it is

    return refuse


def unreachable() -> Any:
    raise ConnectionResetError


def wrong_token() -> None:
    raise CredentialsRejected(System.KINKAKUJI, CredentialProblem.TOKEN)


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        (refuses("channel_not_found"), "Renkeiがこのチャンネルに参加していません"),
        (refuses("not_in_channel"), "Renkeiがこのチャンネルに参加していません"),
        (lambda: {"is_member": False}, "Renkeiがこのチャンネルに参加していません"),
        (refuses("missing_scope"), "チャンネルの情報を取得できませんでした"),
        (unreachable, "チャンネルの情報を取得できませんでした"),
    ],
)
def test_why_a_channel_does_not_do_is_told(office: Office, channel: Callable[[], Any], sentence: str) -> None:
    office.slack.channel = channel
    office.store.integrations.save_draft(DRAFT)
    office.integrations.test("d1")
    assert sentence in office.modal()
    assert office.store.integrations.load(SCOPE) == Integration(scope=SCOPE)


@pytest.mark.parametrize("erased", [False, True])
def test_a_draft_that_expired_while_waiting_is_asked_for_again(office: Office, *, erased: bool) -> None:
    office.store.integrations.save_draft(DRAFT)
    office.watch.advance(timedelta(minutes=10))
    if erased:
        office.store.erase_expired()
    office.integrations.test("d1")
    assert "もう一度入力してください" in office.modal()
    assert office.store.integrations.load(SCOPE) == Integration(scope=SCOPE)


def test_a_draft_that_was_replaced_is_nobodys_concern(office: Office) -> None:
    office.integrations.test("d1")
    assert office.slack.shown == []


def test_what_nobody_foresaw_is_shown_with_a_reference(office: Office) -> None:
    def breaks() -> None:
        raise RuntimeError

    office.remotes.checks = breaks
    office.store.integrations.save_draft(DRAFT)
    office.integrations.test("d1")
    assert "予期しない" in office.modal()
    assert office.store.integrations.load_draft("d1") == DRAFT


def test_the_admin_channel_learns_that_a_token_does_not_work_once_kinkakuji_is_open(office: Office) -> None:
    office.store.integrations.save(SAVED)
    office.remotes.checks = wrong_token
    office.integrations.test_unverified()
    office.integrations.test_unverified()
    (message,) = office.slack.sent
    assert message["channel"] == "C1"
    assert "勤革時がアクセストークンを受け付けませんでした" in str(message)
    assert TOKEN not in str(message)


def test_a_token_that_works_is_noted_in_silence(office: Office) -> None:
    office.store.integrations.save(SAVED)
    office.integrations.test_unverified()
    assert office.slack.sent == []
    kept = office.store.integrations.load(SCOPE).kinkakuji
    assert kept is not None
    assert kept.check is Check.VERIFIED


def test_what_became_of_a_replaced_token_is_neither_noted_nor_told(office: Office) -> None:
    newer = Credentials(token="kot-newer", check=Check.VERIFIED, checked_at=NOON)

    def replaced_meanwhile() -> None:
        office.store.integrations.save(replace(SAVED, kinkakuji=newer, revision=1))
        wrong_token()

    office.store.integrations.save(SAVED)
    office.remotes.checks = replaced_meanwhile
    office.integrations.test_unverified()
    assert office.store.integrations.load(SCOPE).kinkakuji == newer
    assert office.slack.sent == []


def test_a_draft_whose_test_was_never_begun_is_handed_over(office: Office) -> None:
    handed = Handed()
    forgotten = Forgotten(office.store, cast("Background", handed), office.watch)
    office.store.integrations.save_draft(DRAFT)
    forgotten.hand_over()
    assert handed.drafts == []
    office.watch.advance(FORGOTTEN_AFTER)
    forgotten.hand_over()
    assert handed.drafts == ["d1"]
