"""従業員情報取得基準日 stays what it was when the screen opened, also over midnight."""

from datetime import time, timedelta

from tests.journeys.deeds import choose, look_at, read_history, run_it
from tests.journeys.stage import PATIENCE, renkei

LAST_DAY_TODAY = "0032"


def test_midnight_between_list_and_press_changes_neither_the_day_nor_who_is_listed() -> None:
    with renkei(at=time(23, 57)) as stage:
        hr, day = stage.hr, stage.sandbox.clock.now().date()
        stage.sandbox.kinkakuji.edit(LAST_DAY_TODAY, hiredDate="2018-04-02")
        look_at(stage, "pull")
        choose(hr, LAST_DAY_TODAY)
        hr.submit()
        stage.sandbox.clock.jump_to(time(0, 3))
        assert stage.sandbox.clock.now().date() == day + timedelta(days=1)
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert stage.sandbox.smarthr.crew(LAST_DAY_TODAY)["entered_at"] == "2018-04-02"
        assert f"従業員情報取得基準日：{day:%Y年%-m月%-d日}" in read_history(stage)


def test_midnight_between_opening_and_comparing_leaves_the_day_that_was_shown() -> None:
    with renkei(at=time(23, 57)) as stage:
        hr, day = stage.hr, stage.sandbox.clock.now().date()
        hr.person.command("/renkei pull")
        hr.wait_for("従業員情報取得基準日")
        stage.sandbox.clock.jump_to(time(0, 3))
        hr.submit()
        hr.wait_for(f"基準日 {day:%Y年%-m月%-d日}", PATIENCE)
        hr.fill("検索", LAST_DAY_TODAY)
        hr.wait_for("該当 1名")
