"""Other characters are shown, other spellings folded; on purpose either is written, to the letter."""

from sandbox.slack.screen import Screen
from tests.journeys.deeds import choose, count, look_at, narrow, run_it
from tests.journeys.records import changed_fields, snapshot
from tests.journeys.stage import PATIENCE, renkei

VARIANTS = {
    "0036": "髙橋",
    "0037": "宮﨑",
    "0038": "\U00020bb7野",
    "0039": "葛\U000e0100城",
    "0045": "\ufa19田",
}
"""Last names by number, as SmartHR has them: 髙, 﨑, 𠮷, a variation selector, a compatibility ideograph."""


def test_other_characters_are_shown_and_mere_spellings_unfold_where_they_are_asked_for() -> None:
    with renkei() as stage:
        hr, kinkakuji = stage.hr, stage.sandbox.kinkakuji
        before = snapshot(kinkakuji)
        look_at(stage, "push")
        narrow(hr, "🟡")
        shown = hr.text()
        for old, new in (("高橋", "髙橋"), ("葛城", "葛[U+E0100]城"), ("神田", "\ufa19[U+FA19]田")):
            assert f"姓：変更前 {old} → 変更後 {new}（異体字）" in shown
        narrow(hr, "すべて")
        search(hr, "0047")
        assert "0047　土橋 岳　⚪ 差分なし（表記ゆれのみ）" in hr.text()
        assert "変更前" not in hr.text()
        assert "このページを選択" not in hr.text()

        narrow(hr, "⚪ 差分なし（表記ゆれのみ）")
        assert "名（カナ）：変更前 ｶﾞｸ → 変更後 ガク（表記ゆれ：全角・半角）" in hr.text()
        hr.tick("0047")
        hr.press("社員番号を貼り付け")
        hr.wait_for("改行・空白・コンマ")
        hr.fill("社員番号", "0036")
        hr.submit()
        hr.wait_for("選択中 2名")
        hr.submit()
        assert "2名の取り込みが完了しました" in run_it(stage)
        assert changed_fields(before, snapshot(kinkakuji)) == {
            "0036": {"lastName"},
            "0047": {"lastNamePhonetics", "firstNamePhonetics"},
        }
        assert kinkakuji.employee("0047")["firstNamePhonetics"] == "ガク"


def test_by_the_terms_of_a_list_other_characters_are_written_byte_for_byte() -> None:
    with renkei() as stage:
        hr, kinkakuji = stage.hr, stage.sandbox.kinkakuji
        before = snapshot(kinkakuji)
        look_at(stage, "push")
        variants, different = count(hr, "🟡 差分あり（異体字のみ）"), count(hr, "🟠 差分あり")
        hr.press("この回の条件")
        hr.wait_for("異体字も書き込む")
        hr.tick("異体字も書き込む")
        hr.submit()
        hr.wait_for("条件：異体字も書き込む", PATIENCE)
        assert count(hr, "🟠 差分あり") == different + variants
        assert count(hr, "🟡 差分あり（異体字のみ）") == 0
        choose(hr, *VARIANTS)
        hr.submit()
        assert "5名の取り込みが完了しました" in run_it(stage)
        assert changed_fields(before, snapshot(kinkakuji)) == {number: {"lastName"} for number in VARIANTS}
        written = {number: kinkakuji.employee(number)["lastName"] for number in VARIANTS}
        assert written == VARIANTS


def test_what_kinkakuji_can_not_hold_is_blocked_with_the_character_named() -> None:
    with renkei() as stage:
        hr = stage.hr
        hr.person.command("/renkei settings")
        hr.wait_for("管理チャンネル")
        hr.choose("勤革時に登録できる文字", "Windows標準の文字のみ（Windows-31J）")
        hr.submit()
        hr.wait_for("連携設定を保存しました", PATIENCE)
        hr.close()
        look_at(stage, "push")
        narrow(hr, "⛔")
        assert "姓の文字「\U00020bb7」（U+20BB7）は勤革時に登録できません。" in hr.text()
        assert "（U+845B U+E0100）は勤革時に登録できません。" in hr.text()
        narrow(hr, "🟡")
        assert "髙橋（異体字）" in hr.text()
        assert "0038" not in hr.text()


def search(screen: Screen, text: str) -> None:
    screen.fill("検索", text)
    screen.wait_for("該当 1名")
