"""Makes the pictures of the READMEs from the demo itself: `make screenshots`."""

import tempfile
from datetime import time
from pathlib import Path

from playwright.sync_api import Page

from sandbox.demo import Demo
from tests.journeys import browser_deeds as deeds
from tests.sandbox.page.browser import LAPTOP, PHONE, chromium, opened

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Walk through one import and take a picture of each screen."""
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Demo(0, Path(folder)) as demo:
        demo.clock.jump_to(time(14, 0))
        demo.bring_up()
        with chromium() as browser:
            with opened(browser, LAPTOP, demo.sandbox.url) as page:
                _walk(page)
            with opened(browser, PHONE, demo.sandbox.url) as page:
                deeds.look_at(page, "push")
                _picture(page, "phone")


def _walk(page: Page) -> None:
    dialog = deeds.look_at(page, "pull")
    deeds.tick(dialog, "00123", "0016", "0017")
    dialog.get_by_role("checkbox", name="0018").scroll_into_view_if_needed()
    _picture(page, "preview")
    deeds.go_on(dialog)
    deeds.modal(page, "新規登録時の所属")
    _picture(page, "placement")
    deeds.place(page, 所属事業所="川口工場")
    deeds.modal(page, "連携内容の確認")
    page.wait_for_timeout(500)  # the modal fades in
    _picture(page, "confirm")
    deeds.run_it(page)
    deeds.wait_for_result(page, "取り込みが完了しました")
    _picture(page, "result")


def _picture(page: Page, name: str) -> None:
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
