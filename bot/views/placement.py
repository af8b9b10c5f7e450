"""Where new people are put: every question once, for all who stand at the same post.

Chosen at creation only; whoever is in the target already keeps their place.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, clip, context, input_block, modal, option, section
from bot.views.facts import part_label
from bot.views.labels import system_label
from bot.views.metadata import dump_metadata
from bot.views.place_menus import INLINE_MOST, choices_of, picked, place_menu, post_label
from bot.views.state import element_of, ticked
from storage.plan_records import PlanHead
from sync.model import Choice, Placement, PlacementChoices
from sync.placing import BASES, PARTS, Part, Question, Rule

QUESTIONS_MOST = 20
"""Questions a page; the next page follows when it is answered."""
DECIDED_MOST = 5
"""Placements by rules that are named."""
NAME_MOST = 60
KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and its answer so far."""

    question: Question
    so_far: Choice | None = None

    @property
    def block_id(self) -> str:
        """Name the question in a view: a digest, as names of posts are long."""
        part, post = self.question.part, self.question.post
        name = f"{post.kind}\0{post.code}\0{post.name}" if post else ""
        return f"{part}:{hashlib.sha256(name.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Everything that the screen shows."""

    head: PlanHead
    asked: tuple[Asked, ...]
    """The questions of this page, at most QUESTIONS_MOST."""
    more: int = 0
    """How many questions are on further pages."""
    for_all: Mapping[Part, Choice]
    """Where everybody is put whom nothing else puts anywhere, so far."""
    decided: Sequence[tuple[Placement, int]] = ()
    """Where rules put people, and how many; the most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesForm:
    """What was answered."""

    answers: tuple[Rule, ...]
    """One for each question that was answered by itself."""
    for_all: tuple[Rule, ...]
    """For everybody, by part."""
    shown: tuple[Question, ...]
    missing: tuple[str, ...]
    """The block_ids of the questions that nothing answers."""
    offers_all: bool
    """Whether a part could have been answered for everybody at once."""
    keep: bool
    """Whether the answers are to be kept as rules."""


def placement_view(t: Texts, places: Places) -> Json:
    """Ask where the new people are put. `metadata`: {"plan": id}."""
    head, choices = places.head, places.head.choices or PlacementChoices()
    target = system_label(t, head.direction.target)
    empty = [part for part in _parts(places) if not choices_of(choices, part)]
    blocks = [
        *(_nothing(t, target, empty) if empty else _asking(t, places, choices)),
        *_decided(t, places.decided),
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


def parse_places(
    view: Mapping[str, Any], questions: Sequence[Question], choices: PlacementChoices
) -> PlacesForm:
    """Read the answers. `questions`: all that the plan could ask, in which those shown are found again."""
    blocks = {block["block_id"] for block in view["blocks"]}
    shown = [each for each in map(Asked, questions) if each.block_id in blocks]
    for_all = [
        Rule(part=part, choice=choice)
        for part in Part
        if (choice := picked(view, _for_all_id(part), part, choices)) is not None
    ]
    by_part = {rule.part for rule in for_all}
    given = [(each, picked(view, each.block_id, each.question.part, choices)) for each in shown]
    return PlacesForm(
        answers=tuple(each.question.answered(choice) for each, choice in given if choice is not None),
        for_all=tuple(for_all),
        shown=tuple(each.question for each in shown),
        missing=tuple(
            each.block_id for each, choice in given if choice is None and each.question.part not in by_part
        ),
        offers_all=any(_for_all_id(part) in blocks for part in Part),
        keep=KEEP in ticked(element_of(view, Action.KEEP_AS_RULES)),
    )


def placement_text(placement: Placement) -> str:
    """「加工課・正社員」: every part that is set, by its name."""
    chosen = (placement.establishment, placement.division, placement.category)
    return "・".join(clip(choice.name, NAME_MOST) for choice in chosen if choice is not None)


def _nothing(t: Texts, target: str, empty: Sequence[Part]) -> list[Json]:
    labels = [part_label(t, part) for part in empty]
    return [alert(t("{target} has no entry for: {label}", target=target, label=label)) for label in labels]


def _asking(t: Texts, places: Places, choices: PlacementChoices) -> Iterator[Json]:
    if any(_is_shared(places, part) for part in _parts(places)):
        said = t("Choose one for everybody, or one for each. Where both are chosen, the single one counts.")
        yield section(said)
    yield from _questions(t, places, choices)
    if places.more:
        yield context(_more(t, places.more))
    yield _keep(t)


def _parts(places: Places) -> list[Part]:
    asked = {each.question.part for each in places.asked}
    return [part for part in PARTS[places.head.direction] if part in asked]


def _questions(t: Texts, places: Places, choices: PlacementChoices) -> Iterator[Json]:
    inline = sum(len(choices_of(choices, each.question.part)) for each in places.asked) <= INLINE_MOST
    for part in _parts(places):
        offered = choices_of(choices, part)
        asked = [each for each in places.asked if each.question.part is part]
        is_shared = _is_shared(places, part)
        if is_shared:
            so_far = places.for_all.get(part)
            label = t("Everybody, except who is chosen for below → {part}", part=part_label(t, part))
            yield place_menu(
                t, _for_all_id(part), label, part, offered, so_far=so_far, inline=inline, optional=True
            )
        yield from (_question(t, each, offered, inline=inline, optional=is_shared) for each in asked)


def _is_shared(places: Places, part: Part) -> bool:
    """Tell whether a part can be answered for everybody at once."""
    asked = sum(each.question.part is part for each in places.asked)
    return asked + places.more > 1 or part in places.for_all


def _question(t: Texts, asked: Asked, offered: tuple[Choice, ...], *, inline: bool, optional: bool) -> Json:
    question = asked.question
    label = t.plural(
        "{post} ({n} person) → {part}",
        "{post} ({n} people) → {part}",
        question.people,
        post=clip(post_label(t, BASES[question.part][0], question.post), NAME_MOST),
        part=part_label(t, question.part),
    )
    return place_menu(
        t,
        asked.block_id,
        label,
        question.part,
        offered,
        so_far=asked.so_far,
        inline=inline,
        optional=optional,
    )


def _for_all_id(part: Part) -> str:
    return f"{Action.ONE_FOR_ALL}:{part}"


def _more(t: Texts, n: int) -> str:
    return t.plural("{n} more question follows.", "{n} more questions follow.", n)


def _keep(t: Texts) -> Json:
    entry = option(
        t("Use these answers from now on"), KEEP, t("They become rules in the integration settings")
    )
    element: Json = {"type": "checkboxes", "action_id": Action.KEEP_AS_RULES, "options": [entry]}
    return input_block(Action.KEEP_AS_RULES, t("Next time"), element, optional=True)


def _decided(t: Texts, decided: Sequence[tuple[Placement, int]]) -> Iterator[Json]:
    if not decided:
        return
    total = sum(n for _, n in decided)
    lines = [t.plural("Placed by rules: {n} person", "Placed by rules: {n} people", total)]
    lines += [
        "• " + t.plural("{places}: {n} person", "{places}: {n} people", n, places=placement_text(placement))
        for placement, n in decided[:DECIDED_MOST]
    ]
    rest = sum(n for _, n in decided[DECIDED_MOST:])
    if rest:
        lines.append("• " + t.plural("Elsewhere: {n} person", "Elsewhere: {n} people", rest))
    yield section("\n".join(lines))
