"""The list of differences: search, filter, turn pages, tick people."""

from collections.abc import Callable, Iterable
from functools import partial

from bot.access import Need
from bot.answer import Answer, close, point_out, replace
from bot.entrance import Entrance
from bot.ids import PICK_TURNS, Action, Callback, part_of
from bot.listeners.imports import last_look
from bot.listeners.placing import ask_for_places
from bot.press import Press
from bot.screens import Turn, chosen_at_once, matching, pick_screen
from bot.services import Services
from bot.views.blocks import Json
from bot.views.paste import parse_paste, paste_note, paste_view
from bot.views.pick import PickForm, parse_pick, pick_view
from bot.views.pick_bulk import SPELLED
from storage.plan_records import IndexEntry, PlanHead
from sync.text import number_key

Ticking = Callable[[Services, PickForm], None]


def register(entrance: Entrance, services: Services) -> None:
    """Register the list."""
    for pager in PICK_TURNS:
        entrance.action(pager, Need.ADMINISTRATOR, partial(turn_page, services), repeatable=True)
    entrance.action(Action.TICK, Need.ADMINISTRATOR, partial(take_over_tick, services), repeatable=True)
    for action in (Action.SEARCH, Action.FILTER):
        entrance.action(action, Need.ADMINISTRATOR, partial(change_filter, services), repeatable=True)
    entrance.action(Action.TICK_PAGE, Need.ADMINISTRATOR, partial(tick, services, tick_page), repeatable=True)
    entrance.action(
        Action.TICK_MATCHING, Need.ADMINISTRATOR, partial(tick, services, tick_matching), repeatable=True
    )
    entrance.action(
        Action.UNTICK_ALL, Need.ADMINISTRATOR, partial(tick, services, untick_all), repeatable=True
    )
    entrance.action(Action.OPEN_PASTE, Need.ADMINISTRATOR, partial(open_paste, services), repeatable=True)
    entrance.action(Action.OPEN_PLAN, Need.ADMINISTRATOR, partial(open_plan, services), repeatable=True)
    entrance.submission(Callback.PICK, Need.ADMINISTRATOR, partial(choose, services))
    entrance.submission(Callback.PASTE, Need.ADMINISTRATOR, partial(paste, services))


def open_plan(services: Services, press: Press) -> None:
    """Open a plan again, from the message that told of it."""
    head = services.store.plans.load_ready(press.scope, press.value)
    press.client.views_open(trigger_id=press.trigger_id, view=_view(services, press, head, Turn()))


def keep_ticks(services: Services, press: Press) -> PickForm:
    """Take over what is ticked on the page, before anything else happens.

    Where the list has been shown anew since (a press that came twice, another person), this page is older
    than what was chosen there: then only what the person has ticked and unticked on it counts.
    """
    form = parse_pick(press.modal)
    head = services.store.plans.load_ready(press.scope, form.plan_id)
    unticked = (form.shown if form.revision == head.revision else form.rendered) - form.ticked
    added = form.ticked if form.revision == head.revision else form.ticked - form.rendered
    services.store.plans.tick(form.plan_id, add=added, remove=unticked)
    return form


def take_over_tick(services: Services, press: Press) -> None:
    """Keep one tick at once, so that closing the list loses none; nothing needs to be shown anew."""
    head = services.store.plans.load_ready(press.scope, parse_pick(press.modal).plan_id)
    position = [part_of(press.block_id)]
    if press.is_ticked:
        services.store.plans.tick(head.id, add=position)
    else:
        services.store.plans.tick(head.id, remove=position)


def turn_page(services: Services, press: Press) -> None:
    """Show the page that the button names."""
    form = keep_ticks(services, press)
    show_turn(services, press, Turn(filter=form.filter, page=int(press.value)))


def change_filter(services: Services, press: Press) -> None:
    """Show the first page of what is searched for."""
    form = keep_ticks(services, press)
    show_turn(services, press, Turn(filter=form.filter))


