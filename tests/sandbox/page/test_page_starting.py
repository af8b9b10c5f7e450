"""Until everything is up the page says so, with a status that a script can wait for."""

import httpx

from sandbox.server import Sandbox


def test_the_page_answers_503_until_the_app_has_connected() -> None:
    ready = False
    with Sandbox(is_ready=lambda: ready) as sandbox:
        before = httpx.get(sandbox.url)
        ready = True
        after = httpx.get(sandbox.url)
    assert before.status_code == 503
    assert "デモを準備しています" in before.text
    assert after.status_code == 200
