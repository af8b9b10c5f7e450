"""The first screen, 連携設定 with all that opens from it, placements, and plans that could not be made."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from bot.texts import Texts
from bot.views import integration as settings
from bot.views.add_rule import add_rule_view
from bot.views.missing import accept_missing_view, failed_plan_view
from bot.views.modes import ModesForm, modes_view
from bot.views.options import options_view
from bot.views.placement import Asked, Places, placement_view
from bot.views.rules import Move, RulesForm, Step, change_view, rules_view
from bot.views.start import start_view
from storage.plan_records import PlanHead, PlanOptions, PlanState
from storage.records import Check
from storage.rules import RuleBook
from sync.fields import COMPARED, Field, FieldPolicy, Mode, default_policies
from sync.model import Choice, Direction, Placement, PlacementChoices, Post, PostKind
from sync.placing import BASES, PARTS, Part, Question, Rule
from sync.text import Likeness
from tests.bot.views.view_builders import (
    HOSTILE,
    LONGEST,
    TODAY,
    access,
    choices,
    draft,
    head,
    integration,
)

Json = dict[str, Any]
Named = Iterator[tuple[str, Callable[[Texts], Json]]]
ANYWHERE = Choice("001", "加工課")
BLANKING = dict.fromkeys(COMPARED, FieldPolicy(Mode.FILL_ONLY, never_blank=False))


def setting_views() -> Named:
    for family in (starts, settings_views, modes, options, placements, rules, additions, failures):
        yield from family()


def starts() -> Named:
    blank = partial(start_view, direction=None, as_of=TODAY)
    yield "start", blank
    yield (
        "start, past, with a problem",
        partial(blank, direction=Direction.PULL, as_of=date(2024, 1, 1), problem=LONGEST),
    )


def settings_views() -> Named:
    view = partial(
        settings.settings_view, integration=integration(), draft=None, administrators=[], problems={}
    )
    yield "settings, first use", view
    for check in Check:
        known = integration(access(check, "token", "kaisha"), access(check, "ip_address"))
        yield f"settings, {check}", partial(view, integration=known, administrators=["U1"])
    problems = {"subdomain": LONGEST, "elsewhere": LONGEST}
    yield "settings, draft with problems", partial(view, draft=draft(), problems=problems)
    yield "settings, testing", settings.testing_view
    half = integration(access(), access(Check.UNVERIFIED))
    yield "settings, saved", partial(settings.settings_saved_view, integration=half)


def modes() -> Named:
    for direction in Direction:
        usual = ModesForm(direction=direction, policies=default_policies(direction), revision=3)
        yield f"modes, {direction}", partial(modes_view, form=usual)
        blanking = ModesForm(direction=direction, policies=BLANKING, revision=10**9)
        yield f"modes, {direction}, nothing kept", partial(modes_view, form=blanking, problem=LONGEST)


def options() -> Named:
    for direction in Direction:
        view = partial(options_view, policies=default_policies(direction))
        yield f"options, {direction}", partial(view, head=head(direction))
        own = PlanOptions(
            policies={Field.EMAIL: FieldPolicy(Mode.OVERWRITE, never_blank=False)},
            spellings=frozenset({Likeness.VARIANT, Likeness.COSMETIC}),
        )
        yield f"options, {direction}, all", partial(view, head=head(direction, options=own), problem=LONGEST)


def placements() -> Named:
    for direction in Direction:
        for n in (0, 1, 100, 101, 3000):
            one = partial(placement_view, places=places(head(direction, choices=choices(n)), 1))
            yield f"placement, {direction}, {n} choices", one
    long = tuple(Choice(f"{n}" * 50, LONGEST) for n in range(10))
    offered = PlacementChoices(establishments=long, divisions=long, categories=long)
    decided = [(Placement(division=long[n], category=long[n]), 100 - n) for n in range(8)]
    most = places(
        head(choices=offered), 10, LONGEST, more=7, for_all={Part.DIVISION: long[7]}, decided=decided
    )
    yield "placement, longest", partial(placement_view, places=most)
    hostile = places(head(choices=choices(3, HOSTILE)), 1, HOSTILE)
    yield "placement, hostile", partial(placement_view, places=hostile)


def places(plan: PlanHead, posts: int, name: str = "経理課", **more: Any) -> Places:
    """For each part so many questions, and one more for those without a post."""
    asked = [
        Asked(Question(part, post, 12))
        for part in PARTS[plan.direction]
        for post in [*(Post(BASES[part][0], f"{n}", name) for n in range(posts)), None]
    ]
    return Places(head=plan, asked=tuple(asked[:20]), **({"for_all": {}} | more))


def rules() -> Named:
    for direction in Direction:
        yield f"rules, {direction}, none", partial(rules_view, direction=direction, book=RuleBook())
    most = RuleBook(tuple(rule(name=LONGEST, code=LONGEST) for _ in range(200)), 10**6)
    longest = partial(rules_view, direction=Direction.PUSH, book=most, problem=LONGEST)
    for page in (1, 4, 7):
        yield f"rules, longest, page {page}", partial(longest, page=page)
    every = (rule(), rule(code="K-1", name=""), rule(name=""), rule(basis=None, name=""), rule(name=HOSTILE))
    yield "rules, every kind", partial(rules_view, direction=Direction.PUSH, book=RuleBook(every, 5))
    form = RulesForm(direction=Direction.PUSH, revision=5)
    step = Step(Move.DELETE, 123)
    yield (
        "rules, a change",
        partial(change_view, form=form, rule=rule(name=LONGEST), step=step, touched=LONGEST),
    )


def rule(**more: Any) -> Rule:
    post = {"basis": PostKind.DEPARTMENT, "name": "経理課"}
    known: dict[str, Any] = {"part": Part.DIVISION, "choice": ANYWHERE, **post}
    return Rule(**(known | more))


def additions() -> Named:
    for direction in Direction:
        for n in (0, 100, 101):
            asked = partial(add_rule_view, direction=direction, page=1, choices=choices(n))
            yield f"a new rule, {direction}, {n} choices", asked
    again = partial(add_rule_view, direction=Direction.PUSH, page=1, choices=choices(9))
    confirmed = partial(again, touched=LONGEST, confirmed="f" * 16)
    yield "a new rule, to be confirmed", confirmed


def failures() -> Named:
    numbers = {"system": "kinkakuji", "known": "1,200", "missing": "61"}
    missing = failed("people_missing", numbers)
    yield "people missing", partial(failed_plan_view, head=missing)
    yield "people missing, a reason", partial(accept_missing_view, head=missing)
    yield "nobody there", partial(failed_plan_view, head=failed("list_empty", numbers))
    partly = failed("incomplete_fetch", {"system": "smarthr", "expected": "120", "received": "100"})
    yield "a part of the list", partial(failed_plan_view, head=partly)
    yield "nobody knows why", partial(failed_plan_view, head=failed(None, {}))


def failed(code: str | None, detail: dict[str, str]) -> PlanHead:
    return head(state=PlanState.FAILED, failure=code, failure_detail=detail)
