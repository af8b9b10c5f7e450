"""項目ごとの扱い: the inputs by which each linked field gets its mode, for always or for a single run."""

from collections.abc import Mapping
from typing import Any

from bot.ids import Action
from bot.texts import Texts, mark
from bot.views.blocks import Json, context, input_block, option
from bot.views.labels import field_label, system_label
from bot.views.state import element_of, ticked
from sync.fields import COMPARED, NAMES, NOT_CLEARABLE, Field, FieldPolicy, Mode, Policies
from sync.model import Direction, System

_MODES = {
    Mode.OVERWRITE: mark("Overwrite"),
    Mode.FILL_ONLY: mark("Only where the target is empty"),
    Mode.OFF: mark("Not linked"),
}


def mode_label(t: Texts, mode: Mode) -> str:
    """「上書き」「連携先が空のときだけ」「対象外」."""
    return t(_MODES[mode])


def mode_blocks(t: Texts, direction: Direction, policies: Policies) -> list[Json]:
    """Ask for the mode of each field, and which of them an empty source may never erase."""
    return [
        *(_menu(t, field, policies[field].mode) for field in COMPARED),
        *([context(_mails(t))] if direction.target is System.KINKAKUJI else []),
        _never_blank(t, direction, policies),
        context(_never_cleared(t, direction)),
    ]


def parse_modes(view: Mapping[str, Any], direction: Direction) -> dict[Field, FieldPolicy]:
    """Read every field's mode; what the target can't clear is never blanked."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    kept = {Field(value) for value in ticked(element_of(view, Action.NEVER_BLANK))}
    fixed = NOT_CLEARABLE[direction.target]
    return {
        field: FieldPolicy(
            mode=Mode(values[_block_id(field)][Action.MODE]["selected_option"]["value"]),
            never_blank=field in kept or field in fixed,
        )
        for field in COMPARED
    }


def clearable(direction: Direction) -> list[Field]:
    """Give the fields that the target lets be emptied."""
    return [field for field in COMPARED if field not in NOT_CLEARABLE[direction.target]]


def _block_id(field: Field) -> str:
    return f"{Action.MODE}:{field}"


def _menu(t: Texts, field: Field, mode: Mode) -> Json:
    offered = [each for each in Mode if each is not Mode.OFF or field not in NAMES]
    element = {
        "type": "static_select",
        "action_id": Action.MODE,
        "options": [_entry(t, each) for each in offered],
        "initial_option": _entry(t, mode),
    }
    return input_block(_block_id(field), field_label(t, field), element)


def _entry(t: Texts, mode: Mode) -> Json:
    return option(mode_label(t, mode), mode)


def _never_blank(t: Texts, direction: Direction, policies: Policies) -> Json:
    entries = {field: option(field_label(t, field), field) for field in clearable(direction)}
    element: Json = {
        "type": "checkboxes",
        "action_id": Action.NEVER_BLANK,
        "options": list(entries.values()),
    }
    kept = [entry for field, entry in entries.items() if policies[field].never_blank]
    if kept:
        element["initial_options"] = kept
    label = t("Not changed while the source is empty")
    hint = t("Without the tick, an empty value of the source erases the target's.")
    return input_block(Action.NEVER_BLANK, label, element, hint=hint, optional=True)


def _never_cleared(t: Texts, direction: Direction) -> str:
    fixed = [field_label(t, field) for field in COMPARED if field in NOT_CLEARABLE[direction.target]]
    return t(
        "{target} can't empty these, so they never become empty: {fields}",
        target=system_label(t, direction.target),
        fields=t(", ").join(fixed),
    )


def _mails(t: Texts) -> str:
    return t("Kinkakuji mails the person when an e-mail address is written.")
