"""The page in a browser: what the app sends is seen, and what a person does reaches the app."""

import pytest
from playwright.sync_api import Browser, expect

from sandbox.faults import Switches
from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL, RENKEI
from sandbox.slack.grants import Grant
from tests.journeys.middle import wait_until
from tests.sandbox.page.browser import PHONE, shown
from tests.sandbox.slack.block_builders import actions, button, section
from tests.sandbox.slack.running import web_client

pytestmark = pytest.mark.browser

WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"


def test_a_message_appears_without_a_reload_and_its_markup_stays_text(browser: Browser) -> None:
    with shown(browser) as on:
        on.bot.chat_postMessage(
            channel=ADMIN_CHANNEL,
            text="結果",
            blocks=[section("*48人* を取り込みました &lt;b&gt;髙橋&lt;/b&gt;")],
        )
        message = on.page.get_by_role("article").last
        expect(message.locator("strong", has_text="48人")).to_be_visible()
        expect(message).to_contain_text("<b>髙橋</b>")


def test_a_button_in_a_message_reaches_the_app(browser: Browser) -> None:
    with shown(browser) as on:
        on.bot.chat_postMessage(
            channel=ADMIN_CHANNEL,
            text="失敗",
            blocks=[actions(button("again", "直したので再実行", value="run-1"))],
        )
        on.page.get_by_role("button", name="直したので再実行").click()
        on.page.wait_for_function("() => !document.querySelector('.busy')")
        assert [action["value"] for action in on.heard] == ["run-1"]


def test_the_command_is_completed_and_opens_the_modal(browser: Browser) -> None:
    with shown(browser) as on:
        box = on.page.get_by_label("メッセージ（スラッシュコマンド）")
        box.fill("/ren")
        on.page.get_by_role("option", name="/renkei settings").click()
        expect(box).to_have_value("/renkei settings ")
        box.press("Enter")
        expect(on.page.get_by_role("dialog", name="取り込み")).to_be_visible()


