"""What the listeners need, put together once by the composition root."""

from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.access import Access
from bot.languages import Languages
from bot.press import Press
from bot.redraws import Redraws
from bot.remotes import Remotes
from bot.texts import Texts
from storage.run_records import RunHead
from storage.store import Store
from sync.calendar import Clock, today


class Background(Protocol):
    """Starts durable work. Every call is harmless when repeated: the id names the work."""

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare and show a plan that has begun."""

    def carry_out(self, run: RunHead) -> None:
        """Carry a run out, or on; runs into one tenant, of whichever workspaces, go one after another."""

    def test_integration(self, draft_id: str) -> None:
        """Test what was typed into 連携設定, and keep it when it works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The bot's parts, each with one job."""

    store: Store
    access: Access
    languages: Languages
    background: Background
    remotes: Remotes
    slow: Executor
    """Where whatever may take longer than an acknowledgement runs."""
    clock: Clock
    redraws: Redraws = field(default_factory=Redraws)

    def texts(self, press: Press) -> Texts:
        """Give the texts in the language of whoever pressed."""
        return self.languages.of(press.scope, press.user_id, press.client)

    def today(self) -> date:
        """Give today in Tokyo."""
        return today(self.clock())
