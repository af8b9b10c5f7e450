"""How each field is treated comes back as it was chosen, and nothing is offered that can't be."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.ids import Action
from bot.texts import Texts
from bot.views.field_modes import clearable
from bot.views.modes import ModesForm, modes_view, parse_modes_form
from bot.views.options import options_view, parse_options
from storage.plan_records import PlanOptions
from sync.fields import COMPARED, NAMES, NOT_CLEARABLE, Field, FieldPolicy, Mode, default_policies
from sync.model import Direction, System
from sync.text import Likeness
from tests.bot.views.view_builders import head, shown, submitted

Json = dict[str, Any]
JA = Texts("ja")
every_direction = pytest.mark.parametrize("direction", Direction)


@some.composite
def policies(draw: some.DrawFn, direction: Direction) -> dict[Field, FieldPolicy]:
    """Any policies that somebody can choose."""
    fixed = NOT_CLEARABLE[direction.target]
    return {
        field: FieldPolicy(
            mode=draw(
                some.sampled_from([each for each in Mode if field not in NAMES or each is not Mode.OFF])
            ),
            never_blank=field in fixed or draw(some.booleans()),
        )
        for field in COMPARED
    }


@given(some.data(), some.sampled_from(Direction))
def test_whatever_is_chosen_comes_back(data: some.DataObject, direction: Direction) -> None:
    form = ModesForm(direction=direction, policies=data.draw(policies(direction)), revision=7)
    assert parse_modes_form(submitted(modes_view(JA, form))) == form


@given(some.data(), some.sampled_from(Direction), some.sets(some.sampled_from([*Likeness][1:3])))
def test_a_list_keeps_only_what_deviates_from_the_settings(
    data: some.DataObject, direction: Direction, spellings: set[Likeness]
) -> None:
    kept = default_policies(direction)
    wanted = data.draw(policies(direction))
    own = {field: policy for field, policy in wanted.items() if policy != kept[field]}
    options = PlanOptions(policies=own, spellings=frozenset(spellings))
    view = submitted(options_view(JA, head(direction, options=options), kept))
    assert parse_options(view, direction, kept) == options


@every_direction
def test_the_names_can_not_be_left_out(direction: Direction) -> None:
    for block in modes_of(direction):
        offered = {each["value"] for each in block["element"]["options"]}
        field = Field(block["block_id"].partition(":")[2])
        assert (Mode.OFF in offered) == (field not in NAMES)


@every_direction
def test_the_number_has_no_mode_because_it_is_the_key(direction: Direction) -> None:
    assert len(modes_of(direction)) == len(COMPARED)


@pytest.mark.parametrize(
    ("direction", "named", "free"),
    [(Direction.PULL, "生年月日", Field.EMAIL), (Direction.PUSH, "性別", Field.LAST_NAME_KANA)],
)
def test_what_the_target_can_not_empty_is_said_and_not_asked(
    direction: Direction, named: str, free: Field
) -> None:
    view = modes_view(JA, form_of(direction))
    (fixed,) = [text for text in shown(view).splitlines() if "空にできないため" in text]
    assert named in fixed
    (boxes,) = [block for block in view["blocks"] if block.get("block_id") == Action.NEVER_BLANK]
    offered = {each["value"] for each in boxes["element"]["options"]}
    assert offered == set(clearable(direction))
    assert free in offered


def test_only_towards_kinkakuji_it_is_said_that_the_person_is_mailed() -> None:
    said = {
        direction.target: "確認メール" in shown(modes_view(JA, form_of(direction))) for direction in Direction
    }
    assert said == {System.KINKAKUJI: True, System.SMARTHR: False}


def test_why_the_last_answer_was_not_kept_stands_above() -> None:
    view = modes_view(JA, replace(form_of(Direction.PULL), revision=2), "ほかの管理者が保存しました。")
    assert shown(view["blocks"][0]) == "ほかの管理者が保存しました。"


def form_of(direction: Direction) -> ModesForm:
    return ModesForm(direction=direction, policies=default_policies(direction), revision=1)


def modes_of(direction: Direction) -> list[Json]:
    view = modes_view(JA, form_of(direction))
    return [block for block in view["blocks"] if block.get("block_id", "").startswith(f"{Action.MODE}:")]
