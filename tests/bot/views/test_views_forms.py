"""What is typed into a screen comes back as it was meant, and what can't be meant is pointed out."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.closed_hours import closed_hours_text, parse_closed_hours
from bot.views.confirm import Confirm, ConfirmForm, confirm_view, parse_confirm
from bot.views.facts import Placed
from bot.views.filter import Filter, parse_filter
from bot.views.integration import settings_view
from bot.views.metadata import dump_metadata, metadata
from bot.views.paste import parse_paste, paste_note, paste_view
from bot.views.settings_form import parse_settings
from bot.views.start import StartForm, parse_start, start_view
from sync.calendar import DEFAULT_CLOSED_HOURS, ClosedHours
from sync.diff import Status
from sync.limits import Excess, ExcessKind
from sync.model import Choice, Direction
from sync.placing import Part
from sync.text import Repertoire
from tests.bot.views.view_builders import (
    NOON,
    TODAY,
    access,
    draft,
    head,
    integration,
    pick_form,
    shown,
    submitted,
)

Json = dict[str, Any]
JA = Texts("ja")


def typed(action: Action, value: str) -> dict[str, dict[str, Json]]:
    return {action: {action: {"value": value}}}


@pytest.mark.parametrize("direction", [*Direction, None])
def test_direction_and_day_come_back(direction: Direction | None) -> None:
    view = start_view(JA, direction=direction, as_of=date(2026, 4, 1))
    assert parse_start(submitted(view)) == StartForm(direction, date(2026, 4, 1))


def test_a_cleared_day_comes_back_as_none() -> None:
    view = start_view(JA, direction=Direction.PULL, as_of=TODAY)
    cleared = submitted(view, {Action.AS_OF: {Action.AS_OF: {"selected_date": None}}})
    assert parse_start(cleared).as_of is None


def test_pasted_numbers_come_back_in_order_each_once_with_their_zeros() -> None:
    view = paste_view(JA, pick_form(Filter()))
    pasted = submitted(view, typed(Action.NUMBERS, " 0012\n12、0013,0012\t A-1；\u30007\n"))
    assert parse_paste(pasted).numbers == ("0012", "12", "0013", "A-1", "7")


def test_nothing_pasted_comes_back_as_nothing() -> None:
    view = paste_view(JA, pick_form(Filter()))
    assert parse_paste(submitted(view, typed(Action.NUMBERS, " \n"))).numbers == ()


@pytest.mark.parametrize("wanted", [*map(Filter, Status), Filter(), Filter(chosen=True)])
def test_the_list_below_the_paste_view_stays_where_it_was(wanted: Filter) -> None:
    form = parse_paste(submitted(paste_view(JA, pick_form(wanted, page=3, plan_id="p"))))
    assert (form.plan_id, form.filter, form.page) == ("p", wanted, 3)


def test_a_search_is_not_remembered_because_it_can_be_a_name() -> None:
    view = paste_view(JA, pick_form(Filter(Status.CREATE, "山田"), page=3))
    assert "山田" not in metadata(view).values()
    form = parse_paste(submitted(view))
    assert (form.filter, form.page) == (Filter(Status.CREATE), 1)


def test_what_became_of_pasted_numbers_names_those_that_did_not_work() -> None:
    missing = [f"9{n:03}" for n in range(12)]
    note = paste_note(JA, found=3, missing=missing, not_tickable=["0014"], respelled=["0017"])
    assert "3名を選択しました" in note
    assert "9000、9001" in note
    assert "、ほか2件" in note
    assert "取り込みの対象にならない社員番号：0014" in note
    assert "表記ゆれ・異体字だけの違い：0017" in note


def test_metadata_is_read_as_it_was_written_and_none_is_empty() -> None:
    assert metadata({"private_metadata": dump_metadata(plan="p", page=3)}) == {"plan": "p", "page": "3"}
    assert metadata({"private_metadata": ""}) == {}


def test_what_was_confirmed_comes_back_as_plan_and_choice() -> None:
    asked = Confirm(counts={Status.CREATE: 1}, choice="abc")
    assert parse_confirm(submitted(confirm_view(JA, head(id="p"), asked))) == ConfirmForm("p", "abc")


def test_a_reason_is_asked_for_only_beyond_a_limit_and_comes_back() -> None:
    usual = Confirm(counts={Status.UPDATE: 31}, choice="abc")
    view = confirm_view(JA, head(), replace(usual, excesses=(Excess(ExcessKind.UPDATES, 31, 22, 76),)))
    assert "更新31名は、1日の上限22名" in shown(view)
    answer = submitted(view, typed(Action.REASON, " 4月の一斉改姓のため "))
    assert parse_confirm(answer).justification == "4月の一斉改姓のため"
    assert parse_confirm(submitted(view, typed(Action.REASON, "\u3000 "))).justification == ""
    assert Action.REASON not in [block.get("block_id") for block in confirm_view(JA, head(), usual)["blocks"]]


def test_the_last_look_counts_who_is_put_where_part_by_part() -> None:
    placed = (
        Placed(Part.DIVISION, Choice("1", "経理課"), 2),
        Placed(Part.DIVISION, Choice("2", "加工課"), 1),
        Placed(Part.CATEGORY, Choice("3", "正社員"), 3),
    )
    text = shown(confirm_view(JA, head(), Confirm(counts={Status.CREATE: 3}, places=placed, choice="abc")))
    assert "経理課 2名、加工課 1名" in text
    assert "正社員 3名" in text


@pytest.mark.parametrize(("pauses_at", "is_told"), [(NOON, True), (None, False)])
def test_closed_hours_are_told_only_when_the_run_may_reach_them(
    pauses_at: datetime | None, *, is_told: bool
) -> None:
    asked = Confirm(counts={Status.UPDATE: 1}, pauses_at=pauses_at, choice="abc")
    assert ("12:00から勤革時のメンテナンス時間帯です。" in shown(confirm_view(JA, head(), asked))) is is_told


def test_spellings_are_counted_only_when_some_are_chosen() -> None:
    asked = Confirm(counts={Status.UPDATE: 1, Status.VARIANT: 2}, choice="abc")
    text = shown(confirm_view(JA, head(), asked))
    assert "異体字のみ" in text
    assert "表記ゆれのみ" not in text
    assert "3名の情報を勤革時に書き込みます" in text


def test_the_menu_and_what_is_searched_for_make_the_filter() -> None:
    every = [Filter(), Filter(chosen=True), *map(Filter, Status)]
    assert [parse_filter(each.entry) for each in every] == every


def known_settings() -> Json:
    known = integration(access(subdomain="kaisha"), access())
    return settings_view(JA, known, None, ["U1", "U2"], {})


def test_settings_come_back_as_they_were_shown_with_tokens_unchanged() -> None:
    form = parse_settings(JA, submitted(known_settings()))
    assert form.problems == {}
    assert (form.subdomain, form.smarthr_token, form.kinkakuji_token) == ("kaisha", None, None)
    assert (form.admin_channel, form.administrators) == ("C1", ("U1", "U2"))
    assert (form.closed_hours, form.prefer_business_name) == (DEFAULT_CLOSED_HOURS, False)
    assert form.repertoire is Repertoire.UNICODE


def test_what_is_typed_over_the_settings_comes_back() -> None:
    ticked = {"selected_options": [{"value": "on"}]}
    answer = submitted(
        known_settings(),
        typed(Action.SMARTHR_TOKEN, " new-token ")
        | typed(Action.CLOSED_HOURS, "８：３０〜１０：００")  # noqa: RUF001 - full-width on purpose
        | {Action.BUSINESS_NAME: {Action.BUSINESS_NAME: ticked}}
        | {Action.REPERTOIRE: {Action.REPERTOIRE: {"selected_option": {"value": Repertoire.WINDOWS}}}},
    )
    form = parse_settings(JA, answer)
    assert form.smarthr_token == "new-token"
    assert form.closed_hours == (ClosedHours(time(8, 30), time(10)),)
    assert form.prefer_business_name is True
    assert form.repertoire is Repertoire.WINDOWS


@pytest.mark.parametrize(
    ("action", "value"),
    [
        (Action.SUBDOMAIN, "https://kaisha.smarthr.jp"),
        (Action.SUBDOMAIN, "Kaisha"),
        (Action.SUBDOMAIN, ""),
        (Action.SMARTHR_TOKEN, "two words"),
        (Action.KINKAKUJI_TOKEN, "ａｂｃ"),  # noqa: RUF001 - full-width on purpose
        (Action.CLOSED_HOURS, "8時から10時"),
        (Action.CLOSED_HOURS, "10:00-08:00"),
        (Action.CLOSED_HOURS, "25:00-26:00"),
        (Action.CLOSED_HOURS, ""),
    ],
)
def test_what_cant_be_meant_is_pointed_out_at_its_input(action: Action, value: str) -> None:
    view = known_settings()
    form = parse_settings(JA, submitted(view, typed(action, value)))
    assert list(form.problems) == [action]
    assert form.problems[action].endswith(("。", "で入力してください。"))
    assert action in {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}


def test_on_first_use_everything_that_is_missing_is_pointed_out() -> None:
    view = settings_view(JA, integration(), None, [], {})
    blank = submitted(view) | {}
    del blank["state"]["values"][Action.ADMIN_CHANNEL]
    assert set(parse_settings(JA, blank).problems) == {
        Action.SUBDOMAIN,
        Action.SMARTHR_TOKEN,
        Action.KINKAKUJI_TOKEN,
        Action.ADMIN_CHANNEL,
        Action.ADMINISTRATORS,
    }


def test_a_token_is_never_shown_again_only_that_there_is_one() -> None:
    known = integration(access(subdomain="kaisha"), access())
    for view in (settings_view(JA, known, None, [], {}), settings_view(JA, known, draft(), [], {})):
        assert "s3cret" not in str(view)
    assert "設定済み" in shown(settings_view(JA, known, None, [], {}))
    assert "入力済み" in shown(settings_view(JA, known, draft(), [], {}))


def test_a_problem_stands_right_above_its_input() -> None:
    view = settings_view(JA, integration(), draft(), [], {Action.SUBDOMAIN: "違います"})
    kinds = [block["type"] for block in view["blocks"]]
    here = [block.get("block_id") for block in view["blocks"]].index(Action.SUBDOMAIN)
    assert kinds[here - 1] == "alert"
    assert metadata(view) == {"revision": "0"}


def test_closed_hours_read_as_they_are_written() -> None:
    text = closed_hours_text(DEFAULT_CLOSED_HOURS)
    assert text == "08:00-10:00, 17:30-18:30"
    assert parse_closed_hours(text) == DEFAULT_CLOSED_HOURS


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("22:00-24:00", ClosedHours(time(22), time(0)), "22:00-24:00"),
        ("２２：００〜２：００", ClosedHours(time(22), time(2)), "22:00-02:00"),
        ("0:00-5:30", ClosedHours(time(0), time(5, 30)), "00:00-05:30"),
    ],
)
def test_closed_hours_may_last_until_midnight_or_over_it(typed: str, kept: ClosedHours, shown: str) -> None:
    assert parse_closed_hours(typed) == (kept,)
    assert closed_hours_text([kept]) == shown


@pytest.mark.parametrize(
    "typed", ["24:00-02:00", "22:00-24:01", "10:00-10:00", "00:00-24:00", "20:00-08:00, 08:00-20:00", "8-10"]
)
def test_closed_hours_that_make_no_sense_or_never_end_are_not_taken(typed: str) -> None:
    assert parse_closed_hours(typed) is None
