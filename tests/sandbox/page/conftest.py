"""One Chromium for all tests of a process: starting it is the slow part."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.sandbox.page.browser import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
