"""項目ごとの扱い of one direction, as 連携設定 keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, alert, button, context, modal, section
from bot.views.field_modes import mode_blocks, parse_modes
from bot.views.labels import direction_label
from bot.views.metadata import dump_metadata, metadata
from sync.fields import Policies
from sync.model import Direction

_BUTTONS = {
    Direction.PULL: mark("Fields (Kinkakuji → SmartHR)"),
    Direction.PUSH: mark("Fields (SmartHR → Kinkakuji)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModesForm:
    """What was chosen, and on which settings it rests."""

    direction: Direction
    policies: Policies
    revision: int


def modes_button(t: Texts, direction: Direction) -> Json:
    """Open the modes of a direction."""
    return button(Action.OPEN_MODES, t(_BUTTONS[direction]), direction)


def modes_view(t: Texts, form: ModesForm, problem: str | None = None) -> Json:
    """Ask how each field is treated; `problem` says why the last answer was not kept."""
    blocks = [
        *([alert(problem, "warning")] if problem else []),
        section(direction_label(t, form.direction)),
        *mode_blocks(t, form.direction, form.policies),
        context(t("It applies from the next list of differences; a single list can go by other terms.")),
    ]
    return modal(
        t("Fields"),
        blocks,
        callback=Callback.MODES,
        submit=t("Save"),
        close=t("Back"),
        metadata=dump_metadata(direction=form.direction, revision=form.revision),
    )


def parse_modes_form(view: Mapping[str, Any]) -> ModesForm:
    """Read the answers."""
    own = metadata(view)
    direction = Direction(own["direction"])
    return ModesForm(
        direction=direction, policies=parse_modes(view, direction), revision=int(own["revision"])
    )
