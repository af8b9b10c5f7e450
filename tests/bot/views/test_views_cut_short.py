"""What is read of a run that waits for its turn, is ended early, and goes on later."""

from datetime import timedelta
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.history import run_view
from bot.views.run import progress_message, result_message
from storage.records import Scope
from storage.run_records import ENDED, RunHead, RunState
from sync.outcome import OutcomeKind, Reason, skipped
from tests.bot.views.view_builders import NOON, every_part, outcome_row, rejected, run, shown

Json = dict[str, Any]
JA = Texts("ja")


def test_whoever_stands_in_line_reads_who_goes_first_and_until_when() -> None:
    ahead = run(total=200, user_id="U9", id="d" * 32)
    waiting = run(RunState.QUEUED, counts={}, started_at=None)
    message = progress_message(JA, waiting, NOON + timedelta(minutes=2), ahead)
    assert "順番を待っています。" in shown(message)
    assert "さんが「SmartHRから勤革時に取り込む」を実行しています（残り約6分・12:08ごろまで）。" in shown(
        message
    )
    assert "U9" in mentioned(message)


def test_whoever_has_nobody_ahead_is_not_told_to_stand_in_line() -> None:
    said = shown(progress_message(JA, run(RunState.QUEUED, counts={}, started_at=None), NOON))
    assert "まもなく始まります。書き込む前に、両方の最新の値を確認します。" in said
    assert "順番" not in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"state": RunState.QUEUED}, "を実行しています（まもなく開始）。"),
        ({"state": RunState.WAITING, "wakes_at": NOON}, "を実行しています（一時停止中・12:00に再開）。"),
        (
            {"state": RunState.WAITING, "wakes_at": NOON + timedelta(hours=22)},
            "（一時停止中・2026/11/23 10:00に再開）",
        ),
        (
            {"state": RunState.WAITING, "wakes_at": NOON, "reason": "closed_unannounced"},
            "を実行しています（勤革時が利用できないため一時停止中・12:00にもう一度確認）。",
        ),
        ({"state": RunState.WAITING}, "を実行しています（一時停止中）。"),
        ({"cancelled_at": NOON}, "を実行しています（中止の処理中）。"),
        ({"counts": {}}, "を実行しています。"),
    ],
)
def test_how_long_the_one_before_takes_is_told_as_far_as_anybody_can_tell(
    more: dict[str, Any], said: str
) -> None:
    assert said in shown(progress_message(JA, run(RunState.QUEUED), NOON, run(**more)))


def test_of_another_workspaces_run_only_its_target_is_told() -> None:
    theirs = run(scope=Scope("", "T2"), user_id="U9")
    message = progress_message(JA, run(RunState.QUEUED, counts={}), NOON, theirs)
    assert "別のワークスペースから、同じ勤革時への取り込みが実行されています。" in shown(message)
    assert "U9" not in mentioned(message)
    assert "残り約" not in shown(message)


def test_a_run_that_has_not_begun_begins_at_the_opening_and_one_that_has_goes_on() -> None:
    closed = run(RunState.WAITING, {}, reason="closed_now", wakes_at=NOON)
    assert "2026/11/22 12:00に自動で開始します。" in shown(progress_message(JA, closed, NOON))


def test_a_run_that_waits_for_answers_says_so() -> None:
    waiting = run(RunState.WAITING, reason="unanswered", wakes_at=NOON)
    assert "応答のなかった書き込みが反映されたかどうかを確認しています。" in shown(
        progress_message(JA, waiting, NOON)
    )


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.WAITING])
def test_a_run_can_be_cancelled_as_long_as_it_has_not_ended_once_asked_again(state: RunState) -> None:
    for view in (progress_message(JA, run(state), NOON), page(run(state))):
        (button,) = [part for part in every_part(view) if part.get("action_id") == Action.CANCEL_RUN]
        assert (button["value"], button["style"]) == ("c" * 32, "danger")
        assert "24時間以内であれば再開できます" in shown(button["confirm"])


def test_a_run_that_is_being_cancelled_says_so_and_is_not_cancelled_twice() -> None:
    cancelling = run(cancelled_by="U2", cancelled_at=NOON)
    for view in (progress_message(JA, cancelling, NOON), page(cancelling)):
        assert "中止しています。書き込み中の従業員が終わりしだい止まります。" in shown(view)
        assert Action.CANCEL_RUN not in action_values(view)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_a_run_that_has_ended_is_not_cancelled(state: RunState) -> None:
    assert Action.CANCEL_RUN not in action_values(page(run(state)))


