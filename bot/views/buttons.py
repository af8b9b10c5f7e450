"""The buttons that lead from one screen to the next, the same wherever they stand."""

from bot.ids import Action
from bot.texts import Texts
from bot.views.blocks import Json, ask, button


def start_button(t: Texts) -> Json:
    """Open the first screen."""
    return button(Action.OPEN_START, t("Import employees"))


def plan_button(t: Texts, plan_id: str) -> Json:
    """Open a plan that is ready."""
    return button(Action.OPEN_PLAN, t("Open the differences"), plan_id, style="primary")


def run_button(t: Texts, run_id: str) -> Json:
    """Open one run of the history."""
    return button(Action.OPEN_RUN, t("See details"), run_id)


def retry_button(t: Texts, run_id: str, *, is_first: bool = True) -> Json:
    """Make a new plan of a run's failed people; `is_first` tells whether that is what to do first."""
    return button(Action.RETRY_RUN, t("Mended: try again"), run_id, style="primary" if is_first else None)


def recheck_button(t: Texts, run_id: str, *, is_first: bool = True) -> Json:
    """Make a new plan of people who have nothing to mend: whom a run has held back, or not reached."""
    label = t("Look at today's values again")
    return button(Action.RETRY_RUN, label, run_id, style="primary" if is_first else None)


def cancel_button(t: Texts, run_id: str) -> Json:
    """End a run between two people, once asked again."""
    question = ask(
        t("Cancel the import?"),
        t("Nobody more is written. Who was not reached can be taken up again within 24 hours of the list."),
        t("Cancel it"),
        t("Go on"),
    )
    label = t("Cancel the import")
    return button(Action.CANCEL_RUN, label, run_id, style="danger", confirm=question | {"style": "danger"})


def resume_button(t: Texts, run_id: str) -> Json:
    """Take up again whom a run did not reach."""
    return button(Action.RESUME_RUN, t("Go on with the rest"), run_id, style="primary")


def history_button(t: Texts) -> Json:
    """Open the history."""
    return button(Action.OPEN_HISTORY, t("Import history"))


def settings_button(t: Texts) -> Json:
    """Open the integration settings."""
    return button(Action.OPEN_SETTINGS, t("Integration settings"))
