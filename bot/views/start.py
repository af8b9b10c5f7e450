"""The first screen: which way, and as of which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, context, input_block, modal, option
from bot.views.day_notes import day_notes
from bot.views.labels import direction_label
from bot.views.state import chosen, element_of
from sync.model import Direction


@dataclass(frozen=True, slots=True)
class StartForm:
    """What was chosen; None where nothing was."""

    direction: Direction | None
    as_of: date | None


def start_view(t: Texts, *, direction: Direction | None, as_of: date, problem: str | None = None) -> Json:
    """Ask for direction and day; `problem` says why the last answer would not do."""
    blocks = [
        *([alert(problem, "error")] if problem else []),
        input_block(Action.DIRECTION, t("Direction"), _directions(t, direction)),
        input_block(
            Action.AS_OF,
            t("As-of date"),
            {"type": "datepicker", "action_id": Action.AS_OF, "initial_date": as_of.isoformat()},
            hint=t("People who are enrolled in the source on this day are listed. It decides nothing else."),
        ),
        *day_notes(t),
        context(t("Nothing is written yet: first you see every difference, then you choose.")),
    ]
    return modal(
        t("Import employees"),
        blocks,
        callback=Callback.START,
        submit=t("See the differences"),
        close=t("Cancel"),
    )


def parse_start(view: Mapping[str, Any]) -> StartForm:
    """Read the answers."""
    direction, day = chosen(view, Action.DIRECTION), element_of(view, Action.AS_OF).get("selected_date")
    return StartForm(Direction(direction) if direction else None, date.fromisoformat(day) if day else None)


def _directions(t: Texts, direction: Direction | None) -> Json:
    options = {each: option(direction_label(t, each), each.value) for each in Direction}
    element: Json = {
        "type": "radio_buttons",
        "action_id": Action.DIRECTION,
        "options": list(options.values()),
    }
    return element | ({"initial_option": options[direction]} if direction else {})
