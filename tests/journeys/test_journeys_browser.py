"""`make demo`, used in a real browser as the README says, in both directions."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import browser_deeds as deeds
from tests.sandbox.page.browser import LAPTOP, chromium, opened

ROOT = Path(__file__).parents[2]
UP_WITHIN = 60.0
"""Seconds until the page must be there."""

pytestmark = pytest.mark.browser


def test_a_visitor_imports_in_both_directions(tmp_path: Path) -> None:
    with demo(tmp_path) as url, chromium() as browser, opened(browser, LAPTOP, url) as page:
        before = people(url)
        pull(page)
        push(page)
        after = people(url)

        assert after["smarthr"]["00123"]["establishment"] == "川口工場"
        assert after["smarthr"]["0016"]["entered_at"] == "2019-04-08"
        assert after["smarthr"]["0018"] == before["smarthr"]["0018"]
        assert after["kinkakuji"]["0123"] == before["kinkakuji"]["0123"]
        see_the_history(page)


def pull(page: Page) -> None:
    dialog = deeds.look_at(page, "pull")
    expect(dialog.get_by_text("変更前")).not_to_have_count(0)
    deeds.tick(dialog, "00123", "0016")
    deeds.go_on(dialog)
    deeds.place(page, 所属事業所="川口工場")
    deeds.run_it(page)
    deeds.wait_for_result(page, "2名の取り込みが完了しました")


def push(page: Page) -> None:
    dialog = deeds.look_at(page, "push")
    new = dialog.get_by_role("checkbox").first
    new.check()
    deeds.go_on(dialog)
    deeds.place(page, 所属="経理課", 雇用区分="契約社員")
    deeds.run_it(page)
    deeds.wait_for_result(page, "1名の取り込みが完了しました")


def see_the_history(page: Page) -> None:
    deeds.type_command(page, "/renkei history")
    dialog = deeds.modal(page, "連携履歴")
    expect(dialog.get_by_text("SmartHRから勤革時に取り込む")).not_to_have_count(0)


def people(url: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Give both systems' people by number, as their panels show them."""
    records = httpx.get(f"{url}/control/records").raise_for_status().json()
    return {system: {row["number"]: _without_stamps(row) for row in rows} for system, rows in records.items()}


def _without_stamps(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "updated_at"}


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run `make demo`'s command in an empty folder, and end it as Ctrl-C does."""
    port = _free_port()
    environment = {**os.environ, "DEMO_PORT": str(port), "PYTHONPATH": str(ROOT)}  # noqa: TID251 - a child's
    process = subprocess.Popen([sys.executable, "-m", "sandbox"], cwd=folder, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + UP_WITHIN
    while not _answers(url):
        assert process.poll() is None, "the demo ended by itself"
        assert time.monotonic() < deadline, "the page did not come up"
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
