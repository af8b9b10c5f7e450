"""From SmartHR to 勤革時, as an HR administrator does it."""

from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import choose, look_at, narrow, people_on, put, run_it, turn_page
from tests.journeys.records import changed_fields, placed, snapshot
from tests.journeys.stage import PATIENCE, renkei

TWICE = "SmartHRに、同じ社員番号の従業員が複数います。"
NUMBERS_OF_THEIR_OWN = "SmartHRで、社員番号が重複しないように直してください。"
BLOCKED = [
    (
        "0203\u3000榎本 永遠",
        "勤革時への新規登録に必要な性別がSmartHRにありません。",
        "SmartHRに性別を登録してください。",
    ),
    ("0205\u3000北川 絹", TWICE, NUMBERS_OF_THEIR_OWN),
    ("0205\u3000北川 絹代", TWICE, NUMBERS_OF_THEIR_OWN),
    (
        "0206\u3000スカルノ",
        "勤革時への登録に必要な氏名がSmartHRにありません。",
        "SmartHRに姓と名を登録してください。",
    ),
    (
        "（社員番号なし）\u3000沖田 想",
        "SmartHRに社員番号がありません。",
        "SmartHRに社員番号を登録してください。",
    ),
]
SWAPPED = "ほかの従業員と社員番号が入れ替わっている可能性があります"
ROTATED = "複数の従業員の社員番号がずれている可能性があります"
DOUBTED = {
    "0071\u3000永井 直人": SWAPPED,
    "0072\u3000成田 夏希": SWAPPED,
    "0301\u3000内山 望": "この社員番号は、勤革時では退職した別の従業員のものです",
    "0303\u3000関口 由佳": "勤革時に、以前在籍していたときの記録が残っている可能性があります",
    "0304\u3000外山 俊": ROTATED,
    "0305\u3000内藤 七海": ROTATED,
    "0306\u3000服部 光": ROTATED,
    "0308\u3000平野 明里": "勤革時には、別の社員番号で登録されている可能性があります",
}


def test_new_people_get_the_chosen_place_and_no_mail_and_others_only_what_was_shown() -> None:
    with renkei() as stage:
        kinkakuji = stage.sandbox.kinkakuji
        before = snapshot(kinkakuji)
        look_at(stage, "push")
        choose(stage.hr, "0201", "200103", "0017", "0024")
        stage.hr.submit()
        put(stage.hr, "所属事業所（所属）", "組立課")
        put(stage.hr, "雇用区分", "パート・アルバイト")
        stage.hr.submit()
        stage.hr.wait_for("連携内容の確認")
        assert "組立課" in stage.hr.text()
        assert "メールが送信されます" not in stage.hr.text()

        assert "4名の取り込みが完了しました" in run_it(stage)
        created = kinkakuji.employee("0201")
        names = ("lastName", "firstName", "lastNamePhonetics", "gender", "birthDate")
        assert [created[name] for name in names] == ["朝倉", "杏", "アサクラ", "female", "2003-05-20"]
        for number in ("0201", "200103"):
            assert placed(kinkakuji, number, "divisionName") == "組立課"
            assert placed(kinkakuji, number, "typeName") == "パート・アルバイト"
            assert not kinkakuji.employee(number).get("emailAddresses")
        assert kinkakuji.mails == []
        assert changed_fields(before, snapshot(kinkakuji)) == {
            "0017": {"birthDate"},
            "0024": {"birthDate", "firstNamePhonetics"},
        }
        assert len(kinkakuji.stored()) == len(before) + 2


def test_whoever_must_not_be_written_is_shown_with_the_reason_and_what_to_mend() -> None:
    with renkei() as stage:
        look_at(stage, "push")
        hr = stage.hr
        narrow(hr, "⛔")
        listed = hr.text()
        for person, reason, remedy in BLOCKED:
            assert f"{person}\n⛔ 取り込めません\n{reason}{remedy}" in listed
        for person, doubt in DOUBTED.items():
            assert doubt in listed.split(f"{person}\n⛔ 取り込めません\n", 1)[1].split("\n", 1)[0]
        assert "該当 13名 ・ 選択中 0名" in listed
        assert "すべてを選択" not in listed
        narrow(hr, "🟢")
        assert people_on(hr) == ["0201", "0202", "200103"]

        hr.press("社員番号を貼り付け")
        hr.wait_for("改行・空白・コンマ")
        hr.fill("社員番号", "0203、0205 0206,0029 0071")
        hr.submit()
        hr.wait_for("取り込みの対象にならない社員番号：0203、0205、0206、0029、0071")
        assert "選択中 0名" in hr.text()
        narrow(hr, "⚪ 差分なし (")
        assert "0029" in people_on(hr)
        assert "連携元が空のため変更しません：退職日" in hr.text()
        turn_page(hr)
        assert "社員番号の表記が異なります：SmartHR「００４２」、勤革時「0042」" in hr.text()  # noqa: RUF001 - full-width digits
        assert [call for call in stage.sandbox.calls.calls(System.KINKAKUJI) if call.is_write] == []


def test_a_division_that_vanished_fails_each_new_person_with_a_reason_and_another_works() -> None:
    with renkei() as stage:
        look_at(stage, "push")
        choose(stage.hr, "0202", "0018")
        stage.hr.submit()
        put(stage.hr, "所属事業所（所属）", "加工課")
        put(stage.hr, "雇用区分", "正社員")
        stage.hr.submit()
        stage.sandbox.kinkakuji.close_division("3100")
        report = run_it(stage)
        assert "0202　選択した所属または雇用区分が勤革時にありません。" in report
        assert "0018" not in report
        assert stage.sandbox.kinkakuji.employee("0018")["gender"] == "female"

        stage.hr.press("直したので再実行", ADMIN_CHANNEL)
        stage.hr.wait_for("選択中 1名", PATIENCE)
        stage.hr.submit()
        put(stage.hr, "所属事業所（所属）", "組立課")
        put(stage.hr, "雇用区分", "正社員")
        stage.hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert placed(stage.sandbox.kinkakuji, "0202", "divisionName") == "組立課"
