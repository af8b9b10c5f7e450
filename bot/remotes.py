"""Makes the clients of SmartHR and 勤革時 from what 連携設定 holds."""

from dataclasses import dataclass
from functools import partial

from storage.records import Access as Credentials
from storage.records import Integration
from storage.store import Store
from sync.calendar import Clock, raise_if_closed
from sync.clients import kinkakuji_client, smarthr_client
from sync.errors import RenkeiError
from sync.model import System
from sync.remote import RemoteSystem


class NotConnected(RenkeiError):
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
        """Give the client of one system. Raises NotConnected."""
        if system is System.SMARTHR:
            return self._smarthr(integration)
        return self._kinkakuji(integration)

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

    def _kinkakuji(self, integration: Integration) -> RemoteSystem:
        access = _present(integration.kinkakuji)
        pace = self.store.pace(System.KINKAKUJI, access.token, self.kinkakuji_spacing)
        return kinkakuji_client(
            self.kinkakuji_url,
            access.token,
            pace,
            gate=partial(self._raise_if_closed, integration),
            clock=self.clock,
        )

    def _raise_if_closed(self, integration: Integration) -> None:
        raise_if_closed(self.clock(), integration.closed_hours)


def _present(access: Credentials | None) -> Credentials:
    if access is None:
        raise NotConnected
    return access