def tick(services: Services, ticking: Ticking, press: Press) -> None:
    """Tick or untick many at once."""
    form = keep_ticks(services, press)
    ticking(services, form)
    show_turn(services, press, Turn(filter=form.filter, page=form.page))


def open_paste(services: Services, press: Press) -> None:
    """Ask for numbers, above the list."""
    form = keep_ticks(services, press)
    view = paste_view(services.texts(press), form)
    press.client.views_push(trigger_id=press.trigger_id, view=view)


def paste(services: Services, press: Press) -> Answer:
    """Tick the people with the pasted numbers, and say in the list what became of the others."""
    t, form = services.texts(press), parse_paste(press.modal)
    if not form.numbers:
        return point_out({Action.NUMBERS: t("Paste at least one employee number.")})
    head = services.store.plans.load_ready(press.scope, form.plan_id)
    known = {number_key(each.number): each for each in services.store.plans.index(head.id) if each.number}
    found = [known[number_key(number)] for number in form.numbers if number_key(number) in known]
    services.store.plans.tick(head.id, add=positions(found))
    note = paste_note(
        t,
        found=sum(entry.tickable for entry in found),
        missing=[number for number in form.numbers if number_key(number) not in known],
        not_tickable=[entry.number or "" for entry in found if not entry.tickable],
        respelled=[entry.number or "" for entry in found if entry.status in SPELLED],
    )
    turn = Turn(filter=form.filter, page=form.page, note=note)
    return close(then=partial(_show, services, press, head, press.modal["previous_view_id"], turn))


def choose(services: Services, press: Press) -> Answer:
    """Go on with the people who are ticked."""
    form = keep_ticks(services, press)
    head = services.store.plans.load(press.scope, form.plan_id)
    if services.store.plans.ticked(head.id):
        return next_step(services, press, head)
    t = services.texts(press)
    is_undo = head.undo_of is not None
    note = t("Tick at least one person to be put back.") if is_undo else t("Tick at least one person.")
    turn = Turn(filter=form.filter, page=form.page, note=note)
    return replace(_view(services, press, head, turn))


def next_step(services: Services, press: Press, head: PlanHead) -> Answer:
    """Ask where those new people are put whom no rule puts anywhere; then go to the last look."""
    return ask_for_places(services, press, head) or last_look(services, press, head)


def positions(entries: Iterable[IndexEntry]) -> list[int]:
    """Give the positions of those that can be ticked."""
    return [entry.position for entry in entries if entry.tickable]


def tick_page(services: Services, form: PickForm) -> None:
    """Tick whoever is shown."""
    plans = services.store.plans
    shown = [entry for entry in plans.index(form.plan_id) if entry.position in form.shown]
    plans.tick(form.plan_id, add=chosen_at_once(plans.get(form.plan_id), shown, form.filter))


def tick_matching(services: Services, form: PickForm) -> None:
    """Tick whoever the filter lets through, on every page."""
    plans = services.store.plans
    found = matching(plans.index(form.plan_id), form.filter, plans.ticked(form.plan_id))
    plans.tick(form.plan_id, add=chosen_at_once(plans.get(form.plan_id), found, form.filter))


def untick_all(services: Services, form: PickForm) -> None:
    """Take every tick away."""
    services.store.plans.tick(form.plan_id, remove=services.store.plans.ticked(form.plan_id))


def show_turn(services: Services, press: Press, turn: Turn) -> None:
    """Draw the list in which something was pressed again."""
    head = services.store.plans.load(press.scope, parse_pick(press.modal).plan_id)
    _show(services, press, head, press.view_id, turn)


def _show(services: Services, press: Press, head: PlanHead, view_id: str, turn: Turn) -> None:
    def draw() -> None:
        press.client.views_update(view_id=view_id, view=_view(services, press, head, turn))

    services.redraws.show(view_id, draw)


def _view(services: Services, press: Press, head: PlanHead, turn: Turn) -> Json:
    return pick_view(services.texts(press), pick_screen(services.store, head, turn, services.today()))
