"""連携設定: who may open them, what is said about wrong input, and that no token is ever seen again."""

import json
from collections.abc import Iterable
from datetime import time

from sandbox import smarthr
from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN
from sandbox.remote.system import System
from sandbox.slack.demo import EMPLOYEE, GENERAL_CHANNEL, HR_ADMIN, SECOND_ADMIN
from sandbox.slack.directory import Channel
from sandbox.slack.screen import Screen
from sandbox.smarthr.options import Rights
from tests.journeys.deeds import ask_for, choose, look_at
from tests.journeys.logs import captured_logs
from tests.journeys.stage import PATIENCE, Stage, fill_settings, renkei

ADMINISTRATORS_ONLY = "この操作ができるのは、連携設定で登録された管理者だけです。"
NARROW_TOKEN = "shr_may_not_read_establishments"
TYPED_TOKENS = (DEMO_SMARTHR_TOKEN, DEMO_KINKAKUJI_TOKEN, NARROW_TOKEN, "shr_wrong", "kot-wrong")


def test_before_the_set_up_everybody_learns_what_to_do_and_few_may_do_it() -> None:
    with renkei(connected=False) as stage:
        employee, second = stage.screen(EMPLOYEE), stage.screen(SECOND_ADMIN)
        for screen in (employee, stage.hr):
            told(screen, "/renkei", "連携設定が完了していません。")
            told(screen, "/renkei pull", "管理者が /renkei settings で設定してください。")
        told(employee, "/renkei settings", ADMINISTRATORS_ONLY)
        told(second, "/renkei settings", ADMINISTRATORS_ONLY)
        told(employee, "/renkei help", "使えるコマンド")

        people = stage.sandbox.slack.workspace.users
        people[SECOND_ADMIN].is_admin, people[HR_ADMIN].is_admin = True, False
        told(second, "/renkei settings", "サブドメイン")
        told(stage.hr, "/renkei settings", "サブドメイン")


def test_every_wrong_input_gets_its_sentence_and_nothing_typed_is_lost() -> None:
    options = smarthr.Options(
        tokens={DEMO_SMARTHR_TOKEN: Rights(), NARROW_TOKEN: Rights(read=frozenset({"crews"}))}
    )
    with captured_logs() as logs, renkei(connected=False, smarthr_options=options) as stage:
        hr = stage.hr
        hr.person.command("/renkei settings")
        hr.wait_for("管理チャンネル")
        fill_settings(hr, subdomain="https://tsubame.smarthr.jp", smarthr_token="とーくん")
        hr.fill("勤革時のメンテナンス時間帯", "8時から10時")
        hr.submit()
        assert hr.errors().keys() == {
            "サブドメイン",
            "SmartHRのアクセストークン",
            "勤革時のメンテナンス時間帯",
        }
        assert hr.value("サブドメイン") == "https://tsubame.smarthr.jp"

        hr.fill("勤革時のメンテナンス時間帯", "08:00-10:00、17:00-18:30")
        hr.fill("サブドメイン", "tsubame")
        hr.fill("SmartHRのアクセストークン", "shr_wrong")
        saving_tells(stage, "SmartHRがアクセストークンを受け付けませんでした。")
        assert hr.text().count("入力済み") == 2
        assert hr.value("サブドメイン") == "tsubame"
        assert hr.value("勤革時のメンテナンス時間帯") == "08:00-10:00, 17:00-18:30"

        hr.fill("SmartHRのアクセストークン", NARROW_TOKEN)
        saving_tells(stage, "事業所の「参照」を許可してください。")
        hr.fill("SmartHRのアクセストークン", DEMO_SMARTHR_TOKEN)
        hr.fill("サブドメイン", "tsubaki")
        saving_tells(stage, "このサブドメインのSmartHRが見つかりません。")
        hr.fill("サブドメイン", "tsubame")
        hr.fill("勤革時のアクセストークン", "kot-wrong")
        saving_tells(stage, "勤革時がアクセストークンを受け付けませんでした。")
        hr.fill("勤革時のアクセストークン", DEMO_KINKAKUJI_TOKEN)
        stage.sandbox.faults.set(System.KINKAKUJI, ip_not_permitted=True)
        stage.sandbox.faults.set(System.SMARTHR, ip_not_permitted=True)
        saving_tells(stage, "勤革時の許可IPアドレスに")
        assert "SmartHRの許可IPアドレスに" in hr.text()

        stage.sandbox.faults.clear()
        saving_tells(stage, "連携設定を保存しました")
        assert hr.text().count("接続確認済み") == 2
        assert_unseen(stage, TYPED_TOKENS)
    assert "stopped" in logs.getvalue()
    assert not [token for token in TYPED_TOKENS if token in logs.getvalue()]


