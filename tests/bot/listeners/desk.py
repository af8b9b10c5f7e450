"""Listeners and whoever speaks as the app, on a real database, with a Slack that only takes notes."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.access import Access
from bot.bases import terms_now
from bot.deliveries import Deliveries
from bot.errors import Errors
from bot.languages import Languages
from bot.press import Press, parse_press
from bot.remotes import Remotes
from bot.services import Services
from storage.database import migrate
from storage.pace import Rhythm
from storage.plan_records import PlanHead
from storage.run_records import RunHead
from storage.store import Store
from sync.model import System
from sync.plan import Plan
from tests.storage.builders import ANNA, CHOICES, KEYS, SCOPE, Watch, begun

Json = dict[str, Any]


class NotedSlack(WebClient):
    """Notes each call of the Web API as (method, arguments), and refuses what it is told to."""

    def __init__(self, **refused: str) -> None:
        super().__init__("xoxb-noted")
        self.calls: list[tuple[str, Json]] = []
        self._refused = {name.replace("_", "."): code for name, code in refused.items()}

    def api_call(self, api_method: str, **more: Any) -> Any:
        """Answer at once."""
        given = {**(more.get("params") or {}), **(more.get("json") or {})}
        self.calls.append((api_method, given))
        answer = {"ok": True, "view": {"id": "V0009"}, "ts": "1.0", "channel": "D1", "user": {}}
        code = self._refused.get(api_method)
        if code is not None:
            response = SlackResponse(
                client=self,
                http_verb="POST",
                api_url=api_method,
                req_args={},
                data={"ok": False, "error": code},
                headers={},
                status_code=200,
            )
            raise SlackApiError("refused", response)  # type: ignore[no-untyped-call] # slack_sdk leaves it untyped
        return answer

    @property
    def methods(self) -> list[str]:
        """The methods that were called, in order; whoever asks for a language aside."""
        return [method for method, _ in self.calls if method != "users.info"]


@dataclass
class NotedBackground:
    """Notes the runs that it is to carry out, and the plans that it is to make."""

    runs: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)

    def prepare_plan(self, plan_id: str) -> None:
        self.plans.append(plan_id)

    def carry_out(self, run: RunHead) -> None:
        self.runs.append(run.id)

    def test_integration(self, draft_id: str) -> None:
        raise AssertionError(draft_id)


@dataclass
class Desk:
    """Everything that a listener is given."""

    services: Services
    background: NotedBackground
    slack: NotedSlack
    watch: Watch

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def errors(self) -> Errors:
        return Errors(self.services.languages)

    @property
    def deliveries(self) -> Deliveries:
        return Deliveries(
            store=self.store,
            languages=self.services.languages,
            client_of=lambda _scope: self.slack,
            clock=self.watch,
        )

    def listed(self, plan: Plan) -> PlanHead:
        """Give a list that was made by what is remembered now."""
        head = begun(self.store)
        self.store.plans.save(
            head.id, plan, CHOICES, terms=terms_now(self.store, head, self.services.today())
        )
        return self.store.plans.load(SCOPE, head.id)

    def press(self, view: Mapping[str, Any] | None = None, user_id: str = ANNA) -> Press:
        return parse_press(self.body(view, user_id), self.slack)

    def body(self, view: Mapping[str, Any] | None = None, user_id: str = ANNA) -> Json:
        """Give Slack's payload: something done in a view, or outside of any."""
        body: Json = {"team": {"id": SCOPE.team_id}, "user": {"id": user_id}, "trigger_id": "T"}
        return body if view is None else body | {"view": {"id": "V0001", **view}}


@contextmanager
def desk(**refused: str) -> Iterator[Desk]:
    """Set everything up, with a Slack that refuses these methods (`views_update="not_found"`)."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as slow:
        url = f"sqlite:///{Path(folder) / 'renkei.db'}"
        migrate(url)
        watch = Watch()
        store = Store.open(url, KEYS, watch)
        store.users.save_language(SCOPE, ANNA, "ja")
        background = NotedBackground()
        services = services_on(store, slow, background, watch)
        try:
            yield Desk(services, background, NotedSlack(**refused), watch)
        finally:
            store.close()


def services_on(store: Store, slow: Executor, background: NotedBackground, watch: Watch) -> Services:
    """Put together what listeners are given."""
    return Services(
        store=store,
        access=Access(store, frozenset()),
        languages=Languages(store, slow),
        background=background,
        remotes=_remotes(store, watch),
        slow=slow,
        clock=watch,
    )


def _remotes(store: Store, watch: Watch) -> Remotes:
    """Point at nobody: a listener that calls a system has it stand on another desk."""
    nowhere = "http://127.0.0.1:9"
    return Remotes(
        store=store,
        clock=watch,
        smarthr_url=nowhere,
        kinkakuji_url=nowhere,
        rhythms=dict.fromkeys(System, Rhythm(0.0)),
    )


def texts(calls: Sequence[tuple[str, Json]]) -> str:
    """Give everything that was said to Slack."""
    return str([given for _, given in calls])
