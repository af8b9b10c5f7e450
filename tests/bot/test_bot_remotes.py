"""Who may call how often: a run leaves calls of every hour to whoever waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.remotes import Remotes, rhythms
from bot.settings import Settings
from bot.tempo import Tempo
from sandbox.company import DEMO_SMARTHR_TOKEN
from storage.database import migrate
from storage.pace import Rhythm
from storage.records import Credentials, Integration
from storage.store import Store
from sync.errors import TooManyRequests
from sync.model import System
from tests.sandbox.remote.service import service
from tests.storage.builders import KEYS, SCOPE, Watch


@contextmanager
def connected(folder: Path, an_hour: int) -> Iterator[tuple[Remotes, Integration]]:
    """A workspace whose SmartHR may be called so often in an hour."""
    url = f"sqlite:///{folder / 'renkei.db'}"
    migrate(url)
    store = Store.open(url, KEYS, Watch())
    with service() as there:
        remotes = Remotes(
            store=store,
            clock=Watch(),
            smarthr_url=there.url + "/smarthr/{subdomain}/api/v1",
            kinkakuji_url=there.url,
            rhythms={System.SMARTHR: Rhythm(0.0, an_hour=an_hour)},
        )
        access = Credentials(subdomain="tsubame", token=DEMO_SMARTHR_TOKEN)
        yield remotes, replace(store.integrations.load(SCOPE), smarthr=access)
    store.close()


def test_a_run_stops_at_nine_tenths_of_an_hours_calls_and_a_preview_goes_on(tmp_path: Path) -> None:
    with connected(tmp_path, an_hour=10) as (remotes, integration):
        importing = remotes.for_import(integration, System.SMARTHR)
        for _ in range(9):
            importing.fetch_placement_choices()
        with pytest.raises(TooManyRequests):
            importing.fetch_placement_choices()
        waiting = remotes.of(integration, System.SMARTHR)
        waiting.fetch_placement_choices()
        with pytest.raises(TooManyRequests):
            waiting.fetch_placement_choices()


def test_the_systems_own_limits_are_kept_unless_others_are_given() -> None:
    usual = rhythms(Settings(), Tempo())
    assert usual == {System.SMARTHR: Rhythm(0.104, an_hour=5000), System.KINKAKUJI: Rhythm(0.62, 1.0)}
    given = rhythms(Settings(kinkakuji_spacing=1.5, smarthr_hourly=1000), Tempo())
    assert given == {System.SMARTHR: Rhythm(0.104, an_hour=1000), System.KINKAKUJI: Rhythm(1.5, 1.0)}
