"""Menus of a target's masters: 所属事業所 (SmartHR), 所属 and 雇用区分 (勤革時)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.ids import Action
from bot.texts import Texts, mark
from bot.views.blocks import Json, input_block, option, placeholder
from sync.model import Choice, PlacementChoices, Post, PostKind
from sync.placing import Part
from sync.text import search_key

OPTIONS_MOST = 100
"""Entries of one menu (docs.slack.dev/reference/block-kit/block-elements)."""
INLINE_MOST = 200
"""Entries of all menus of a view together: with the longest names more would come near its 250 KB."""
READABLE_CODE = 20
"""勤革時's codes are short and known to the administrator; SmartHR's ids say nothing to anybody."""
ACTIONS = {
    Part.ESTABLISHMENT: Action.ESTABLISHMENT,
    Part.DIVISION: Action.DIVISION,
    Part.CATEGORY: Action.CATEGORY,
}
_POSTS = {
    PostKind.DEPARTMENT: mark("department"),
    PostKind.EMPLOYMENT_TYPE: mark("employment type"),
    PostKind.ESTABLISHMENT: mark("establishment"),
    PostKind.DIVISION: mark("division"),
    PostKind.CATEGORY: mark("employment category"),
}


def kind_label(t: Texts, kind: PostKind) -> str:
    """「部署」."""
    return t(_POSTS[kind])


def post_label(t: Texts, kind: PostKind, post: Post | None) -> str:
    """「部署「経理課」」 or, for those who have none, 「部署なし」."""
    label = kind_label(t, kind)
    if post is None:
        return t("No {kind}", kind=label)
    return t("{kind} “{name}”", kind=label, name=post.name or post.code)


def choices_of(choices: PlacementChoices, part: Part) -> tuple[Choice, ...]:
    """Give the entries of the master that a part is chosen from."""
    by_part = {
        Part.ESTABLISHMENT: choices.establishments,
        Part.DIVISION: choices.divisions,
        Part.CATEGORY: choices.categories,
    }
    return by_part[part]


def place_menu(  # noqa: PLR0913 - the parts of one input
    t: Texts,
    block_id: str,
    label: str,
    part: Part,
    offered: tuple[Choice, ...],
    *,
    so_far: Choice | None = None,
    inline: bool = True,
    optional: bool = False,
) -> Json:
    """Make the menu of a master; searched instead of opened where it is long, or not to be `inline`."""
    is_searched = len(offered) > OPTIONS_MOST or not inline
    element: Json = {"action_id": ACTIONS[part]}
    if is_searched:
        # 0: a first page before anything is typed. Slack's default of 3 letters is too many for Japanese.
        element |= {"type": "external_select", "min_query_length": 0}
    else:
        element |= {"type": "static_select", "options": [_entry(choice, offered) for choice in offered]}
    element["placeholder"] = placeholder(t("Type to search") if is_searched else t("Choose one"))
    if so_far in offered:
        element["initial_option"] = _entry(so_far, offered)
    return input_block(block_id, label, element, optional=optional)


def suggest(choices: PlacementChoices, action: Action, text: str) -> list[Json]:
    """Give the entries whose name or code holds `text`, at most 100: the answer to an external select."""
    part = next(part for part, each in ACTIONS.items() if each is action)
    offered, wanted = choices_of(choices, part), search_key(text)
    matching = [choice for choice in offered if wanted in search_key(choice.name, choice.code)]
    return [_entry(choice, offered) for choice in matching[:OPTIONS_MOST]]


def picked(view: Mapping[str, Any], block_id: str, part: Part, choices: PlacementChoices) -> Choice | None:
    """Read a menu; what the master doesn't hold (any more) is None."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    chosen = values.get(block_id, {}).get(ACTIONS[part], {}).get("selected_option") or {}
    offered = choices_of(choices, part)
    return next((choice for choice in offered if choice.code == chosen.get("value")), None)


def _entry(choice: Choice, among: tuple[Choice, ...]) -> Json:
    """Make a menu's entry, with its code where it is readable or tells two of one name apart."""
    is_namesake = Counter(each.name for each in among)[choice.name] > 1
    shows_code = is_namesake or len(choice.code) <= READABLE_CODE
    return option(choice.name, choice.code, choice.code if shows_code else None)
