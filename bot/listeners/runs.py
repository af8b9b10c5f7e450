"""A run that somebody ends early, or takes up again: 中止 and 残りを再開する."""

from functools import partial

import structlog

from bot.access import Need
from bot.bases import terms_now
from bot.entrance import Entrance
from bot.ids import Action
from bot.listeners.history import show_run
from bot.posting import AWAY
from bot.press import Press
from bot.screens import in_the_way
from bot.services import Services
from bot.texts import Texts
from bot.views.begun import run_resumed_view
from bot.views.buttons import recheck_button
from bot.views.failures import error_text
from bot.views.loading import message_view
from bot.views.run import late_text, resumed_message
from storage.run_records import ENDED, RunHead
from sync.calendar import raise_if_out_of_range
from sync.errors import StalePlan, UnsafePlan

_log = structlog.get_logger(__name__)


def register(entrance: Entrance, services: Services) -> None:
    """Register both. Pressed again a while later, either changes nothing and says how things stand."""
    need = Need.ADMINISTRATOR
    entrance.action(Action.CANCEL_RUN, need, partial(cancel_run, services))
    entrance.action(Action.RESUME_RUN, need, partial(resume_run, services))


def cancel_run(services: Services, press: Press) -> None:
    """Have a run end before its next row, and show where it stands."""
    run = services.store.runs.cancel(press.scope, press.value, press.user_id)
    is_late = run.state in ENDED and run.cancelled_at is None
    show_run(services, press, run.id, late_text(services.texts(press)) if is_late else "")


def resume_run(services: Services, press: Press) -> None:
    """Take up again whom a run did not reach; where that may not be, offer to look at them anew."""
    try:
        before = services.store.runs.load(press.scope, press.value)
        run = _resumed(services, press, before)
    except (StalePlan, UnsafePlan) as error:
        t = services.texts(press)
        again = (recheck_button(t, press.value),)
        press.show(message_view(t, t("Notice"), *error_text(t, error), buttons=again))
        return
    if run.state in ENDED:  # nobody is left
        show_run(services, press, run.id)
        return
    services.background.carry_out(run)
    is_first = run.leg != before.leg
    later = in_the_way(services.store, run.scope, services.store.runs.ahead_of(run.id), services.clock)
    try:
        press.show(run_resumed_view(services.texts(press), run, later, is_first=is_first))
    finally:  # also where it comes too late for a window
        if is_first:
            _replace_result(services, press, before)


def _replace_result(services: Services, press: Press, before: RunHead) -> None:
    """Take the result's place in the channel: what it offers is done, and what it counts is past."""
    if before.result_channel is None or before.result_ts is None:
        return
    t = Texts(services.store.integrations.load(press.scope).language)
    message = resumed_message(t, before, press.user_id)
    try:
        press.client.chat_update(channel=before.result_channel, ts=before.result_ts, **message)
    except AWAY as error:
        _log.warning("result_not_replaced", run=before.id, error=type(error).__name__)


def _resumed(services: Services, press: Press, run: RunHead) -> RunHead:
    head = services.store.plans.load(press.scope, run.plan_id)
    raise_if_out_of_range(head.as_of, services.today())  # midnight may have passed since the start
    terms = terms_now(services.store, head, services.today())
    return services.store.runs.resume(press.scope, run.id, press.user_id, terms=terms)
