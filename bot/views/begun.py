"""What whoever pressed reads of a run that has begun, or begins by itself later."""

from bot.ids import Callback
from bot.texts import Texts
from bot.views.ahead import ahead_line
from bot.views.blocks import Json, actions, alert, modal, rich, section
from bot.views.buttons import history_button, run_button
from bot.views.later import Later, when_text
from bot.views.undo import undo_started
from storage.records import RunHead


def run_started_view(t: Texts, run: RunHead, later: Later | None = None) -> Json:
    """Say that a run is under way, or when it will be, and where to follow it."""
    if later is None:
        title = t("Import started") if run.undo_of is None else t("Undo started")
        return _begun(t, run, title, _started(t, run), later)
    accepted = t.plural(
        "The import of {n} person is queued.", "The import of {n} people is queued.", run.total
    )
    return _begun(t, run, t("Import queued"), accepted, later)


def _started(t: Texts, run: RunHead) -> str:
    if run.undo_of is not None:
        return undo_started(t, run.total)
    return t.plural(
        "The import of {n} person has started.", "The import of {n} people has started.", run.total
    )


def run_resumed_view(t: Texts, run: RunHead, later: Later | None = None) -> Json:
    """Say the same of a run that is taken up again."""
    resumed = t.plural(
        "The import goes on with the {n} person left.",
        "The import goes on with the {n} people left.",
        run.total - run.done,
    )
    return _begun(t, run, t("Import resumed"), resumed, later)


def _begun(t: Texts, run: RunHead, title: str, happened: str, later: Later | None) -> Json:
    blocks = [
        alert(happened, "success"),
        *([section(when_text(t, later))] if later else ()),
        *([rich(ahead_line(t, run.scope, later.ahead, later.now))] if later and later.ahead else ()),
        section(t("It goes on in the background: you may close this window.")),
        section(t("Progress and result are posted in the admin channel.")),
        actions(run_button(t, run.id), history_button(t)),
    ]
    view = modal(title, blocks, callback=Callback.NOTICE, close=t("Close"))
    return view | {"clear_on_close": True}  # the screens below have done their work
