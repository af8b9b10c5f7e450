"""Lost answers, moved values, a Slack that refuses: one press has one effect, and somebody reads of it."""

import pytest

from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN
from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL, DEMO_APP_TOKEN, DEMO_BOT_TOKEN
from tests.journeys.deeds import ask_for, choose, look_at, read_history, run_it
from tests.journeys.logs import captured_logs
from tests.journeys.middle import place, press_run, wait_until, writes
from tests.journeys.stage import PATIENCE, Stage, renkei

TOKENS = (DEMO_APP_TOKEN, DEMO_BOT_TOKEN, DEMO_SMARTHR_TOKEN, DEMO_KINKAKUJI_TOKEN)
NEW = {"pull": ("00123", "0123"), "push": ("0201", "0202")}
DIFFERENT = "0016"


def choose_and_place(stage: Stage, way: str, *numbers: str) -> None:
    look_at(stage, way)
    choose(stage.hr, *numbers)
    stage.hr.submit()
    place(stage, way)


@pytest.mark.parametrize(("way", "target"), [("pull", System.SMARTHR), ("push", System.KINKAKUJI)])
def test_a_lost_answer_is_cleared_up_by_reading_and_nobody_is_created_twice(way: str, target: System) -> None:
    with renkei() as stage:
        holder = stage.sandbox.smarthr if target is System.SMARTHR else stage.sandbox.kinkakuji
        people = len(holder.stored())
        choose_and_place(stage, way, *NEW[way], DIFFERENT)
        stage.sandbox.faults.set(target, commits_late=1, commits_late_by=1.0, lose_answer_after_commit=2)
        assert "3名の取り込みが完了しました" in run_it(stage)
        assert read_history(stage).count("読み直して書き込みを確認しました") == 3
        assert len(writes(stage, target)) == 3
        assert len(holder.stored()) == people + 2


def test_whoever_has_moved_since_they_were_shown_is_held_and_the_others_are_written() -> None:
    with renkei() as stage:
        choose_and_place(stage, "pull", "00123", "0016", "0017", "0018")
        stage.sandbox.smarthr.edit("0016", entered_at="2019-04-02")
        stage.sandbox.kinkakuji.edit("0017", birthDate="1970-12-22")
        stage.sandbox.smarthr.edit("0204", emp_code="00123")
        report = run_it(stage)

        assert "3名を取り込めませんでした" in report
        assert "0016　差分の表示後にSmartHRの値が変わったため、書き込みませんでした（入社日）" in report
        assert "0017　差分の表示後に勤革時の値が変わったため、書き込みませんでした（生年月日）" in report
        assert "00123　差分の表示後に、SmartHRで同じ社員番号の従業員が登録されました" in report
        assert len(writes(stage, System.SMARTHR)) == 1
        assert stage.sandbox.smarthr.crew("0018")["gender"] == "male"
        assert stage.sandbox.smarthr.crew("0016")["entered_at"] == "2019-04-02"


def test_the_remotes_own_words_reach_who_may_see_names_and_neither_channel_nor_log() -> None:
    with captured_logs() as said, renkei() as stage:
        stage.sandbox.faults.set(System.SMARTHR, reject_numbers=["0019", "00123"])
        choose_and_place(stage, "pull", "00123", "0019")
        report = run_it(stage)
        assert "0019　SmartHRが値を受け付けませんでした" in report
        seen = read_history(stage)
        assert "平田 陽菜（1997-03-28生、hirata.hina@tsubame.example）の情報は本人確認中" in seen
        assert "小松 梢（2002-01-28生" in seen

        everything = "\n".join(stage.reports()) + said.getvalue()
        private = ("平田", "陽菜", "小松", "1997-03-28", "hirata", "本人確認中", "xoxb-", "shr_")
        assert not [each for each in (*private, *TOKENS) if each in everything]
    assert "stopped" in said.getvalue()


def test_a_closed_modal_and_a_slack_that_refuses_keep_neither_list_nor_result_from_the_person() -> None:
    with renkei() as stage:
        faults = stage.sandbox.slack.workspace.faults
        stage.sandbox.faults.set(System.SMARTHR, slow=0.2)
        ask_for(stage.hr, "pull")
        stage.hr.close()
        stage.sandbox.faults.clear()
        stage.hr.wait_for_message("差分一覧の準備ができました", timeout=PATIENCE)
        dm = stage.sandbox.slack.workspace.dm(stage.hr.person.user_id).id
        stage.hr.press("差分一覧を開く", channel_id=dm)
        stage.hr.wait_for("選択中 0名")
        choose(stage.hr, "0016", "0018")
        stage.hr.submit()

        stage.sandbox.slack.workspace.channels[ADMIN_CHANNEL].is_archived = True
        faults.refuse_next("chat.update", "message_not_found", n=50)
        faults.rate_limit_next("chat.postMessage")
        press_run(stage)
        stage.hr.wait_for_message("2名の取り込みが完了しました", timeout=PATIENCE)
        wait_until(lambda: len(writes(stage, System.SMARTHR)) == 2, "the second write")
        assert not stage.reports()


def test_a_target_that_does_not_keep_what_the_first_person_was_given_ends_the_run_there() -> None:
    with renkei() as stage:
        stage.sandbox.faults.set(System.SMARTHR, drop_fields=["entered_at", "gender", "birth_at"])
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017", "0018")
        stage.hr.submit()
        report = run_it(stage)

        assert "取り込みを途中で中断しました" in report
        assert "❌ 失敗 1 ・ ⏸️ 未実行 2" in report
        assert len(writes(stage, System.SMARTHR)) == 1
        assert "入社日" in read_history(stage)
