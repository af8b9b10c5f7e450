"""What others do meanwhile: a second administrator, somebody who reaches into what is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.compose import clock_of
from bot.keys import keyring
from sandbox.slack.demo import HR_ADMIN, SECOND_ADMIN
from sandbox.slack.screen import Screen
from storage.records import Scope
from storage.store import Store
from tests.journeys.stage import Stage


@contextmanager
def somebody_else(stage: Stage) -> Iterator[tuple[Store, Scope]]:
    """Reach into what is kept, as another administrator's save does."""
    store = Store.open(stage.settings.database_url, keyring(stage.settings), clock_of(stage.settings))
    yield store, Scope("", stage.sandbox.slack.workspace.team.id)
    store.close()


def second_administrator(stage: Stage) -> Screen:
    """Name a second administrator, and sit them down in front of Slack."""
    with somebody_else(stage) as (store, scope):
        store.administrators.add(scope, SECOND_ADMIN, by=HR_ADMIN)
    return stage.screen(SECOND_ADMIN)
