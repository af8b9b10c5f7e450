"""Every question about a placement is asked once, and its answer is a rule."""

from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.confirm import Confirm, confirm_view
from bot.views.place_menus import suggest
from bot.views.placement import KEEP, Asked, Places, PlacesForm, parse_places, placement_view
from storage.plan_records import PlanHead
from sync.diff import Status
from sync.model import Choice, Direction, Placement, PlacementChoices, Post, PostKind
from sync.placing import PARTS, Part, Question, Rule
from tests.bot.views.view_builders import choices, create, head, rows, shown, submitted, update

Json = dict[str, Any]
JA = Texts("ja")
ACCOUNTS = Post(PostKind.DEPARTMENT, "", "経理課")
REGULAR = Post(PostKind.EMPLOYMENT_TYPE, "t-1", "正社員")
WHERE, WHICH = Question(Part.DIVISION, ACCOUNTS, 2), Question(Part.CATEGORY, REGULAR, 3)
NOWHERE = Question(Part.DIVISION, None, 1)
OFFICE, KIND = Choice("001", "事業所1"), Choice("002", "事業所2")


def asking(*asked: Question | Asked, offered: PlacementChoices | None = None, **more: Any) -> Json:
    plan = head(Direction.PUSH, choices=choices(3) if offered is None else offered)
    questions = tuple(each if isinstance(each, Asked) else Asked(each) for each in asked)
    return placement_view(JA, Places(head=plan, asked=questions, **({"for_all": {}} | more)))


def answer(view: Json, *given: tuple[str, Part, str], keep: bool = False) -> PlacesForm:
    """Choose in these blocks; every question that there is could have been asked."""
    values: Json = {block: {part.value: {"selected_option": {"value": code}}} for block, part, code in given}
    if keep:
        values[Action.KEEP_AS_RULES] = {Action.KEEP_AS_RULES: {"selected_options": [{"value": KEEP}]}}
    return parse_places(submitted(view, values), (WHERE, NOWHERE, WHICH), choices(3))


def to(question: Question, code: str) -> tuple[str, Part, str]:
    return Asked(question).block_id, question.part, code


def test_an_answer_is_a_rule_for_all_who_stand_at_the_post() -> None:
    form = answer(asking(WHERE, WHICH), to(WHERE, "001"), to(WHICH, "002"))
    by_name = Rule(part=Part.DIVISION, choice=OFFICE, basis=PostKind.DEPARTMENT, name="経理課")
    by_code = Rule(part=Part.CATEGORY, choice=KIND, basis=PostKind.EMPLOYMENT_TYPE, code="t-1", name="正社員")
    assert form.answers == (by_name, by_code)
    assert not form.missing


def test_a_question_says_who_how_many_and_what_for() -> None:
    said = shown(asking(WHERE, NOWHERE, WHICH))
    assert "部署「経理課」（2名）→ 所属事業所（所属）" in said
    assert "部署なし（1名）→ 所属事業所（所属）" in said
    assert "雇用形態「正社員」（3名）→ 雇用区分" in said


def test_what_nothing_answers_is_missing() -> None:
    form = answer(asking(WHERE, NOWHERE, WHICH), to(WHERE, "001"))
    assert set(form.missing) == {Asked(NOWHERE).block_id, Asked(WHICH).block_id}


def test_one_place_for_everybody_answers_what_is_left_of_its_part() -> None:
    everybody = (f"{Action.ONE_FOR_ALL}:{Part.DIVISION}", Part.DIVISION, "002")
    form = answer(asking(WHERE, NOWHERE, WHICH), to(WHERE, "001"), everybody, to(WHICH, "002"))
    assert [rule.choice for rule in form.answers] == [OFFICE, KIND]
    assert form.for_all == (Rule(part=Part.DIVISION, choice=KIND),)
    assert not form.missing


def test_a_single_question_of_a_part_needs_no_place_for_everybody() -> None:
    assert "全員" not in shown(asking(WHERE, WHICH))


def test_where_one_place_can_be_chosen_for_everybody_it_is_said_that_one_of_both_is_needed() -> None:
    said = shown(asking(WHERE, NOWHERE, WHICH)).splitlines()
    assert "全員（下で個別に選んだ人を除く）→ 所属事業所（所属）" in said
    assert said[2].startswith("全員か、部署などごとのどちらかを選んでください。")


def test_a_question_that_was_not_shown_is_neither_answered_nor_missing() -> None:
    form = answer(asking(WHERE), to(WHERE, "001"))
    assert form.shown == (WHERE,)
    assert not form.missing


