"""A new rule of placement: who, and where they are put."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, alert, context, input_block, modal, option, section
from bot.views.facts import part_label
from bot.views.labels import direction_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.place_menus import ACTIONS, INLINE_MOST, choices_of, kind_label, picked, place_menu
from bot.views.state import chosen, typed
from sync.model import Direction, PlacementChoices, PostKind
from sync.placing import BASES, PARTS, Rule

EVERYBODY = "everybody"
TEXT_MOST = 200


class By(StrEnum):
    """By what of a post a rule goes."""

    NAME = "name"
    CODE = "code"
    NONE = "none"
    """There is no such post."""


_BY = {
    By.NAME: mark("By its name"),
    By.CODE: mark("By its code"),
    By.NONE: mark("Who has none"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRuleForm:
    """What was typed."""

    direction: Direction
    page: int
    """Which page the list below shows."""
    rules: tuple[Rule, ...]
    """One for each part of the placement that was chosen."""
    problems: Mapping[str, str]
    """block_id → sentence."""
    is_confirmed: bool
    """Whether exactly this was submitted before, and what it changes was shown."""


def add_rule_view(  # noqa: PLR0913 - the parts of one screen
    t: Texts,
    direction: Direction,
    page: int,
    choices: PlacementChoices,
    *,
    touched: str | None = None,
    confirmed: str = "",
) -> Json:
    """Ask for a rule; with `touched`, what it changes is said and the same press again saves it.

    `metadata`: {"direction", "page", "confirmed"}; `confirmed` is the `digest_of` what `touched` is about.
    """
    blocks = [
        *([alert(t("Press “Save” once more to keep this rule."), "warning")] if touched else []),
        *([section(touched)] if touched else []),
        section(direction_label(t, direction)),
        _basis(t, direction),
        _by(t),
        _text(t),
        *_places(t, direction, choices),
    ]
    return modal(
        t("Add a rule"),
        blocks,
        callback=Callback.ADD_RULE,
        submit=t("Save"),
        close=t("Back"),
        metadata=dump_metadata(direction=direction, page=page, confirmed=confirmed),
    )


def parse_add_rule(t: Texts, view: Mapping[str, Any], choices: PlacementChoices) -> AddRuleForm:
    """Read what was typed, and say what is wrong with it."""
    own = metadata(view)
    direction = Direction(own["direction"])
    rules = tuple(_rules(view, direction, choices))
    return AddRuleForm(
        direction=direction,
        page=int(own["page"]),
        rules=rules,
        problems=dict(_problems(t, view, direction, rules)),
        is_confirmed=own.get("confirmed") == digest_of(rules),
    )


def digest_of(rules: tuple[Rule, ...]) -> str:
    """Name exactly these rules in a view's metadata."""
    return hashlib.sha256(repr(rules).encode()).hexdigest()[:16]


def _kinds(direction: Direction) -> list[PostKind]:
    return list(dict.fromkeys(kind for part in PARTS[direction] for kind in BASES[part]))


def _rules(view: Mapping[str, Any], direction: Direction, choices: PlacementChoices) -> Iterator[Rule]:
    basis, by, text = _typed(view)
    for part in PARTS[direction]:
        choice = picked(view, ACTIONS[part], part, choices)
        if choice is not None:
            yield Rule(
                part=part,
                choice=choice,
                basis=basis,
                code=text if by is By.CODE else "",
                name=text if by is By.NAME else "",
            )


def _typed(view: Mapping[str, Any]) -> tuple[PostKind | None, By, str]:
    """Give basis, by and text; for everybody, and for who has none, there is no text."""
    kind, by = chosen(view, Action.RULE_BASIS), By(chosen(view, Action.RULE_BY) or By.NAME)
    if kind in {None, EVERYBODY}:
        return None, By.NONE, ""
    return PostKind(kind), by, "" if by is By.NONE else typed(view, Action.RULE_TEXT)


def _problems(
    t: Texts, view: Mapping[str, Any], direction: Direction, rules: tuple[Rule, ...]
) -> Iterator[tuple[str, str]]:
    _, by, text = _typed(view)
    if by is not By.NONE and not text:
        yield Action.RULE_TEXT, t("Enter the name or the code.")
    if not rules:
        yield str(ACTIONS[PARTS[direction][0]]), t("Choose one of the entries.")


def _basis(t: Texts, direction: Direction) -> Json:
    options = [option(kind_label(t, kind), kind) for kind in _kinds(direction)]
    options.append(option(t("Everybody"), EVERYBODY))
    element = {
        "type": "static_select",
        "action_id": Action.RULE_BASIS,
        "options": options,
        "initial_option": options[0],
    }
    return input_block(Action.RULE_BASIS, t("Who"), element)


def _by(t: Texts) -> Json:
    options = [option(t(_BY[by]), by) for by in _BY]
    element = {
        "type": "radio_buttons",
        "action_id": Action.RULE_BY,
        "options": options,
        "initial_option": options[0],
    }
    return input_block(Action.RULE_BY, t("How they are recognised"), element)


def _text(t: Texts) -> Json:
    element = {"type": "plain_text_input", "action_id": Action.RULE_TEXT, "max_length": TEXT_MOST}
    hint = t("As the source has it; width and kana don't matter in a name.")
    return input_block(Action.RULE_TEXT, t("Name or code"), element, hint=hint, optional=True)


def _places(t: Texts, direction: Direction, choices: PlacementChoices) -> Iterator[Json]:
    parts = PARTS[direction]
    inline = sum(len(choices_of(choices, part)) for part in parts) <= INLINE_MOST
    for part in parts:
        offered, label = choices_of(choices, part), part_label(t, part)
        if offered:
            is_one_of_two = len(parts) > 1
            yield place_menu(
                t, ACTIONS[part], f"→ {label}", part, offered, inline=inline, optional=is_one_of_two
            )
        else:
            yield context(t("There is no entry for: {label}", label=label))
