"""Testing what was typed into 連携設定, and what waited for 勤革時 to open."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.access import Access, Need, Refused
from bot.deliveries import Deliveries
from bot.ids import Action
from bot.jobs.channel import channel_problem
from bot.remotes import Remotes
from bot.tell import send
from bot.texts import Texts
from bot.views.blocks import Level
from bot.views.buttons import settings_button
from bot.views.failures import error_text
from bot.views.integration import TOKENS, settings_saved_message, settings_saved_view, settings_view
from bot.views.loading import message_view, told_message
from bot.views.sentences import Sentence, check_text, unexpected_text
from storage.errors import SettingsMoved
from storage.records import Check, Credentials, Draft, Integration
from storage.store import Store
from sync.calendar import Clock
from sync.errors import ClosedNow, CredentialProblem, CredentialsRejected, RenkeiError
from sync.model import System

_log = structlog.get_logger(__name__)
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Integrations:
    """Tests integrations in the background, never inside an acknowledgement."""

    store: Store
    remotes: Remotes
    deliveries: Deliveries
    access: Access
    clock: Clock

    def test(self, draft_id: str) -> None:
        """Test a draft; keep it when it works, else show what to mend. Whoever waits is always told."""
        draft = self.store.integrations.load_draft(draft_id)
        if draft is None:
            self._tell_expired(draft_id)
            return
        try:
            self._test(draft)
        except Refused as refused:
            self._tell(draft, error_text(self.deliveries.texts(draft.scope, draft.user_id), refused))
        except Exception as error:  # noqa: BLE001 - whoever waits for the test is always told
            reference = secrets.token_hex(4)
            _log.error("test_failed", draft=draft_id, reference=reference, exc_info=error)
            t = self.deliveries.texts(draft.scope, draft.user_id)
            self._tell(draft, unexpected_text(t, reference), level="error")

    def test_unverified(self) -> None:
        """Test every connection that was saved while 勤革時 was closed; those still closed wait on."""
        for integration in self.store.integrations.unverified():
            for system, access in ((each, integration.access_to(each)) for each in System):
                if access is not None and access.check is Check.UNVERIFIED:
                    self._note(integration, system, access, self._checked(integration, system, access))

    def _test(self, draft: Draft) -> None:
        proposed = self._tested(self._proposed(draft))
        t = self.deliveries.texts(draft.scope, draft.user_id)
        problems = self._problems(t, proposed, draft)
        if not problems:
            try:
                self._keep(draft, proposed)
            except SettingsMoved as moved:
                problems = {"": error_text(t, moved).together}
                proposed = replace(proposed, revision=self.store.integrations.load(draft.scope).revision)
        view = (
            settings_view(t, proposed, draft, draft.administrators, problems)
            if problems
            else settings_saved_view(t, proposed)
        )
        message = settings_saved_message(t, proposed, problems)
        self.deliveries.show(draft.scope, draft.user_id, draft.view_id, view, message)

    def _keep(self, draft: Draft, proposed: Integration) -> None:
        """Keep the settings, if whoever typed them may still do so. Raises Refused or SettingsMoved."""
        client = self.deliveries.client_of(draft.scope)
        self.access.raise_if_refused(Need.OPENED_SETTINGS, draft.scope, draft.user_id, client)
        self.store.integrations.save(proposed)
        self.store.administrators.replace(draft.scope, draft.administrators, by=draft.user_id)
        self.store.integrations.drop_drafts(draft)

    def _tell_expired(self, draft_id: str) -> None:
        draft = self.store.integrations.expired_draft(draft_id)
        if draft is None:  # replaced by what the same person has saved since, or an hour old
            _log.warning("draft_gone", draft=draft_id)
            return
        t = self.deliveries.texts(draft.scope, draft.user_id)
        happened = t("The connections could not be tested within 10 minutes, so what you entered was erased.")
        self._tell(draft, Sentence(happened, t("Open the settings and enter it again.")))

    def _tell(self, draft: Draft, sentence: Sentence, level: Level = "warning") -> None:
        t = self.deliveries.texts(draft.scope, draft.user_id)
        title, buttons = t("Integration settings"), (settings_button(t),)
        view = message_view(t, title, *sentence, level=level, buttons=buttons)
        message = told_message(*sentence, buttons=buttons)
        self.deliveries.show(draft.scope, draft.user_id, draft.view_id, view, message)

    def _note(
        self, integration: Integration, system: System, tested: Credentials, access: Credentials
    ) -> None:
        """Keep what a test has shown; of a failure nobody would know otherwise, so the channel is told."""
        if access.check is Check.UNVERIFIED:
            return
        noted = self.store.integrations.save_check(integration.scope, system, tested, access)
        if noted and access.check is Check.FAILED and integration.admin_channel is not None:
            t = Texts(integration.language)
            happened, remedy = check_text(t, access.problem or UNAVAILABLE, system)
            told = t("The connection that was saved in closed hours does not work.")
            message = told_message(f"{told}\n{happened}", remedy, buttons=(settings_button(t),))
            send(self.deliveries.client_of(integration.scope), integration.admin_channel, message)

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
            repertoire=draft.repertoire,
            revision=draft.revision,
        )

    def _tested(self, proposed: Integration) -> Integration:
        return replace(
            proposed,
            smarthr=proposed.smarthr and self._checked(proposed, System.SMARTHR, proposed.smarthr),
            kinkakuji=proposed.kinkakuji and self._checked(proposed, System.KINKAKUJI, proposed.kinkakuji),
        )

    def _checked(self, integration: Integration, system: System, access: Credentials) -> Credentials:
        now = self.clock()
        try:
            self.remotes.proposed(integration, system).check()
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
                problems[str(_input_of(system, access))] = check_text(
                    t, access.problem or "", system
                ).together
        sentence = channel_problem(t, self.deliveries.client_of(draft.scope), draft.admin_channel or "")
        return problems | ({str(Action.ADMIN_CHANNEL): sentence} if sentence else {})


def _input_of(system: System, access: Credentials) -> Action:
    """Name the input to mend."""
    if access.problem == CredentialProblem.ADDRESS:
        return Action.SUBDOMAIN
    return TOKENS[system]


def _access(kept: Credentials | None, subdomain: str, token: str | None) -> Credentials | None:
    secret = token or (kept.token if kept else None)
    return Credentials(subdomain=subdomain, token=secret) if secret else None


def _failed(access: Credentials, problem: str, now: datetime) -> Credentials:
    return replace(access, check=Check.FAILED, problem=problem, checked_at=now)
