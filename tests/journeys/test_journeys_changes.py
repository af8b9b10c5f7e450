"""What others change while somebody is at work, and what Slack delivers twice."""

from dataclasses import replace
from datetime import time

from sandbox.remote.system import System
from sandbox.slack.demo import HR_ADMIN, SECOND_ADMIN
from sync.calendar import DEFAULT_CLOSED_HOURS, ClosedHours
from tests.journeys.deeds import ask_for, choose_all, look_at
from tests.journeys.middle import (
    place,
    result_after,
    run_until_written,
    wait_for_report,
)
from tests.journeys.others import second_administrator, somebody_else
from tests.journeys.stage import PATIENCE, Stage, renkei


def save_hours(stage: Stage, *hours: ClosedHours) -> None:
    with somebody_else(stage) as (store, scope):
        store.integrations.save(replace(store.integrations.load(scope), closed_hours=hours))


def test_closed_hours_that_are_changed_stop_a_run_at_once_and_let_it_go_on_at_once() -> None:
    with renkei() as stage:
        look_at(stage, "push")
        choose_all(stage.hr)
        stage.hr.submit()
        place(stage, "push")
        before = run_until_written(stage, System.KINKAKUJI)

        save_hours(stage, ClosedHours(time(13), time(15)))
        reached = len(stage.sandbox.calls.calls(System.KINKAKUJI))
        wait_for_report(stage, "15:00")
        assert len(stage.sandbox.calls.calls(System.KINKAKUJI)) <= reached + 1  # the one under way

        save_hours(stage, *DEFAULT_CLOSED_HOURS)
        stage.sandbox.faults.clear()
        assert "取り込みが完了しました" in result_after(stage, before)


def test_a_doubled_press_makes_one_list_whose_ticks_stay() -> None:
    with renkei() as stage:
        stage.hr.person.command("/renkei pull")
        stage.hr.wait_for("従業員情報取得基準日")
        stage.sandbox.calls.clear()
        stage.sandbox.slack.workspace.faults.double_next()
        stage.hr.submit()
        stage.hr.wait_for("選択中 0名", PATIENCE)
        lists = [call for call in stage.sandbox.calls.calls(System.KINKAKUJI) if "/employees" in call.path]
        assert len(lists) == 1


def test_whoever_was_removed_meanwhile_is_shown_nobody() -> None:
    with renkei() as stage:
        stage.sandbox.faults.set(System.SMARTHR, slow=0.5)
        ask_for(stage.hr, "pull")
        with somebody_else(stage) as (store, scope):
            store.administrators.replace(scope, [SECOND_ADMIN], by=HR_ADMIN)
        stage.hr.wait_for("管理者だけ", PATIENCE)
        assert "根本" not in stage.hr.text()


def test_settings_saved_from_an_older_form_overwrite_nobody_elses() -> None:
    with renkei() as stage:
        second = second_administrator(stage)
        for screen in (stage.hr, second):
            screen.person.command("/renkei settings")
            screen.wait_for("管理チャンネル")
        second.fill("勤革時のメンテナンス時間帯", "08:00-12:00")
        second.submit()
        second.wait_for("連携設定を保存しました", PATIENCE)

        stage.hr.tick("ビジネスネームを優先する")
        stage.hr.submit()
        stage.hr.wait_for("ほかの管理者が連携設定を保存しました", PATIENCE)
        with somebody_else(stage) as (store, scope):
            kept = store.integrations.load(scope)
        assert kept.closed_hours == (ClosedHours(time(8), time(12)),)
        assert not kept.prefer_business_name
