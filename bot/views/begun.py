"""What whoever pressed reads of a run that has begun, or begins by itself later."""

from bot.ids import Callback
from bot.texts import Texts
from bot.views.ahead import ahead_line
from bot.views.blocks import Json, actions, alert, modal, rich, section
from bot.views.buttons import history_button, run_button
from bot.views.later import Later, when_text
from bot.views.undo import undo_begun, undo_resumed
from storage.run_records import RunHead


def run_started_view(t: Texts, run: RunHead, later: Later | None = None) -> Json:
    """Say that a run is under way, or when it will be, and where to follow it."""
    if run.undo_of is not None:
        title, happened = undo_begun(t, run.total, is_queued=later is not None)
    elif later is None:
        title, happened = (
            t("Import started"),
            t.plural(
                "The import of {n} person has started.", "The import of {n} people has started.", run.total
            ),
        )
    else:
        title, happened = (
            t("Import queued"),
            t.plural("The import of {n} person is queued.", "The import of {n} people is queued.", run.total),
        )
    return _begun(t, run, title, happened, later)


def run_resumed_view(t: Texts, run: RunHead, later: Later | None = None, *, is_first: bool = True) -> Json:
    """Say the same of a run that is taken up again, now or (not `is_first`) by an earlier press."""
    left = run.total - run.done
    if not is_first:
        title = t("Import resumed") if run.undo_of is None else t("Undo resumed")
        return _begun(t, run, title, t("The rest was taken up again already."), later)
    if run.undo_of is not None:
        return _begun(t, run, *undo_resumed(t, left), later)
    resumed = t.plural(
        "The import goes on with the {n} person left.", "The import goes on with the {n} people left.", left
    )
    return _begun(t, run, t("Import resumed"), resumed, later)


def _begun(t: Texts, run: RunHead, title: str, happened: str, later: Later | None) -> Json:
    blocks = [
        alert(happened, "success"),
        *([section(when_text(t, later))] if later else ()),
        *([rich(ahead_line(t, run.scope, later.ahead, later.now))] if later and later.ahead else ()),
        section(_may_close(t, run, later)),
        section(t("Progress and result are posted in the admin channel.")),
        actions(run_button(t, run.id), history_button(t)),
    ]
    view = modal(title, blocks, callback=Callback.NOTICE, close=t("Close"))
    return view | {"clear_on_close": True}  # the screens below have done their work


def _may_close(t: Texts, run: RunHead, later: Later | None) -> str:
    if later is not None:
        return t("You may close this window.")
    if run.undo_of is not None:
        return t("The undo goes on in the background: you may close this window.")
    return t("It goes on in the background: you may close this window.")
