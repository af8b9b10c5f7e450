"""この回の条件: the list is made anew by other terms."""

from functools import partial

from bot.access import Need
from bot.anew import make_anew
from bot.answer import Answer, close, replace
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.listeners.pick import keep_ticks
from bot.press import Press
from bot.services import Services
from bot.views.failures import error_text
from bot.views.metadata import metadata
from bot.views.options import options_view, parse_options
from storage.plan_records import PlanHead, PlanOptions
from sync.calendar import raise_if_closed
from sync.errors import ClosedNow
from sync.fields import Policies


def register(entrance: Entrance, services: Services) -> None:
    """Register the terms of a single list."""
    entrance.action(Action.OPEN_OPTIONS, Need.ADMINISTRATOR, partial(open_options, services), repeatable=True)
    entrance.submission(Callback.OPTIONS, Need.ADMINISTRATOR, partial(compare_again, services))


def open_options(services: Services, press: Press) -> None:
    """Ask by which terms to compare, above the list."""
    head = services.store.plans.load_ready(press.scope, keep_ticks(services, press).plan_id)
    view = options_view(services.texts(press), head, _policies(services, head))
    press.client.views_push(trigger_id=press.trigger_id, view=view)


def compare_again(services: Services, press: Press) -> Answer:
    """Have the list below made anew by these terms, if they are others than its own."""
    head = services.store.plans.load_ready(press.scope, metadata(press.modal)["plan"])
    policies = _policies(services, head)
    options = parse_options(press.modal, head.direction, policies)
    if options == head.options:
        return close()
    try:
        raise_if_closed(services.clock(), services.store.integrations.load(press.scope).closed_hours)
    except ClosedNow as error:
        t = services.texts(press)
        return replace(options_view(t, head, policies, error_text(t, error).together))
    return close(then=partial(_make_anew, services, press, head, options))


def _policies(services: Services, head: PlanHead) -> Policies:
    return services.store.integrations.load(head.scope).policies[head.direction]


def _make_anew(services: Services, press: Press, head: PlanHead, options: PlanOptions) -> None:
    below = press.modal["previous_view_id"]
    make_anew(services, press, head, below, options=options)
