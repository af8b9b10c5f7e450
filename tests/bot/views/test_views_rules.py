"""Rules of placement read as sentences, and are changed one step at a time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.ids import Action
from bot.texts import Texts
from bot.views.add_rule import EVERYBODY, AddRuleForm, By, add_rule_view, digest_of, parse_add_rule
from bot.views.rules import Move, Step, parse_step, rule_text, rules_view
from storage.rules import RuleBook
from sync.model import Choice, Direction, PostKind
from sync.placing import Part, Rule
from tests.bot.views.setting_cases import rule
from tests.bot.views.view_builders import choices, shown, submitted

Json = dict[str, Any]
JA = Texts("ja")


@pytest.mark.parametrize(
    ("given_rule", "said"),
    [
        (rule(), "部署「経理課」 → 所属事業所（所属）: 加工課（001）"),
        (rule(code="K-1"), "部署コード K-1（経理課） → 所属事業所（所属）: 加工課（001）"),
        (rule(code="d" * 36), "部署「経理課」 → 所属事業所（所属）: 加工課（001）"),
        (rule(name=""), "部署なし → 所属事業所（所属）: 加工課（001）"),
        (rule(basis=None), "全員 → 所属事業所（所属）: 加工課（001）"),
        (rule(choice=Choice("e" * 36, "本社")), "部署「経理課」 → 所属事業所（所属）: 本社"),
    ],
)
def test_a_rule_reads_as_a_sentence(given_rule: Rule, said: str) -> None:
    assert rule_text(JA, given_rule) == said


def moves_of(*kept: Rule) -> list[list[Move]]:
    view = rules_view(JA, Direction.PUSH, RuleBook(kept, 1))
    menus = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [[parse_step(each["value"]).move for each in menu["options"]] for menu in menus]


def test_only_among_the_rules_of_one_part_the_order_can_be_changed() -> None:
    category = rule(part=Part.CATEGORY)
    assert moves_of(rule(), rule(), category) == [
        [Move.DOWN, Move.DELETE],
        [Move.UP, Move.DELETE],
        [Move.DELETE],
    ]


@given(some.integers(2, 9), some.data())
def test_moving_up_and_down_again_changes_nothing(size: int, data: some.DataObject) -> None:
    kept = tuple(rule(name=str(n)) for n in range(size))
    index = data.draw(some.integers(1, size - 1))
    after = Step(Move.UP, index).apply(kept)
    assert after[index - 1] == kept[index]
    assert Step(Move.DOWN, index - 1).apply(after) == kept


def test_deleting_takes_exactly_that_rule_away() -> None:
    kept = tuple(rule(name=str(n)) for n in range(3))
    assert Step(Move.DELETE, 1).apply(kept) == (kept[0], kept[2])


def test_a_step_is_read_from_a_menu_as_it_was_written() -> None:
    for move in Move:
        assert parse_step(str(Step(move, 12))) == Step(move, 12)


@pytest.mark.parametrize(("size", "page", "numbers"), [(31, 1, 30), (31, 2, 1), (31, 9, 1), (0, 1, 0)])
def test_thirty_rules_stand_on_a_page(size: int, page: int, numbers: int) -> None:
    view = rules_view(JA, Direction.PUSH, RuleBook((rule(),) * size, 1), page)
    assert len([block for block in view["blocks"] if "accessory" in block]) == numbers


def adding(direction: Direction = Direction.PUSH, confirmed: str = "", **given_: Any) -> AddRuleForm:
    """Fill the form: `who`, `by`, `text` and a code for each part."""
    view = add_rule_view(JA, direction, 1, choices(3), confirmed=confirmed)
    typed: dict[str, dict[str, Json]] = {
        Action.RULE_TEXT: {Action.RULE_TEXT: {"value": given_.get("text", "")}}
    }
    for action, name in ((Action.RULE_BASIS, "who"), (Action.RULE_BY, "by")):
        if name in given_:
            typed[action] = {action: {"selected_option": {"value": given_[name]}}}
    for part in Part:
        if part.value in given_:
            typed[part.value] = {part.value: {"selected_option": {"value": given_[part.value]}}}
    return parse_add_rule(JA, submitted(view, typed), choices(3))


def test_a_rule_by_name_is_what_was_typed() -> None:
    form = adding(text=" 経理課 ", division="001")
    assert form.rules == (rule(choice=Choice("001", "事業所1")),)
    assert not form.problems


def test_a_rule_by_code_has_no_name() -> None:
    (made,) = adding(by=By.CODE, text="K-1", division="001").rules
    assert (made.code, made.name) == ("K-1", "")


def test_both_parts_at_once_are_two_rules() -> None:
    form = adding(who=PostKind.EMPLOYMENT_TYPE, text="正社員", division="001", category="002")
    assert [each.part for each in form.rules] == [Part.DIVISION, Part.CATEGORY]
    assert {each.basis for each in form.rules} == {PostKind.EMPLOYMENT_TYPE}


@pytest.mark.parametrize("who", [EVERYBODY, PostKind.DEPARTMENT])
def test_a_rule_for_everybody_or_for_who_has_none_needs_no_text(who: str) -> None:
    form = adding(who=who, by=By.NONE, division="001", text="経理課")
    (made,) = form.rules
    assert (made.code, made.name) == ("", "")
    assert made.basis is (None if who == EVERYBODY else PostKind.DEPARTMENT)
    assert not form.problems


def test_a_rule_without_a_name_or_a_place_is_pointed_out() -> None:
    assert adding().problems == {
        Action.RULE_TEXT: "名称またはコードを入力してください。",
        Action.DIVISION: "一覧から選択してください。",
    }


def test_only_exactly_what_was_looked_at_is_confirmed() -> None:
    shown_before = digest_of(adding(text="経理課", division="001").rules)
    assert adding(text="経理課", division="001", confirmed=shown_before).is_confirmed
    assert not adding(text="経理課", division="002", confirmed=shown_before).is_confirmed
    assert not adding(text="経理課", division="001").is_confirmed


@pytest.mark.parametrize(("direction", "who"), [(Direction.PULL, "雇用区分"), (Direction.PUSH, "雇用形態")])
def test_people_are_told_apart_by_what_the_source_knows(direction: Direction, who: str) -> None:
    assert who in shown(add_rule_view(JA, direction, 1, choices(1))["blocks"][1])
