"""Several runs one after another while their processes are killed, on one database."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from sqlmodel import select

from sandbox import kinkakuji, smarthr
from sandbox.remote.system import System
from storage.database import open_database
from storage.records import Scope
from storage.run_records import ENDED, OutcomeRow, RunHead
from storage.store import Store
from storage.tables import LedgerTable
from sync.outcome import OutcomeKind
from tests.journeys.middle import wait_until
from tests.journeys.others import somebody_else
from tests.journeys.stage import Stage, renkei
from tests.soak.audit import Evidence, breaches, sent_again
from tests.soak.bot import SETTLES
from tests.soak.fleet import Fleet
from tests.soak.hands import Hands
from tests.soak.killer import Killer
from tests.soak.people import SOURCE, TARGET, People, Record, by_number, seeded
from tests.soak.trouble import Troublemaker
from tests.soak.truth import Moment, Truth, Write

FAULTS = {"slow": 0.01, "lost_answers": 0.02, "late_writes": 0.01, "commits_late_by": 0.8, "broken_off": 0.02}
"""What the network does to either system."""
UNLIMITED = 1000.0
"""The trial is not about limits."""
PATIENCE = 900.0
"""Seconds that a run may take."""
STOPS_WITHIN = 20.0
"""Seconds; ten are promised, on a machine that has nothing else to do."""
LABELS = {
    OutcomeKind.SUCCEEDED: "成功",
    OutcomeKind.FAILED: "失敗",
    OutcomeKind.HELD: "保留",
    OutcomeKind.SKIPPED: "未実行",
    OutcomeKind.UNKNOWN: "要確認",
}
RESULT = re.compile("取り込みが完了しました|取り込めませんでした|取り込みを途中で中断しました")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is tried, where."""

    name: str
    database_url: str | None
    commands: tuple[str, ...]
    seed: int
    runs: int
    new: int
    """People whom each run creates."""
    changed: int
    """People whom each run changes."""
    kills: int
    """About so many, as freezes are."""
    freezes: int = 0
    troubles: int = 0
    """Moments at which a system or Slack refuses, about."""
    presses: bool = True
    """Whether processes are killed at presses, too."""


@dataclass(slots=True)
class Tally:
    """What came of it."""

    name: str
    kills: int = 0
    stops: int = 0
    """Processes that were asked to end (SIGTERM), among what is called kills in a plan."""
    freezes: int = 0
    troubles: int = 0
    ended: int = 0
    """Processes that ended by themselves."""
    rows: int = 0
    writes: int = 0
    committed: int = 0
    sent_again: int = 0
    unknown: int = 0
    told_again: int = 0
    """Results that were posted once more: a process died while Slack was taking one (`bot.reports`)."""
    seconds: float = 0.0
    breaches: list[str] = field(default_factory=list)


def try_out(plan: Plan, log: Path, say: Callable[[str], object] = lambda _: None) -> Tally:
    """Carry the runs out, and give what came of them; `log` is for what the processes say."""
    began = time.monotonic()
    tally = Tally(plan.name)
    log.unlink(missing_ok=True)
    fleet = Fleet(log, plan.commands)
    with _stage(plan, fleet) as (stage, people):
        strikes = plan.kills + plan.freezes
        killer = Killer(fleet, seeded(plan.seed), _gap(plan, strikes), plan.freezes / strikes, plan.presses)
        trouble = Troublemaker(stage.sandbox, seeded(plan.seed), _gap(plan, plan.troubles))
        Trial(plan, stage, people, fleet, killer, trouble, tally, say).carry_out()
    tally.kills, tally.stops, tally.freezes = fleet.kills, fleet.stops, fleet.freezes
    tally.troubles, tally.ended = trouble.made, len(fleet.ended)
    if fleet.slowest_stop > STOPS_WITHIN:
        tally.breaches.append(f"a process took {fleet.slowest_stop:.0f} s to end when it was asked to")
    tally.seconds = time.monotonic() - began
    return tally


def _gap(plan: Plan, times: int) -> float:
    """Give the writes between two of what is to happen so many times."""
    return plan.runs * (plan.new + plan.changed) / times if times else inf


@contextmanager
def _stage(plan: Plan, fleet: Fleet) -> Iterator[tuple[Stage, People]]:
    people = People.made(max(plan.changed, 20) * 2, plan.runs * plan.new, plan.seed)
    with renkei(
        company=people.known,
        over_http="web" in plan.commands,
        database_url=plan.database_url,
        scale=UNLIMITED,
        bot=fleet,
        smarthr_options=smarthr.Options(allow_duplicate_numbers=True),
        kinkakuji_options=kinkakuji.Options(allow_duplicate_codes=True),
    ) as stage:
        stage.sandbox.faults.seed(plan.seed)
        for system in System:
            stage.sandbox.faults.set(system, **FAULTS)
        yield stage, people
        stage.sandbox.slack.workspace.courier.deliveries.clear()  # acknowledgements are another matter


