"""Makes the clients of SmartHR and 勤革時 from what 連携設定 holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from storage.records import Credentials, Integration
from storage.store import Store
from sync.calendar import Clock, ClosedHours, raise_if_closed
from sync.clients import kinkakuji_client, smarthr_client
from sync.errors import RenkeiError
from sync.model import System
from sync.remote import RemoteSystem

Hours = Callable[[], Sequence[ClosedHours]]


class NotIntegrated(RenkeiError):
    """連携設定 lacks what this needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remotes:
    """`smarthr_url` has a `{subdomain}`; `*_spacing` are the seconds between two calls' starts."""

    store: Store
    clock: Clock
    smarthr_url: str
    kinkakuji_url: str
    smarthr_spacing: float
    kinkakuji_spacing: float

    def of(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the client of one system, for what somebody waits for. Raises NotIntegrated.

        Closed hours are those that are kept when a call starts: changing them works at once, also for a run.
        """
        return self._make(integration, system, partial(self._kept_hours, integration))

    def for_import(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the client of one system to a run, which leaves calls to whoever waits. Raises NotIntegrated."""
        return self._make(integration, system, partial(self._kept_hours, integration))

    def proposed(self, integration: Integration, system: System) -> RemoteSystem:
        """Give the client of one system by settings that are not kept yet. Raises NotIntegrated."""
        return self._make(integration, system, lambda: integration.closed_hours)

    def _make(self, integration: Integration, system: System, hours: Hours) -> RemoteSystem:
        if system is System.SMARTHR:
            return self._smarthr(integration)
        return self._kinkakuji(integration, hours)

    def _smarthr(self, integration: Integration) -> RemoteSystem:
        access = _present(integration.smarthr)
        pace = self.store.pace(System.SMARTHR, f"{access.subdomain}:{access.token}", self.smarthr_spacing)
        return smarthr_client(
            self.smarthr_url,
            access.subdomain,
            access.token,
            pace,
            prefer_business_name=integration.prefer_business_name,
        )

    def _kinkakuji(self, integration: Integration, hours: Hours) -> RemoteSystem:
        access = _present(integration.kinkakuji)
        pace = self.store.pace(System.KINKAKUJI, access.token, self.kinkakuji_spacing)
        return kinkakuji_client(
            self.kinkakuji_url,
            access.token,
            pace,
            gate=lambda: raise_if_closed(self.clock(), hours()),
            clock=self.clock,
        )

    def _kept_hours(self, integration: Integration) -> Sequence[ClosedHours]:
        return self.store.integrations.load(integration.scope).closed_hours


def _present(access: Credentials | None) -> Credentials:
    if access is None:
        raise NotIntegrated
    return access
