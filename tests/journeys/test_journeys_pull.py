"""From 勤革時 to SmartHR, as an HR administrator does it."""

from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import choose, choose_all, look_at, put, run_it
from tests.journeys.records import changed_fields, placed, snapshot
from tests.journeys.stage import PATIENCE, renkei


def test_new_people_are_created_at_the_chosen_establishment_and_nobody_else_is_moved() -> None:
    with renkei() as stage:
        before = snapshot(stage.sandbox.smarthr)
        look_at(stage, "pull")
        choose(stage.hr, "00123", "0016")
        stage.hr.submit()
        put(stage.hr, "所属事業所", "川口工場")
        stage.hr.submit()

        assert "2名の取り込みが完了しました" in run_it(stage)
        created = stage.sandbox.smarthr.crew("00123")
        assert (created["last_name"], created["first_name"]) == ("小松", "梢")
        assert created["birth_at"] == "2002-01-28"
        assert placed(stage.sandbox.smarthr, "00123", "establishment") == "川口工場"
        assert changed_fields(before, snapshot(stage.sandbox.smarthr)) == {"0016": {"entered_at"}}
        assert b"carry_out" in stage.kept()
        assert not [each for each in ("小松", "梢", "2002-01-28") if each.encode() in stage.kept()]


def test_exactly_the_fields_that_were_shown_are_written() -> None:
    with renkei() as stage:
        look_at(stage, "pull")
        assert "入社日：変更前 2019-04-01 → 変更後 2019-04-08" in stage.hr.text()
        choose(stage.hr, "0016")
        stage.hr.submit()

        assert "1名の取り込みが完了しました" in run_it(stage)
        writes = [call for call in stage.sandbox.calls.calls(System.SMARTHR) if call.is_write]
        assert len(writes) == 1
        assert stage.sandbox.smarthr.crew("0016")["entered_at"] == "2019-04-08"


def test_a_business_name_is_compared_and_written_as_such_and_the_legal_name_stays() -> None:
    with renkei() as stage:
        hr = stage.hr
        hr.person.command("/renkei settings")
        hr.wait_for("管理チャンネル")
        hr.tick("ビジネスネームを優先する")
        hr.submit()
        hr.wait_for("連携設定を保存しました", PATIENCE)
        hr.close()
        look_at(stage, "pull")
        hr.fill("検索", "0026")
        hr.wait_for("該当 1名")
        assert "0026\u3000吉川 優" in hr.text()
        assert "→ 変更後" not in hr.text()
        hr.close()

        stage.sandbox.kinkakuji.edit("0026", lastName="吉沢", lastNamePhonetics="ヨシザワ")
        before = snapshot(stage.sandbox.smarthr)
        look_at(stage, "pull")
        choose(hr, "0026")
        hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert changed_fields(before, snapshot(stage.sandbox.smarthr)) == {
            "0026": {"business_last_name", "business_last_name_yomi"}
        }
        crew = stage.sandbox.smarthr.crew("0026")
        assert (crew["last_name"], crew["business_last_name"]) == ("山口", "吉沢")


def test_who_could_not_be_written_is_named_by_number_and_succeeds_once_the_cause_is_gone() -> None:
    with renkei() as stage:
        stage.sandbox.faults.set(System.SMARTHR, reject_numbers=["0017"])
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017")
        stage.hr.submit()
        report = run_it(stage)
        assert "1名を取り込めませんでした" in report
        assert "0017　SmartHRが値を受け付けませんでした" in report

        stage.sandbox.faults.clear()
        stage.hr.press("直したので再実行", ADMIN_CHANNEL)
        stage.hr.wait_for("選択中 1名")
        stage.hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert stage.sandbox.smarthr.crew("0017")["birth_at"] == "1970-12-21"


def test_the_history_shows_each_run_with_everybodys_outcome() -> None:
    with renkei() as stage:
        look_at(stage, "pull")
        stage.sandbox.faults.set(System.SMARTHR, reject_numbers=["0018"])
        choose_all(stage.hr)
        stage.hr.submit()
        put(stage.hr, "所属事業所", "本社")
        stage.hr.submit()
        run_it(stage)

        stage.hr.person.command("/renkei history")
        stage.hr.wait_for("連携履歴")
        assert "成功 14 ・ ❌ 失敗 1" in stage.hr.text()
        stage.hr.press("詳しく見る")
        stage.hr.wait_for("根本 望")
        assert "SmartHRに書き込みました" in stage.hr.text()
        assert "SmartHRが値を受け付けませんでした" in stage.hr.text()
