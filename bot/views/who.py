"""`/renkei who 0012`: one person in both systems and both directions, and why. Nothing is written."""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    actions,
    alert,
    bullets,
    button,
    clip,
    context,
    divider,
    header,
    input_block,
    line,
    modal,
    placeholder,
    rich,
    section,
    words,
)
from bot.views.failures import error_text
from bot.views.labels import direction_label, system_label
from bot.views.one_way import OneWay, named_verdict, suppression_blocks, way_blocks
from bot.views.people import NUMBER_MOST, name_text
from bot.views.person_events import event_blocks
from bot.views.state import typed
from bot.views.suppress import TITLE
from bot.views.verdicts import is_taken_back, verdicts
from storage.events import PersonEvent
from sync.explain import Explanation
from sync.fields import Field
from sync.model import Direction, Employee, System

NEAR_MOST = 5
"""How many numbers are offered when nobody has the one that was asked for."""
FOUND_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoScreen:
    """Everything that the window shows of one number."""

    explanation: Explanation
    ways: Sequence[OneWay]
    events: Sequence[PersonEvent]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a button of the window asks for: of whom, in which direction, which fields."""

    direction: Direction
    person: str
    """A digest of the source's id: it says who was shown, and names nobody."""
    fields: tuple[Field, ...]

    def dump(self) -> str:
        """Write it as a button's value."""
        return f"{self.direction}:{self.person}:{','.join(self.fields)}"

    @classmethod
    def parse(cls, value: str) -> "Ask":
        """Read a button's value."""
        direction, person, fields = value.split(":")
        return cls(Direction(direction), person, tuple(map(Field, fields.split(","))))


def who_view(t: Texts, number: str, screen: WhoScreen | None = None, problem: str | None = None) -> Json:
    """Ask for a number and, once it is looked up, explain; `problem` says why it could not be."""
    blocks = [
        *([alert(problem, "warning")] if problem else []),
        _number_input(t, number),
        *(_explained(t, screen) if screen else [context(t("Both systems are read; nothing is written."))]),
    ]
    return modal(
        t("Explain one person"), blocks, callback=Callback.WHO, submit=t("Look up"), close=t("Close")
    )


def parse_who(view: Mapping[str, Any]) -> str:
    """Read the number that was typed."""
    return typed(view, Action.WHO_NUMBER)


def shown_number(view: Mapping[str, Any]) -> str:
    """Read the number that a window is about from its title; whatever has been typed since does not count."""
    titles = (block["text"]["text"] for block in view["blocks"] if block.get("block_id") == TITLE)
    return html.unescape(next(titles, ""))


def whom(person: Employee) -> str:
    """Give the digest by which a window says who was shown."""
    return sha256(person.remote_id.encode()).hexdigest()[:16]


def _number_input(t: Texts, number: str) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": Action.WHO_NUMBER,
        "max_length": NUMBER_MOST,
        "placeholder": placeholder(t("For example 0012")),
    }
    if number:
        element["initial_value"] = number[:NUMBER_MOST]
    return input_block(Action.WHO_NUMBER, t("Employee number"), element)


def _explained(t: Texts, screen: WhoScreen) -> Iterator[Json]:
    explanation = screen.explanation
    yield header(explanation.number) | {"block_id": TITLE}
    if any(explanation.found.values()):
        yield rich(bullets(_found(t, system, people) for system, people in explanation.found.items()))
        for doubt in explanation.doubted:
            reason = error_text(t, doubt).happened
            yield alert(t("A list would be refused now: {reason}", reason=reason), "warning")
        for direction, ways in groupby(screen.ways, key=attrgetter("direction")):
            yield divider()
            yield header(direction_label(t, direction))
            yield from _ways(t, list(ways))
    else:
        yield section(_nobody(t, explanation))
    yield from event_blocks(t, screen.events)


def _found(t: Texts, system: System, people: Sequence[Employee]) -> Json:
    name = words(t("{label}: ", label=system_label(t, system)), "bold")
    if not people:
        return line(name, words(t("nobody has this number")))
    named = t(", ").join(
        f"{clip(each.number or '', NUMBER_MOST)} {name_text(each)}" for each in people[:FOUND_MOST]
    )
    return line(name, words(named))


def _nobody(t: Texts, explanation: Explanation) -> str:
    sentence = t(
        "Neither SmartHR nor Kinkakuji has anybody with the number {number}.", number=explanation.number
    )
    near = explanation.near[:NEAR_MOST]
    if not near:
        return sentence
    return sentence + "\n" + t("Did you mean {numbers}? Leading zeros matter.", numbers=t(", ").join(near))


def _ways(t: Texts, ways: Sequence[OneWay]) -> Iterator[Json]:
    """Explain everything of one record; of several with the number, who each is and why it is not written."""
    if len(ways) == 1:
        yield from _way(t, ways[0])
        return
    source = system_label(t, ways[0].direction.source)
    yield section(t("{n} people of {source} have this number.", n=len(ways), source=source))
    for way in ways[:FOUND_MOST]:
        yield from named_verdict(t, way)
    if len(ways) > FOUND_MOST:
        yield context(t("{n} more people have it.", n=len(ways) - FOUND_MOST))


def _way(t: Texts, way: OneWay) -> Iterator[Json]:
    yield from way_blocks(t, way)
    if way.difference is None:
        return
    if is_taken_back(way.difference):
        yield context(t("To take the decision back, open this person in the list of differences."))
    elif verdicts(way.difference):
        yield context(t("To decide who this is, open this person in the list of differences."))
    person = whom(way.difference.desired)
    if way.differing:
        fields = tuple(each.change.field for each in way.differing)
        ask = Ask(way.direction, person, fields).dump()
        yield actions(button(Action.OPEN_WHO_SUPPRESSION, t("Leave fields as they are from now on"), ask))
    yield from suppression_blocks(t, way, Action.LIFT_WHO_SUPPRESSION, f"{way.direction}:{person}:")
