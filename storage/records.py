"""A workspace and its settings as storage hands them out: frozen, with secrets hidden from their repr."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sync.calendar import DEFAULT_CLOSED_HOURS, ClosedHours
from sync.fields import Field, FieldPolicy, default_policies
from sync.model import Direction, System
from sync.text import Repertoire


@dataclass(frozen=True, slots=True)
class Scope:
    """The Slack workspace that a record belongs to; every record belongs to exactly one."""

    enterprise_id: str
    """"" outside Enterprise Grid."""
    team_id: str
    """"" when the app is installed for a whole Enterprise Grid."""


class Check(StrEnum):
    """What is known about the access to one of the two systems."""

    MISSING = "missing"
    UNVERIFIED = "unverified"
    """Saved while 勤革時 was closed; tested when it opens."""
    VERIFIED = "verified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How Renkei gets into SmartHR or 勤革時."""

    subdomain: str = ""
    """SmartHR's tenant; "" for 勤革時, whose token names the company by itself."""
    token: str = field(repr=False)
    check: Check = Check.UNVERIFIED
    problem: str | None = None
    """A `CredentialProblem`, or "unavailable", when the check failed."""
    checked_at: datetime | None = None

    @property
    def is_usable(self) -> bool:
        """Tell whether calls may be tried with it."""
        return self.check in {Check.UNVERIFIED, Check.VERIFIED}


def _default_policies() -> Mapping[Direction, Mapping[Field, FieldPolicy]]:
    return {direction: default_policies(direction) for direction in Direction}


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """連携設定 of one workspace; an empty one when nothing has been saved yet."""

    scope: Scope
    smarthr: Credentials | None = None
    kinkakuji: Credentials | None = None
    admin_channel: str | None = None
    closed_hours: tuple[ClosedHours, ...] = DEFAULT_CLOSED_HOURS
    prefer_business_name: bool = False
    policies: Mapping[Direction, Mapping[Field, FieldPolicy]] = field(default_factory=_default_policies)
    language: str = "ja"
    """What the admin channel is written to in."""
    repertoire: Repertoire = Repertoire.UNICODE
    """Which characters 勤革時 can hold."""
    revision: int = 0
    """How often the settings have been saved: who saves must have seen the newest."""

    @property
    def is_ready(self) -> bool:
        """Tell whether a preview can be made and a run be reported."""
        accesses = (self.smarthr, self.kinkakuji)
        return bool(self.admin_channel) and all(access and access.is_usable for access in accesses)

    def access_to(self, system: System) -> Credentials | None:
        """Give the access to one of the two systems."""
        return self.smarthr if system is System.SMARTHR else self.kinkakuji


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """連携設定 as typed, kept for ten minutes while the connections are tested."""

    id: str
    scope: Scope
    user_id: str
    subdomain: str | None = None
    smarthr_token: str | None = field(default=None, repr=False)
    """None leaves the saved token as it is."""
    kinkakuji_token: str | None = field(default=None, repr=False)
    """None leaves the saved token as it is."""
    admin_channel: str | None = None
    administrators: tuple[str, ...] = ()
    closed_hours: tuple[ClosedHours, ...] = DEFAULT_CLOSED_HOURS
    prefer_business_name: bool = False
    repertoire: Repertoire = Repertoire.UNICODE
    revision: int = 0
    """Which `Integration.revision` the form was opened with."""
    view_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """What a Slack installation is looked up by."""

    enterprise_id: str
    team_id: str
    is_enterprise_install: bool = False
    user_id: str | None = None
    """None for the bot's own installation of a workspace."""
