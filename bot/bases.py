"""What a plan rests on: the same for a preview, for the press that starts it and for an explanation."""

from datetime import date

from storage.plan_records import PlanHead, PlanOptions
from storage.records import Integration, Scope
from storage.store import Store
from sync.digest import digest_of
from sync.model import Direction, System
from sync.plan import Basis
from sync.terms import Terms
from sync.text import Repertoire


def basis_of(  # noqa: PLR0913, PLR0917 - everything that a plan depends on
    store: Store, integration: Integration, direction: Direction, as_of: date, options: PlanOptions, day: date
) -> Basis:
    """Gather it; `day` is today, by which a suppression has expired or not."""
    scope = integration.scope
    towards_kinkakuji = direction.target is System.KINKAKUJI
    terms = Terms(
        policies={**integration.policies[direction], **options.policies},
        spellings=options.spellings,
        repertoire=integration.repertoire if towards_kinkakuji else Repertoire.UNICODE,
        business_names=integration.prefer_business_name,
        suppressed=store.suppressions.of(scope, direction, day),
    )
    return Basis(
        direction=direction,
        as_of=as_of,
        terms=terms,
        ties=store.identities.ties(scope, direction),
        rules=store.rules.list(scope, direction),
    )


def basis_of_plan(store: Store, integration: Integration, head: PlanHead, day: date) -> Basis:
    """Gather what a plan would rest on if it were made now."""
    return basis_of(store, integration, head.direction, head.as_of, head.options, day)


def digest_of_basis(store: Store, scope: Scope, basis: Basis) -> str:
    """Give what is the same at the press, unless something has changed that the list rests on."""
    return digest_of(basis.terms, basis.ties, store.rosters.companies(scope))


def terms_now(store: Store, head: PlanHead, day: date) -> str:
    """Give the digest of what a list would go by if it were made now."""
    basis = basis_of_plan(store, store.integrations.load(head.scope), head, day)
    return digest_of_basis(store, head.scope, basis)
