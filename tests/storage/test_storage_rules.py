"""配属の規則: kept in order, changed by whoever has seen the newest, added to by answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import SettingsMoved
from storage.rules import RuleBook, merge
from storage.store import Store
from sync.model import Choice, Direction, PostKind
from sync.placing import Part, Rule
from tests.storage.builders import ELSEWHERE, SCOPE

PUSH = Direction.PUSH
ACCOUNTS, WORKSHOP = Choice("1200", "経理課"), Choice("1300", "加工課")


def rule(
    choice: Choice = ACCOUNTS,
    basis: PostKind | None = PostKind.DEPARTMENT,
    code: str = "",
    name: str = "",
    part: Part = Part.DIVISION,
) -> Rule:
    return Rule(part=part, choice=choice, basis=basis, code=code, name=name)


BY_CODE, BY_NAME, EVERYBODY = rule(code="d1"), rule(name="経理 課"), rule(WORKSHOP, basis=None)


def test_rules_keep_their_order(store: Store) -> None:
    store.rules.save(SCOPE, PUSH, [BY_NAME, BY_CODE, EVERYBODY], 0)
    assert store.rules.list(SCOPE, PUSH) == (BY_NAME, BY_CODE, EVERYBODY)
    assert store.rules.list(SCOPE, Direction.PULL) == store.rules.list(ELSEWHERE, PUSH) == ()


def test_rules_made_from_older_ones_overwrite_nothing(store: Store) -> None:
    store.rules.save(SCOPE, PUSH, [BY_CODE], 0)
    with pytest.raises(SettingsMoved):
        store.rules.save(SCOPE, PUSH, [EVERYBODY], 0)
    assert store.rules.load(SCOPE, PUSH) == RuleBook((BY_CODE,), 1)
    store.rules.save(SCOPE, PUSH, [], 1)
    assert store.rules.load(SCOPE, PUSH) == RuleBook((), 2)


def test_an_answer_counts_as_a_change(store: Store) -> None:
    store.rules.add(SCOPE, PUSH, [BY_CODE])
    with pytest.raises(SettingsMoved):
        store.rules.save(SCOPE, PUSH, [], 0)


def test_an_answer_takes_the_place_of_what_was_said_of_the_same_post() -> None:
    moved = rule(WORKSHOP, code="d1")
    assert merge([BY_NAME, BY_CODE, EVERYBODY], [moved]) == (BY_NAME, moved, EVERYBODY)
    respelled = rule(WORKSHOP, name="経理課")
    assert merge([BY_NAME, BY_CODE], [respelled]) == (respelled, BY_CODE)


def test_an_answer_stands_before_those_of_its_kind_and_before_those_for_everybody() -> None:
    by_type = rule(basis=PostKind.EMPLOYMENT_TYPE, name="正社員")
    assert merge([by_type, BY_CODE, EVERYBODY], [BY_NAME]) == (by_type, BY_NAME, BY_CODE, EVERYBODY)
    assert merge([EVERYBODY], [by_type]) == (by_type, EVERYBODY)
    assert merge([BY_CODE], [EVERYBODY]) == (BY_CODE, EVERYBODY)


def test_people_without_a_post_have_a_rule_of_their_own() -> None:
    without = rule(WORKSHOP)
    assert merge([BY_CODE, BY_NAME], [without]) == (without, BY_CODE, BY_NAME)
    assert merge([without], [rule(ACCOUNTS)]) == (rule(ACCOUNTS),)


RULES = st.builds(
    rule,
    choice=st.sampled_from([ACCOUNTS, WORKSHOP]),
    basis=st.sampled_from([PostKind.DEPARTMENT, PostKind.EMPLOYMENT_TYPE, None]),
    code=st.sampled_from(["", "d1", "d2"]),
    name=st.sampled_from(["", "経理課"]),
    part=st.sampled_from([Part.DIVISION, Part.CATEGORY]),
)


@given(st.lists(RULES), RULES)
def test_an_answer_is_there_once_and_the_other_rules_stay_in_order(said: list[Rule], answer: Rule) -> None:
    rules = merge([], said)
    merged = merge(rules, [answer])
    assert merged.count(answer) == 1
    assert len(merged) - len(rules) in {0, 1}
    assert merge(merged, [answer]) == merged
    others = [each for each in merged if each != answer]
    assert others == [each for each in rules if each in others and each != answer]
