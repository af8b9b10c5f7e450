"""取り消し: what a run has written is listed to be put back; nothing is written unseen."""

from functools import partial

from bot.access import Need
from bot.entrance import Entrance
from bot.ids import Action
from bot.press import Press
from bot.services import Services
from bot.views.undo import undo_waiting_view
from storage.errors import NotUndoable
from storage.run_records import RunHead
from sync.calendar import raise_if_closed


def register(entrance: Entrance, services: Services) -> None:
    """Register the way back."""
    entrance.action(Action.UNDO_RUN, Need.ADMINISTRATOR, partial(undo_run, services))


def undo_run(services: Services, press: Press) -> None:
    """Have it listed what can be put back of a run. Raises NotFound, NotUndoable or ClosedNow."""
    list_undo(services, press, services.store.runs.load(press.scope, press.value))


def list_undo(services: Services, press: Press, run: RunHead) -> None:
    """Begin the list, in the window in which it was asked for or in one of its own."""
    why_not = services.store.undoing.obstacle(run)
    if why_not is not None:
        raise NotUndoable(why_not)
    raise_if_closed(services.clock(), services.store.integrations.load(press.scope).closed_hours)
    view_id = press.show(undo_waiting_view(services.texts(press)))
    head = services.store.plans.begin(
        press.scope,
        press.user_id,
        run.direction,
        services.today(),
        view_id,
        press=press.trigger_id,
        undo_of=run.id,
    )
    services.background.prepare_plan(head.id)
