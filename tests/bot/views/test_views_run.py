"""What the admin channel and the history read of a run."""

from collections.abc import Container
from datetime import timedelta
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.history import history_view, run_view
from bot.views.progress import bar
from bot.views.run import dm_failed_message, dm_ready_message, progress_message, result_message
from storage.run_records import RunState
from sync.diff import Change, Status
from sync.fields import Field
from sync.model import Choice, Placement
from sync.outcome import Moved, OutcomeKind, Reason, failed, held, succeeded, unknown
from sync.text import Likeness
from tests.bot.views.view_builders import NOON, every_part, head, outcome_row, rejected, run, shown

Json = dict[str, Any]
JA = Texts("ja")
OTHERWISE = failed(Reason.WRITTEN_OTHERWISE, (Field.EMAIL,))


def action_values(view: Json) -> dict[str, str]:
    return {part["action_id"]: part["value"] for part in every_part(view) if "action_id" in part}


@pytest.mark.parametrize(
    ("done", "total", "filled"),
    [(0, 100, 0), (1, 100, 0), (50, 100, 10), (99, 100, 19), (100, 100, 20), (0, 0, 20)],
)
def test_the_bar_is_full_only_when_all_is_done(done: int, total: int, filled: int) -> None:
    assert bar(done, total) == "█" * filled + "░" * (20 - filled)


def test_progress_says_how_far_and_how_long_still() -> None:
    text = shown(progress_message(JA, run(total=200), NOON + timedelta(minutes=2)))
    assert "25%" in text
    assert "200名中50名" in text
    assert "残り約6分" in text
    assert "✅ 成功 50" in text


def test_progress_gives_no_time_before_the_first_result() -> None:
    text = shown(progress_message(JA, run(counts={}), NOON + timedelta(minutes=2)))
    assert "書き込んでいます。\n" in text


def test_progress_gives_no_time_until_a_run_that_was_cut_off_has_written_again() -> None:
    cut_off = run(total=200, waiting_since=NOON + timedelta(minutes=1))
    assert "書き込んでいます。\n" in shown(progress_message(JA, cut_off, NOON + timedelta(hours=2)))


@pytest.mark.parametrize(("written", "label"), [(0, "開始待ち"), (50, "一時停止中")])
def test_the_history_tells_a_beginning_that_is_waited_for_from_a_pause(written: int, label: str) -> None:
    waiting = run(RunState.WAITING, {OutcomeKind.SUCCEEDED: written}, reason="closed_now", wakes_at=NOON)
    assert label in shown(history_view(JA, [waiting], 1, 1))
    assert label in shown(run_view(JA, waiting, [], 1, 1, checks=()))


def test_waiting_says_what_for_and_until_when() -> None:
    closed = run(RunState.WAITING, reason="closed_now", wakes_at=NOON)
    assert "メンテナンス時間帯のため待機しています。2026/11/22 12:00に自動で再開します。" in shown(
        progress_message(JA, closed, NOON)
    )
    refused = run(RunState.WAITING, reason="closed_unannounced", wakes_at=NOON)
    assert (
        "勤革時が利用できないと応答しました（連携設定のメンテナンス時間帯の外です）。"
        "2026/11/22 12:00にもう一度確かめます。"
    ) in shown(progress_message(JA, refused, NOON))
    away = run(RunState.WAITING, reason="unavailable:smarthr", wakes_at=NOON)
    assert "SmartHRに接続できない" in shown(progress_message(JA, away, NOON))


def test_a_result_without_failures_says_so_and_offers_no_retry() -> None:
    message = result_message(JA, run(RunState.FINISHED, total=50), [], 0)
    assert "50名の取り込みが完了しました" in message["text"]
    assert action_values(message) == {Action.OPEN_RUN: "c" * 32}


