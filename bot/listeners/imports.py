"""From the choice to the run: where new people are put, the last look, and the press that starts it."""

from functools import partial

from bot.access import Need
from bot.answer import Answer, point_out, push, replace
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.press import Json, Press
from bot.screens import confirm_screen, ticked_creates
from bot.services import Services
from bot.views.confirm import ConfirmForm, confirm_view, parse_confirm
from bot.views.metadata import metadata
from bot.views.placement import missing_parts, parse_placement, placement_options, placement_view
from bot.views.run import run_started_view
from storage.errors import PlanStarted
from storage.records import PlanHead, RunHead
from sync.calendar import raise_if_closed, raise_if_out_of_range
from sync.model import Placement, PlacementChoices


def register(entrance: Entrance, services: Services) -> None:
    """Register the way to the run."""
    entrance.submission(Callback.PLACEMENT, Need.ADMINISTRATOR, partial(place, services))
    entrance.submission(Callback.CONFIRM, Need.ADMINISTRATOR, partial(start_run, services))
    for action in (Action.ESTABLISHMENT, Action.DIVISION, Action.CATEGORY):
        entrance.options(action, Need.ADMINISTRATOR, partial(suggest_places, services, action))


def next_step(services: Services, press: Press, head: PlanHead) -> Answer:
    """Ask where new people are put if there are any; else go to the last look."""
    creates = ticked_creates(services.store, head)
    if creates:
        return _ask_for_places(services, press, head, creates)
    return _last_look(services, press, head, Placement())


def suggest_places(services: Services, action: Action, press: Press) -> list[Json]:
    """Give the places whose name or code holds what is typed."""
    head = services.store.plans.load(press.scope, metadata(press.modal)["plan"])
    return list(placement_options(head.choices or PlacementChoices(), action, press.typed))


def place(services: Services, press: Press) -> Answer:
    """Keep the placement and go to the last look."""
    head = services.store.plans.load_ready(press.scope, metadata(press.modal)["plan"])
    placement = parse_placement(press.modal, head.choices or PlacementChoices())
    missing = missing_parts(head.direction, placement)
    if missing:
        return point_out(dict.fromkeys(missing, services.texts(press)("Choose one of the entries.")))
    return _last_look(services, press, head, placement)


def start_run(services: Services, press: Press) -> Answer:
    """Start exactly the run that was confirmed, once, however often it is pressed."""
    form = parse_confirm(press.modal)
    integration = services.store.integrations.load(press.scope)
    raise_if_closed(services.clock(), integration.closed_hours)
    as_of = services.store.plans.load(press.scope, form.plan_id).as_of
    raise_if_out_of_range(as_of, services.today())  # midnight may have passed since the preview
    run = _start_once(services, press, form)
    view = run_started_view(services.texts(press), run)
    return replace(view, then=partial(services.background.carry_out, run))


def _start_once(services: Services, press: Press, form: ConfirmForm) -> RunHead:
    """Start the run, or give the one that the same person's earlier press has started."""
    try:
        return services.store.runs.start(press.scope, form.plan_id, press.user_id, choice=form.choice)
    except PlanStarted as started:
        run = services.store.runs.load(press.scope, started.run_id)
        if run.user_id != press.user_id:
            raise
        return run


def _ask_for_places(services: Services, press: Press, head: PlanHead, creates: int) -> Answer:
    choices = head.choices or PlacementChoices()
    return push(placement_view(services.texts(press), head, creates, choices))


def _last_look(services: Services, press: Press, head: PlanHead, placement: Placement) -> Answer:
    services.store.plans.save_placement(head.id, placement)
    screen = confirm_screen(services.store, head, services.clock)
    if screen.creates and missing_parts(head.direction, screen.placement):  # by somebody else
        return _ask_for_places(services, press, head, screen.creates)
    return push(confirm_view(services.texts(press), head, screen))
