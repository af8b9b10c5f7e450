"""勤革時 closes every day, and sometimes unannounced; SmartHR fails. A run waits and goes on by itself."""

from datetime import datetime, time, timedelta

from sandbox.clock import TOKYO
from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import ask_for, choose, choose_all, look_at, run_it
from tests.journeys.middle import (
    leave,
    place,
    result_after,
    run_until_written,
    wait_for_report,
    wait_until,
    writes,
)
from tests.journeys.stage import PATIENCE, Stage, renkei

GUARD = timedelta(seconds=30)
WAITING = "メンテナンス時間帯のため待機しています"


def calls_within(stage: Stage, start: time, end: time) -> int:
    """Count the calls to 勤革時 from 30 s before `start` until `end`, by the demo's clock."""
    day = stage.sandbox.clock.now().date()
    first, last = (datetime.combine(day, each, TOKYO) for each in (start, end))
    moments = [call.moment for call in stage.sandbox.calls.calls(System.KINKAKUJI)]
    return sum(first - GUARD <= moment < last for moment in moments)


def choose_everybody(stage: Stage, way: str) -> None:
    look_at(stage, way)
    choose_all(stage.hr)
    stage.hr.submit()
    place(stage, way)


def test_a_run_stops_before_the_closed_hours_and_goes_on_when_they_are_over() -> None:
    with renkei(at=time(7, 0)) as stage:
        choose_everybody(stage, "push")
        before = run_until_written(stage, System.KINKAKUJI)
        stage.sandbox.clock.jump_to(time(7, 59, 29))
        wait_for_report(stage, WAITING)
        assert "10:00に自動で再開します" in stage.reports()[-1]
        read = len(stage.sandbox.calls.calls(System.SMARTHR))
        stage.sandbox.faults.clear()
        stage.sandbox.clock.jump_to(time(9, 59, 58))
        report = result_after(stage, before)

        assert "取り込みが完了しました" in report
        assert calls_within(stage, time(8), time(10)) == 0
        assert len(stage.sandbox.calls.calls(System.SMARTHR)) - read < 5, "SmartHR is read once, on waking"


def test_at_nine_the_opening_is_told_and_everything_but_kinkakuji_works() -> None:
    with renkei(at=time(9, 0)) as stage:
        ask_for(stage.hr, "pull")
        stage.hr.wait_for("10:00までメンテナンス時間帯です")
        stage.hr.close()
        stage.hr.person.command("/renkei history")
        stage.hr.wait_for("まだ取り込みの履歴はありません")
        stage.hr.close()
        stage.hr.person.command("/renkei settings")
        stage.hr.wait_for("未確認")
        stage.hr.close()
        assert not stage.sandbox.calls.calls(System.KINKAKUJI)

        stage.sandbox.clock.jump_to(time(10, 0))
        look_at(stage, "pull")
        choose(stage.hr, "0016")
        stage.hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)


def test_a_closure_that_nobody_announced_is_waited_out() -> None:
    with renkei() as stage:
        choose_everybody(stage, "push")
        before = run_until_written(stage, System.KINKAKUJI)
        stage.sandbox.faults.set(System.KINKAKUJI, closed_now=True)
        wait_for_report(stage, "勤革時が利用できないと応答しました")
        stage.sandbox.faults.set(System.KINKAKUJI, closed_now=False, slow=0)
        stage.sandbox.clock.set(stage.sandbox.clock.now() + timedelta(minutes=10))

        assert "取り込みが完了しました" in result_after(stage, before)


def test_smarthr_that_goes_away_fails_nobody_and_a_revoked_token_leaves_the_rest_to_be_tried_again() -> None:
    with renkei() as stage:
        choose_everybody(stage, "pull")
        before = run_until_written(stage, System.SMARTHR)
        stage.sandbox.faults.set(System.SMARTHR, down=True)
        wait_for_report(stage, "SmartHRに接続できないか、応答に時間がかかっています")
        stage.sandbox.faults.set(System.SMARTHR, down=False)
        done = len(writes(stage, System.SMARTHR))
        wait_until(lambda: len(writes(stage, System.SMARTHR)) > done + 1, "going on")
        stage.sandbox.faults.set(System.SMARTHR, unauthorized=True)
        report = result_after(stage, before)
        assert "取り込みを途中で中断しました" in report
        assert "SmartHRがアクセストークンを受け付けませんでした" in report
        assert "❌ 失敗" not in report
        assert "未実行" in report

        stage.sandbox.faults.clear()
        leave(stage)
        stage.hr.press("直したので再実行", channel_id=ADMIN_CHANNEL)
        stage.hr.wait_for(lambda screen: "選択中 " in screen.text(), PATIENCE)
        stage.hr.submit()
        stage.hr.wait_for(lambda screen: "選択中 " not in screen.text())
        if "新規登録時の所属" in stage.hr.text():  # depends on who was reached before
            place(stage, "pull")
        assert "取り込みが完了しました" in run_it(stage), "nobody had failed"
