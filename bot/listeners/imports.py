"""The last look, and the press that starts the run."""

from functools import partial
from time import sleep

from bot.access import Need
from bot.anew import make_anew
from bot.answer import Answer, clear, point_out, push, replace
from bot.bases import terms_now
from bot.entrance import Entrance
from bot.ids import Callback
from bot.press import Press
from bot.screens import confirm_screen, in_the_way
from bot.services import Services
from bot.views.begun import run_started_view
from bot.views.blocks import Json
from bot.views.confirm import ConfirmForm, anew_view, confirm_view, parse_confirm
from bot.views.failures import error_text
from bot.views.later import later_view
from bot.views.loading import waiting_view
from bot.views.metadata import metadata
from bot.views.reason import reason_problem
from storage.errors import ChoiceMoved, PlanStarted, TermsMoved
from storage.plan_records import PlanHead, PlanState
from storage.run_records import RunHead
from sync.calendar import raise_if_closed, raise_if_out_of_range
from sync.errors import UnsafePlan

CLEARING = 0.5
"""Seconds until Slack has closed what an acknowledgement told it to close: a modal that is opened before that
goes with the others. A trigger lives for three seconds."""


def register(entrance: Entrance, services: Services) -> None:
    """Register the way to the run."""
    entrance.submission(Callback.CONFIRM, Need.ADMINISTRATOR, partial(start_run, services))
    entrance.submission(Callback.LATER, Need.ADMINISTRATOR, partial(start_later, services))
    entrance.submission(Callback.ANEW, Need.ADMINISTRATOR, partial(list_anew, services))


def last_look(services: Services, press: Press, head: PlanHead) -> Answer:
    """Show what would be written. Raises ChoiceMoved for a new person without a place: ticked just now."""
    return push(_confirm_view(services, press, head))


def start_run(services: Services, press: Press) -> Answer:
    """Start exactly the run that was confirmed, once, however often it is pressed.

    What keeps it from starting at once is shown first, with the offer to have it start by itself.
    """
    form, head = parse_confirm(press.modal), _head(services, press)
    if problem := _problem(services, press, form):
        return point_out(problem)
    ahead = services.store.runs.busy(press.scope, head.direction)
    later = in_the_way(services.store, press.scope, ahead, services.clock)
    if later is None or head.state is not PlanState.READY:
        return _start(services, press, head, form)
    if form.justification is None and services.store.runs.excesses(head.id):  # the other run has begun since
        return replace(_confirm_view(services, press, head))
    return replace(later_view(services.texts(press), head, form, later))


def start_later(services: Services, press: Press) -> Answer:
    """Start the run now that whoever confirmed it knows what it waits for."""
    form, head = parse_confirm(press.modal), _head(services, press)
    if problem := _problem(services, press, form):
        return point_out(problem)
    return _start(services, press, head, form)


def _head(services: Services, press: Press) -> PlanHead:
    head = services.store.plans.load(press.scope, metadata(press.modal)["plan"])
    raise_if_out_of_range(head.as_of, services.today())  # midnight may have passed since the preview
    return head


def _problem(services: Services, press: Press, form: ConfirmForm) -> dict[str, str]:
    return {} if form.justification is None else reason_problem(services.texts(press), form.justification)


def _start(services: Services, press: Press, head: PlanHead, form: ConfirmForm) -> Answer:
    t = services.texts(press)
    try:
        run = _start_once(services, press, head, form)
    except TermsMoved as moved:
        return replace(anew_view(t, head.id, error_text(t, moved)))
    except UnsafePlan:  # another run has begun meanwhile, or the reason was left out
        return replace(_confirm_view(services, press, head))
    later = in_the_way(services.store, run.scope, services.store.runs.ahead_of(run.id), services.clock)
    return replace(run_started_view(t, run, later), then=partial(services.background.carry_out, run))


def list_anew(services: Services, press: Press) -> Answer:
    """Close everything and make the list again, in a window of its own."""
    head = services.store.plans.load_ready(press.scope, metadata(press.modal)["plan"])
    raise_if_closed(services.clock(), services.store.integrations.load(press.scope).closed_hours)
    return clear(then=partial(_open_anew, services, press, head))


def _open_anew(services: Services, press: Press, head: PlanHead) -> None:
    sleep(CLEARING)
    waiting = waiting_view(services.texts(press))
    opened = press.client.views_open(trigger_id=press.trigger_id, view=waiting)
    make_anew(services, press, head, opened["view"]["id"])


def _confirm_view(services: Services, press: Press, head: PlanHead) -> Json:
    screen = confirm_screen(services.store, head, services.clock)
    if screen.unplaced:
        raise ChoiceMoved
    return confirm_view(services.texts(press), head, screen)


def _start_once(services: Services, press: Press, head: PlanHead, form: ConfirmForm) -> RunHead:
    """Start the run, or give the one that the same person's earlier press has started."""
    try:
        return services.store.runs.start(
            press.scope,
            head.id,
            press.user_id,
            choice=form.choice,
            terms=terms_now(services.store, head, services.today()),
            justification=form.justification,
        )
    except PlanStarted as started:
        run = services.store.runs.load(press.scope, started.run_id)
        if run.user_id != press.user_id:
            raise
        return run
