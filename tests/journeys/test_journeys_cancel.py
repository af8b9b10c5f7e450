"""中止 and 残りを再開する: a run ends between two people, and goes on later where it ended."""

from datetime import date, time

from sandbox.company import Company
from sandbox.company.generated import Shares, generated_company
from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import choose_all, give_reason, look_at, read_history
from tests.journeys.middle import (
    leave,
    place,
    press_run,
    result_after,
    wait_for_report,
    wait_until,
    writes,
)
from tests.journeys.others import second_administrator
from tests.journeys.stage import Stage, renkei
from tests.journeys.test_journeys_hours import WAITING, calls_within

PEOPLE = 30


def company() -> Company:
    """Sixty people in both systems, half of whom differ."""
    shares = Shares(only_smarthr=0, only_kinkakuji=0, differing=0.5)
    return generated_company(2 * PEOPLE, today=date(2026, 4, 1), shares=shares)


def start_slowly(stage: Stage) -> int:
    """Start a run of everybody who differs, and come back when it has written the first few."""
    look_at(stage, "pull")
    choose_all(stage.hr)
    stage.hr.submit()
    give_reason(stage.hr, "年度初めのため")
    stage.sandbox.faults.set(System.SMARTHR, slow=0.4)
    before = press_run(stage)
    wait_until(lambda: len(writes(stage, System.SMARTHR)) >= 4, "the fourth write")
    return before


def written(stage: Stage) -> list[str]:
    """Give whom the writes were for."""
    return [call.path for call in writes(stage, System.SMARTHR)]


def test_a_cancelled_run_stops_and_the_rest_is_written_once_when_it_is_taken_up_again() -> None:
    with renkei(company=company()) as stage:
        second = second_administrator(stage)
        before = start_slowly(stage)
        second.press("中止", channel_id=ADMIN_CHANNEL)
        second.wait_for("中止しています。書き込み中の従業員が終わりしだい止まります。")
        report = result_after(stage, before)
        stage.sandbox.faults.clear()
        reached = len(written(stage))
        assert reached < PEOPLE
        assert "🛑 取り込みを中止しました" in report
        assert f"30名のうち{reached}名まで処理しました。" in report
        assert f"✅ 成功 {reached} ・ ⏸️ 未実行 {PEOPLE - reached}" in report
        assert "取り込みが中止されたため、実行していません。" in read_history(stage)

        leave(stage)
        for _ in range(2):
            stage.hr.press("残りを再開する", channel_id=ADMIN_CHANNEL)
        stage.hr.wait_for(f"残り{PEOPLE - reached}名の取り込みを再開します")
        wait_for_report(stage, "残りを再開しました。結果は別のメッセージでお知らせします。")
        assert not [each for each in stage.reports() if "未実行" in each], "what it offered is done"
        assert f"{PEOPLE}名の取り込みが完了しました" in result_after(stage, before + 2)
        assert len(written(stage)) == len(set(written(stage))) == PEOPLE
        assert len(stage.reports()) == before + 4


def test_a_run_that_waits_for_the_opening_is_cancelled_at_once_and_taken_up_again_for_the_opening() -> None:
    with renkei(at=time(7, 0)) as stage:
        look_at(stage, "push")
        choose_all(stage.hr)
        stage.hr.submit()
        place(stage, "push")
        stage.sandbox.faults.set(System.KINKAKUJI, slow=0.2)
        before = press_run(stage)
        wait_until(lambda: len(writes(stage, System.KINKAKUJI)) >= 6, "the sixth write")
        stage.sandbox.clock.jump_to(time(7, 59, 29))
        wait_for_report(stage, WAITING)
        leave(stage)
        stage.hr.press("中止", channel_id=ADMIN_CHANNEL)
        assert "🛑 取り込みを中止しました" in result_after(stage, before)
        reached = len(writes(stage, System.KINKAKUJI))

        stage.sandbox.faults.clear()
        stage.sandbox.clock.jump_to(time(9, 0))
        stage.hr.press("残りを再開する", channel_id=ADMIN_CHANNEL)
        stage.hr.wait_for("勤革時のメンテナンス時間帯が終わる10:00に、自動で開始します")
        wait_for_report(stage, WAITING)
        stage.sandbox.clock.jump_to(time(10, 0))
        assert "取り込みが完了しました" in result_after(stage, before + 2)
        assert len(writes(stage, System.KINKAKUJI)) > reached
        assert calls_within(stage, time(8), time(10)) == 0
