"""Makes the clients of SmartHR and 勤革時 from what 連携設定 holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.ending import EndingPace
from bot.lifeline import Lifeline
from bot.settings import Settings
from bot.tempo import Tempo
from storage.pace import Rhythm
from storage.records import Credentials, Integration
from storage.store import Store
from sync.calendar import Clock, ClosedHours, raise_if_closed
from sync.clients import kinkakuji_client, smarthr_client
from sync.errors import RenkeiError
from sync.model import System
from sync.remote import Pace, RemoteSystem

Hours = Callable[[], Sequence[ClosedHours]]
IMPORTS = 0.9
"""The part of an hour's calls that imports may use up; the rest is kept for whoever waits."""


class NotIntegrated(RenkeiError):
    """連携設定 lacks what this needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remotes:
    """`smarthr_url` has a `{subdomain}`."""

    store: Store
    clock: Clock
    smarthr_url: str
    kinkakuji_url: str
    rhythms: Mapping[System, Rhythm]
    lifeline: Lifeline | None = None
    """Of whoever carries runs out: no call begins once the process is to stop."""

    def of(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the client of one system, for what somebody waits for. Raises NotIntegrated.

        Closed hours are those that are kept when a call starts: changing them works at once, also for a run.
        """
        return self._make(integration, system, self._hours_of(integration), self.rhythms[system])

    def for_import(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the same to a run, which leaves calls of every hour to whoever waits. Raises NotIntegrated."""
        return self._make(integration, system, self._hours_of(integration), _leaving(self.rhythms[system]))

    def proposed(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the client of one system by settings that are not kept yet. Raises NotIntegrated."""
        return self._make(integration, system, lambda: integration.closed_hours, self.rhythms[system])

    def _make(self, integration: Integration, system: System, hours: Hours, rhythm: Rhythm) -> RemoteSystem:
        if system is System.SMARTHR:
            return self._smarthr(integration, rhythm)
        return self._kinkakuji(integration, hours, rhythm)

    def _smarthr(self, integration: Integration, rhythm: Rhythm) -> RemoteSystem:
        access = _present(integration.smarthr)
        return smarthr_client(
            self.smarthr_url,
            access.subdomain,
            access.token,
            self._pace(System.SMARTHR, f"{access.subdomain}:{access.token}", rhythm),
            prefer_business_name=integration.prefer_business_name,
        )

    def _kinkakuji(self, integration: Integration, hours: Hours, rhythm: Rhythm) -> RemoteSystem:
        access = _present(integration.kinkakuji)
        return kinkakuji_client(
            self.kinkakuji_url,
            access.token,
            self._pace(System.KINKAKUJI, access.token, rhythm),
            gate=partial(self._raise_if_closed, hours),
            clock=self.clock,
        )

    def _raise_if_closed(self, hours: Hours) -> None:
        kept = hours()  # before the clock is read: the database may keep one waiting
        raise_if_closed(self.clock(), kept)

    def _pace(self, system: System, tenant_token: str, rhythm: Rhythm) -> Pace:
        pace = self.store.pace(system, tenant_token, rhythm)
        return EndingPace(pace, self.lifeline) if self.lifeline else pace

    def _hours_of(self, integration: Integration) -> Hours:
        return lambda: self.store.integrations.load(integration.scope).closed_hours


def rhythms(settings: Settings, tempo: Tempo) -> Mapping[System, Rhythm]:
    """Give how often each system may be called with one token."""
    hourly = settings.smarthr_hourly or tempo.smarthr_hourly
    spacing = settings.kinkakuji_spacing or tempo.kinkakuji_spacing
    return {
        System.SMARTHR: Rhythm(tempo.smarthr_spacing, an_hour=hourly),
        System.KINKAKUJI: Rhythm(spacing, tempo.kinkakuji_widened),
    }


def _leaving(rhythm: Rhythm) -> Rhythm:
    """Give a run's part of a rhythm."""
    if rhythm.an_hour is None:
        return rhythm
    return replace(rhythm, an_hour=max(int(rhythm.an_hour * IMPORTS), 1))


def _present(access: Credentials | None) -> Credentials:
    if access is None:
        raise NotIntegrated
    return access
