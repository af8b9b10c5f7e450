"""The digest of what a comparison goes by differs exactly when a person decided something."""

from dataclasses import replace

import pytest

from sync.digest import digest_of
from sync.fields import Field, FieldPolicy, Mode, default_policies
from sync.identity import Link, Ties
from sync.model import Direction, System
from sync.terms import Terms
from sync.text import Likeness, Repertoire

TERMS = Terms(policies=default_policies(Direction.PUSH))
FILL_ONLY = {**TERMS.policies, Field.GENDER: FieldPolicy(Mode.FILL_ONLY)}
MAY_BLANK = {**TERMS.policies, Field.GENDER: FieldPolicy(never_blank=False)}


@pytest.mark.parametrize(
    "decided",
    [
        replace(TERMS, policies=FILL_ONLY),
        replace(TERMS, policies=MAY_BLANK),
        replace(TERMS, spellings=frozenset({Likeness.VARIANT})),
        replace(TERMS, repertoire=Repertoire.WINDOWS),
        replace(TERMS, suppressed={"crew-1": frozenset({Field.EMAIL})}),
        replace(TERMS, suppressed={"crew-2": frozenset({Field.EMAIL})}),
    ],
)
def test_other_terms_have_another_digest(decided: Terms) -> None:
    assert digest_of(decided, Ties()) != digest_of(TERMS, Ties())


def test_decisions_about_people_have_another_digest() -> None:
    confirmed = Ties((Link("crew-1", "key-1", confirmed=True),))
    ignored = Ties(ignored=frozenset({"crew-1"}))
    assert len({digest_of(TERMS, ties) for ties in (Ties(), confirmed, ignored)}) == 3


def test_another_company_has_another_digest() -> None:
    digests = {digest_of(TERMS, Ties(), {System.KINKAKUJI: company}) for company in ("one", "another")}
    assert len({digest_of(TERMS, Ties()), *digests}) == 3


def test_remembering_what_is_certain_changes_nothing() -> None:
    assert digest_of(TERMS, Ties((Link("crew-1", "key-1"),))) == digest_of(TERMS, Ties())


def test_the_order_in_which_things_are_kept_does_not_matter() -> None:
    links = (Link("crew-1", "key-2", confirmed=True), Link("crew-2", "key-1", confirmed=True))
    policies = dict(reversed(list(TERMS.policies.items())))
    one = replace(TERMS, suppressed={"a": frozenset({Field.EMAIL}), "b": frozenset({Field.GENDER})})
    other = replace(TERMS, policies=policies, suppressed=dict(reversed(list(one.suppressed.items()))))
    assert digest_of(one, Ties(links)) == digest_of(other, Ties(links[::-1]))
