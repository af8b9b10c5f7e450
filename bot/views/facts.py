"""Lines that state one fact each, for screens that sum up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.texts import Texts, mark
from bot.views.blocks import Json, clip, line, words
from sync.model import Choice, Placement
from sync.placing import Part

CHOICE_MOST, NAMED_MOST = 100, 30
PLACES_MOST = 10
"""Places that a line names before it counts the rest."""
_PARTS = {
    Part.ESTABLISHMENT: mark("Establishment"),
    Part.DIVISION: mark("Establishment (division)"),
    Part.CATEGORY: mark("Employment category"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """How many new people are put in one place."""

    part: Part
    choice: Choice
    people: int


def fact(t: Texts, label: str, value: str) -> Json:
    """Make a line 「ラベル: 値」."""
    return line(words(t("{label}: ", label=label)), words(value, "bold"))


def part_label(t: Texts, part: Part) -> str:
    """「所属事業所」「所属事業所（所属）」「雇用区分」."""
    return t(_PARTS[part])


def placement_text(t: Texts, placement: Placement) -> str:
    """Name where one person is put: 「（経理課・正社員）」; "" where nothing is set."""
    choices = (placement.establishment, placement.division, placement.category)
    names = [clip(choice.name, NAMED_MOST) for choice in choices if choice is not None]
    return t(" ({note})", note="・".join(names)) if names else ""


def place_facts(t: Texts, places: Sequence[Placed]) -> Iterator[Json]:
    """Say for each part how many new people are put where: 「所属: 経理課 2名、加工課 1名」."""
    for part, those in groupby(places, key=lambda placed: placed.part):
        yield fact(t, part_label(t, part), _counted(t, list(those)))


def _counted(t: Texts, those: Sequence[Placed]) -> str:
    return _few(
        t,
        [
            t.plural(
                "{place} {n} person",
                "{place} {n} people",
                each.people,
                place=clip(each.choice.name, CHOICE_MOST),
            )
            for each in those
        ],
    )


def _few(t: Texts, entries: Sequence[str]) -> str:
    rest = len(entries) - PLACES_MOST
    shown = t(", ").join(entries[:PLACES_MOST])
    return shown if rest <= 0 else shown + t.plural(" and {n} more", " and {n} more", rest)
