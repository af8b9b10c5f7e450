"""The answers to where new people are put: kept with the plan and, if wished, as rules."""

from functools import partial

from bot.access import Need
from bot.answer import Answer, point_out, replace
from bot.entrance import Entrance
from bot.ids import Callback
from bot.listeners.imports import last_look
from bot.listeners.placing import kept_rules, places_screen, unanswered
from bot.press import Press
from bot.services import Services
from bot.views.metadata import metadata
from bot.views.placement import PlacesForm, parse_places
from storage.plan_records import PlanHead
from storage.store import Store
from sync.model import Employee, PlacementChoices
from sync.placing import Question, Rule, questions


def register(entrance: Entrance, services: Services) -> None:
    """Register the answers."""
    entrance.submission(Callback.PLACEMENT, Need.ADMINISTRATOR, partial(take_places, services))


def take_places(services: Services, press: Press) -> Answer:
    """Keep the answers; then ask what is left, or go to the last look."""
    head = services.store.plans.load_ready(press.scope, metadata(press.modal)["plan"])
    form = parse_places(press.modal, _askable(services.store, head), head.choices or PlacementChoices())
    if form.missing:
        t = services.texts(press)
        both = t("Choose one of the entries, here or for everybody.")
        problem = both if form.offers_all else t("Choose one of the entries.")
        return point_out(dict.fromkeys(form.missing, problem))
    services.store.plans.save_rules(head.id, _rules(services.store, head, form))
    if form.keep:
        services.store.rules.add(head.scope, head.direction, (*form.answers, *form.for_all))
    return _next(services, press, services.store.plans.load_ready(head.scope, head.id))


def _next(services: Services, press: Press, head: PlanHead) -> Answer:
    more = places_screen(services, press, head) if unanswered(services.store, head) else None
    return replace(more) if more else last_look(services, press, head)


def _askable(store: Store, head: PlanHead) -> tuple[Question, ...]:
    """Give every question that anybody new in the plan could be asked about."""
    people = [
        Employee(remote_id=entry.remote_id, number=entry.number, posts=entry.posts)
        for entry in store.plans.index(head.id)
    ]
    return questions(people, (), head.direction)


def _rules(store: Store, head: PlanHead, form: PlacesForm) -> list[Rule]:
    """Put the answers before the plan's rules, in place of what was answered to the same questions before.

    What is said for everybody comes last: it decides only where nothing else does.
    """
    kept = kept_rules(store, head)
    parts = {question.part for question in form.shown}
    own = [rule for rule in head.rules if rule not in kept and not _is_replaced(rule, form.shown)]
    single = [rule for rule in own if rule.basis is not None]
    others = [rule for rule in own if rule.basis is None and rule.part not in parts]
    return [*form.answers, *single, *kept, *others, *form.for_all]


def _is_replaced(rule: Rule, shown: tuple[Question, ...]) -> bool:
    return any(question.answered(rule.choice) == rule for question in shown)
