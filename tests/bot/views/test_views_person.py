"""One person, explained and decided: what is said, what is offered, and that Slack takes all of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import Action
from bot.texts import LANGUAGES, Texts
from bot.views.decide import decide_view, parse_decision
from bot.views.match import match_text
from bot.views.person import Whom, parse_whom, person_view
from bot.views.reason import reason_problem
from bot.views.suppress import SuppressForm, Term, last_day, parse_suppress, suppress_view, term_problem
from bot.views.verdicts import Verdict, verdicts
from bot.views.who import Ask, parse_who, shown_number, who_view, whom
from sandbox.slack.blockkit import check_view
from sync.diff import Blocked, BlockReason, Difference, Notice, Unchanged
from sync.errors import PeopleMissing
from sync.fields import COMPARED, Field, FieldPolicy, Mode, default_policies
from sync.identity import Ties
from sync.model import Direction, Employee, System
from sync.text import Likeness
from tests.bot.views.person_cases import (
    OLD,
    OTHER,
    WHOM,
    basis,
    compared,
    created,
    doubtful,
    explanation,
    linked,
    noticed,
    one_way,
    person_screen,
    person_views,
    suppress_screen,
    suppression,
    who_screen,
)
from tests.bot.views.view_builders import TODAY, employee, every_part, shown, submitted

JA = Texts("ja")
Json = dict[str, Any]
CASES = list(person_views())
every_window = pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])


@every_window
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_the_window(case: Callable[[Texts], Json], language: str) -> None:
    assert check_view(case(Texts(language))) == []


@every_window
def test_nothing_typed_can_become_a_mention_and_nothing_is_remembered_of_the_person(
    case: Callable[[Texts], Json],
) -> None:
    view = case(JA)
    for part in every_part(view):
        assert part.get("type") != "mrkdwn"
        if part.get("type") == "plain_text":
            assert part["emoji"] is False
        if part.get("type") == "button":
            assert part.get("value", "").isascii()
    assert view["private_metadata"].isascii()
    assert len(view["private_metadata"]) < 200


def test_each_field_says_both_values_the_class_the_mode_and_what_would_happen() -> None:
    policies = default_policies(Direction.PUSH) | {
        Field.FIRST_NAME_KANA: FieldPolicy(Mode.FILL_ONLY),
        Field.HIRED_ON: FieldPolicy(never_blank=False),
    }
    by = basis(policies=policies)
    existing = employee(
        remote_id="k-1",
        last_name="髙橋",
        first_name="太 郎",
        first_name_kana="タロ",
        hired_on=TODAY,
        email="old@tsubame.example",
    )
    difference = compared(
        by,
        existing,
        last_name="高橋",
        last_name_kana="タカハシ",
        email="new@tsubame.example",
        birth_date=None,
    )
    seen = shown(person_view(JA, person_screen(difference, by=by)))
    assert "勤革時 髙橋 ← SmartHR 高橋" in _joined(seen)
    for said in (
        "異体字 ・ 上書き ・ 表記だけの違いのため書き込みません",
        "空白 ・ 上書き ・ 表記だけの違いのため書き込みません",
        "違い ・ 上書き ・ ✏️ 取り込むと書き込みます",
        "違い ・ 連携先が空のときだけ ・ 勤革時に値があるため書き込みません",
        "違い ・ 上書き ・ 空では消さない ・ 連携元が空のため書き込みません",
        "違い ・ 上書き ・ 連携元が空なら消す ・ ✏️ 取り込むと書き込みます",
        "違い ・ 対象外 ・ 連携の対象外のため書き込みません",
        "男性（同じ ・ 上書き）",
    ):
        assert said in _joined(seen), said


def test_a_field_that_the_target_never_empties_says_so() -> None:
    pull = basis(Direction.PULL)
    seen = shown(person_view(JA, person_screen(compared(pull, birth_date=None), by=pull)))
    assert "SmartHRでは空にできない項目のため書き込みません" in seen


def test_a_suppressed_field_says_who_said_so_why_and_until_when_and_can_be_taken_back() -> None:
    by = basis(suppressed={"id-1": frozenset({Field.LAST_NAME})})
    lock = suppression(Field.LAST_NAME, "旧姓を使うため", until=date(2027, 3, 31))
    view = person_view(JA, person_screen(compared(by, last_name="林"), by=by, suppressions=[lock]))
    assert "この人のこの項目は変更しない設定のため書き込みません" in shown(view)
    assert "変更しない（2027年3月31日まで）" in _joined(shown(view))
    assert "旧姓を使うため" in shown(view)
    assert _buttons(view, Action.LIFT_SUPPRESSION) == ["last_name"]
    assert _buttons(view, Action.OPEN_SUPPRESSION) == []


def spelled_otherwise(number: str = "００１２") -> Unchanged:
    person, existing = employee(number), employee(remote_id="k-1")
    return Unchanged(desired=person, existing=existing, notices=(Notice.NUMBER_SPELLED_OTHERWISE,))


@pytest.mark.parametrize(
    ("difference", "ties", "said"),
    [
        (created(), Ties(), "新規登録になります"),
        (compared(), Ties(), "社員番号が一致"),
        (compared(), linked(confirmed=False), "以前の対応付けとも一致"),
        (compared(), linked(confirmed=True), "管理者が同一人物と確認済み"),
        (
            spelled_otherwise(),
            Ties(),
            "社員番号が表記違いで一致（SmartHRは「００１２」、勤革時は「0012」）",
        ),
        (
            spelled_otherwise("0012\u200b "),
            Ties(),
            "社員番号が表記違いで一致（SmartHRは「0012[U+200B]␣」、勤革時は「0012」）",
        ),
        (doubtful(BlockReason.REHIRED), Ties(), ""),
    ],
)
def test_how_the_two_records_were_matched_is_said(difference: Difference, ties: Ties, said: str) -> None:
    text = match_text(JA, difference, Direction.PUSH, ties)
    assert said in text
    assert bool(said) == bool(text)


def test_who_is_in_doubt_can_be_decided_and_whoever_differs_can_be_left_as_they_are() -> None:
    doubt = person_view(JA, person_screen(doubtful(BlockReason.NUMBERS_SWAPPED)))
    assert _buttons(doubt, Action.OPEN_DECISION) == [""]
    assert _buttons(doubt, Action.OPEN_SUPPRESSION) == []
    update = person_view(JA, person_screen(compared(last_name="林")))
    assert _buttons(update, Action.OPEN_DECISION) == []
    assert _buttons(update, Action.OPEN_SUPPRESSION) == [""]
    for settled in (compared(), created(), doubtful(BlockReason.NUMBER_TWICE_IN_TARGET)):
        view = person_view(JA, person_screen(settled))
        assert _buttons(view, Action.OPEN_DECISION) == _buttons(view, Action.OPEN_SUPPRESSION) == []


def test_a_decision_can_be_taken_back_and_fields_can_still_be_left_as_they_are() -> None:
    confirmed = noticed(compared(last_name="林"), Notice.IDENTITY_CONFIRMED)
    view = person_view(JA, person_screen(confirmed))
    assert _buttons(view, Action.OPEN_DECISION) == _buttons(view, Action.OPEN_SUPPRESSION) == [""]
    assert "判断を取り消す" in shown(view)
    apart = person_view(JA, person_screen(noticed(created(), Notice.SET_APART)))
    assert _buttons(apart, Action.OPEN_DECISION) == [""]
    assert "勤革時に新しく登録すると判断した従業員です" in shown(apart)


def test_an_explanation_says_where_a_decision_is_taken_back() -> None:
    way = one_way(noticed(created(), Notice.SET_APART))
    assert "判断の取り消しは、差分一覧で" in shown(who_view(JA, "0012", who_screen(way)))
    assert "判断の取り消し" not in shown(who_view(JA, "0012", who_screen(one_way(created()))))


def test_whose_decision_is_taken_back_is_shown_with_the_record_that_is_compared() -> None:
    confirmed = noticed(compared(last_name="林"), Notice.IDENTITY_CONFIRMED)
    seen = shown(decide_view(JA, WHOM, confirmed, Direction.PUSH))
    for said in (
        "判断を取り消す",
        "同一人物であることを確認済みです。",
        "勤革時：比較している記録",
        "≠",
        "理由",
    ):
        assert said in seen, said
    apart = shown(decide_view(JA, WHOM, noticed(created(), Notice.SET_APART), Direction.PUSH))
    assert "新しく登録すると判断した従業員です。" in apart
    assert "≠" not in apart


def test_what_can_not_be_seen_in_a_number_is_written_out_beside_the_other_record() -> None:
    doubt = doubtful(BlockReason.ANOTHER_PERSON, desired=employee("0012 "))
    assert "社員番号：0012␣" in shown(decide_view(JA, WHOM, doubt, Direction.PUSH)).replace(": ", "：")


def test_a_field_with_a_letter_that_the_target_lacks_can_be_left_as_it_is() -> None:
    blocked = Blocked(
        desired=employee(last_name="𠮷田"),
        reason=BlockReason.UNSTORABLE,
        existing=employee(last_name="吉田", remote_id="k-1"),
        field=Field.LAST_NAME,
        character="𠮷",
    )
    way = one_way(blocked)
    assert [each.change.field for each in way.differing] == [Field.LAST_NAME]


def test_both_records_stand_side_by_side_and_what_differs_is_marked() -> None:
    view = decide_view(JA, WHOM, doubtful(BlockReason.NUMBERS_SWAPPED), Direction.PUSH)
    person, numbered, own = (field["text"] for block in view["blocks"] for field in block.get("fields", []))
    assert "SmartHR（連携元）" in person
    assert "≠" not in person
    assert "社員番号が同じ記録" in numbered
    assert "氏名：旧姓 太郎 ≠" in numbered.replace(": ", "：")
    assert "本人と思われる記録" in own
    assert "社員番号：0099 ≠" in own.replace(": ", "：")
    assert "退職日：2020-03-31 ≠" in numbered.replace(": ", "：")


@pytest.mark.parametrize(
    ("difference", "offered"),
    [
        (
            doubtful(BlockReason.NUMBERS_SWAPPED),
            (Verdict.SAME_NUMBER, Verdict.OTHER_RECORD, Verdict.IGNORE),
        ),
        (doubtful(BlockReason.ANOTHER_PERSON, other=None), (Verdict.SAME_NUMBER, Verdict.IGNORE)),
        (
            doubtful(BlockReason.NUMBER_CHANGED, existing=None),
            (Verdict.OTHER_RECORD, Verdict.AS_NEW, Verdict.IGNORE),
        ),
        (
            doubtful(BlockReason.RECORD_GONE, existing=None, other=None),
            (Verdict.AS_NEW, Verdict.IGNORE),
        ),
        (doubtful(BlockReason.IGNORED), (Verdict.HEED,)),
        (doubtful(BlockReason.GENDER_MISSING), ()),
        (noticed(compared(), Notice.IDENTITY_CONFIRMED), (Verdict.HEED,)),
        (noticed(compared(last_name="林"), Notice.SET_APART, Notice.LEAVING), (Verdict.HEED,)),
        (noticed(created(), Notice.HIRED_LATER), ()),
    ],
)
def test_only_what_can_be_meant_is_offered(difference: Difference, offered: tuple[Verdict, ...]) -> None:
    assert verdicts(difference) == offered


@pytest.mark.parametrize(
    "reason",
    [
        BlockReason.NUMBER_REUSED,
        BlockReason.ANOTHER_PERSON,
        BlockReason.NUMBERS_SWAPPED,
        BlockReason.RECORD_GONE,
    ],
)
def test_that_somebody_elses_record_would_be_overwritten_is_said_in_red(reason: BlockReason) -> None:
    view = decide_view(JA, WHOM, doubtful(reason), Direction.PUSH)
    (alert,) = [block for block in view["blocks"] if block["type"] == "alert"]
    assert alert["level"] == "error"
    assert "上書きします" in alert["text"]["text"]


@pytest.mark.parametrize(
    ("existing", "said"),
    [(OLD, "別の記録が、いまこの社員番号になっています"), (None, "いまは見つかりません")],
)
def test_a_record_that_took_the_place_of_another_is_not_called_missing(
    existing: Employee | None, said: str
) -> None:
    gone = doubtful(BlockReason.RECORD_GONE, existing=existing, other=None)
    seen = shown(decide_view(JA, WHOM, gone, Direction.PUSH))
    assert said in seen
    assert ("見つかりません" in seen) is (existing is None)


def test_no_warning_of_overwriting_where_there_is_no_record_to_overwrite() -> None:
    view = decide_view(JA, WHOM, doubtful(BlockReason.NUMBERS_ROTATED, existing=None), Direction.PUSH)
    assert "上書き" not in shown(view)


@pytest.mark.parametrize(("existing", "is_offered"), [(None, True), (OLD, False)])
def test_whoever_may_be_new_may_come_to_have_two_records_and_that_is_said(
    existing: Employee | None, *, is_offered: bool
) -> None:
    seen = shown(decide_view(JA, WHOM, doubtful(BlockReason.REHIRED, existing=existing), Direction.PUSH))
    assert ("連携先に新しく登録する" in seen) is is_offered
    assert ("同じ人の記録が2件になります" in seen) is is_offered


def test_what_differs_is_explained_where_there_is_a_record_to_differ_from() -> None:
    gone = doubtful(BlockReason.RECORD_GONE, existing=None, other=None)
    assert "≠" not in shown(decide_view(JA, WHOM, gone, Direction.PUSH))
    changed = doubtful(BlockReason.NUMBER_CHANGED, existing=None)
    assert "≠" in shown(decide_view(JA, WHOM, changed, Direction.PUSH))


def test_a_decision_is_read_back() -> None:
    view = decide_view(JA, WHOM, doubtful(BlockReason.NUMBERS_SWAPPED), Direction.PUSH)
    state: dict[str, Any] = {
        Action.DECISION: {Action.DECISION: {"selected_option": {"value": "other_record"}}},
        Action.REASON: {Action.REASON: {"value": "  本人に確認した "}},
    }
    form = parse_decision(submitted(view, state))
    assert (form.whom, form.verdict, form.reason) == (WHOM, Verdict.OTHER_RECORD, "本人に確認した")
    assert parse_decision(submitted(view)).verdict is None
    assert parse_whom(view) == Whom("b" * 32, 9999)


@pytest.mark.parametrize(("reason", "is_enough"), [("", False), ("1234", False), ("本人に確認", True)])
def test_a_reason_has_at_least_five_letters(reason: str, *, is_enough: bool) -> None:
    assert (not reason_problem(JA, reason)) is is_enough


def test_fields_term_and_reason_are_read_back() -> None:
    view = suppress_view(JA, suppress_screen(JA))
    chosen = [{"value": "email"}, {"value": "last_name"}]
    state: dict[str, Any] = {
        Action.SUPPRESSED: {Action.SUPPRESSED: {"selected_options": chosen}},
        Action.UNTIL: {Action.UNTIL: {"selected_option": {"value": "day"}}},
        Action.UNTIL_DAY: {Action.UNTIL_DAY: {"selected_date": "2027-03-31"}},
        Action.REASON: {Action.REASON: {"value": "旧姓を使うため"}},
    }
    form = parse_suppress(submitted(view, state))
    assert form == SuppressForm((Field.EMAIL, Field.LAST_NAME), Term.DAY, date(2027, 3, 31), "旧姓を使うため")
    assert parse_suppress(submitted(view)).term is Term.ALWAYS


@pytest.mark.parametrize(
    ("term", "today", "last"),
    [
        (Term.ALWAYS, date(2026, 11, 22), None),
        (Term.QUARTER, date(2026, 11, 30), date(2027, 2, 28)),
        (Term.QUARTER, date(2026, 9, 30), date(2026, 12, 30)),
        (Term.YEAR, date(2028, 2, 29), date(2029, 2, 28)),
        (Term.DAY, date(2026, 11, 22), date(2026, 12, 1)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month(term: Term, today: date, last: date | None) -> None:
    assert last_day(SuppressForm((), term, date(2026, 12, 1), ""), today) == last


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(Term))
def test_a_term_never_ends_before_it_begins(today: date, term: Term) -> None:
    last = last_day(SuppressForm((), term, today, ""), today)
    assert last is None or last >= today


@pytest.mark.parametrize(
    ("term", "day", "is_fine"),
    [
        (Term.DAY, None, False),
        (Term.DAY, date(2026, 11, 21), False),
        (Term.DAY, TODAY, True),
        (Term.YEAR, date(2020, 1, 1), True),
    ],
)
def test_a_chosen_day_is_today_or_later(term: Term, day: date | None, *, is_fine: bool) -> None:
    assert (not term_problem(JA, SuppressForm((), term, day, ""), TODAY)) is is_fine


def test_a_number_that_nobody_has_is_said_with_the_near_ones() -> None:
    view = who_view(JA, "12", who_screen(said=explanation("12", ("0012", "00012"))))
    assert "社員番号 12 の従業員は、SmartHRにも勤革時にもいません。" in shown(view)
    assert "0012、00012 の間違いではありませんか" in shown(view)
    assert "間違いではありませんか" not in shown(who_view(JA, "99", who_screen(said=explanation("99"))))


def test_of_a_doubled_number_both_people_are_named_with_what_stands_in_the_way() -> None:
    twice = [
        one_way(doubtful(BlockReason.NUMBER_TWICE_IN_SOURCE, desired=employee(last_name=name)))
        for name in ("赤木", "青木")
    ]
    said = shown(who_view(JA, "0012", who_screen(*twice)))
    assert "SmartHRに、この社員番号の従業員が2名います。" in said
    assert "赤木 太郎" in said
    assert "青木 太郎" in said
    assert said.count("SmartHRに、同じ社員番号の従業員が複数います。") == 2
    assert "ほかに" not in said
    assert "ほかに2名います。" in shown(who_view(JA, "0012", who_screen(*twice * 2, *twice, twice[0])))


def test_an_explanation_says_when_a_list_would_be_refused() -> None:
    doubt = PeopleMissing(System.KINKAKUJI, 40, 12)
    said = replace(explanation("0012", (), employee()), doubted=(doubt,))
    view = who_view(JA, "0012", who_screen(one_way(compared(last_name="林")), said=said))
    assert "現在、差分一覧は作成できません。" in shown(view)
    assert "12名" in shown(view)
    assert "林" in shown(view)


def test_an_explanation_remembers_whom_it_is_about_whatever_is_typed_since() -> None:
    view = who_view(JA, "0012", who_screen(one_way(compared(last_name="林"))))
    typed_over: dict[str, Any] = {Action.WHO_NUMBER: {Action.WHO_NUMBER: {"value": " 0099 "}}}
    assert shown_number(submitted(view, typed_over)) == "0012"
    assert parse_who(submitted(view, typed_over)) == "0099"
    assert shown_number(who_view(JA, "0012")) == ""


def test_a_button_of_an_explanation_names_fields_and_nobody() -> None:
    view = who_view(JA, "0012", who_screen(one_way(compared(last_name="林", email="x@tsubame.example"))))
    (value,) = _buttons(view, Action.OPEN_WHO_SUPPRESSION)
    assert Ask.parse(value) == Ask(Direction.PUSH, whom(employee()), (Field.LAST_NAME,))
    assert "id-1" not in value
    assert whom(employee()) != whom(OTHER)


def test_an_ask_is_read_back_as_it_was_written() -> None:
    for direction in Direction:
        ask = Ask(direction, whom(OTHER), COMPARED)
        assert Ask.parse(ask.dump()) == ask


def test_what_only_differs_in_spelling_is_written_on_purpose_and_then_said_so() -> None:
    by = basis(spellings=frozenset({Likeness.VARIANT}))
    difference = compared(by, employee(remote_id="k-1", last_name="髙橋"), last_name="高橋")
    assert not isinstance(difference, Unchanged)
    assert "異体字 ・ 上書き ・ ✏️ 取り込むと書き込みます" in shown(
        person_view(JA, person_screen(difference, by=by))
    )


def _joined(text: str) -> str:
    """Join the pieces of a line."""
    return text.replace("\n", "")


def _buttons(view: Json, action: Action) -> list[str]:
    """Give the values of the buttons with this action."""
    return [part["value"] for part in every_part(view) if part.get("action_id") == action]
