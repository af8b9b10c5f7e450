"""Brings what the background has made to whoever waits: into their modal, or in a DM if they closed it."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.languages import Languages
from bot.screens import Turn, pick_screen
from bot.tell import MODAL_GONE, code_of, send
from bot.texts import Texts
from bot.views.blocks import Json
from bot.views.missing import failed_plan_view
from bot.views.pick import pick_view
from bot.views.run import dm_failed_message, dm_ready_message
from storage.plan_records import PlanHead, PlanState
from storage.records import Scope
from storage.store import Store
from sync.calendar import Clock, today

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Speaks as the app, outside any listener. What Slack refuses is logged and fails nothing."""

    store: Store
    languages: Languages
    client_of: Callable[[Scope], WebClient]
    clock: Clock

    def texts(self, scope: Scope, user_id: str) -> Texts:
        """Give the texts in a person's language."""
        return self.languages.of(scope, user_id, self.client_of(scope))

    def show_plan(self, head: PlanHead) -> None:
        """Show a plan, or why there is none; unless its modal waits for a newer one, which shows itself."""
        if not self.store.plans.is_newest_in(head.view_id, head.id):
            _log.info("plan_overtaken", plan=head.id)
            return
        t = self.texts(head.scope, head.user_id)
        if head.state is PlanState.FAILED:
            view, message = failed_plan_view(t, head), dm_failed_message(t, head)
        else:
            view = pick_view(t, pick_screen(self.store, head, Turn(), today(self.clock())))
            message = dm_ready_message(t, head)
        self.show(head.scope, head.user_id, head.view_id, view, message)

    def show(self, scope: Scope, user_id: str, view_id: str, view: Json, message: Json) -> None:
        """Show a view in the modal that waits for it; if that was closed, send the message instead."""
        client = self.client_of(scope)
        try:
            client.views_update(view_id=view_id, view=view)
        except SlackApiError as error:
            code = code_of(error)
            if code in MODAL_GONE:
                _log.info("modal_was_gone", user=user_id, error=code)
            else:  # a fault of ours, such as a view that Slack does not take
                _log.error("modal_refused", user=user_id, error=code)
            send(client, user_id, message)
        except OSError as error:
            _log.warning("modal_not_reached", user=user_id, error=code_of(error))
            send(client, user_id, message)
