"""What people do in the demo's page, by what they see there."""

from playwright.sync_api import Locator, Page, expect

PATIENT = 30_000
"""Milliseconds that a preview or a run may take."""


def type_command(page: Page, command: str) -> None:
    """Send a slash command."""
    box = page.get_by_label("メッセージ（スラッシュコマンド）")
    box.fill(command)
    box.press("Enter")


def modal(page: Page, title: str) -> Locator:
    """Wait for the modal with this title."""
    dialog = page.get_by_role("dialog", name=title)
    dialog.wait_for(timeout=PATIENT)
    return dialog


def look_at(page: Page, way: str) -> Locator:
    """Have the differences shown: "pull" is 勤革時 → SmartHR, "push" the other way."""
    type_command(page, f"/renkei {way}")
    modal(page, "従業員情報を取り込む").get_by_role("button", name="差分を確認する").click()
    return modal(page, "取り込む従業員の選択")


def tick(dialog: Locator, *people: str) -> None:
    """Tick people of the page that is shown."""
    for person in people:
        dialog.get_by_role("checkbox", name=person).check()


def go_on(dialog: Locator) -> None:
    """Press 選択した従業員情報を取り込む."""
    dialog.get_by_role("button", name="選択した従業員情報を取り込む").click()


def place(page: Page, **places: str) -> None:
    """Choose where new people are put: by what the first menu of each kind is for. Then go on."""
    dialog = modal(page, "新規登録時の所属")
    for label, place_name in places.items():
        dialog.get_by_role("combobox", name=f"→ {label}").first.click()
        page.get_by_role("option", name=place_name).first.click()
    dialog.locator("button[type=submit]").click()


def run_it(page: Page) -> None:
    """Press 連携を実行する and close the last screen."""
    modal(page, "連携内容の確認").get_by_role("button", name="連携を実行する").click()
    started = modal(page, "取り込みの開始")
    started.get_by_role("button", name="閉じる").last.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def wait_for_result(page: Page, text: str) -> None:
    """Open the admin channel and wait for the result."""
    page.get_by_role("button", name="人事労務").first.click()
    page.get_by_text(text).first.wait_for(timeout=PATIENT)
