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
from storage.records import RunState
from sync.outcome import OutcomeKind, succeeded
from tests.bot.views.view_builders import NOON, every_part, head, outcome_row, rejected, run, shown

Json = dict[str, Any]
JA = Texts("ja")


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
    assert "残り" not in text


def test_waiting_says_what_for_and_until_when() -> None:
    closed = run(RunState.WAITING, reason="closed_now", wakes_at=NOON)
    assert "メンテナンス時間帯のため待機しています。 2026/11/22 12:00に自動で再開します。" in shown(
        progress_message(JA, closed, NOON)
    )
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
