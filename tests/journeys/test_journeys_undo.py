"""取り消し: an import is taken back, but for what somebody has changed since and what can't be undone."""

from datetime import time

from sandbox.remote.system import System
from tests.journeys.deeds import choose, look_at, narrow, put, read_history, run_it
from tests.journeys.middle import writes
from tests.journeys.records import changed_fields, snapshot
from tests.journeys.stage import PATIENCE, Stage, renkei

CREATED = "この取り込みでSmartHRに新規登録した従業員です。新規登録は取り消せません。"
STAYS = "新規登録と、そのときの所属・雇用区分、送信済みのメールは取り消せません。"


def test_an_undo_puts_back_what_nobody_has_changed_since_and_says_what_it_leaves() -> None:
    with renkei() as stage:
        smarthr = stage.sandbox.smarthr
        before = snapshot(smarthr)
        import_into_smarthr(stage, "00123", "0016", "0022", "0023", "0025")
        smarthr.edit("0016", email="hayashi.h@tsubame.example")
        smarthr.edit("0022", last_name_yomi="モーリ")
        smarthr.edit("0023", email="minoru@mail.example")

        be_told_of_closed_hours(stage)
        read_history(stage)
        list_undo(stage)
        read_what_is_left(stage.hr.text())
        look_at_the_person(stage)
        narrow(stage.hr, "⛔ 取り消せません (1)")
        assert "該当 1名 ・ 選択中 4名" in stage.hr.text()

        assert "4名を元に戻しました" in run_undo(stage)
        assert changed_fields(before, snapshot(smarthr)) == {
            "0016": {"email"},
            "0022": {"last_name_yomi"},
            "0023": {"email"},
            "0025": {"birth_at"},
        }
        assert smarthr.crew("0022")["last_name_yomi"] == "モーリ"
        assert smarthr.crew("0023")["email"] == "minoru@mail.example"
        assert smarthr.crew("00123")["last_name"] == "小松"
        assert len(writes(stage, System.SMARTHR)) == 5 + 4

        assert "取り消し（元の取り込み：" in "\n".join(stage.reports())
        assert "この取り込みを取り消す" not in read_history(stage)
        open_oldest_run(stage)
        list_undo(stage)
        assert "🟠 差分あり 0" in stage.hr.text()
        assert "選択中 0名" in stage.hr.text()


def test_what_was_imported_again_since_is_not_taken_back_with_the_first_import() -> None:
    with renkei() as stage:
        smarthr = stage.sandbox.smarthr
        before = snapshot(smarthr)
        import_updates(stage, "0016", "0022")
        read_history(stage)
        list_undo(stage)
        assert "2名を元に戻しました" in run_undo(stage)
        assert changed_fields(before, snapshot(smarthr)) == {}

        import_updates(stage, "0022")
        read_history(stage)
        open_oldest_run(stage)
        assert "に取り消し済み（2名中2名）" in stage.hr.text()
        list_undo(stage)
        assert "🟠 差分あり 0" in stage.hr.text()
        assert "この後の取り込みでも書き込まれているため、元に戻しません：" in stage.hr.text()
        assert smarthr.crew("0022")["last_name"] == "森"


def import_updates(stage: Stage, *numbers: str) -> None:
    look_at(stage, "pull")
    choose(stage.hr, *numbers)
    stage.hr.submit()
    assert f"{len(numbers)}名の取り込みが完了しました" in run_it(stage)


def import_into_smarthr(stage: Stage, *numbers: str) -> None:
    look_at(stage, "pull")
    choose(stage.hr, *numbers)
    stage.hr.submit()
    put(stage.hr, "所属事業所", "本社")
    stage.hr.submit()
    assert f"{len(numbers)}名の取り込みが完了しました" in run_it(stage)


def be_told_of_closed_hours(stage: Stage) -> None:
    """Press it while 勤革時 is closed, and come back when it has opened."""
    read_history(stage)
    stage.sandbox.clock.jump_to(time(17, 45))
    stage.hr.press("この取り込みを取り消す")
    stage.hr.wait_for("18:30までメンテナンス時間帯です", PATIENCE)
    stage.sandbox.clock.jump_to(time(18, 40))


def list_undo(stage: Stage) -> None:
    """Have it listed what can be put back of the run that is shown."""
    stage.hr.press("この取り込みを取り消す")
    stage.hr.wait_for("取り込みで書き込んだ値を、書き込む前の値に戻します", PATIENCE)


def read_what_is_left(seen: str) -> None:
    """Read what is put back, what stays, and why."""
    assert STAYS in seen
    assert "姓：変更前 森 → 変更後 松本" in seen
    assert "取り込みで書き込んだ値ではなくなっているため、元に戻しません：姓（カナ）" in seen
    assert "取り込みで書き込んだ値ではなくなっているため、元に戻しません：メールアドレス" in seen
    assert "取り込み前は空でしたが、SmartHRでは空に戻せません：生年月日" in seen
    assert f"00123\u3000小松 梢\n⛔ 取り消せません\n{CREATED}" in seen


def look_at_the_person(stage: Stage) -> None:
    """See one person's changes in their own window, and nothing about other fields."""
    stage.hr.press("詳細・判断")
    stage.hr.wait_for("直近5件の履歴")
    assert "入社日：変更前 2019-04-08 → 変更後 2019-04-01" in stage.hr.text()
    assert "今後も変更しない項目を選ぶ" not in stage.hr.text()
    stage.hr.close()


def run_undo(stage: Stage) -> str:
    """Go on with whoever is ticked, press the last button, and give the result."""
    before = len(stage.reports())
    stage.hr.submit()
    stage.hr.wait_for("取り消し内容の確認")
    stage.hr.submit()
    stage.hr.wait_for("取り消しを開始しました")
    stage.hr.wait_for(lambda _: len(stage.reports()) >= before + 2, PATIENCE * 2)
    stage.hr.close()
    return stage.reports()[-1]


def open_oldest_run(stage: Stage) -> None:
    """Go from the newest run back to the history, and into the oldest."""
    stage.hr.press("連携履歴に戻る")
    stage.hr.wait_for("詳しく見る")
    view = stage.hr.modal()
    assert view is not None
    last = [block for block in view["blocks"] if block["type"] == "actions"][-1]
    stage.hr.person.press(last["elements"][0]["action_id"], view_id=view["id"], block_id=last["block_id"])
    stage.hr.wait_for("この取り込みを取り消す")