def test_a_cancelled_run_says_who_ended_it_and_how_many_it_came_to() -> None:
    counts = {OutcomeKind.SUCCEEDED: 40, OutcomeKind.FAILED: 10, OutcomeKind.SKIPPED: 150}
    cancelled = run(RunState.CANCELLED, counts, cancelled_by="U2", cancelled_at=NOON)
    for view in (result_message(JA, cancelled, [], 160), page(cancelled)):
        assert "200名のうち50名まで処理しました。" in shown(view)
        assert "U2" in mentioned(view)
    assert "🛑 取り込みを中止しました" in result_message(JA, cancelled, [], 0)["text"]


def test_the_result_of_a_cancelled_run_names_who_failed_and_not_who_was_not_reached() -> None:
    counts = {OutcomeKind.SUCCEEDED: 20, OutcomeKind.FAILED: 30, OutcomeKind.SKIPPED: 150}
    rows = [outcome_row(rejected(), "0001"), *[outcome_row(skipped(Reason.CANCELLED), "0002")] * 19]
    text = shown(result_message(JA, run(RunState.CANCELLED, counts), rows, 160))
    assert "0001" in text
    assert "0002" not in text
    assert "ほか29名" in text


@pytest.mark.parametrize(
    ("more", "is_offered"),
    [
        ({"state": RunState.CANCELLED}, True),
        ({"state": RunState.STOPPED, "reason": "credentials_token:smarthr"}, True),
        ({"state": RunState.STOPPED, "reason": "canary_failed"}, False),
        ({"state": RunState.FINISHED}, False),
        ({"state": RunState.CANCELLED, "counts": {OutcomeKind.SUCCEEDED: 199, OutcomeKind.HELD: 1}}, False),
    ],
)
def test_whom_a_run_did_not_reach_can_be_taken_up_again(more: dict[str, Any], *, is_offered: bool) -> None:
    ended = run(**{"counts": {OutcomeKind.SUCCEEDED: 50, OutcomeKind.SKIPPED: 150}, **more})
    message = result_message(JA, ended, [], 0)
    assert (action_values(message).get(Action.RESUME_RUN) == "c" * 32) is is_offered
    assert (Action.RESUME_RUN in action_values(page(ended, is_resumable=True))) is is_offered
    assert Action.RESUME_RUN not in action_values(page(ended, is_resumable=False))


def test_one_way_on_is_put_first() -> None:
    counts = {OutcomeKind.SUCCEEDED: 49, OutcomeKind.FAILED: 1, OutcomeKind.SKIPPED: 150}
    message = result_message(JA, run(RunState.CANCELLED, counts), [], 0)
    buttons = [part for part in every_part(message) if "action_id" in part]
    assert [each["action_id"] for each in buttons if each.get("style") == "primary"] == [Action.RESUME_RUN]


def test_a_cancel_that_left_nobody_out_is_said_to_have_come_too_late() -> None:
    done = run(RunState.FINISHED, {OutcomeKind.SUCCEEDED: 200}, cancelled_by="U2", cancelled_at=NOON)
    message = result_message(JA, done, [], 0)
    assert "200名の取り込みが完了しました" in shown(message)
    assert "中止する前に、すべて終わっていました。" in shown(message)
    assert "U2" in mentioned(message)


def test_who_was_not_reached_because_of_a_cancel_has_nothing_to_mend() -> None:
    counts = {OutcomeKind.SUCCEEDED: 50, OutcomeKind.SKIPPED: 150}
    message = result_message(JA, run(RunState.CANCELLED, counts), [], 0)
    assert "今の内容で確認し直す" in shown(message)


def test_a_run_whose_first_rows_read_otherwise_says_what_to_look_at() -> None:
    text = shown(result_message(JA, run(RunState.STOPPED, reason="canary_failed"), [], 0))
    assert "最初の3名の中に、書き込んだ値と異なる値になった従業員がいる" in text


def test_a_run_that_was_taken_up_again_says_by_whom() -> None:
    assert "U3" in mentioned(page(run(resumed_by="U3", leg=1)))


def page(of: RunHead, *, is_resumable: bool = False) -> Json:
    return run_view(JA, of, [], 1, 1, checks=(), is_resumable=is_resumable)


def mentioned(view: Json) -> set[str]:
    return {part["user_id"] for part in every_part(view) if part.get("type") == "user"}


def action_values(view: Json) -> dict[str, str]:
    return {part["action_id"]: part["value"] for part in every_part(view) if "action_id" in part}
