"""What is to be asked before new people are created: where rules put nobody."""

from collections import Counter
from collections.abc import Sequence

from bot.answer import Answer, push
from bot.press import Press
from bot.services import Services
from bot.views.blocks import Json
from bot.views.placement import QUESTIONS_MOST, Asked, Places, placement_view
from storage.plan_records import PlanHead
from storage.store import Store
from sync.diff import Status
from sync.model import Choice, Employee, Placement
from sync.placing import PARTS, Part, Question, Rule, place, questions


def ask_for_places(services: Services, press: Press, head: PlanHead) -> Answer | None:
    """Ask where the ticked new people are put; None where the rules of 連携設定 say so of everybody.

    What was answered for this plan before is asked again, with that answer, so that it can be changed.
    """
    view = places_screen(services, press, head)
    return None if view is None else push(view)


def places_screen(services: Services, press: Press, head: PlanHead) -> Json | None:
    """Lay out the next page of questions; None when there is nothing to ask."""
    people, kept = creates(services.store, head), kept_rules(services.store, head)
    asked = questions(people, kept, head.direction)
    if not asked:
        return None
    open_ones = {_identity(each) for each in unanswered(services.store, head)}
    first = sorted(asked, key=lambda each: _identity(each) not in open_ones)
    own = [rule for rule in head.rules if rule not in kept]
    places = Places(
        head=head,
        asked=tuple(Asked(each, _answer(each, own)) for each in first[:QUESTIONS_MOST]),
        more=len(first[QUESTIONS_MOST:]),
        for_all={rule.part: rule.choice for rule in own if rule.basis is None},
        decided=_decided(people, kept, head),
    )
    return placement_view(services.texts(press), places)


def unanswered(store: Store, head: PlanHead) -> tuple[Question, ...]:
    """Give what nothing says yet of the ticked new people: neither a rule nor an answer."""
    return questions(creates(store, head), head.rules, head.direction)


def creates(store: Store, head: PlanHead) -> list[Employee]:
    """Give the ticked new people, with what their placement is decided by and no more."""
    chosen = store.plans.ticked(head.id)
    return [
        Employee(remote_id=entry.remote_id, number=entry.number, posts=entry.posts)
        for entry in store.plans.index(head.id)
        if entry.status is Status.CREATE and entry.position in chosen
    ]


def kept_rules(store: Store, head: PlanHead) -> list[Rule]:
    """Give those of the plan's rules that 連携設定 holds; the others were answered for this plan."""
    kept = set(store.rules.list(head.scope, head.direction))
    return [rule for rule in head.rules if rule in kept]


def _answer(question: Question, own: Sequence[Rule]) -> Choice | None:
    return next((rule.choice for rule in own if question.answered(rule.choice) == rule), None)


def _identity(question: Question) -> tuple[Part, object]:
    return question.part, question.post


def _decided(people: Sequence[Employee], kept: Sequence[Rule], head: PlanHead) -> list[tuple[Placement, int]]:
    placed = Counter(place(person, kept) for person in people)
    parts = PARTS[head.direction]
    whole = [(each, n) for each, n in placed.items() if all(getattr(each, part) for part in parts)]
    return sorted(whole, key=lambda each: -each[1])
