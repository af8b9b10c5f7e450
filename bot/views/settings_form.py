"""What was typed into 連携設定, and what can be found wrong with it without a call."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.ids import Action
from bot.texts import Texts
from bot.views.closed_hours import parse_closed_hours
from bot.views.state import chosen, element_of, ticked, typed
from sync.calendar import ClosedHours
from sync.text import Repertoire

BUSINESS_NAME_ON = "on"
_SUBDOMAIN = re.compile(r"[a-z0-9-]+")
_TOKEN = re.compile(r"[!-~]+")
"""Visible ASCII: what a header can carry (RFC 9110, 5.5)."""


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
    repertoire: Repertoire
    problems: Mapping[str, str]
    """block_id → sentence, for the acknowledgement's `errors`; empty when all is well."""


def parse_settings(t: Texts, view: Mapping[str, Any]) -> SettingsForm:
    """Read the settings and check what can be checked without a call."""
    return SettingsForm(
        subdomain=typed(view, Action.SUBDOMAIN),
        smarthr_token=typed(view, Action.SMARTHR_TOKEN) or None,
        kinkakuji_token=typed(view, Action.KINKAKUJI_TOKEN) or None,
        admin_channel=element_of(view, Action.ADMIN_CHANNEL).get("selected_conversation"),
        administrators=tuple(element_of(view, Action.ADMINISTRATORS).get("selected_users") or ()),
        closed_hours=parse_closed_hours(typed(view, Action.CLOSED_HOURS)) or (),
        prefer_business_name=BUSINESS_NAME_ON in ticked(element_of(view, Action.BUSINESS_NAME)),
        repertoire=Repertoire(chosen(view, Action.REPERTOIRE) or Repertoire.UNICODE),
        problems=dict(_problems(t, view)),
    )


def _problems(t: Texts, view: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not _SUBDOMAIN.fullmatch(typed(view, Action.SUBDOMAIN)):
        yield Action.SUBDOMAIN, t("Enter only the part before .smarthr.jp: a-z, 0-9 and hyphens.")
    for action in (Action.SMARTHR_TOKEN, Action.KINKAKUJI_TOKEN):
        yield from _token_problem(t, view, action)
    if not element_of(view, Action.ADMIN_CHANNEL).get("selected_conversation"):
        yield Action.ADMIN_CHANNEL, t("Choose a channel.")
    if not element_of(view, Action.ADMINISTRATORS).get("selected_users"):
        yield Action.ADMINISTRATORS, t("Name at least one person who may use Renkei.")
    if not parse_closed_hours(typed(view, Action.CLOSED_HOURS)):
        yield (
            Action.CLOSED_HOURS,
            t(
                "Write the hours like this: 08:00-10:00, 22:00-02:00. "
                "Each lasts 12 hours at most, and some of the day stays open."
            ),
        )


def _token_problem(t: Texts, view: Mapping[str, Any], action: Action) -> Iterator[tuple[str, str]]:
    token = typed(view, action)
    if not token and not _may_stay_empty(view, action):
        yield action, t("Enter the access token.")
    elif token and not _TOKEN.fullmatch(token):
        yield action, t("A token has no spaces and no full-width letters. Please copy it again.")


def _may_stay_empty(view: Mapping[str, Any], action: Action) -> bool:
    """Tell whether a token is known already: then its input was shown as optional."""
    return any(block.get("block_id") == action and block.get("optional") for block in view["blocks"])
