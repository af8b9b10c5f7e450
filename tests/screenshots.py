"""Makes the pictures of the READMEs from the demo itself: `make screenshots`."""

import tempfile
from datetime import time
from pathlib import Path

from playwright.sync_api import Locator, Page

from sandbox.demo import Demo
from sandbox.slack.demo import HR_ADMIN
from sandbox.slack.person import Person
from sandbox.slack.screen import Screen
from tests.journeys import browser_deeds as deeds
from tests.journeys.deeds import choose_all, give_reason, narrow
from tests.journeys.stage import PATIENCE
from tests.sandbox.page.browser import LAPTOP, PHONE, chromium, opened

DOCS = Path(__file__).parents[1] / "docs"
FADED_IN = 500
"""Milliseconds until a modal has faded in."""


def main() -> None:
    """Walk through one import and take a picture of each screen."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Demo(0, Path(folder)) as demo:
        demo.clock.jump_to(time(14, 0))
        demo.bring_up()
        hr = Screen(Person(demo.sandbox.slack.workspace, HR_ADMIN))
        with chromium() as browser:
            with opened(browser, LAPTOP, demo.sandbox.url) as page:
                _limit(page, hr)
                _import(page)
                _doubt(page, hr)
                _explain(page, hr)
            with opened(browser, PHONE, demo.sandbox.url) as page:
                deeds.look_at(page, "push")
                _picture(page, "phone")


def _import(page: Page) -> None:
    """Import three people, from the list to the result."""
    dialog = deeds.look_at(page, "pull")
    deeds.tick(dialog, "00123", "0016", "0017")
    dialog.get_by_role("checkbox", name="0018").scroll_into_view_if_needed()
    _picture(page, "preview")
    deeds.go_on(dialog)
    deeds.modal(page, "新規登録時の所属")
    _picture(page, "placement")
    deeds.place(page, 所属事業所="川口工場")
    deeds.run_it(page)
    deeds.wait_for_result(page, "取り込みが完了しました")
    _picture(page, "result")


def _doubt(page: Page, hr: Screen) -> None:
    """Look at a name in other characters, at numbers that changed places, and at one of these people."""
    deeds.look_at(page, "push")
    hr.fill("検索", "ナオ")
    hr.wait_for("該当 2名")
    dialog = deeds.modal(page, "取り込む従業員の選択")
    dialog.get_by_text("該当 2名").wait_for()
    details = dialog.get_by_role("button", name="詳細・判断").last
    _scroll_to(page, details)
    _picture(page, "doubt")
    details.click()
    hr.wait_for("直近5件の履歴", PATIENCE)
    _picture(page, "person")
    while hr.modal():
        hr.close()


def _limit(page: Page, hr: Screen) -> None:
    """Choose more people than is usual in a day, and say why."""
    dialog = deeds.look_at(page, "pull")
    for status in ("すべて", "🟡", "⚪ 差分なし（表記ゆれのみ）"):
        narrow(hr, status)
        choose_all(hr)
    dialog.get_by_text("選択中 30名").wait_for()
    deeds.go_on(dialog)
    deeds.place(page, 所属事業所="本社")
    give_reason(hr, "4月の組織変更に合わせて、氏名の表記を統一するため")
    _scroll_to(page, deeds.modal(page, "連携内容の確認").get_by_label("上限を超えて書き込む理由"))
    _picture(page, "confirm")
    while hr.modal():
        hr.close()


def _explain(page: Page, hr: Screen) -> None:
    """Ask who somebody is."""
    deeds.type_command(page, "/renkei who 0071")
    hr.wait_for("直近5件の履歴", PATIENCE)
    _picture(page, "who")
    hr.close()


def _scroll_to(page: Page, what: Locator) -> None:
    page.wait_for_timeout(FADED_IN)  # the page draws anew what others than its visitor have done
    what.scroll_into_view_if_needed()


def _picture(page: Page, name: str) -> None:
    page.wait_for_timeout(FADED_IN)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