def test_a_place_that_has_gone_since_is_missing() -> None:
    form = parse_places(submitted(asking(Asked(WHERE, Choice("009", "閉鎖"))), {}), (WHERE,), choices(1))
    assert form.missing == (Asked(WHERE).block_id,)


def test_answers_become_rules_only_if_wished() -> None:
    assert answer(asking(WHERE), to(WHERE, "001"), keep=True).keep
    assert not answer(asking(WHERE), to(WHERE, "001")).keep


def test_an_earlier_answer_is_offered_again() -> None:
    view = asking(Asked(WHERE, OFFICE), NOWHERE, for_all={Part.DIVISION: KIND})
    form = parse_places(submitted(view), (WHERE, NOWHERE), choices(3))
    assert [rule.choice for rule in (*form.answers, *form.for_all)] == [OFFICE, KIND]


def test_what_rules_have_decided_is_said_by_placement() -> None:
    decided = [(Placement(division=OFFICE, category=KIND), 12 - n) for n in range(7)]
    said = shown(asking(WHERE, decided=decided))
    assert "規則で決まった人：63名" in said
    assert "• 事業所1・事業所2：12名" in said
    assert "• そのほか：13名" in said


def test_the_last_look_says_of_each_person_where_they_are_put_or_what_is_written() -> None:
    rules = (Rule(part=Part.DIVISION, choice=OFFICE), Rule(part=Part.CATEGORY, choice=KIND))
    confirm = Confirm(
        counts={Status.CREATE: 1, Status.UPDATE: 1},
        first=rows(create("0201"), update("0016", fields=2)),
        choice="f" * 64,
    )
    said = shown(confirm_view(JA, head(rules=rules), confirm)).replace("\n", "")
    assert "0201\u3000山田 山田\u3000🟢 新規登録（事業所1・事業所2）" in said
    assert "0016\u3000山田 太郎\u3000🟠 差分あり（姓、名）" in said


def test_a_master_without_an_entry_can_only_be_gone_back_from() -> None:
    view = asking(WHERE, offered=PlacementChoices())
    assert "submit" not in view
    assert not [block for block in view["blocks"] if block["type"] == "input"]


@pytest.mark.parametrize(
    ("entries", "posts", "kind"),
    [
        (100, 1, "static_select"),
        (101, 1, "external_select"),
        (100, 2, "static_select"),
        (100, 3, "external_select"),
    ],
)
def test_many_or_long_menus_are_searched_so_that_the_view_stays_small(
    entries: int, posts: int, kind: str
) -> None:
    asked = [Question(Part.DIVISION, Post(PostKind.DEPARTMENT, f"{n}", "課"), 1) for n in range(posts)]
    view = asking(*asked, offered=choices(entries))
    menus = [block["element"] for block in view["blocks"] if block.get("block_id", "").startswith("division")]
    assert {menu["type"] for menu in menus} == {kind}


@pytest.mark.parametrize(
    ("typed_text", "found"), [("ﾄｳｷｮｳ", ["A"]), ("とうきょう", ["A"]), ("b1", ["B1"]), ("無い", [])]
)
def test_a_place_is_found_by_name_or_code_in_any_width_and_kana(typed_text: str, found: list[str]) -> None:
    offered = PlacementChoices(divisions=(Choice("A", "トウキョウ本社"), Choice("B1", "大阪")))
    assert [each["value"] for each in suggest(offered, Action.DIVISION, typed_text)] == found


def test_a_search_answers_with_at_most_a_hundred_places() -> None:
    assert len(suggest(choices(3000), Action.CATEGORY, "")) == 100


def descriptions(offered: PlacementChoices) -> list[str]:
    return [each.get("description", {}).get("text", "") for each in suggest(offered, Action.DIVISION, "")]


def test_a_code_is_shown_where_it_is_readable_or_tells_namesakes_apart() -> None:
    short, long, other = Choice("1200", "経理課"), Choice("e" * 36, "本社"), Choice("f" * 36, "本社")
    assert descriptions(PlacementChoices(divisions=(short, long))) == ["1200", ""]
    assert descriptions(PlacementChoices(divisions=(long, other))) == ["e" * 36, "f" * 36]


@pytest.mark.parametrize("direction", Direction)
def test_each_direction_asks_for_places_of_its_own(direction: Direction) -> None:
    plan: PlanHead = head(direction, choices=choices(3))
    asked = tuple(Asked(Question(part, None, 1)) for part in PARTS[direction])
    view = placement_view(JA, Places(head=plan, asked=asked, for_all={}))
    actions = {block["element"]["action_id"] for block in view["blocks"] if block["type"] == "input"}
    assert actions - {Action.KEEP_AS_RULES} == {part.value for part in PARTS[direction]}
