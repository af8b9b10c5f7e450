"""Puts the parts together, once, for each kind of process."""

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace

from bot.access import Access
from bot.clock import demo_clock, system_clock
from bot.deliveries import Deliveries
from bot.dispatches import Dispatches
from bot.heart import Heart
from bot.jobs import Jobs
from bot.jobs.chores import Chores
from bot.jobs.forgotten import Forgotten
from bot.jobs.integrations import Integrations
from bot.jobs.plans import Plans
from bot.jobs.reports import Results
from bot.jobs.runs import Runs
from bot.keys import keyring
from bot.languages import Languages
from bot.lifeline import Lifeline
from bot.remotes import Remotes, rhythms
from bot.reports import Reports
from bot.services import Background, Services
from bot.settings import Settings
from bot.slack_clients import SlackClients
from bot.starter import Starter
from bot.takeover import Takeover
from bot.tempo import Tempo
from storage.store import Store
from sync.calendar import Clock

SLOW_THREADS = 32
"""As many as listeners: twenty slow presses at once leave room for the twenty-first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What listeners and background work share."""

    settings: Settings
    tempo: Tempo
    clock: Clock
    store: Store
    slow: Executor
    clients: SlackClients
    languages: Languages
    remotes: Remotes


def open_parts(settings: Settings, tempo: Tempo) -> Parts:
    """Open the database, whose tables are made already, and make what stands on it. Raises SettingsError."""
    clock = clock_of(settings)
    store = Store.open(settings.database_url, keyring(settings), clock)
    slow = ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="slow")
    return Parts(
        settings=settings,
        tempo=tempo,
        clock=clock,
        store=store,
        slow=slow,
        clients=SlackClients(settings, store.installations),
        languages=Languages(store, slow),
        remotes=remotes(settings, tempo, store, clock),
    )


def clock_of(settings: Settings) -> Clock:
    """Give the clock: the machine's or, in the demo, the one that is shown on its page."""
    return demo_clock(settings.demo_clock) if settings.demo_clock else system_clock


def remotes(settings: Settings, tempo: Tempo, store: Store, clock: Clock) -> Remotes:
    """Make what makes the clients of SmartHR and 勤革時."""
    return Remotes(
        store=store,
        clock=clock,
        smarthr_url=settings.smarthr_url,
        kinkakuji_url=settings.kinkakuji_url,
        rhythms=rhythms(settings, tempo),
    )


def make_services(parts: Parts, background: Background) -> Services:
    """Make what the listeners need."""
    return Services(
        store=parts.store,
        access=Access(parts.store, parts.settings.admins),
        languages=parts.languages,
        background=background,
        remotes=parts.remotes,
        slow=parts.slow,
        clock=parts.clock,
    )


def make_jobs(parts: Parts, starter: Starter, lifeline: Lifeline) -> Jobs:
    """Make what the engine carries out."""
    store, remote, clock, client_of = parts.store, parts.remotes, parts.clock, parts.clients.of
    tempo = parts.tempo
    deliveries = Deliveries(store=store, languages=parts.languages, client_of=client_of, clock=clock)
    reports = Reports(
        store=store,
        client_of=client_of,
        poster_of=parts.clients.once,
        slow=parts.slow,
        clock=clock,
        spacing=tempo.progress,
    )
    integrations = Integrations(store, remote, deliveries, Access(store, parts.settings.admins), clock)
    return Jobs(
        Plans(store, remote, deliveries, clock),
        Runs(store, replace(remote, lifeline=lifeline), reports, clock, tempo, lifeline),
        integrations,
        Chores(
            {
                "erase_expired": store.erase_expired,
                "test_unverified": integrations.test_unverified,
                "hand_over_forgotten": Forgotten(store, starter, clock).hand_over,
                "deliver_results": Results(store, reports).deliver,
                "forget_workers": store.workers.forget_gone,
                # Real time, never the demo's clock: the engine knows no other.
                "forget_finished": lambda: starter.forget_finished(system_clock()),
            }
        ),
    )


def make_takeover(parts: Parts, starter: Starter, heart: Heart, dispatches: Dispatches) -> Takeover:
    """Make what carries on the work of dead processes."""
    return Takeover(
        queues=starter,
        workers=parts.store.workers,
        dead_after=parts.tempo.dead_after,
        executor_id=heart.executor_id,
        beat=heart.beat,
        under_way=dispatches.under_way,
    )
