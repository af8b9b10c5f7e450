"""Gathers what is known of one person of a list or of an explanation; the views only lay it out."""

from datetime import date

from bot.bases import basis_of_plan
from bot.views.one_way import OneWay
from bot.views.person import PersonScreen, Whom
from storage.plan_records import PlanHead
from storage.records import Scope
from storage.store import Store
from sync.diff import Difference
from sync.explain import lines_of
from sync.model import Direction
from sync.plan import Basis


def person_screen(store: Store, head: PlanHead, whom: Whom, day: date) -> PersonScreen:
    """Gather one row of a plan with its history. Raises NotFound."""
    (row,) = store.plans.rows(head.id, [whom.position])
    basis = basis_of_plan(store, store.integrations.load(head.scope), head, day)
    number = row.difference.desired.number
    return PersonScreen(
        head=head,
        row=row,
        way=one_way(store, head.scope, row.difference, basis),
        events=store.events.of_person(head.scope, number) if number else (),
        today=day,
    )


def one_way(store: Store, scope: Scope, difference: Difference, basis: Basis) -> OneWay:
    """Gather what is to be said of a person in one direction."""
    return OneWay(
        direction=basis.direction,
        difference=difference,
        lines=lines_of(difference, basis),
        ties=basis.ties,
        suppressions=store.suppressions.list(scope, basis.direction, difference.desired.remote_id),
    )


def unlisted(direction: Direction) -> OneWay:
    """Say that a direction has no row for the person."""
    return OneWay(direction=direction, difference=None)
