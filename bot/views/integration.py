"""連携設定: the two connections, who may use Renkei, and where it reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section
from sync.calendar import ClosedHours

if TYPE_CHECKING:
    from storage.records import Draft, Integration


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsForm:
    """What was typed. A token that was left empty is None: unchanged."""

    subdomain: str
    smarthr_token: str | None = field(repr=False)
    kinkakuji_token: str | None = field(repr=False)
    admin_channel: str | None
    administrators: tuple[str, ...]
    closed_hours: tuple[ClosedHours, ...]
    prefer_business_name: bool
    problems: Mapping[str, str]
    """block_id → sentence, for the acknowledgement's `errors`; empty when all is well."""


def settings_view(
    t: Texts,
    integration: Integration,
    draft: Draft | None,
    administrators: Sequence[str],
    problems: Mapping[str, str],
) -> Json:
    """Show the settings; a token is never shown again. `problems`: block_id → sentence."""
    return modal(t("Integration settings"), [section("…")], callback=Callback.SETTINGS, close=t("Close"))


def parse_settings(t: Texts, view: Mapping[str, Any]) -> SettingsForm:
    """Read the settings and check what can be checked without a call."""
    raise NotImplementedError


def testing_view(t: Texts) -> Json:
    """Say that the connections are being tested."""
    raise NotImplementedError
