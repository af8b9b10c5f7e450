"""What an administrator sees before approving, and what comes back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.filter import Filter
from bot.views.pick import PickScreen, parse_pick, pick_view
from sync.diff import BlockReason, Change, Status
from sync.fields import Field
from sync.model import Direction, Gender
from tests.bot.views.view_builders import (
    blocked,
    create,
    every_part,
    head,
    screen,
    shown,
    submitted,
    unchanged,
    update,
)

Json = dict[str, Any]
JA = Texts("ja")


def view_of(asked: PickScreen) -> Json:
    return pick_view(JA, asked)


def styled(view: Json, style: str) -> list[str]:
    return [part["text"] for part in every_part(view) if part.get("style", {}) == {style: True}]


def actions_in(view: Json) -> dict[str, Json]:
    return {part["action_id"]: part for part in every_part(view) if "action_id" in part}


def boxes(view: Json) -> list[Json]:
    return [part for part in every_part(view) if part.get("action_id") == Action.TICK]


def test_an_old_value_is_struck_a_new_one_bold_and_both_are_named_in_words() -> None:
    view = view_of(screen(update(old="佐藤", new="鈴木")))
    assert "佐藤" in styled(view, "strike")
    assert "鈴木" in styled(view, "bold")
    assert "変更前" in shown(view)
    assert "変更後" in shown(view)


def test_an_empty_value_is_said_and_not_struck() -> None:
    view = view_of(screen(update(old=None)))
    assert "（空）" in shown(view)
    assert styled(view, "strike") == []


def test_two_long_values_are_cut_where_they_differ() -> None:
    long = "とても長い部署名" * 20
    view = view_of(screen(update(old=f"{long}甲", new=f"{long}乙")))
    (old,), new = styled(view, "strike"), styled(view, "bold")
    assert old.startswith("…")
    assert old.endswith("甲")
    assert old.replace("甲", "乙") in new


@pytest.mark.parametrize(
    ("direction", "new", "is_told"),
    [
        (Direction.PULL, "2026-11-21", True),
        (Direction.PULL, None, True),
        (Direction.PULL, "2026-11-22", False),  # the last day is still a day of work
        (Direction.PUSH, "2026-11-21", False),
    ],
)
def test_a_past_or_cleared_resignation_leaves_something_to_do_in_smarthr(
    direction: Direction, new: str | None, *, is_told: bool
) -> None:
    change = Change(Field.RESIGNED_ON, "2027-03-31", new)
    for difference in (replace(update(), changes=(change,)), replace(create(), changes=(change,))):
        text = shown(view_of(screen(difference, head=head(direction))))
        assert ("SmartHRの在籍状況は変更されません。" in text) is is_told


def test_another_field_leaves_nothing_to_do_in_smarthr() -> None:
    text = shown(view_of(screen(update(), unchanged(), blocked(), head=head(Direction.PULL))))
    assert "在籍状況は変更されません" not in text


def test_a_gender_is_shown_as_a_word() -> None:
    change = Change(Field.GENDER, Gender.MALE.value, Gender.FEMALE.value)
    view = view_of(screen(replace(update(), changes=(change,))))
    assert styled(view, "strike") == ["男性"]


def test_a_new_person_is_shown_with_every_value_that_is_written() -> None:
    person = create()
    bold = styled(view_of(screen(person)), "bold")
    assert [change.new for change in person.changes] == [text for text in bold if text == "山田"]


def test_a_field_that_is_kept_because_the_source_is_empty_is_named() -> None:
    assert "連携元が空のため変更しません：退職日" in shown(view_of(screen(update())))


def test_every_change_stands_right_below_its_own_box() -> None:
    view = view_of(screen(update("0001"), update("0002")))
    people = [block for block in view["blocks"] if block.get("block_id", "").startswith("tick:")]
    after = [view["blocks"][view["blocks"].index(block) + 1]["type"] for block in people]
    names = [block["elements"][0]["options"][0]["text"]["text"] for block in people]
    assert [name[:4] for name in names] == ["0001", "0002"]
    assert after == ["rich_text", "rich_text"]


def test_what_is_equal_or_blocked_has_no_box() -> None:
    assert boxes(view_of(screen(unchanged(), blocked()))) == []


@pytest.mark.parametrize("reason", list(BlockReason))
def test_a_blocked_person_is_shown_with_the_reason_and_what_to_mend(reason: BlockReason) -> None:
    text = shown(view_of(screen(blocked(reason))))
    assert "⛔ 取り込めません" in text
    assert "ください。" in text


def test_a_person_without_a_number_is_said_to_have_none() -> None:
    text = shown(view_of(screen(blocked(BlockReason.NO_NUMBER, number=None))))
    assert "（社員番号なし）" in text


def test_the_numbers_of_every_status_stand_at_the_top() -> None:
    top = shown(view_of(screen())["blocks"][:2]).split("\n")
    assert [text for text in top if text.replace(",", "").isdecimal()] == [
        "12",
        "34",
        "2",
        "3",
        "61",
        "2,900",
    ]


def test_ticked_people_come_back_by_their_positions() -> None:
    asked = screen(create(), update(), unchanged(), update(), ticked=frozenset({1, 99}))
    form = parse_pick(submitted(view_of(asked)))
    assert form.shown == {0, 1, 3}
    assert form.ticked == {1}
    assert form.rendered == {1}


def test_a_box_that_is_unticked_comes_back_unticked() -> None:
    view = view_of(screen(create(), update(), ticked=frozenset({0, 1})))
    form = parse_pick(submitted(view, {"tick:7:0": {"tick": {"selected_options": []}}}))
    assert form.ticked == {1}
    assert form.rendered == {0, 1}


def test_page_revision_and_filter_come_back() -> None:
    wanted = Filter(Status.UPDATE, "やまだ")
    form = parse_pick(submitted(view_of(screen(create(), filter=wanted, page=3, revision=8))))
    assert (form.plan_id, form.page, form.revision, form.filter) == ("b" * 32, 3, 8, wanted)


def test_everybody_comes_back_as_no_filter() -> None:
    assert parse_pick(submitted(view_of(screen(create())))).filter == Filter()


def test_an_input_is_a_new_one_in_every_revision_so_that_slack_forgets_its_old_state() -> None:
    def inputs(revision: int) -> set[str]:
        view = view_of(screen(create(), update(), revision=revision))
        return {block["block_id"] for block in view["blocks"] if "block_id" in block}

    assert inputs(7).isdisjoint(inputs(8))


def test_the_filter_has_a_name_for_who_cannot_see_it() -> None:
    assert actions_in(view_of(screen()))[Action.FILTER]["placeholder"]["text"] == "状態で絞り込み"


def test_the_search_starts_with_enter() -> None:
    (search,) = [block for block in view_of(screen())["blocks"] if block.get("dispatch_action")]
    assert search["element"]["dispatch_action_config"] == {"trigger_actions_on": ["on_enter_pressed"]}


def test_choosing_all_that_match_asks_first_and_names_the_number() -> None:
    button = actions_in(view_of(screen(create(), matching_tickable=2413)))[Action.TICK_MATCHING]
    assert "2,413名" in button["text"]["text"]
    assert "2,413名" in button["confirm"]["text"]["text"]


def test_only_what_has_an_effect_is_offered() -> None:
    view = view_of(screen(unchanged(), matching_tickable=0, chosen={}, page=1, pages=1))
    offered = actions_in(view).keys()
    always = {Action.SEARCH, Action.FILTER, Action.OPEN_PASTE, Action.OPEN_OPTIONS, Action.EXPORT}
    assert offered == {*always, Action.OPEN_PERSON}


@pytest.mark.parametrize(
    ("page", "turns"),
    [
        (1, {"next_page": "2", "last_page": "9"}),
        (2, {"previous_page": "1", "next_page": "3", "last_page": "9"}),
        (5, {"first_page": "1", "previous_page": "4", "next_page": "6", "last_page": "9"}),
        (9, {"first_page": "1", "previous_page": "8"}),
    ],
)
def test_a_pager_button_carries_the_page_that_it_leads_to(page: int, turns: dict[str, str]) -> None:
    view = view_of(screen(create(), page=page, pages=9))
    assert {name: part["value"] for name, part in actions_in(view).items() if name.endswith("_page")} == {
        "tick_page": "",
        **turns,
    }


def test_a_past_day_comes_with_the_note_of_what_cannot_be_had_for_it() -> None:
    past = head(as_of=date(2026, 4, 1))
    assert "過去の日の一覧です。" in shown(view_of(screen(create(), head=past)))
    assert "過去の日の一覧です。" not in shown(view_of(screen(create())))


def test_what_became_of_the_last_press_is_told() -> None:
    assert "3名を選択しました" in shown(view_of(screen(create(), note="3名を選択しました")))


def test_nobody_on_the_day_and_nobody_found_are_two_things() -> None:
    assert "在籍している従業員はいません" in shown(view_of(screen(head=head(counts={}))))
    assert "条件に合う従業員はいません" in shown(view_of(screen()))
