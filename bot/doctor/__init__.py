"""`doctor`: examines the surroundings and says, a line each, what is well and what to do where it is not."""

from collections.abc import Iterator
from contextlib import closing

from slack_sdk.errors import SlackClientError

from bot.administration import scope_of
from bot.clock import system_clock
from bot.compose import clock_of, remotes
from bot.doctor.finding import Finding, broken, note, ok
from bot.doctor.ground import examine_database, examine_keys, examine_settings
from bot.doctor.machines import examine_clock, examine_machines
from bot.doctor.slack import examine_slack
from bot.doctor.systems import examine_systems
from bot.keys import fernet, keyring
from bot.settings import Settings, SettingsError
from bot.starter import Starter
from bot.tempo import Tempo
from storage.records import Scope
from storage.store import Store


def examine(settings: Settings, team_id: str, enterprise_id: str) -> Iterator[Finding]:
    """Examine one thing after another; what rests on something broken is not examined."""
    about_settings = list(examine_settings(settings))
    yield from about_settings
    for examined in (examine_keys, examine_database):  # neither needs Slack
        found = list(examined(settings))
        yield from found
        if any(finding.is_broken for finding in found):
            return
    yield from _examine_machines(settings)
    if any(finding.is_broken for finding in about_settings):
        yield note("Slack", "not examined, nor are SmartHR and 勤革時: mend the settings first.")
        return
    yield from examine_slack(settings, clock_of(settings))
    yield from _examine_workspace(settings, team_id, enterprise_id)


def _examine_machines(settings: Settings) -> Iterator[Finding]:
    with (
        closing(Store.open(settings.database_url, keyring(settings), clock_of(settings))) as store,
        closing(Starter(settings.database_url, fernet(settings))) as starter,
    ):
        yield examine_clock(store, system_clock)
        yield from examine_machines(store, starter, system_clock())


def _examine_workspace(settings: Settings, team_id: str, enterprise_id: str) -> Iterator[Finding]:
    scope = _scope(settings, team_id, enterprise_id)
    if isinstance(scope, Finding):
        yield scope
        return
    clock = clock_of(settings)
    store = Store.open(settings.database_url, keyring(settings), clock)
    try:
        yield _administrators(store, scope)
        integration = store.integrations.load(scope)
        yield from examine_systems(integration, remotes(settings, Tempo(), store, clock), clock())
    finally:
        store.close()


def _scope(settings: Settings, team_id: str, enterprise_id: str) -> Scope | Finding:
    try:
        return scope_of(settings, team_id, enterprise_id)
    except SettingsError as error:
        return broken("workspace", str(error))
    except SlackClientError:
        return broken(
            "workspace", "Slack did not say which one it is; name it with --team, or mend Slack first."
        )


def _administrators(store: Store, scope: Scope) -> Finding:
    count = len(store.administrators.list(scope))
    if count:
        return ok("administrators", f"{count} named in 連携設定.")
    return broken(
        "administrators", "none: open `/renkei settings` in Slack, or run `python -m bot admin add U…`."
    )
