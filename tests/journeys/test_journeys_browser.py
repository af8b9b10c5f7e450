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
SLOW = 1.0
"""Seconds that each call takes, to act in between."""

People = dict[str, dict[str, dict[str, Any]]]
"""Both systems' records by number."""

pytestmark = pytest.mark.browser


def test_a_visitor_imports_in_both_directions(tmp_path: Path) -> None:
    with demo(tmp_path) as url, chromium() as browser, opened(browser, LAPTOP, url) as page:
        before = people(url)
        pull(page, url)
        push(page)
        after = people(url)

        created = after["smarthr"]["00123"]
        assert (created["last_name"], created["establishment"]) == ("小松", "川口工場")
        assert changed(before, after, "smarthr") == {"0016": {"entered_at"}, "0017": {"birth_at"}}
        hired = after["kinkakuji"]["0201"]
        assert (hired["lastName"], hired["gender"], hired["emailAddresses"]) == ("朝倉", "female", None)
        assert (hired["divisionName"], hired["typeName"]) == ("経理課", "契約社員")
        assert changed(before, after, "kinkakuji") == {}
        see_the_history(page)


def test_a_visitor_kills_renkei_in_the_middle_of_an_import_and_nobody_is_lost_or_written_twice(
    tmp_path: Path,
) -> None:
    with demo(tmp_path) as url, chromium() as browser, opened(browser, LAPTOP, url) as page:
        before = people(url)
        httpx.post(f"{url}/control/faults", json={"smarthr": {"slow": SLOW}}).raise_for_status()
        dialog = deeds.look_at(page, "pull")
        deeds.tick(dialog, "00123", "0016", "0017", "0018")
        deeds.go_on(dialog)
        deeds.place(page, 所属事業所="川口工場")
        deeds.run_it(page)
        page.get_by_role("tab", name="いじわる").click()
        wait_for_a_write(url)
        page.get_by_role("button", name="Renkeiを落とす").click()
        deeds.wait_for_result(page, "4名の取り込みが完了しました")
        after = people(url)
        assert after["smarthr"].keys() - before["smarthr"].keys() == {"00123"}
        assert changed(before, after, "smarthr").keys() == {"0016", "0017", "0018"}


def wait_for_a_write(url: str) -> None:
    """Wait until a write has arrived, which is answered a second later."""
    deadline = time.monotonic() + deeds.PATIENT / 1000
    while not [call for call in _calls(url) if call["method"] != "GET"]:
        assert time.monotonic() < deadline, "nobody was written"
        time.sleep(0.05)


def _calls(url: str) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = httpx.get(f"{url}/control/calls", params={"system": "smarthr"}).json()
    return calls


def pull(page: Page, url: str) -> None:
    """Import three people, of whom one fails until the cause is gone."""
    httpx.post(f"{url}/control/faults", json={"smarthr": {"reject_numbers": ["0017"]}}).raise_for_status()
    dialog = deeds.look_at(page, "pull")
    expect(dialog.get_by_text("変更前")).not_to_have_count(0)
    deeds.tick(dialog, "00123", "0016", "0017")
    deeds.go_on(dialog)
    deeds.place(page, 所属事業所="川口工場")
    deeds.run_it(page)
    deeds.wait_for_result(page, "1名を取り込めませんでした")
    expect(page.get_by_text("SmartHRが値を受け付けませんでした")).not_to_have_count(0)

    httpx.delete(f"{url}/control/faults").raise_for_status()
    page.get_by_role("button", name="直したので再実行").last.click()
    again = deeds.modal(page, "取り込む従業員の選択")
    expect(again.get_by_role("checkbox", name="0017")).to_be_checked()
    deeds.go_on(again)
    deeds.run_it(page)
    deeds.wait_for_result(page, "1名の取り込みが完了しました")


def push(page: Page) -> None:
    """Create one person in 勤革時."""
    dialog = deeds.look_at(page, "push")
    deeds.tick(dialog, "0201")
    deeds.go_on(dialog)
    deeds.place(page, 所属事業所="経理課", 雇用区分="契約社員")
    deeds.run_it(page)
    expect(page.get_by_text("1名の取り込みが完了しました")).to_have_count(2, timeout=deeds.PATIENT)


def changed(before: People, after: People, system: str) -> dict[str, set[str]]:
    """Give the fields that differ in whoever was there before, by number."""
    found = {
        number: {name for name, value in row.items() if after[system][number][name] != value}
        for number, row in before[system].items()
    }
    return {number: fields for number, fields in found.items() if fields}


def see_the_history(page: Page) -> None:
    deeds.type_command(page, "/renkei history")
    dialog = deeds.modal(page, "連携履歴")
    expect(dialog.get_by_text("SmartHRから勤革時に取り込む")).not_to_have_count(0)


def people(url: str) -> People:
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