def test_a_result_lists_each_failed_number_with_reason_and_remedy_and_offers_the_retry() -> None:
    counts = {OutcomeKind.SUCCEEDED: 50, OutcomeKind.FAILED: 150}
    failures = [outcome_row(rejected(), f"{n:04}") for n in range(25)]
    message = result_message(JA, run(RunState.FINISHED, counts), failures, 125)
    text = shown(message)
    assert "150名を取り込めませんでした" in message["text"]
    assert "0019" in text
    assert "0020" not in text
    assert "勤革時が値を受け付けませんでした。" in text
    assert "ほか130名" in text
    assert action_values(message)[Action.RETRY_RUN] == "c" * 32


def test_a_stopped_run_says_what_to_look_at() -> None:
    stopped = run(RunState.STOPPED, reason="credentials_token:kinkakuji")
    text = shown(result_message(JA, stopped, [], 0))
    assert "途中で中断しました" in text
    assert "勤革時がアクセストークンを受け付けませんでした。" in text


def test_a_run_under_way_offers_no_retry() -> None:
    assert Action.RETRY_RUN not in action_values(run_view(JA, run(), [], 1, 1, checks=()))


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ({OutcomeKind.SUCCEEDED: 190, OutcomeKind.HELD: 10}, "今の内容で確認し直す"),
        ({OutcomeKind.SUCCEEDED: 189, OutcomeKind.HELD: 10, OutcomeKind.FAILED: 1}, "直したので再実行"),
        ({OutcomeKind.SUCCEEDED: 199, OutcomeKind.UNKNOWN: 1}, "直したので再実行"),
    ],
)
def test_who_was_only_held_back_has_nothing_to_mend_and_is_looked_at_again(
    counts: dict[OutcomeKind, int], label: str
) -> None:
    view = run_view(JA, run(RunState.FINISHED, counts), [], 1, 1, checks=())
    (button,) = [part for part in every_part(view) if part.get("action_id") == Action.RETRY_RUN]
    assert button["text"]["text"] == label


def test_a_held_row_shows_what_was_seen_and_what_it_is_now() -> None:
    moved = (Moved(Field.LAST_NAME, "佐藤", "鈴木"), Moved(Field.RESIGNED_ON, None, "2026-12-31"))
    view = run_view(
        JA, run(RunState.FINISHED), [outcome_row(held(Reason.TARGET_MOVED, moved))], 1, 1, checks=()
    )
    (told,) = [
        part for part in every_part(view) if part.get("type") == "rich_text_list" and "佐藤" in str(part)
    ]
    assert [shown(each).replace("\n", "") for each in told["elements"]] == [
        "姓：表示時 佐藤 → 現在 鈴木",
        "退職日：表示時 （空） → 現在 2026-12-31",
    ]


def test_a_row_that_was_written_says_what_the_target_had_and_what_it_has_now() -> None:
    written = (Change(Field.LAST_NAME, "佐藤", "鈴木"), Change(Field.EMAIL, None, "suzuki@example.jp"))
    row = outcome_row(succeeded(), status=Status.UPDATE, written=written)
    (told,) = [
        part
        for part in every_part(run_view(JA, run(), [row], 1, 1, checks=()))
        if part.get("type") == "rich_text_list" and "佐藤" in str(part)
    ]
    assert [shown(each).replace("\n", "") for each in told["elements"]] == [
        "姓：変更前 佐藤 → 変更後 鈴木",
        "メールアドレス：変更前 （空） → 変更後 suzuki@example.jp",
    ]


def test_a_person_who_was_created_stands_with_every_value() -> None:
    written = (Change(Field.LAST_NAME, None, "鈴木"), Change(Field.HIRED_ON, None, "2026-04-01"))
    row = outcome_row(succeeded(), status=Status.CREATE, written=written)
    said = shown(run_view(JA, run(), [row], 1, 1, checks=())).replace("\n", "")
    assert "姓 鈴木\u3000入社日 2026-04-01" in said


def test_a_new_persons_row_says_where_they_are_put() -> None:
    place = Placement(division=Choice("1", "経理課"), category=Choice("2", "正社員"))
    view = run_view(JA, run(), [outcome_row(succeeded(), placement=place)], 1, 1, checks=())
    assert "（経理課・正社員）" in shown(view)


