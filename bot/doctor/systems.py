"""Examines SmartHR and 勤革時 with a workspace's own tokens; 勤革時 never in its closed hours."""

from collections.abc import Iterator
from datetime import datetime

from bot.doctor.finding import Finding, broken, note, ok
from bot.remotes import Remotes
from storage.records import Integration
from sync.calendar import opens_at
from sync.errors import ClosedNow, CredentialProblem, CredentialsRejected, RemoteError
from sync.model import System

_NAMES = {System.SMARTHR: "SmartHR", System.KINKAKUJI: "勤革時"}
_REMEDIES = {
    CredentialProblem.TOKEN: "the token is not valid: issue a new one and save it in 連携設定.",
    CredentialProblem.PERMISSION: "the token lacks a permission: README lists those that it needs.",
    CredentialProblem.IP_ADDRESS: "this server's address is not allowed: add it to the IP allow-list.",
    CredentialProblem.ADDRESS: "there is no such tenant: correct the subdomain in 連携設定.",
    CredentialProblem.PLAN_LIMIT: "the contract allows no more people.",
}


def examine_systems(integration: Integration, remotes: Remotes, now: datetime) -> Iterator[Finding]:
    """Examine both connections and the admin channel's presence."""
    for system in System:
        yield _connection(integration, remotes, system, now)
    if integration.admin_channel is None:
        yield broken("admin channel", "none: choose one in 連携設定.")


def _connection(integration: Integration, remotes: Remotes, system: System, now: datetime) -> Finding:
    name = _NAMES[system]
    if integration.access_to(system) is None:
        return broken(name, "no token: save one in 連携設定.")
    opening = opens_at(now, integration.closed_hours) if system is System.KINKAKUJI else None
    if opening is not None:
        return _closed(name, opening)
    try:
        remotes.of(integration, system).check()
    except ClosedNow as error:
        return _closed(name, error.opens_at if error.is_foreseen else None)
    except CredentialsRejected as error:
        return broken(name, _REMEDIES[error.problem])
    except RemoteError as error:
        return broken(name, f"not reached or not answering ({type(error).__name__}): try again later.")
    return ok(name, "reached, with every permission.")


def _closed(name: str, opening: datetime | None) -> Finding:
    if opening is None:
        return note(name, "says that it is closed, outside the closed hours in 連携設定: are they right?")
    return note(name, f"not asked: closed until {opening:%H:%M}.")
