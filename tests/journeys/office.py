"""Everything of the bot that calls the two systems, over a clock that stands still between two deeds."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.access import Access
from bot.bases import terms_now
from bot.deliveries import Deliveries
from bot.jobs.integrations import Integrations
from bot.jobs.plans import Plans
from bot.jobs.runs import Runs
from bot.languages import Languages
from bot.lifeline import Lifeline
from bot.listeners.who import open_who
from bot.press import parse_press
from bot.remotes import Remotes
from bot.reports import Reports
from bot.services import Services
from bot.tempo import Tempo
from sandbox.clock import TOKYO, FrozenClock
from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN, DEMO_SUBDOMAIN
from sandbox.company.model import Company
from sandbox.kinkakuji import Limits, Options, Window
from storage.database import migrate
from storage.pace import Rhythm
from storage.records import Credentials, Draft, Integration
from storage.run_records import RunHead
from storage.store import Store
from sync.calendar import ClosedHours
from sync.model import Direction, System
from tests.bot.listeners.desk import NotedBackground, NotedSlack
from tests.sandbox.remote.service import Service, a_company, a_crew, an_employee, service
from tests.storage.builders import ANNA, KEYS, SCOPE

NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
NUMBERED = {Direction.PUSH: "1", Direction.PULL: "2"}
"""What the numbers begin with of those whom a direction is for."""
TEMPO = Tempo(writers=1)


class InChannel(NotedSlack):
    """Is a member of the admin channel."""

    def conversations_info(self, **_asked: Any) -> Any:
        """Describe the channel."""
        return {"channel": {"is_member": True}}


@dataclass(frozen=True)
class Office:
    """The bot without an engine and with a Slack that only takes notes, towards the stand-ins."""

    there: Service
    clock: FrozenClock
    services: Services
    deliveries: Deliveries
    slack: NotedSlack

    @property
    def store(self) -> Store:
        """What is remembered."""
        return self.services.store

    def preview(self, way: Direction = Direction.PULL) -> str:
        """Have the differences of today made; give the plan."""
        day = self.services.today()
        head = self.store.plans.begin(SCOPE, ANNA, way, day, "V0001", press=uuid4().hex)
        Plans(self.store, self.services.remotes, self.deliveries, self.clock.now).prepare(head.id)
        return head.id

    def start(self, way: Direction) -> str:
        """Have everybody chosen whom this direction is for, and start; give the run."""
        return self.press(self.preview(way), way)

    def press(self, plan: str, way: Direction) -> str:
        """Have everybody of a list chosen whom this direction is for, and start; give the run."""
        index = self.store.plans.index(plan)
        people = [each for each in index if (each.number or "").startswith(NUMBERED[way])]
        self.store.plans.tick(plan, add=[each.position for each in people])
        head = self.store.plans.load(SCOPE, plan)
        run = self.store.runs.start(
            SCOPE,
            plan,
            ANNA,
            choice=self.store.plans.chosen_fingerprint(plan),
            terms=terms_now(self.store, head, self.services.today()),
            justification="年度初めのため",
        )
        return run.id

    def advance(self, run_id: str, lifeline: Lifeline | None = None) -> float | None:
        """Carry a run on for one step, as a process does that was just started."""
        reports = Reports(
            store=self.store,
            client_of=lambda _scope: self.slack,
            poster_of=lambda _scope: self.slack,
            slow=self.services.slow,
            clock=self.clock.now,
            spacing=TEMPO.progress,
        )
        runs = Runs(self.store, self.services.remotes, reports, self.clock.now, TEMPO, lifeline or Lifeline())
        holder = uuid4().hex
        assert runs.hold(run_id, holder, self.store.runs.get(run_id).leg)
        pause = runs.advance(run_id, holder=holder, recheck=True)
        if pause is None:
            runs.conclude(run_id, holder=holder)
        return pause

    def finish(self, run_id: str) -> RunHead:
        """Carry a run on to its end; the clock goes as fast as it asks for."""
        while (pause := self.advance(run_id)) is not None:
            self.clock.advance(timedelta(seconds=pause))
        return self.store.runs.get(run_id)

    def test_settings(self) -> None:
        """Have 連携設定 tested as it is."""
        kept = self.store.integrations.load(SCOPE)
        draft = Draft(
            id=uuid4().hex,
            scope=SCOPE,
            user_id=ANNA,
            subdomain=DEMO_SUBDOMAIN,
            admin_channel=kept.admin_channel,
            administrators=(ANNA,),
            closed_hours=kept.closed_hours,
            revision=kept.revision,
            view_id="V0001",
            created_at=self.clock.now(),
        )
        self.store.integrations.save_draft(draft)
        access = Access(self.store, frozenset())
        Integrations(self.store, self.services.remotes, self.deliveries, access, self.clock.now).test(
            draft.id
        )

    def ask_who(self) -> None:
        """Have one person explained."""
        body = {"team_id": SCOPE.team_id, "user_id": ANNA, "trigger_id": "T", "text": "who 1000"}
        open_who(self.services, parse_press(body, self.slack))


@contextmanager
def office(folder: Path, size: int, *hours: ClosedHours) -> Iterator[Office]:
    """Open at noon: `size` people whom SmartHR knows better and as many whom 勤革時 does.

    勤革時's closed hours are `hours`, by 連携設定 and by the stand-in itself.
    """
    clock = FrozenClock(NOON)
    options = Options(closed=tuple(Window(each.start, each.end) for each in hours))
    url = f"sqlite:///{folder / 'renkei.db'}"
    migrate(url)
    given: dict[str, Any] = {"kot_options": options, "kot_limits": Limits(calls=10**6)}
    with (
        ThreadPoolExecutor(1) as slow,
        service(clock=clock, company=_company(size), **given) as there,
    ):
        store = Store.open(url, KEYS, clock.now)
        _connect(store, hours)
        yield _office(there, clock, store, slow)
        store.close()


def _connect(store: Store, hours: tuple[ClosedHours, ...]) -> None:
    store.users.save_language(SCOPE, ANNA, "ja")
    store.administrators.add(SCOPE, ANNA, by=ANNA)
    integration = Integration(
        scope=SCOPE,
        smarthr=Credentials(token=DEMO_SMARTHR_TOKEN, subdomain=DEMO_SUBDOMAIN),
        kinkakuji=Credentials(token=DEMO_KINKAKUJI_TOKEN),
        admin_channel="C1",
        closed_hours=hours,
    )
    store.integrations.save(integration)


def _office(there: Service, clock: FrozenClock, store: Store, slow: Executor) -> Office:
    slack = InChannel()
    languages = Languages(store, slow)
    remotes = Remotes(
        store=store,
        clock=clock.now,
        smarthr_url=f"{there.url}/smarthr/{{subdomain}}/api/v1",
        kinkakuji_url=f"{there.url}/kinkakuji/v1.0",
        rhythms=dict.fromkeys(System, Rhythm(0.0)),
    )
    services = Services(
        store=store,
        access=Access(store, frozenset()),
        languages=languages,
        background=NotedBackground(),
        remotes=remotes,
        slow=slow,
        clock=clock.now,
    )
    deliveries = Deliveries(store=store, languages=languages, client_of=lambda _scope: slack, clock=clock.now)
    return Office(there, clock, services, deliveries, slack)


def _company(size: int) -> Company:
    crews, employees = [], []
    for way, first in NUMBERED.items():
        dates = ("2020-04-01", "2019-04-01") if way is Direction.PUSH else ("2019-04-01", "2020-04-01")
        for each in range(size):
            number, birthday = f"{first}{each:03}", f"19{60 + each % 40}-05-{1 + each % 28:02}"
            crews.append(
                a_crew(
                    number,
                    last_name_yomi="アオキ",
                    first_name_yomi="アオイ",
                    gender="female",
                    birth_at=birthday,
                    entered_at=dates[0],
                )
            )
            employees.append(
                an_employee(
                    number,
                    lastNamePhonetics="アオキ",
                    firstNamePhonetics="アオイ",
                    birthDate=birthday,
                    hiredDate=dates[1],
                )
            )
    return a_company(crews=crews, employees=employees)
