"""Examines who carries work out, and what waits for whom: counts, of all workspaces together."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, broken, note, ok
from bot.starter import Starter
from bot.tempo import Tempo
from bot.wall_clock import raise_if_off
from storage.errors import ClocksApart
from storage.run_records import RunHead, RunState
from storage.store import Store
from storage.workers import WorkerHead
from sync.calendar import TOKYO, Clock

QUIET = timedelta(minutes=5)
"""Ticks come every minute (`bot.tempo`); a long chore, or a change of process, costs a few of them."""


def examine_clock(store: Store, clock: Clock) -> Finding:
    """Hold this machine's clock against the database's. `clock` is real, also in the demo."""
    try:
        raise_if_off(store, clock)
    except ClocksApart as error:
        return broken("clock", f"no process starts. {error}")
    return ok("clock", "agrees with the database's.")


def examine_machines(store: Store, starter: Starter, now: datetime) -> Iterator[Finding]:
    """Examine heartbeats, the engine's work, and the runs that wait. `now` is real, also in the demo."""
    workers = store.workers.list()
    if not workers:
        yield note("workers", "none: nobody carries work out until `run` or `worker` is started.")
    for worker in workers:
        yield _worker(worker, Tempo().dead_after)
    yield ok("work", f"{len(starter.under_way())} under way, {starter.waiting()} waiting for a worker.")
    yield _ticks(starter.last_tick(), now)
    yield from _waiting(store.runs.unfinished())


def _worker(worker: WorkerHead, dead_after: timedelta) -> Finding:
    seen = f"seen {worker.seen_ago.total_seconds():.0f} s ago"
    about = f"{worker.host}, version {worker.version}, {seen}"
    if worker.seen_ago > dead_after:
        return note(
            worker.executor_id,
            f"{about}: dead. What it had begun is carried on by the others, or at the next start.",
        )
    return ok(worker.executor_id, f"{about}.")


def _ticks(last: datetime | None, now: datetime) -> Finding:
    if last is None:
        return note("clock's work", "not done within a day: results and what has expired wait for a worker.")
    ago = now - last
    said = f"last done {ago.total_seconds():.0f} s ago"
    if ago > QUIET:
        return note("clock's work", f"{said}: results and what has expired wait for a worker.")
    return ok("clock's work", f"{said}.")


def _waiting(runs: list[RunHead]) -> Iterator[Finding]:
    queued = sum(run.state is RunState.QUEUED for run in runs)
    waking = sorted(run.wakes_at for run in runs if run.state is RunState.WAITING and run.wakes_at)
    if queued:
        yield note("runs", f"{queued} waiting for their turn.")
    if waking:
        yield note("runs", f"{len(waking)} waiting, the next one until {_moment(waking[0])}.")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(TOKYO):%m-%d %H:%M} in Tokyo"
