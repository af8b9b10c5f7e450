"""Spellings, doubts and what is to be known of a person, as an administrator reads them in the list."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.filter import Filter
from bot.views.pick import PickScreen, pick_view
from storage.plan_records import PlanOptions
from sync.diff import DOUBTS, BlockReason, Change, Notice, Status
from sync.fields import Field, FieldPolicy, Mode
from sync.limits import Excess, ExcessKind
from sync.model import Direction
from sync.text import Likeness
from tests.bot.views.view_builders import (
    blocked,
    create,
    employee,
    every_part,
    head,
    respelled,
    screen,
    shown,
    spaced,
    unchanged,
    update,
)

Json = dict[str, Any]
JA = Texts("ja")
COSMETIC = Change(Field.LAST_NAME_KANA, "ﾔﾏﾀﾞ", "ヤマダ", Likeness.COSMETIC)
VARIANT = Change(Field.LAST_NAME, "高橋", "髙橋", Likeness.VARIANT)


def text_of(asked: PickScreen) -> str:
    return shown(pick_view(JA, asked))


def parts(asked: PickScreen, action: Action) -> list[Json]:
    return [part for part in every_part(pick_view(JA, asked)) if part.get("action_id") == action]


def test_differences_of_spelling_are_folded_into_one_line_with_their_number() -> None:
    text = text_of(screen(replace(update(), folded=(COSMETIC, VARIANT))))
    assert "表記だけの違い 1項目（書き込みません）：姓（カナ）" in text
    assert "ﾔﾏﾀﾞ" not in text


def test_a_variant_that_is_not_written_is_shown_and_said_not_to_be() -> None:
    view = pick_view(JA, screen(replace(update(), folded=(VARIANT,))))
    assert "異体字・書き込みません" in shown(view)
    styled = [part["text"] for part in every_part(view) if part.get("style") and "text" in part]
    assert "髙橋" not in styled
    assert "高橋" not in styled


def test_a_spelling_that_is_written_on_purpose_is_marked_as_one() -> None:
    text = text_of(screen(replace(update(), changes=(VARIANT, COSMETIC))))
    assert "（異体字）" in text
    assert "（表記ゆれ：全角・半角）" in text
    assert "書き込みません" not in text


def test_a_person_with_nothing_but_variants_has_a_box() -> None:
    (box,) = parts(screen(respelled()), Action.TICK)
    assert box["options"][0]["value"] == "0"


@pytest.mark.parametrize(
    ("wanted", "ticked", "has_box"),
    [
        (Filter(), False, False),
        (Filter(Status.UPDATE), False, False),
        (Filter(Status.COSMETIC), False, True),
        (Filter(chosen=True), False, True),
        (Filter(), True, True),
    ],
)
def test_a_person_with_nothing_but_spelling_has_a_box_where_it_was_asked_for_or_is_ticked(
    wanted: Filter, *, ticked: bool, has_box: bool
) -> None:
    asked = screen(spaced(), filter=wanted, ticked=frozenset({0} if ticked else ()))
    assert bool(parts(asked, Action.TICK)) is has_box
    assert ("山␣田" in text_of(asked)) is has_box
    assert "差分なし（表記ゆれのみ）" in text_of(asked)


def test_the_filter_offers_every_status_and_the_chosen() -> None:
    (menu,) = parts(screen(), Action.FILTER)
    assert [each["value"] for each in menu["options"]] == ["everybody", "chosen", *Status]
    assert "選択中（3）" in str(menu)


@pytest.mark.parametrize(
    ("wanted", "is_offered"),
    [(Filter(), False), (Filter(Status.VARIANT), True), (Filter(chosen=True), False)],
)
def test_this_page_is_offered_for_spellings_only_where_they_alone_are_listed(
    wanted: Filter, *, is_offered: bool
) -> None:
    assert bool(parts(screen(respelled(), filter=wanted), Action.TICK_PAGE)) is is_offered


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (Notice.HIRED_LATER, "入社予定：2026年12月1日"),
        (Notice.LEAVING, "退職予定：2027年3月31日"),
        (Notice.NUMBER_SPELLED_OTHERWISE, "SmartHR「００１４」、勤革時「0014」"),  # noqa: RUF001 - on purpose
        (Notice.IDENTITY_CONFIRMED, "同一人物"),
    ],
)
def test_what_is_to_be_known_is_said_with_its_day_or_both_spellings(notice: Notice, said: str) -> None:
    days = {"hired_on": date(2026, 12, 1), "resigned_on": date(2027, 3, 31)}
    person = employee("００１４", **days)  # noqa: RUF001 - full-width on purpose
    same = replace(unchanged("0014"), desired=person, notices=(notice,))
    assert said in text_of(screen(same))


def test_what_can_not_be_seen_in_a_number_is_written_out() -> None:
    spelled = replace(
        unchanged("0014"), desired=employee("0014 "), notices=(Notice.NUMBER_SPELLED_OTHERWISE,)
    )
    assert "SmartHR「0014␣」、勤革時「0014」" in text_of(screen(spelled))


def test_a_suppressed_field_is_named() -> None:
    assert "変更しない設定の項目：メールアドレス" in text_of(
        screen(replace(unchanged(), suppressed=(Field.EMAIL,)))
    )


def test_a_character_that_the_target_cannot_hold_is_named_with_its_code_and_field() -> None:
    row = blocked(BlockReason.UNSTORABLE, field=Field.LAST_NAME, character="𠮷")
    assert "姓の文字「𠮷」（U+20BB7）は勤革時に登録できません。" in text_of(screen(row))


def test_of_a_character_with_piled_up_marks_only_the_first_are_shown() -> None:
    row = blocked(BlockReason.UNSTORABLE, field=Field.LAST_NAME, character="葛" + "\U000e0100" * 900)
    text = text_of(screen(row))
    assert "（U+845B U+E0100 U+E0100 U+E0100…）" in text
    assert text.count("\U000e0100") == 3


@pytest.mark.parametrize("reason", sorted(DOUBTS))
def test_a_doubt_names_both_records_and_leads_to_the_decision(reason: BlockReason) -> None:
    row = blocked(reason, existing=employee("0071"), other=employee("0072", last_name="佐藤"))
    text = text_of(screen(row))
    assert "勤革時でこの社員番号の従業員：0071\u3000山田 太郎" in text
    assert "勤革時で本人と思われる従業員：0072\u3000佐藤 太郎" in text
    assert [part["value"] for part in parts(screen(row), Action.OPEN_PERSON)] == ["0"]


def test_whoever_is_there_can_be_opened_but_not_who_is_blocked_for_a_plain_reason() -> None:
    asked = screen(
        create(), update(), respelled(), spaced(), unchanged(), blocked(), blocked(BlockReason.IGNORED)
    )
    assert [part["value"] for part in parts(asked, Action.OPEN_PERSON)] == ["0", "1", "2", "3", "4", "6"]


def test_other_terms_than_those_of_the_settings_stand_at_the_top() -> None:
    options = PlanOptions(
        policies={Field.EMAIL: FieldPolicy(Mode.OFF)}, spellings=frozenset({Likeness.VARIANT})
    )
    assert "条件：異体字も書き込む・メールアドレスは対象外" in text_of(screen(head=head(options=options)))
    assert "条件：" not in text_of(screen())


def test_a_list_that_was_accepted_although_people_are_missing_says_why() -> None:
    assert "理由：子会社へ転籍" in text_of(screen(head=head(accepted="子会社へ転籍")))


def test_a_limit_that_is_passed_is_told_with_its_numbers_and_with_the_days_other_runs() -> None:
    passed = Excess(ExcessKind.UPDATES, count=31, allowed=22, target_size=76)
    text = text_of(screen(excesses=(passed,), chosen={Status.UPDATE: 20, Status.COSMETIC: 6}))
    assert "更新31名は、1日の上限22名（勤革時の登録者76名の30%、最低10名）を超えます。" in text
    assert "最低10名）を超えます。本日の更新（実行中・取り消しを含む）5名を含みます。" in text


def test_on_a_day_without_earlier_imports_nothing_is_said_of_them() -> None:
    passed = Excess(ExcessKind.CREATES, count=31, allowed=15, target_size=76)
    text = text_of(screen(excesses=(passed,), chosen={Status.CREATE: 31}, head=head(Direction.PULL)))
    assert "新規登録31名は、1日の上限15名（SmartHRの登録者76名の20%、" in text
    assert "本日の新規登録" not in text
