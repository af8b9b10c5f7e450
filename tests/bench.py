"""How fast Renkei is: `make bench` prints a table and writes the figures to .bench/results.json.

An acknowledgement's goal is our own promise of a second; the others are bounds that a slip would cross.
"""

import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import quantiles

from pydantic import TypeAdapter

from bot.tempo import Tempo
from sandbox.company.generated import generated_company
from sync.calendar import TOKYO
from sync.fields import default_policies
from sync.model import Direction
from sync.plan import People, Plan, make_plan
from sync.wire import Crew, Worker
from tests.journeys.deeds import look_at
from tests.journeys.stage import renkei

RESULTS = Path(__file__).parents[1] / ".bench" / "results.json"
NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
TODAY = date(2026, 4, 1)
CREWS = TypeAdapter(list[Crew])
WORKERS = TypeAdapter(list[Worker])
MEGABYTE = 1_000_000
EVENTS_A_SECOND = 50
SECONDS = 10


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it must stay under."""

    name: str
    value: float
    unit: str
    goal: float

    def __str__(self) -> str:
        missed = "" if self.value <= self.goal else "  MISSED"
        return f"{self.name:<18}{self.value:>10.3f} {self.unit:<3} goal {self.goal:g}{missed}"


def main() -> None:
    """Measure everything, and fail when a goal is missed."""
    figures = []
    for figure in measured():
        figures.append(figure)
        word = "" if figure.value <= figure.goal else "  MISSED"
        sys.stdout.write(
            f"{figure.name:<18}{figure.value:>10.3f} {figure.unit:<3} goal {figure.goal:g}{word}\n"
        )
        sys.stdout.flush()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(each) for each in figures], indent=1) + "\n", encoding="utf-8")
    sys.exit(any(each.value > each.goal for each in figures))


def measured() -> Iterator[Figure]:
    """Measure one thing after another, the quickest first."""
    for name, people, goal in (("diff_2k", 2_000, 1.0), ("diff_10k", 10_000, 5.0)):
        yield Figure(name, seconds(differ(people)), "s", goal)
    largest = differ(100_000)
    yield Figure("diff_100k", seconds(largest), "s", 60.0)
    yield Figure("diff_100k_memory", megabytes(largest), "MB", 1_000.0)
    yield Figure("ack_p99", ack_p99(), "ms", 1_000.0)
    yield Figure("preview_3k", preview(3_000), "s", 60.0)


def differ(people: int) -> Callable[[], Plan]:
    """Give the way from both systems' JSON, as it comes from the network, to a plan of all fields."""
    company = generated_company(people, today=TODAY)
    crews, workers = (json.dumps(each).encode() for each in (company.crews, company.employees))
    policies = default_policies(Direction.PULL)

    def make() -> Plan:
        target = [crew.to_employee() for crew in CREWS.validate_json(crews)]
        listed = [worker.to_employee() for worker in WORKERS.validate_json(workers)]
        return make_plan(Direction.PULL, TODAY, People(listed, target), policies, NOON)

    return make


def seconds(work: Callable[[], object]) -> float:
    """Time one go."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def megabytes(work: Callable[[], object]) -> float:
    """Give the most memory that was taken at a time; the JSON itself was there before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def preview(people: int) -> float:
    """Time from the press to the list, over real HTTP and under both systems' real limits."""
    with renkei(company=generated_company(people, today=TODAY), tempo=Tempo(), scale=1.0) as stage:
        return seconds(lambda: look_at(stage, "pull"))


def ack_p99() -> float:
    """Give the milliseconds within which 99 of 100 presses are acknowledged while many arrive."""
    with renkei() as stage, ThreadPoolExecutor(EVENTS_A_SECOND) as people:
        begun = time.monotonic()
        pressed = []
        for number in range(EVENTS_A_SECOND * SECONDS):
            time.sleep(max(begun + number / EVENTS_A_SECOND - time.monotonic(), 0))
            pressed.append(people.submit(stage.hr.person.command, "/renkei help"))
        acks = [each.result().ack_ms or float("inf") for each in pressed]
    return quantiles(acks, n=100)[98]


if __name__ == "__main__":
    main()
