"""What was shown is what is written: whoever has moved since is held, explained, and approved anew."""

from dataclasses import replace
from datetime import time

from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL, SECOND_ADMIN
from sandbox.slack.screen import Screen
from storage.identities import Said
from sync.fields import Field
from sync.model import Direction
from tests.journeys.deeds import choose, choose_all, look_at, read_history, run_it
from tests.journeys.middle import place, result_after, run_until_written, wait_for_report, writes
from tests.journeys.others import second_administrator, somebody_else
from tests.journeys.records import changed_fields, snapshot
from tests.journeys.stage import PATIENCE, Stage, renkei

LOOK_AGAIN = "今の内容で確認し直す"
REASON = "本人に確認したため"


def test_whoever_moved_between_list_and_press_is_shown_both_ways_and_approved_anew() -> None:
    with renkei() as stage:
        before = snapshot(stage.sandbox.smarthr)
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017", "0018")
        stage.hr.submit()
        stage.sandbox.smarthr.edit("0016", entered_at="2019-04-02")
        stage.sandbox.kinkakuji.edit("0017", birthDate="1970-12-22")
        report = run_it(stage)
        assert "2名を取り込めませんでした" in report
        assert "直したので再実行" not in report
        assert "2019" not in report
        seen = read_history(stage)
        assert "入社日：表示時 2019-04-01 → 現在 2019-04-02" in seen
        assert "生年月日：表示時 1970-12-21 → 現在 1970-12-22" in seen

        stage.hr.close()
        stage.hr.press(LOOK_AGAIN, ADMIN_CHANNEL)
        stage.hr.wait_for("該当 2名 ・ 選択中 0名", PATIENCE)
        assert "入社日：変更前 2019-04-02 → 変更後 2019-04-08" in stage.hr.text()
        assert "生年月日：変更前 1970-12-12 → 変更後 1970-12-22" in stage.hr.text()
        choose_all(stage.hr)
        stage.hr.submit()
        assert "2名の取り込みが完了しました" in run_it(stage)
        assert len(writes(stage, System.SMARTHR)) == 3, "whoever was written is not written again"
        assert changed_fields(before, snapshot(stage.sandbox.smarthr)) == {
            "0016": {"entered_at"},
            "0017": {"birth_at"},
            "0018": {"gender"},
        }


def test_whoever_moves_while_a_run_waits_for_the_opening_is_held_when_it_goes_on() -> None:
    with renkei(at=time(7, 0)) as stage:
        before = wait_for_opening(stage)
        stage.sandbox.smarthr.edit("0055", first_name="マリア")
        stage.sandbox.kinkakuji.edit("0056", firstName="太郎")
        kept = snapshot(stage.sandbox.kinkakuji)
        stage.sandbox.clock.jump_to(time(9, 59, 58))
        report = result_after(stage, before)

        assert "2名を取り込めませんでした" in report
        assert "0055　差分の表示後にSmartHRの値が変わったため、書き込みませんでした（名）" in report
        assert "0056　差分の表示後に勤革時の値が変わったため、書き込みませんでした（名）" in report
        assert not changed_fields(kept, snapshot(stage.sandbox.kinkakuji)).keys() & {"0055", "0056"}
        assert "アレハンドラ・グアダルーペ → 現在 マリア\n" in read_history(stage)


def test_what_is_decided_while_a_run_waits_holds_for_whom_it_has_not_written_yet() -> None:
    with renkei(at=time(7, 0)) as stage:
        before = wait_for_opening(stage)
        kept = snapshot(stage.sandbox.kinkakuji)
        left, ignored = (stage.sandbox.smarthr.crew(number)["id"] for number in ("0055", "0056"))
        with somebody_else(stage) as (store, scope):
            store.suppressions.add(
                scope, Direction.PUSH, left, [Field.FIRST_NAME], None, SECOND_ADMIN, REASON, number="0055"
            )
            store.identities.ignore(scope, Said(Direction.PUSH.source, ignored, SECOND_ADMIN, REASON, "0056"))
        stage.sandbox.clock.jump_to(time(9, 59, 58))
        assert "2名を取り込めませんでした" in result_after(stage, before)
        assert not changed_fields(kept, snapshot(stage.sandbox.kinkakuji)).keys() & {"0055", "0056"}


def test_a_run_that_waits_is_not_carried_on_into_another_company() -> None:
    with renkei(at=time(7, 0)) as stage:
        before = wait_for_opening(stage)
        written = len(writes(stage, System.KINKAKUJI))
        with somebody_else(stage) as (store, scope):
            kept = store.integrations.load(scope)
            assert kept.kinkakuji is not None
            other = replace(kept.kinkakuji, token="kot-of-another-company")
            store.integrations.save(replace(kept, kinkakuji=other))
        stage.sandbox.clock.jump_to(time(9, 59, 58))
        assert "接続先" in result_after(stage, before)
        assert len(writes(stage, System.KINKAKUJI)) == written


def test_a_list_by_terms_that_no_longer_hold_is_not_carried_out_and_can_be_made_anew() -> None:
    with renkei() as stage:
        second = second_administrator(stage)
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017")
        stage.hr.submit()
        stage.hr.wait_for("連携内容の確認")
        leave_as_it_is(second, "0017", "生年月日")
        stage.hr.submit()
        stage.hr.wait_for("この差分一覧の作成後に、設定または判断が変更されました。")
        assert writes(stage, System.SMARTHR) == []

        stage.hr.submit()
        stage.hr.wait_for("選択中 1名", PATIENCE)
        stage.hr.fill("検索", "0017")
        stage.hr.wait_for("該当 1名")
        assert "0017　野口 登　⚪ 差分なし\nこの人については変更しない設定の項目：生年月日" in stage.hr.text()
        stage.hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert stage.sandbox.smarthr.crew("0016")["entered_at"] == "2019-04-08"
        assert stage.sandbox.smarthr.crew("0017")["birth_at"] == "1970-12-12"


def wait_for_opening(stage: Stage) -> int:
    """Have a run of everybody stopped by 勤革時's closed hours; give the messages before it."""
    look_at(stage, "push")
    choose_all(stage.hr)
    stage.hr.submit()
    place(stage, "push")
    before = run_until_written(stage, System.KINKAKUJI)
    stage.sandbox.clock.jump_to(time(7, 59, 29))
    wait_for_report(stage, "メンテナンス時間帯のため待機しています")
    stage.sandbox.faults.clear()
    return before


def leave_as_it_is(screen: Screen, number: str, field: str) -> None:
    """Say that a field of a person stays as it is."""
    screen.person.command(f"/renkei who {number}")
    screen.wait_for("直近5件の履歴", PATIENCE)
    screen.press("今後も変更しない項目を選ぶ")
    screen.wait_for("期限")
    screen.tick(field)
    screen.fill("理由", REASON)
    screen.submit()
    screen.wait_for("この人のこの項目は変更しない設定のため書き込みません", PATIENCE)
