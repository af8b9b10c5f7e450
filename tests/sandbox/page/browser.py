"""The demo's page in a real Chromium, with the showcase app on the other side of Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import Flask, request
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.clock import DemoClock
from sandbox.server import Sandbox
from sandbox.slack.demo import HR_ADMIN, RENKEI, demo_slack
from sandbox.slack.person import Person
from tests.chromium import FLAGS, find_chromium
from tests.sandbox.page.showcase import showcase
from tests.sandbox.slack.block_builders import Json
from tests.sandbox.slack.running import serving, web_client

LAPTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Shown:
    """The page on one person's screen."""

    page: Page
    sandbox: Sandbox
    admin: Person
    bot: WebClient
    heard: list[Json]

    def open_modal(self) -> None:
        """Type /renkei and wait for the showcase."""
        box = self.page.get_by_label("メッセージ（スラッシュコマンド）")
        box.fill("/renkei")
        box.press("Enter")
        self.page.get_by_role("dialog", name="取り込み").wait_for()

    def fill_in(self, number: str) -> None:
        """Fill every required field of the showcase."""
        page = self.page
        page.get_by_label("社員番号").fill(number)
        page.get_by_label("従業員情報取得基準日").fill("2026-04-01")
        page.get_by_role("radio", name="取り込む").check()
        page.get_by_role("checkbox", name="井上 樹").check()
        page.get_by_role("combobox", name="所属事業所").click()
        page.get_by_role("searchbox", name="検索", exact=True).fill("大阪")
        page.get_by_role("option", name="大阪支店").click()

    def values(self) -> Json:
        """What the Slack stand-in holds of the open modal, block → state."""
        (view,) = self.admin.snapshot()["modals"]
        return {block: next(iter(state.values())) for block, state in view["state"]["values"].items()}


@contextmanager
def shown(browser: Browser, size: ViewportSize = LAPTOP) -> Iterator[Shown]:
    """Open the page against a sandbox of its own; the app hears of things by signed HTTP."""
    web = Flask("showcase")
    clock = DemoClock()
    with serving(web) as server:
        url = f"http://127.0.0.1:{server.server_port}/slack/events"
        with Sandbox(clock=clock, slack=demo_slack(clock, replace(RENKEI, request_url=url))) as sandbox:
            app, heard = showcase(web_client(sandbox.slack))
            handler = SlackRequestHandler(app)
            web.add_url_rule("/slack/events", view_func=lambda: handler.handle(request), methods=["POST"])
            admin = Person(sandbox.slack.workspace, HR_ADMIN)
            with opened(browser, size, sandbox.url) as page:
                yield Shown(page, sandbox, admin, web_client(sandbox.slack), heard)
            app.listener_runner.listener_executor.shutdown()


@contextmanager
def opened(browser: Browser, size: ViewportSize, url: str) -> Iterator[Page]:
    """Open the page at an address."""
    context = browser.new_context(viewport=size, locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(url)
    page.get_by_role("main").wait_for()
    yield page
    context.close()
