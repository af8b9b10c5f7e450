"""Where new people are put. Chosen at creation only; whoever is in the target already keeps their place."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, context, input_block, modal, option, placeholder, section
from bot.views.labels import system_label
from bot.views.metadata import dump_metadata
from bot.views.state import chosen
from storage.records import PlanHead
from sync.model import Choice, Direction, Placement, PlacementChoices
from sync.text import search_key

OPTIONS_MOST = 100
"""Entries of one menu (docs.slack.dev/reference/block-kit/block-elements)."""
READABLE_CODE = 20
"""勤革時's codes are short and known to the administrator; SmartHR's ids say nothing to anybody."""


class _Question(NamedTuple):
    kind: Action
    label: str
    choices: tuple[Choice, ...]
    so_far: Choice | None


def placement_view(t: Texts, head: PlanHead, creates: int, choices: PlacementChoices) -> Json:
    """Ask where the new people are put. `metadata`: {"plan": id}."""
    target = system_label(t, head.direction.target)
    questions = _questions(t, head, choices)
    empty = [question.label for question in questions if not question.choices]
    applies = t.plural("Applies to {n} new person.", "Applies to all {n} new people.", creates)
    blocks = [
        section(applies),
        *(_menu(t, question) for question in questions if question.choices),
        *(alert(t("{target} has no entry for: {label}", target=target, label=label)) for label in empty),
        context(t("People who are in {target} already stay where they are.", target=target)),
    ]
    return modal(
        t("Placement of new people"),
        blocks,
        callback=Callback.PLACEMENT,
        submit=None if empty else t("Next"),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id),
    )


def placement_options(choices: PlacementChoices, kind: Action, text: str) -> list[Json]:
    """Give the entries whose name or code holds `text`, at most 100: the answer to an external select."""
    offered, wanted = _choices_of(choices, kind), search_key(text)
    matching = [choice for choice in offered if wanted in search_key(choice.name, choice.code)]
    return [_entry(choice, offered) for choice in matching[:OPTIONS_MOST]]


def parse_placement(view: Mapping[str, Any], choices: PlacementChoices) -> Placement:
    """Read the choice. What `choices` doesn't hold (any more) is None."""

    def read(kind: Action) -> Choice | None:
        code = chosen(view, kind)
        return next((choice for choice in _choices_of(choices, kind) if choice.code == code), None)

    return Placement(
        establishment=read(Action.ESTABLISHMENT),
        division=read(Action.DIVISION),
        category=read(Action.CATEGORY),
    )


def missing_parts(direction: Direction, placement: Placement) -> list[Action]:
    """Name what is not chosen yet; each is the block_id of its input, too."""
    towards = {
        Direction.PULL: {Action.ESTABLISHMENT: placement.establishment},
        Direction.PUSH: {Action.DIVISION: placement.division, Action.CATEGORY: placement.category},
    }
    return [kind for kind, choice in towards[direction].items() if choice is None]


def _questions(t: Texts, head: PlanHead, choices: PlacementChoices) -> list[_Question]:
    so_far = head.placement or Placement()
    if head.direction is Direction.PULL:
        return [
            _Question(Action.ESTABLISHMENT, t("Establishment"), choices.establishments, so_far.establishment)
        ]
    return [
        _Question(Action.DIVISION, t("Establishment (division)"), choices.divisions, so_far.division),
        _Question(Action.CATEGORY, t("Employment category"), choices.categories, so_far.category),
    ]


def _choices_of(choices: PlacementChoices, kind: Action) -> tuple[Choice, ...]:
    by_kind = {
        Action.ESTABLISHMENT: choices.establishments,
        Action.DIVISION: choices.divisions,
        Action.CATEGORY: choices.categories,
    }
    return by_kind[kind]


def _menu(t: Texts, question: _Question) -> Json:
    element: Json = {"action_id": question.kind, "placeholder": _placeholder(t, question)}
    if len(question.choices) > OPTIONS_MOST:
        # 0: a first page before anything is typed. Slack's default of 3 letters is too many for Japanese.
        element |= {"type": "external_select", "min_query_length": 0}
    else:
        options = [_entry(choice, question.choices) for choice in question.choices]
        element |= {"type": "static_select", "options": options}
    if question.so_far in question.choices:
        element["initial_option"] = _entry(question.so_far, question.choices)
    return input_block(question.kind, question.label, element)


def _placeholder(t: Texts, question: _Question) -> Json:
    text = t("Type to search") if len(question.choices) > OPTIONS_MOST else t("Choose one")
    return placeholder(text)


def _entry(choice: Choice, among: tuple[Choice, ...]) -> Json:
    """Make a menu's entry, with its code where it is readable or tells two of one name apart."""
    is_namesake = Counter(each.name for each in among)[choice.name] > 1
    shows_code = is_namesake or len(choice.code) <= READABLE_CODE
    return option(choice.name, choice.code, choice.code if shows_code else None)
