"""What an administrator waits for, on a whole Renkei: `python -m tests.bench.journeys ack_p99|preview_3k`."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import inf
from statistics import quantiles

from bot.tempo import Tempo
from sandbox.company.generated import generated_company
from sandbox.slack.delivery import Delivery
from sandbox.slack.person import Person
from tests.bench.crowd import at_work
from tests.bench.documents import TODAY
from tests.bench.imports import QUICKLY, everybody, start_both
from tests.bench.whole import whole
from tests.journeys.deeds import look_at
from tests.journeys.stage import renkei

EVENTS_A_SECOND = 50
CROWD = 10
"""People at their lists. Commands are typed beside, as many as are missing from so many events."""
SECONDS = 15
MIXED = {"slash_commands", "block_actions", "block_suggestion", "view_submission"}
LEAST = 10
"""Of each of these: a kind that is always slow then shows in the slowest hundredth."""
ROWS = 400
"""Of each import: enough for both to go on to the end of the measurement."""


def preview_3k() -> float:
    """Time from the press to the list of 3,000, over real HTTP and under both systems' real limits."""
    company = generated_company(3_000, today=TODAY)
    with renkei(company=company, tempo=Tempo(), scale=1.0) as stage:
        begun = time.perf_counter()
        look_at(stage, "pull")
        return time.perf_counter() - begun


def ack_p99() -> float:
    """Give the milliseconds within which 99 of 100 presses are acknowledged.

    Of every kind, many arrive while two imports run, at what the systems allow, in the one process that does
    everything: commands, pages with their ticks, searches in menus, and forms, whose acknowledgement
    waits for the database.
    """
    with whole(everybody(2 * ROWS), more=QUICKLY) as it:
        start_both(it.stage, ROWS)
        deliveries = it.stage.sandbox.slack.workspace.courier.deliveries
        with at_work(it.stage, CROWD):
            before = len(deliveries)
            _type_commands(it.stage.hr.person, lambda: len(deliveries) - before)
            pressed = deliveries[before:]
        deliveries.clear()  # the figure tells, not the slowest of all
        if any("完了" in each for each in it.stage.reports()):
            raise ValueError("an import ended too early")
    if not _is_mixed(pressed):  # nobody got to press anything, however quickly it would have been taken
        return inf
    return quantiles([each.ack_ms or inf for each in pressed], n=100)[98]


def _type_commands(person: Person, count: Callable[[], int]) -> None:
    """Type as many as are missing, one after another, whether or not those before were acknowledged."""
    begun = time.monotonic()
    with ThreadPoolExecutor(EVENTS_A_SECOND) as hands:
        for number in range(EVENTS_A_SECOND * SECONDS):
            time.sleep(max(begun + number / EVENTS_A_SECOND - time.monotonic(), 0))
            if count() <= number:
                hands.submit(person.command, "/renkei help")


def _is_mixed(pressed: Sequence[Delivery]) -> bool:
    kinds = Counter(each.kind for each in pressed)
    sys.stderr.write(f"{dict(kinds)}\n")
    return len(pressed) >= EVENTS_A_SECOND * SECONDS and min(kinds[kind] for kind in MIXED) >= LEAST


if __name__ == "__main__":
    sys.stdout.write(f"{ {'ack_p99': ack_p99, 'preview_3k': preview_3k}[sys.argv[1]]() }\n")
