"""Testing what was typed into 連携設定, and what waited for 勤革時 to open."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.deliveries import Deliveries
from bot.ids import Action
from bot.remotes import Remotes
from bot.texts import Texts
from bot.views.integration import TOKENS, settings_saved_message, settings_saved_view, settings_view
from bot.views.sentences import check_text
from storage.records import Access, Check, Draft, Integration, Scope
from storage.store import Store
from sync.calendar import Clock
from sync.errors import ClosedNow, CredentialProblem, CredentialsRejected, RenkeiError
from sync.model import System

_log = structlog.get_logger(__name__)
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Connections:
    """Tests connections in the background, never inside an acknowledgement."""

    store: Store
    remotes: Remotes
    deliveries: Deliveries
    clock: Clock

    def test(self, draft_id: str) -> None:
        """Test a draft; keep it when it works, else show what to mend with everything still typed in."""
        draft = self.store.integrations.load_draft(draft_id)
        if draft is None:
            return
        proposed = self._tested(self._proposed(draft))
        t = self.deliveries.texts(draft.scope, draft.user_id)
        problems = self._problems(t, proposed, draft)
        if not problems:
            self.store.integrations.save(proposed)
            self.store.administrators.replace(draft.scope, draft.administrators, by=draft.user_id)
            self.store.integrations.drop_drafts(draft)
        view = (
            settings_view(t, proposed, draft, draft.administrators, problems)
            if problems
            else settings_saved_view(t, proposed)
        )
        message = settings_saved_message(t, proposed, problems)
        self.deliveries.show(draft.scope, draft.user_id, draft.view_id, view, message)

    def test_unverified(self) -> None:
        """Test every connection that was saved while 勤革時 was closed; those still closed wait on."""
        for integration in self.store.integrations.unverified():
            for system, access in ((each, integration.access_to(each)) for each in System):
                if access is not None and access.check is Check.UNVERIFIED:
                    self._save_check(integration.scope, system, self._checked(integration, system, access))

    def _save_check(self, scope: Scope, system: System, access: Access) -> None:
        if access.check is not Check.UNVERIFIED and access.checked_at is not None:
            self.store.integrations.save_check(scope, system, access.check, access.problem, access.checked_at)

    def _proposed(self, draft: Draft) -> Integration:
        """Lay what was typed over what is kept; an empty token leaves the kept one."""
        kept = self.store.integrations.load(draft.scope)
        return replace(
            kept,
            smarthr=_access(kept.smarthr, draft.subdomain or "", draft.smarthr_token),
            kinkakuji=_access(kept.kinkakuji, "", draft.kinkakuji_token),
            admin_channel=draft.admin_channel,
            closed_hours=draft.closed_hours,
            prefer_business_name=draft.prefer_business_name,
        )

    def _tested(self, proposed: Integration) -> Integration:
        return replace(
            proposed,
            smarthr=proposed.smarthr and self._checked(proposed, System.SMARTHR, proposed.smarthr),
            kinkakuji=proposed.kinkakuji and self._checked(proposed, System.KINKAKUJI, proposed.kinkakuji),
        )

    def _checked(self, integration: Integration, system: System, access: Access) -> Access:
        now = self.clock()
        try:
            self.remotes.of(integration, system).check()
        except ClosedNow:
            return replace(access, check=Check.UNVERIFIED, problem=None, checked_at=None)
        except CredentialsRejected as error:
            return _failed(access, str(error.problem), now)
        except RenkeiError as error:
            _log.info("check_failed", system=system, error=type(error).__name__)
            return _failed(access, UNAVAILABLE, now)
        return replace(access, check=Check.VERIFIED, problem=None, checked_at=now)

    def _problems(self, t: Texts, proposed: Integration, draft: Draft) -> dict[str, str]:
        problems = {}
        for system in System:
            access = proposed.access_to(system)
            if access is not None and access.check is Check.FAILED:
                problems[str(_input_of(system, access))] = " ".join(
                    check_text(t, access.problem or "", system)
                )
        sentence = _channel_problem(t, self.deliveries.client_of(draft.scope), draft.admin_channel or "")
        return problems | ({str(Action.ADMIN_CHANNEL): sentence} if sentence else {})


def _input_of(system: System, access: Access) -> Action:
    """Name the input to mend."""
    if access.problem == CredentialProblem.ADDRESS:
        return Action.SUBDOMAIN
    return TOKENS[system]


def _access(kept: Access | None, subdomain: str, token: str | None) -> Access | None:
    secret = token or (kept.token if kept else None)
    return Access(subdomain=subdomain, token=secret) if secret else None


def _failed(access: Access, problem: str, now: datetime) -> Access:
    return replace(access, check=Check.FAILED, problem=problem, checked_at=now)


def _channel_problem(t: Texts, client: WebClient, channel_id: str) -> str | None:
    """Say why results can't be posted to a channel; a channel shared with other companies is refused."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError:
        return t("Renkei is not in this channel. Invite it there with /invite, then save again.")
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return t("This channel is shared with another company. Choose one of your own.")
    if not channel.get("is_member"):
        return t("Renkei is not in this channel. Invite it there with /invite, then save again.")
    return None
