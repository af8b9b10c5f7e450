"""What a list goes by: modes of fields, terms of one list, rules of placement; and lists that lack people."""

from sandbox.remote.system import System
from sandbox.slack.screen import Screen
from tests.journeys.deeds import ask_for, choose, count, look_at, put, run_it
from tests.journeys.records import placed
from tests.journeys.stage import PATIENCE, renkei

LISTED = "選択中 "
WHY = "子会社への転籍で削除したため"


def open_from_settings(screen: Screen, button: str, until: str) -> None:
    """Open a window above 連携設定."""
    screen.person.command("/renkei settings")
    screen.wait_for("管理チャンネル")
    screen.press(button)
    screen.wait_for(until)


def test_a_field_that_is_not_linked_is_no_difference_any_more() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        before = count(hr, "🟠 差分あり")
        hr.close()
        open_from_settings(hr, "項目ごとの扱い（SmartHR → 勤革時）", "連携元が空なら変更しない項目")
        for field in ("姓（カナ）", "名（カナ）", "生年月日", "入社日", "退職日"):
            hr.choose(field, "対象外")
        hr.submit()
        hr.wait_for("管理チャンネル")
        hr.close()
        look_at(stage, "push")
        assert count(hr, "🟠 差分あり") < before


def test_a_list_by_other_terms_takes_the_place_of_the_first_and_the_next_goes_by_the_settings() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        before = count(hr, "🟠 差分あり")
        hr.press("この回の条件")
        hr.wait_for("異体字も書き込む")
        hr.choose("入社日", "対象外")
        hr.tick("異体字も書き込む")
        hr.submit()
        hr.wait_for("条件：異体字も書き込む・入社日は対象外", PATIENCE)
        hr.close()
        look_at(stage, "push")
        assert count(hr, "🟠 差分あり") == before
        assert "異体字も書き込む" not in hr.text()


def test_an_answer_that_is_kept_as_a_rule_is_not_asked_for_again() -> None:
    with renkei() as stage:
        hr, kinkakuji = stage.hr, stage.sandbox.kinkakuji
        look_at(stage, "push")
        choose(hr, "0201")
        hr.submit()
        put(hr, "所属事業所（所属）", "組立課")
        put(hr, "雇用区分", "パート・アルバイト")
        hr.tick("次回からも使う")
        hr.submit()
        run_it(stage)
        assert placed(kinkakuji, "0201", "divisionName") == "組立課"

        open_from_settings(hr, "配属の規則（SmartHR → 勤革時）", "最初に当てはまる規則")
        assert "所属事業所（所属）: 組立課" in hr.text()
        hr.press("削除")
        hr.wait_for("規則の変更")
        hr.submit()
        hr.wait_for(lambda seen: "所属事業所（所属）: 組立課" not in seen.text())
        assert "所属事業所（所属）" not in hr.text()
        assert "雇用区分: パート・アルバイト" in hr.text()


def test_a_rule_is_made_from_the_entries_that_the_target_has_and_places_people_unasked() -> None:
    with renkei() as stage:
        hr, kinkakuji = stage.hr, stage.sandbox.kinkakuji
        open_from_settings(hr, "配属の規則（SmartHR → 勤革時）", "規則はまだありません")
        hr.press("規則を追加")
        hr.wait_for("指定の方法", PATIENCE)
        hr.choose("対象", "全員")
        hr.tick("登録がない人")
        hr.choose("→ 所属事業所（所属）", "組立課")
        hr.choose("→ 雇用区分", "パート・アルバイト")
        hr.submit()
        hr.wait_for("1. 全員 → 所属事業所（所属）: 組立課")
        hr.close()
        hr.close()
        look_at(stage, "push")
        choose(hr, "0201")
        hr.submit()
        run_it(stage)
        assert placed(kinkakuji, "0201", "divisionName") == "組立課"
        assert placed(kinkakuji, "0201", "typeName") == "パート・アルバイト"


def test_a_list_that_lacks_people_is_made_only_for_a_reason_which_it_then_says() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        hr.close()
        stage.sandbox.faults.set(System.KINKAKUJI, missing_people=8)
        ask_for(hr, "push")
        hr.wait_for("うち8名が見当たりません", PATIENCE)
        hr.press("もう一度読み込む")
        hr.wait_for("うち8名が見当たりません", PATIENCE)
        hr.press("理由を入力して続ける")
        hr.wait_for("見当たらない理由")
        hr.fill("見当たらない理由", WHY)
        hr.submit()
        hr.wait_for(lambda seen: LISTED in seen.text() and WHY in seen.text(), PATIENCE)


def test_an_empty_list_can_not_be_accepted_and_is_read_again_once_it_is_mended() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        before = count(hr, "🟢 新規登録")
        hr.close()
        stage.sandbox.faults.set(System.KINKAKUJI, empty_list=True)
        ask_for(hr, "push")
        hr.wait_for("勤革時の一覧が空でした", PATIENCE)
        assert "理由を入力して続ける" not in hr.text()
        stage.sandbox.faults.clear()
        hr.press("もう一度読み込む")
        hr.wait_for(LISTED, PATIENCE)
        assert count(hr, "🟢 新規登録") == before
