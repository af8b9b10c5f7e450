"""連携履歴: the runs, one run's rows, and trying the failed ones again."""

from functools import partial

from bot.access import Need
from bot.entrance import Entrance
from bot.ids import HISTORY_TURNS, RUN_TURNS, Action
from bot.listeners.undo import list_undo
from bot.press import Press
from bot.screens import standing_checks
from bot.services import Services
from bot.views.blocks import Json
from bot.views.history import (
    ROWS_PAGE_SIZE,
    RUNS_PAGE_SIZE,
    history_view,
    run_view,
)
from bot.views.loading import loading_view
from bot.views.metadata import metadata
from sync.calendar import raise_if_closed


def register(entrance: Entrance, services: Services) -> None:
    """Register the history."""
    need = Need.ADMINISTRATOR
    entrance.action(Action.OPEN_HISTORY, need, partial(open_history, services), repeatable=True)
    entrance.action(Action.BACK_TO_HISTORY, need, partial(turn_history, services), repeatable=True)
    entrance.action(Action.OPEN_RUN, need, partial(open_run, services), repeatable=True)
    entrance.action(Action.RETRY_RUN, need, partial(retry_run, services))
    for turn in HISTORY_TURNS:
        entrance.action(turn, need, partial(turn_history, services), repeatable=True)
    for turn in RUN_TURNS:
        entrance.action(turn, need, partial(turn_run, services), repeatable=True)


def open_history(services: Services, press: Press) -> None:
    """Show the list of runs."""
    press.show(_history(services, press, 1))


def turn_history(services: Services, press: Press) -> None:
    """Show another page of the list, or the list again."""
    press.show(_history(services, press, int(press.value) if press.value.isdecimal() else 1))


def open_run(services: Services, press: Press) -> None:
    """Show one run."""
    show_run(services, press, press.value)


def show_run(services: Services, press: Press, run_id: str, note: str = "") -> None:
    """Show the first page of a run, with a note above it."""
    press.show(_run(services, press, run_id, 1, note))


def turn_run(services: Services, press: Press) -> None:
    """Show another page of a run."""
    press.show(_run(services, press, metadata(press.modal)["run"], int(press.value)))


def retry_run(services: Services, press: Press) -> None:
    """Compare the people who did not succeed anew; they come ticked, and nothing is written unseen."""
    t = services.texts(press)
    run = services.store.runs.load(press.scope, press.value)
    if run.undo_of is not None:  # what is still as the original left it, is tried again
        list_undo(services, press, services.store.runs.load(press.scope, run.undo_of))
        return
    raise_if_closed(services.clock(), services.store.integrations.load(press.scope).closed_hours)
    waiting = t("Reading the people who were not imported again. This can take a while.")
    view_id = press.show(loading_view(t, t("Import employees"), waiting))
    head = services.store.plans.begin(
        press.scope,
        press.user_id,
        run.direction,
        run.as_of,
        view_id,
        press=press.trigger_id,
        retry_of=run.id,
    )
    services.background.prepare_plan(head.id)


def _history(services: Services, press: Press, page: int) -> Json:
    runs = services.store.runs.history(press.scope, (page - 1) * RUNS_PAGE_SIZE, RUNS_PAGE_SIZE)
    pages = max(1, -(-services.store.runs.count(press.scope) // RUNS_PAGE_SIZE))
    return history_view(services.texts(press), runs, page, pages)


def _run(services: Services, press: Press, run_id: str, page: int, note: str = "") -> Json:
    run = services.store.runs.load(press.scope, run_id)
    rows = services.store.runs.outcomes(run.id, None, (page - 1) * ROWS_PAGE_SIZE, ROWS_PAGE_SIZE)
    pages = max(1, -(-run.total // ROWS_PAGE_SIZE))
    checks = standing_checks(services.store, run, rows)
    is_undoable = services.store.undoing.obstacle(run) is None
    return run_view(
        services.texts(press),
        run,
        rows,
        page,
        pages,
        checks=checks,
        is_resumable=services.store.runs.is_resumable(run),
        is_undoable=is_undoable,
        undos=services.store.undoing.undos(run.id),
        note=note,
    )
