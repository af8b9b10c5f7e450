"""Installing by OAuth: what Bolt keeps comes back, sealed, and only where RENKEI_WORKSPACES allows."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_bolt.oauth.callback_options import FailureArgs
from slack_sdk.oauth.installation_store.models.installation import Installation

from bot.clock import system_clock
from bot.installations import BoltInstallations, InstallationRefused, StateStore, oauth_settings
from bot.settings import Settings
from bot.slack_clients import SlackClients
from storage.database import migrate
from storage.records import Scope
from storage.secrets import Keyring
from storage.store import Store

TOKEN = "xoxb-made-up"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "renkei.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    url = f"sqlite:///{database}"
    migrate(url)
    with closing(Store.open(url, Keyring((Fernet.generate_key().decode(),)), system_clock)) as opened:
        yield opened


def workspace(team_id: str = "T1", enterprise_id: str | None = None) -> Installation:
    return Installation(
        app_id="A1", team_id=team_id, enterprise_id=enterprise_id, user_id="U1", bot_token=TOKEN,
        bot_id="B1", bot_user_id="UB", bot_scopes="commands,chat:write",
    )  # fmt: skip


def organisation() -> Installation:
    return Installation(
        app_id="A1", enterprise_id="E1", user_id="U1", bot_token=TOKEN, bot_id="B1", bot_user_id="UB",
        bot_scopes=["commands"], is_enterprise_install=True,
    )  # fmt: skip


def installs(store: Store, *allowed: str) -> BoltInstallations:
    return BoltInstallations(store.installations, frozenset(allowed or {"*"}))


def test_an_installation_comes_back_as_bolt_saved_it(store: Store) -> None:
    installs(store).save(workspace())
    bot = installs(store).find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert (bot.bot_token, bot.team_id, bot.bot_scopes) == (TOKEN, "T1", ["commands", "chat:write"])


def test_another_workspace_has_none(store: Store) -> None:
    installs(store).save(workspace("T1"))
    assert installs(store).find_bot(enterprise_id=None, team_id="T2") is None


def test_an_organisations_installation_serves_every_workspace_of_it(store: Store) -> None:
    installs(store).save(organisation())
    bot = installs(store).find_bot(enterprise_id="E1", team_id="T7", is_enterprise_install=True)
    assert bot is not None
    assert bot.bot_token == TOKEN


def test_the_installer_is_known_and_nobody_else(store: Store) -> None:
    installs(store).save(workspace())
    assert store.installations.is_installer(Scope("", "T1"), "U1")
    assert not store.installations.is_installer(Scope("", "T1"), "U2")


def test_the_token_is_not_readable_in_the_database(store: Store, database: Path) -> None:
    installs(store).save(workspace())
    files = [file.read_bytes() for file in database.parent.iterdir()]
    assert not [content for content in files if TOKEN.encode() in content]


def test_nobody_may_install_unless_named(store: Store) -> None:
    with pytest.raises(InstallationRefused):
        BoltInstallations(store.installations, frozenset()).save(workspace())
    with pytest.raises(InstallationRefused):
        installs(store, "T2").save(workspace("T1"))
    assert installs(store).find_bot(enterprise_id=None, team_id="T1") is None


@pytest.mark.parametrize("allowed", ["T1", "E1", "*"])
def test_a_workspace_is_named_by_itself_by_its_organisation_or_by_the_star(
    store: Store, allowed: str
) -> None:
    installs(store, allowed).save(workspace("T1", "E1"))
    assert installs(store).find_bot(enterprise_id="E1", team_id="T1") is not None


def test_uninstalling_forgets_the_token_and_the_installer(store: Store) -> None:
    installs(store).save(workspace())
    installs(store).delete_all(enterprise_id=None, team_id="T1")
    assert installs(store).find_bot(enterprise_id=None, team_id="T1") is None
    assert not store.installations.is_installer(Scope("", "T1"), "U1")


def test_uninstalling_from_an_organisation_leaves_a_workspaces_own_alone(store: Store) -> None:
    installs(store).save(organisation())
    installs(store).save(workspace("T1", "E1"))
    installs(store).delete_all(enterprise_id="E1", team_id="T7")
    assert installs(store).find_bot(enterprise_id="E1", team_id=None, is_enterprise_install=True) is None
    assert installs(store).find_bot(enterprise_id="E1", team_id="T1") is not None


def test_a_state_is_good_once(store: Store) -> None:
    states = StateStore(store.installations)
    state = states.issue()
    assert [states.consume(state), states.consume(state), states.consume("made up")] == [True, False, False]


def test_the_background_speaks_with_the_workspaces_own_token(store: Store) -> None:
    installs(store).save(workspace())
    clients = SlackClients(Settings(slack_client_id="1.2"), store.installations)
    assert clients.of(Scope("", "T1")).token == TOKEN
    assert clients.of(Scope("", "T2")).token is None


def test_one_client_is_patient_and_the_other_repeats_nothing(store: Store) -> None:
    clients = SlackClients(Settings(), store.installations)
    assert clients.of(Scope("", "T1")).retry_handlers
    assert clients.once(Scope("", "T1")).retry_handlers == []


def test_a_refused_installer_reads_why(store: Store) -> None:
    given = Settings.model_validate({"slack_client_id": "1.2", "slack_client_secret": "s"})
    oauth = oauth_settings(given, store.installations)
    assert oauth is not None
    assert oauth.callback_options is not None
    answer = oauth.callback_options.failure(
        FailureArgs(
            request=None,  # type: ignore[arg-type] # the page depends on the reason only
            reason="storage_error",
            error=InstallationRefused("not named"),
            suggested_status_code=500,
            settings=oauth,
            default=oauth.callback_options,
        )
    )
    assert answer.status == 403
    assert "インストールできません" in answer.body
