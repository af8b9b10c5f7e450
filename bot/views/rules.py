"""配属の規則: who is put where, by where they stand in the source. The first rule that fits decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.ids import RULE_TURNS, Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, actions, alert, button, clip, context, modal, option, section
from bot.views.facts import part_label
from bot.views.labels import direction_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.pager import pager
from bot.views.place_menus import READABLE_CODE, kind_label
from storage.rules import RuleBook
from sync.model import Choice, Direction
from sync.placing import Rule

PAGE_SIZE = 30
NAME_MOST = 60
_BUTTONS = {
    Direction.PULL: mark("Placement rules (Kinkakuji → SmartHR)"),
    Direction.PUSH: mark("Placement rules (SmartHR → Kinkakuji)"),
}


class Move(StrEnum):
    """What can be done with a rule."""

    UP = "up"
    DOWN = "down"
    DELETE = "delete"


_MOVES = {Move.UP: mark("Move up"), Move.DOWN: mark("Move down"), Move.DELETE: mark("Delete")}


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the rules: what is done with which, counted from 0."""

    move: Move
    index: int

    def apply(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Give the rules after it; a move past an end changes nothing."""
        changed = list(rules)
        rule = changed.pop(self.index)
        if self.move is not Move.DELETE:
            way = -1 if self.move is Move.UP else 1
            changed.insert(max(0, self.index + way), rule)
        return tuple(changed)

    def __str__(self) -> str:
        return f"{self.move}:{self.index}"


def parse_step(text: str) -> Step:
    """Read a step from a menu's value."""
    move, _, index = text.partition(":")
    return Step(Move(move), int(index))


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesForm:
    """Which rules a view shows."""

    direction: Direction
    revision: int
    page: int = 1


def rules_button(t: Texts, direction: Direction) -> Json:
    """Open the rules of a direction."""
    return button(Action.OPEN_RULES, t(_BUTTONS[direction]), direction)


def rules_view(
    t: Texts, direction: Direction, book: RuleBook, page: int = 1, problem: str | None = None
) -> Json:
    """List the rules. `metadata`: {"direction", "revision", "page"}."""
    pages = max(1, -(-len(book.rules) // PAGE_SIZE))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_SIZE
    shown = book.rules[start : start + PAGE_SIZE]
    blocks = [
        *([alert(problem, "warning")] if problem else []),
        section(direction_label(t, direction)),
        context(t("New people only. The first rule that fits decides; who fits none is asked about.")),
        *([] if shown else [section(t("There are no rules yet."))]),
        *(_rule(t, rule, start + index, book) for index, rule in enumerate(shown)),
        actions(button(Action.OPEN_ADD_RULE, t("Add a rule"), direction)),
        *pager(t, RULE_TURNS, page, pages),
    ]
    return modal(
        t("Placement rules"),
        blocks,
        callback=Callback.RULES,
        close=t("Back"),
        metadata=dump_metadata(direction=direction, revision=book.revision, page=page),
    )


def parse_rules(view: Mapping[str, Any]) -> RulesForm:
    """Read which rules a view shows."""
    own = metadata(view)
    return RulesForm(
        direction=Direction(own["direction"]), revision=int(own["revision"]), page=int(own["page"])
    )


def change_view(t: Texts, form: RulesForm, rule: Rule, step: Step, touched: str) -> Json:
    """Ask before a change is saved. `metadata`: the list's, and the step."""
    blocks = [
        section(rule_text(t, rule)),
        alert(t(_MOVES[step.move]), "info"),
        section(touched),
    ]
    return modal(
        t("Change the rules"),
        blocks,
        callback=Callback.CHANGE_RULES,
        submit=t("Save"),
        close=t("Back"),
        metadata=dump_metadata(
            direction=form.direction, revision=form.revision, page=form.page, step=str(step)
        ),
    )


def touched_text(t: Texts, moment: str | None, people: int) -> str:
    """Say how many new people of the newest list, read at `moment`, a change would put elsewhere."""
    if moment is None:
        return t("There is no list of differences at the moment that this would change.")
    return t.plural(
        "In the newest list of differences ({moment}) {n} new person would be placed otherwise. "
        "A list that is open goes by the old rules until it is read again.",
        "In the newest list of differences ({moment}) {n} new people would be placed otherwise. "
        "A list that is open goes by the old rules until it is read again.",
        people,
        moment=moment,
    )


def rule_text(t: Texts, rule: Rule) -> str:
    """「部署「経理課」 → 所属事業所（所属）: 経理課（1200）」."""
    return f"{_who(t, rule)} → {part_label(t, rule.part)}: {_choice(t, rule.choice)}"


def _who(t: Texts, rule: Rule) -> str:
    if rule.basis is None:
        return t("Everybody")
    kind = kind_label(t, rule.basis)
    name = clip(rule.name, NAME_MOST)
    if rule.code and (len(rule.code) <= READABLE_CODE or not name):
        said = t("{kind} with code {code}", kind=kind, code=clip(rule.code, NAME_MOST))
        return t("{post} ({name})", post=said, name=name) if name else said
    return t("{kind} “{name}”", kind=kind, name=name) if name else t("No {kind}", kind=kind)


def _choice(t: Texts, choice: Choice) -> str:
    name = clip(choice.name, NAME_MOST)
    if len(choice.code) > READABLE_CODE:
        return name
    return t("{post} ({name})", post=name, name=choice.code)


def _rule(t: Texts, rule: Rule, index: int, book: RuleBook) -> Json:
    steps = [
        *([Move.UP] if _is_beside(book, index - 1, rule) else []),
        *([Move.DOWN] if _is_beside(book, index + 1, rule) else []),
        Move.DELETE,
    ]
    menu = {
        "type": "overflow",
        "action_id": Action.CHANGE_RULE,
        "options": [option(t(_MOVES[move]), str(Step(move, index))) for move in steps],
    }
    number = t("{n}. ", n=index + 1)
    block_id = f"{Action.CHANGE_RULE}:{book.revision}:{index}"
    return section(number + rule_text(t, rule)) | {"block_id": block_id, "accessory": menu}


def _is_beside(book: RuleBook, index: int, rule: Rule) -> bool:
    """Tell whether there is a rule for the same part of a placement: only among those the order matters."""
    return 0 <= index < len(book.rules) and book.rules[index].part is rule.part
