"""Lines that state one fact each, for screens that sum up."""

from collections.abc import Iterator
from datetime import date

from bot.texts import Texts
from bot.views.blocks import Json, clip, context, line, words
from sync.model import Placement

CHOICE_MOST = 100


def fact(t: Texts, label: str, value: str) -> Json:
    """Make a line 「ラベル: 値」."""
    return line(words(t("{label}: ", label=label)), words(value, "bold"))


def placement_facts(t: Texts, placement: Placement) -> Iterator[Json]:
    """Name each part of a placement that is set."""
    parts = {
        t("Establishment"): placement.establishment,
        t("Establishment (division)"): placement.division,
        t("Employment category"): placement.category,
    }
    for label, choice in parts.items():
        if choice is not None:
            yield fact(t, label, clip(choice.name, CHOICE_MOST))


def past_note(t: Texts, as_of: date, today: date) -> list[Json]:
    """Say, for a past day, that SmartHR's values are today's all the same."""
    if as_of >= today:
        return []
    return [context(t("SmartHR keeps no past values: for a past day, too, its values are today's."))]