@dataclass(slots=True)
class Trial:
    """One after another."""

    plan: Plan
    stage: Stage
    people: People
    fleet: Fleet
    killer: Killer
    trouble: Troublemaker
    tally: Tally
    say: Callable[[str], object]
    truth: Truth = field(init=False)

    def __post_init__(self) -> None:
        self.truth = Truth(self._hear)

    def carry_out(self) -> None:
        """Pull and push in turns, until a run does not come to an end."""
        for gate in (self.stage.sandbox.smarthr.wsgi, self.stage.sandbox.kinkakuji.wsgi):
            gate.witness = self.truth
        with somebody_else(self.stage) as (store, scope):
            for number in range(self.plan.runs):
                try:
                    self._run(store, scope, ("pull", "push")[number % 2])
                except AssertionError as error:  # what was waited for never came
                    self.tally.breaches.append(str(error).partition(";")[0])
                    return
                finally:
                    self.say(self._standing(number + 1))

    def _run(self, store: Store, scope: Scope, way: str) -> None:
        sandbox = self.stage.sandbox
        self.people.prepare(sandbox, way, new=self.plan.new, changed=self.plan.changed)
        source, before, said = self._held(SOURCE[way]), self._held(TARGET[way]), len(self.stage.reports())
        self.fleet.wait_until_ready()
        Hands(self.stage, self.killer, lambda: store.runs.count(scope)).start_run(way)
        with self._adversity():
            run = self._ended(store, store.runs.history(scope, 0, 1)[0].id)
        for stand_in in (sandbox.smarthr, sandbox.kinkakuji):
            stand_in.wait_for_late_writes()
        rows = store.runs.outcomes(run.id, None, 0, run.total)
        writes, looks = self.truth.take()
        evidence = Evidence(
            rows=rows,
            sends=_sends(self.stage.settings.database_url, run.id),
            source=source,
            before=before,
            after=self._held(TARGET[way]),
            writes=writes,
            looks=looks,
            settle_after=SETTLES.total_seconds(),
        )
        results = [message for message in self.stage.reports()[said:] if RESULT.search(message)]
        self.tally.told_again += len(results[1:])
        found = [*breaches(evidence), *_misreported(run, rows, results)]
        if self._held(SOURCE[way]) != source:
            found.append("the source was changed")
        self._note(rows, writes, found)

    def _hear(self, moment: Moment) -> None:
        self.trouble.hear(moment)
        self.killer.hear(moment)

    @contextmanager
    def _adversity(self) -> Iterator[None]:
        self.killer.arm()
        self.trouble.arm()
        yield
        self.killer.disarm()
        self.trouble.disarm()

    def _ended(self, store: Store, run_id: str) -> RunHead:
        def is_over() -> bool:
            run = store.runs.get(run_id)
            return run.state in ENDED and run.result_ts is not None

        wait_until(is_over, "the end of the run", PATIENCE)
        return store.runs.get(run_id)

    def _held(self, system: System) -> dict[str, list[Record]]:
        sandbox = self.stage.sandbox
        return by_number((sandbox.smarthr if system is System.SMARTHR else sandbox.kinkakuji).stored())

    def _note(self, rows: Sequence[OutcomeRow], writes: Sequence[Write], found: Sequence[str]) -> None:
        tally = self.tally
        tally.rows += len(rows)
        tally.writes += len(writes)
        tally.committed += sum(write.is_committed for write in writes)
        tally.sent_again += sent_again(writes)
        tally.unknown += _counts(rows)[OutcomeKind.UNKNOWN]
        tally.breaches += found

    def _standing(self, runs: int) -> str:
        figures = f"{self.tally.rows} rows, {self.fleet.kills} kills, {len(self.tally.breaches)} breaches"
        return f"{self.plan.name}: {runs} of {self.plan.runs} runs, {figures}\n"


def _misreported(run: RunHead, rows: Sequence[OutcomeRow], results: Sequence[str]) -> list[str]:
    """Compare the messages with the result with the ledger."""
    if not results:
        return [f"no message tells the result of a run that is {run.state}"]
    kept = _counts(rows)
    told = [{kind: _told(result, label) for kind, label in LABELS.items()} for result in results]
    is_right = sum(kept.values()) == run.total and all(each == kept for each in told)
    return [] if is_right else [f"the result says {told}, the ledger {kept} of {run.total}"]


def _sends(database_url: str, run_id: str) -> dict[int, int]:
    """Give how often each row was sent, as the ledger has it."""
    database = open_database(database_url)
    with database.reading() as session:
        rows = select(LedgerTable.position, LedgerTable.attempts).where(LedgerTable.run_id == run_id)
        sends = dict(session.exec(rows).all())
    database.close()
    return sends


def _counts(rows: Sequence[OutcomeRow]) -> dict[OutcomeKind, int]:
    kinds = Counter(row.outcome.kind for row in rows if row.outcome)
    return {kind: kinds[kind] for kind in OutcomeKind}


def _told(message: str, label: str) -> int:
    found = re.search(rf"{label} ([\d,]+)", message)
    return int(found[1].replace(",", "")) if found else 0