def test_results_go_only_to_a_channel_of_the_own_company_that_the_bot_is_in() -> None:
    with renkei() as stage:
        workspace = stage.sandbox.slack.workspace
        workspace.add_channel(Channel("C0SHARED", "社外共有", is_ext_shared=True), [HR_ADMIN])
        workspace.invite_bot("C0SHARED")
        open_settings(stage.hr)
        stage.hr.choose("管理チャンネル", "全社")
        saving_tells(stage, "Renkeiがこのチャンネルに参加していません。")
        stage.hr.choose("管理チャンネル", "社外共有")
        saving_tells(stage, "このチャンネルは社外と共有されています。")

        workspace.invite_bot(GENERAL_CHANNEL)
        stage.hr.choose("管理チャンネル", "全社")
        stage.sandbox.faults.set(System.SMARTHR, slow=0.5)
        stage.hr.submit()
        stage.hr.wait_for("接続を確認しています")
        stage.hr.close()
        stage.hr.wait_for_message("連携設定を保存しました", timeout=PATIENCE)
        open_settings(stage.hr)
        assert stage.hr.value("管理チャンネル") == GENERAL_CHANNEL
        assert stage.hr.text().count("設定済み") == 2

        stage.hr.fill("サブドメイン", "tsubaki")
        stage.hr.submit()
        stage.hr.wait_for("接続を確認しています")
        stage.hr.close()
        stage.hr.wait_for_message("連携設定はまだ保存されていません", timeout=PATIENCE)
        stage.hr.press("連携設定", stage.sandbox.slack.workspace.dm(HR_ADMIN).id)
        stage.hr.wait_for("サブドメイン")
        assert stage.hr.value("サブドメイン") == "tsubaki"


def test_whoever_is_no_administrator_can_do_nothing_and_one_always_remains() -> None:
    with renkei() as stage:
        employee, second = stage.screen(EMPLOYEE), stage.screen(SECOND_ADMIN)
        stage.sandbox.slack.workspace.users[SECOND_ADMIN].is_admin = True
        for command in ("/renkei", "/renkei push", "/renkei history", "/renkei settings"):
            told(employee, command, ADMINISTRATORS_ONLY)
        told(second, "/renkei settings", ADMINISTRATORS_ONLY)

        name_administrators(stage, "青木 美咲", "黒沢 拓海")
        ask_for(second, "pull")
        second.wait_for("選択中 0名", PATIENCE)
        choose(second, "0016")
        second.submit()
        second.wait_for("連携内容の確認")

        name_administrators(stage, "青木 美咲")
        second.submit()
        second.wait_for(ADMINISTRATORS_ONLY)
        second.close()
        second.press("このページを選択")
        second.wait_for(ADMINISTRATORS_ONLY)
        assert stage.reports() == []
        assert stage.sandbox.smarthr.crew("0016")["entered_at"] == "2019-04-01"

        open_settings(stage.hr)
        stage.hr.choose("管理者")
        assert stage.hr.submit() is None
        assert "管理者" in stage.hr.errors()


def test_in_closed_hours_kinkakuji_is_saved_untested_and_tested_when_it_opens() -> None:
    with renkei(connected=False, at=time(9, 0)) as stage:
        open_settings(stage.hr)
        fill_settings(stage.hr)
        saving_tells(stage, "🕒 未確認")
        assert "接続確認済み" in stage.hr.text()
        stage.hr.close()
        ask_for(stage.hr, "push")
        stage.hr.wait_for("10:00までメンテナンス時間帯です")
        assert stage.hr.value("従業員情報取得基準日") == stage.sandbox.clock.now().date().isoformat()
        assert stage.sandbox.calls.calls(System.KINKAKUJI) == []
        stage.hr.close()

        stage.sandbox.clock.jump_to(time(10, 0))
        stage.hr.wait_for(both_verified, PATIENCE)
        look_at(stage, "push")


def told(screen: Screen, command: str, sentence: str) -> None:
    """Type a command, read the sentence, close the window."""
    screen.person.command(command)
    screen.wait_for(sentence)
    screen.close()


def open_settings(screen: Screen) -> None:
    screen.person.command("/renkei settings")
    screen.wait_for("サブドメイン")


def saving_tells(stage: Stage, sentence: str) -> None:
    """Press 接続を確認して保存 and read what comes of it."""
    stage.hr.submit()
    stage.hr.wait_for(sentence, PATIENCE)


def both_verified(screen: Screen) -> bool:
    """Open the settings and look."""
    open_settings(screen)
    verified = screen.text().count("接続確認済み") == len(System)
    screen.close()
    return verified


def name_administrators(stage: Stage, *names: str) -> None:
    open_settings(stage.hr)
    stage.hr.choose("管理者", *names)
    saving_tells(stage, "連携設定を保存しました")
    stage.hr.close()


def assert_unseen(stage: Stage, tokens: Iterable[str]) -> None:
    """Look wherever somebody may look: on the screen, in acknowledgements and the database."""
    workspace = stage.sandbox.slack.workspace
    open_settings(stage.hr)
    acknowledged = [delivery.response for delivery in workspace.deliveries]
    seen = json.dumps([stage.hr.person.snapshot(), acknowledged])
    kept = stage.kept()
    assert "tsubame" in seen
    for token in tokens:
        assert token not in seen
        assert token.encode() not in kept