def test_the_reason_for_passing_a_limit_stands_in_the_history_and_in_the_run() -> None:
    unusual = run(RunState.FINISHED, justification="4月の一斉改姓のため")
    for view in (run_view(JA, unusual, [], 1, 1, checks=()), history_view(JA, [unusual], 1, 1)):
        assert "4月の一斉改姓のため" in shown(view)
    for message in (progress_message(JA, unusual, NOON), result_message(JA, unusual, [], 0)):
        assert "一斉改姓" not in shown(message)


def test_a_button_is_still_the_same_once_the_message_has_gone_on() -> None:
    messages = [progress_message(JA, run(counts={OutcomeKind.SUCCEEDED: n}), NOON) for n in (50, 51)]
    first, second = ([part for part in each["blocks"] if part["type"] == "actions"] for each in messages)
    assert first == second
    assert all(block["block_id"] for block in first)


def test_of_what_is_not_certain_the_history_says_only_what_was_sent() -> None:
    written = (Change(Field.EMAIL, None, "suzuki@example.jp"),)
    for outcome, is_certain in ((succeeded(), True), (unknown(), False), (OTHERWISE, False)):
        row = outcome_row(outcome, status=Status.UPDATE, written=written)
        assert ("送信した値：" in shown(run_view(JA, run(), [row], 1, 1, checks=()))) is not is_certain


def test_a_change_of_letters_that_look_alike_is_written_out_in_the_history() -> None:
    written = (Change(Field.LAST_NAME, "神田", "\ufa19田", Likeness.VARIANT),)
    row = outcome_row(succeeded(), status=Status.UPDATE, written=written)
    assert "U+FA19" in shown(run_view(JA, run(), [row], 1, 1, checks=()))


def test_where_the_remotes_words_stand_nobody_is_sent_to_look_for_them() -> None:
    detail = shown(run_view(JA, run(RunState.FINISHED), [outcome_row(rejected())], 1, 1, checks=()))
    message = shown(result_message(JA, run(RunState.FINISHED), [outcome_row(rejected())], 0))
    assert "「詳しく見る」" in message
    assert "「詳しく見る」" not in detail


def test_once_a_run_has_ended_its_progress_leaves_a_line_and_no_button() -> None:
    ended = progress_message(JA, run(RunState.FINISHED, finished_at=NOON), NOON)
    assert "📋 SmartHRから勤革時への取り込みは完了しました。結果は別のメッセージでお知らせします。" in shown(
        ended
    )
    assert action_values(ended) == {}
    assert "%" not in shown(ended)


def test_the_history_shows_names_and_the_remotes_words_to_administrators() -> None:
    rows = [outcome_row(rejected("山田さんは登録済みです"))]
    told = shown(run_view(JA, run(RunState.FINISHED), rows, 1, 1, checks=()))
    assert "山田 太郎" in told
    assert "山田さんは登録済みです" in told


@pytest.mark.parametrize(("checks", "times"), [({0}, 1), ((), 0)])
def test_the_history_names_whose_standing_is_to_be_looked_at(checks: Container[int], times: int) -> None:
    told = shown(run_view(JA, run(RunState.FINISHED), [outcome_row(succeeded())], 1, 1, checks=checks))
    assert told.count("SmartHRの在籍状況は変更されません") == times


def test_the_history_opens_each_run() -> None:
    runs = [run(id="r1"), run(id="r2")]
    view = history_view(JA, runs, 1, 1)
    assert [part["value"] for part in every_part(view) if "action_id" in part] == ["r1", "r2"]


def test_a_plan_that_is_ready_can_be_opened_from_the_message() -> None:
    message = dm_ready_message(JA, head(id="p"))
    assert action_values(message) == {Action.OPEN_PLAN: "p"}
    assert "新規登録 12名 ・ 差分あり 34名" in shown(message)


def test_a_plan_that_failed_is_told_with_the_reason_and_a_way_to_start_again() -> None:
    message = dm_failed_message(JA, head(failure="unavailable", failure_detail={"system": "smarthr"}))
    assert "SmartHRに接続できない" in shown(message)
    assert Action.OPEN_START in action_values(message)
