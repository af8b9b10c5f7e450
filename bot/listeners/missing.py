"""A list that could not be made: read once more or, where people are missing, go on with a reason."""

from functools import partial

from bot.access import Need
from bot.anew import make_anew
from bot.answer import Answer, close, point_out
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.press import Press
from bot.services import Services
from bot.views.metadata import metadata
from bot.views.missing import MISSING, accept_missing_view
from bot.views.reason import parse_reason, reason_problem
from storage.plan_records import PlanHead


def register(entrance: Entrance, services: Services) -> None:
    """Register the ways on."""
    entrance.action(Action.READ_AGAIN, Need.ADMINISTRATOR, partial(read_again, services))
    entrance.action(
        Action.OPEN_ACCEPT_MISSING, Need.ADMINISTRATOR, partial(open_accept, services), repeatable=True
    )
    entrance.submission(Callback.ACCEPT_MISSING, Need.ADMINISTRATOR, partial(accept, services))


def read_again(services: Services, press: Press) -> None:
    """Read both systems once more, in the same window; that accepts nobody whose absence was just told."""
    head = services.store.plans.load(press.scope, press.value)
    accepted = "" if head.failure == MISSING else None
    _make_anew(services, press, head, press.view_id, accepted)


def open_accept(services: Services, press: Press) -> None:
    """Ask for the reason, above what was said."""
    head = services.store.plans.load(press.scope, press.value)
    view = accept_missing_view(services.texts(press), head)
    press.client.views_push(trigger_id=press.trigger_id, view=view)


def accept(services: Services, press: Press) -> Answer:
    """Have the plan made although people are missing; the reason is kept with it."""
    reason = parse_reason(press.modal)
    problem = reason_problem(services.texts(press), reason)
    if problem:
        return point_out(problem)
    head = services.store.plans.load(press.scope, metadata(press.modal)["plan"])
    below = press.modal["previous_view_id"]
    return close(then=partial(_make_anew, services, press, head, below, reason))


def _make_anew(
    services: Services, press: Press, head: PlanHead, view_id: str, accepted: str | None = None
) -> None:
    make_anew(services, press, head, view_id, accepted=accepted)
