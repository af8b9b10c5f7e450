"""What is refused, and in which words: days, old screens, other people's plans, a second press."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import choose, look_at, narrow, put, run_it
from tests.journeys.middle import place
from tests.journeys.records import changed_fields, placed, snapshot
from tests.journeys.stage import PATIENCE, Stage, renkei

NOTHING_WRITTEN = "この操作では何も書き込んでいません。"
A_BUTTON = {"type": "button", "action_id": "renkei_v0", "text": {"type": "plain_text", "text": "昔のボタン"}}


def test_a_day_that_kinkakuji_does_not_answer_for_is_refused_where_it_was_typed() -> None:
    with renkei() as stage:
        hr, today = stage.hr, stage.sandbox.clock.now().date()
        hr.person.command("/renkei")
        hr.wait_for("従業員情報取得基準日")
        assert hr.submit() is None
        assert hr.errors().keys() == {"取り込みの方向"}

        hr.tick("SmartHRから勤革時に取り込む")
        for day in (today - timedelta(days=3 * 366), today + timedelta(days=367)):
            hr.fill("従業員情報取得基準日", day.isoformat())
            hr.submit()
            assert "3年前から1年後まで" in hr.errors()["従業員情報取得基準日"]
        assert "push" in str(hr.value("取り込みの方向"))
        calls = len(stage.sandbox.calls.calls())

        hr.fill("従業員情報取得基準日", (today - timedelta(days=3 * 365)).isoformat())
        hr.submit()
        hr.wait_for("選択中 0名", PATIENCE)
        assert "0201" not in hr.text()
        assert len(stage.sandbox.calls.calls()) > calls

        hr.submit()
        hr.wait_for("取り込む従業員を1名以上選択してください。")
        assert "選択中 0名" in hr.text()


def test_a_choice_is_made_over_many_pages() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "pull")
        hr.press("このページを選択")
        hr.wait_for("選択中 15名")
        hr.press("最後 ≫")
        hr.wait_for("4/4ページ")
        hr.press("◀ 前へ")
        hr.wait_for("3/4ページ")
        hr.fill("社員番号・氏名・カナを入力してEnterで検索", "ｻｶﾓﾄ")
        hr.wait_for("該当 1名 ・ 選択中 15名")
        hr.untick("0123")
        hr.fill("社員番号・氏名・カナを入力してEnterで検索", "いない人")
        hr.wait_for("条件に合う従業員はいません。")
        assert "選択中 14名" in hr.text()
        hr.fill("社員番号・氏名・カナを入力してEnterで検索", "")
        hr.wait_for("該当 65名")
        hr.press("選択を解除")
        hr.wait_for("選択中 0名")

        narrow(hr, "🟠")
        hr.press("取り込める11名すべてを選択")
        hr.wait_for("該当 11名 ・ 選択中 11名")
        hr.press("社員番号を貼り付け")
        hr.wait_for("改行・空白・コンマ")
        hr.fill("社員番号", "00123\n9999 0002")
        hr.submit()
        hr.wait_for("選択中 12名")
        assert "社員番号で1名を選択しました。" in hr.text()
        assert "この一覧にない社員番号：9999" in hr.text()
        assert "取り込みの対象にならない社員番号：0002" in hr.text()
        hr.submit()
        place(stage, "pull")
        hr.wait_for("12名の情報をSmartHRに書き込みます")


def test_an_establishment_that_vanished_fails_the_new_person_with_a_reason_and_another_works() -> None:
    with renkei() as stage:
        look_at(stage, "pull")
        choose(stage.hr, "00123", "0016")
        stage.hr.submit()
        put(stage.hr, "所属事業所", "川口工場")
        stage.hr.submit()
        stage.sandbox.smarthr.close_establishment("川口工場")
        report = run_it(stage)
        assert "1名を取り込めませんでした" in report
        assert "00123　選択した所属事業所がSmartHRにありません。" in report

        stage.hr.press("直したので再実行", ADMIN_CHANNEL)
        stage.hr.wait_for("選択中 1名", PATIENCE)
        stage.hr.submit()
        put(stage.hr, "所属事業所", "大阪営業所")
        stage.hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert placed(stage.sandbox.smarthr, "00123", "establishment") == "大阪営業所"


def test_however_often_it_is_pressed_and_delivered_one_run_is_carried_out() -> None:
    with renkei() as stage:
        before = snapshot(stage.sandbox.smarthr)
        look_at(stage, "pull")
        choose(stage.hr, "0016", "200201")
        stage.hr.submit()
        put(stage.hr, "所属事業所", "本社")
        stage.hr.submit()
        stage.hr.wait_for("連携内容の確認")
        confirm = stage.hr.modal()
        assert confirm is not None
        stage.sandbox.slack.workspace.faults.double_next()
        with ThreadPoolExecutor(2) as hands:
            list(hands.map(stage.hr.person.submit, [confirm["id"]] * 2))
        stage.hr.wait_for(lambda _: len(stage.reports()) == 2, PATIENCE)
        assert "2名の取り込みが完了しました" in stage.reports()[-1]

        after = snapshot(stage.sandbox.smarthr)
        assert len(after) == len(before) + 1
        assert changed_fields(before, after) == {"0016": {"entered_at"}}
        writes = [call for call in stage.sandbox.calls.calls(System.SMARTHR) if call.is_write]
        assert len(writes) == 2


def test_old_screens_and_other_workspaces_plans_write_nothing_and_say_what_to_do() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "pull")
        choose(hr, "0016")
        belongs_to(stage, "T0ELSEWHERE")
        hr.submit()
        hr.wait_for("対象のデータはすでにありません。")
        belongs_to(stage, stage.sandbox.slack.workspace.team.id)
        hr.close()

        look_at(stage, "pull")
        choose(hr, "0016")
        hr.submit()
        hr.wait_for("連携内容の確認")
        stage.sandbox.clock.next_day()
        hr.submit()
        hr.wait_for("この差分一覧は、作成から24時間を過ぎています。")
        assert NOTHING_WRITTEN in hr.text()
        hr.close()
        hr.press("このページを選択")
        hr.wait_for("この差分一覧は、作成から24時間を過ぎています。")
        hr.close()

        from_before_an_update(stage)
        hr.press("昔のボタン")
        hr.wait_for("この画面またはボタンは、更新前のRenkeiのものです。")
        hr.close()
        hr.submit()
        hr.wait_for("この画面またはボタンは、更新前のRenkeiのものです。")
        hr.close()
        blocks = [{"type": "actions", "elements": [A_BUTTON]}]
        stage.sandbox.slack.workspace.say(ADMIN_CHANNEL, {"text": "昔のお知らせ", "blocks": blocks})
        hr.press("昔のボタン", ADMIN_CHANNEL)
        hr.wait_for("この画面またはボタンは、更新前のRenkeiのものです。")
        assert [call for call in stage.sandbox.calls.calls() if call.is_write] == []


def belongs_to(stage: Stage, team_id: str) -> None:
    """Hand every plan over to a workspace."""
    assert stage.settings.sqlite_file is not None
    with sqlite3.connect(stage.settings.sqlite_file) as database:
        database.execute("UPDATE plans SET team_id = ?", (team_id,))
    database.close()


def from_before_an_update(stage: Stage) -> None:
    """Turn the modal in front into one that an older version has left open."""
    workspace = stage.sandbox.slack.workspace
    shown = stage.hr.modal()
    assert shown is not None
    with workspace.change():
        view = workspace.views.find(shown["id"])
        old = {
            **view.source,
            "callback_id": "pick_v0",
            "blocks": [{"type": "actions", "elements": [A_BUTTON]}],
        }
        workspace.views.update(view, old)