def test_typed_values_reach_slack_before_the_submission_does(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        page = on.page
        on.fill_in(number="0012")
        page.get_by_role("combobox", name="管理者").click()
        page.get_by_role("option", name="黒沢 拓海").click()
        page.get_by_role("button", name="決定").click()
        page.get_by_role("button", name="次へ").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        values = {block: next(iter(state.values())) for block, state in on.heard[-1].items()}
        assert values["number"]["value"] == "0012"
        assert values["date"]["selected_date"] == "2026-04-01"
        assert values["way"]["selected_option"]["value"] == "pull"
        assert [each["value"] for each in values["people"]["selected_options"]] == ["2"]
        assert values["office"]["selected_option"]["value"] == "大阪支店"
        assert values["admins"]["selected_users"] == ["U0HRADMIN2"]


def test_an_update_of_the_view_leaves_the_text_under_the_fingers_alone(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        field = on.page.get_by_label("社員番号")
        field.press_sequentially("00")
        (view,) = on.admin.snapshot()["modals"]
        blocks = [section("*変わった見出し*", block_id="intro"), *view["blocks"][1:]]
        on.bot.views_update(
            view_id=view["id"],
            view={k: view[k] for k in ("type", "title", "submit", "callback_id")} | {"blocks": blocks},
        )
        expect(on.page.get_by_text("変わった見出し")).to_be_visible()
        expect(field).to_be_focused()
        on.page.keyboard.type("12")
        expect(field).to_have_value("0012")


def test_errors_of_the_app_stand_under_their_field(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        on.fill_in(number="9999")
        on.page.get_by_role("button", name="次へ").click()
        expect(on.page.get_by_role("alert")).to_have_text("社員番号 9999 は見つかりません")
        expect(on.page.get_by_label("社員番号")).to_have_attribute("aria-invalid", "true")


def test_a_required_field_left_empty_is_refused_before_the_app_hears_of_it(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        on.page.get_by_role("button", name="次へ").click()
        expect(on.page.get_by_text("この必須フィールドに入力してください").first).to_be_visible()
        assert on.heard == []


def test_a_confirm_dialog_asks_before_the_app_hears_anything(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        again = on.page.get_by_role("button", name="再実行", exact=True)
        again.click()
        on.page.get_by_role("alertdialog").get_by_role("button", name="やめる").click()
        assert on.heard == []
        again.click()
        with on.page.expect_response("**/page/act"):
            on.page.get_by_role("alertdialog").get_by_role("button", name="再実行する").click()
        assert [action["action_id"] for action in on.heard] == ["again"]


def test_a_select_in_an_actions_block_tells_the_app_at_once(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        on.page.get_by_role("combobox", name="状態").click()
        on.page.get_by_role("option", name="差分あり").click()
        expect(on.page.get_by_role("combobox", name="状態")).to_contain_text("差分あり")
        on.page.wait_for_timeout(300)
        assert on.values()["tools"]["selected_option"]["value"] == "diff"


def test_an_answer_that_does_not_come_is_told(browser: Browser) -> None:
    with shown(browser) as on:
        on.open_modal()
        on.page.get_by_role("button", name="応答しないボタン").click()
        expect(on.page.get_by_role("alert")).to_contain_text("接続に問題が発生しました")


def test_a_changed_record_lights_up_in_the_side_panel(browser: Browser) -> None:
    with shown(browser) as on:
        on.sandbox.smarthr.edit("0002", last_name="髙橋")
        expect(on.page.locator(".record .flash", has_text="髙橋 葵")).to_be_visible()


def test_switches_and_the_clock_are_moved_from_the_panel(browser: Browser) -> None:
    with shown(browser) as on:
        on.page.get_by_role("tab", name="いじわる").click()
        on.page.get_by_role("switch", name="勤革時を閉じる").check()
        expect(on.page.get_by_text("勤革時は利用できない時間帯です")).to_be_visible()
        wait_until(lambda: on.sandbox.faults.of(System.KINKAKUJI).closed_now, "the closing")
        on.page.get_by_role("button", name="07:59へ").click()
        expect(on.page.get_by_role("button", name="デモの時刻")).to_contain_text("07:59")
        assert f"{on.sandbox.clock.now():%H:%M}" == "07:59"


def test_another_person_sees_only_their_own_channels(browser: Browser) -> None:
    with shown(browser) as on:
        places = on.page.get_by_role("navigation", name="ワークスペース")
        expect(places.get_by_role("button", name="人事労務")).to_be_visible()
        on.page.get_by_role("button", name="白石 陽菜").click()
        expect(places.get_by_role("button", name="人事労務")).to_have_count(0)


def test_on_a_phone_nothing_scrolls_sideways(browser: Browser) -> None:
    with shown(browser, PHONE) as on:
        on.open_modal()
        scrolled, window = on.page.evaluate(WIDTHS)
        assert scrolled <= window
        on.page.get_by_role("button", name="ダイアログを閉じる").click()
        on.page.get_by_role("button", name="サイドパネルを開く").click()
        expect(on.page.get_by_role("tab", name="勤革時")).to_be_visible()
        scrolled, window = on.page.evaluate(WIDTHS)
        assert scrolled <= window


def test_somebody_who_is_not_in_the_open_channel_gets_one_of_their_own(browser: Browser) -> None:
    with shown(browser) as on:
        on.page.get_by_role("button", name="人事労務").first.click()
        on.page.get_by_role("button", name="白石 陽菜").click()
        on.page.get_by_placeholder("#全社").wait_for()
        on.open_modal()


def test_a_file_in_a_message_is_downloaded_by_its_link(browser: Browser) -> None:
    with shown(browser) as on:
        scopes = frozenset({*RENKEI.scopes, "files:write"})
        on.sandbox.slack.grants.add("xoxb-files", Grant("bot", on.sandbox.slack.workspace, scopes))
        bot = web_client(on.sandbox.slack, "xoxb-files")
        bot.files_upload_v2(channel=ADMIN_CHANNEL, filename="差分一覧.csv", content=b"0012\r\n")
        link = on.page.get_by_role("link", name="差分一覧.csvをダウンロード")
        expect(link).to_contain_text("CSV · 6 B")
        with on.page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "差分一覧.csv"
        assert download.value.path().read_bytes() == b"0012\r\n"


def test_a_switch_with_words_or_numbers_goes_on_and_off(browser: Browser) -> None:
    with shown(browser) as on:
        on.page.get_by_role("tab", name="いじわる").click()
        labels = ("使える文字を減らす", "一覧から人を欠けさせる", "勤革時: 一覧を空にする")
        for label in labels:
            with on.page.expect_response("**/control/faults"):
                on.page.get_by_role("switch", name=label).check()
        expect(on.page.get_by_label("有効ないじわるがあります")).to_be_visible()
        switches = on.sandbox.faults.of(System.KINKAKUJI)
        assert (switches.repertoire, switches.missing_people, switches.empty_list) == ("cp932", 5, True)
        for label in labels:
            with on.page.expect_response("**/control/faults"):
                on.page.get_by_role("switch", name=label).uncheck()
        expect(on.page.get_by_label("有効ないじわるがあります")).to_have_count(0)
        assert on.sandbox.faults.of(System.KINKAKUJI) == Switches()


def test_a_record_is_edited_on_the_page_and_put_back(browser: Browser) -> None:
    with shown(browser) as on:
        page, before = on.page, on.sandbox.smarthr.crew("0002")
        page.get_by_role("button", name="0002 青木 葵").click()
        page.get_by_role("button", name="青木 葵を編集する").click()
        form = page.get_by_role("form", name="青木 葵を編集")
        form.get_by_label("社員番号").fill("0902")
        form.get_by_label("入社日").fill("2018-10-01")
        form.get_by_label("事業所").select_option("大阪営業所")
        form.get_by_role("button", name="保存").click()
        record = page.locator(".record", has_text="0902")
        expect(record).to_contain_text("大阪営業所")
        expect(record.locator("dd .edited")).to_have_count(3)
        assert on.sandbox.smarthr.crew("0902")["entered_at"] == "2018-10-01"
        record.get_by_role("button", name="青木 葵の編集を元に戻す").click()
        expect(page.get_by_text("編集済み")).to_have_count(0)
        assert on.sandbox.smarthr.crew("0002") | {"updated_at": before["updated_at"]} == before
