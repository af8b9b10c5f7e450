"""What an administrator waits for, on a whole Renkei: `python -m tests.bench.journeys ack_p99|preview_3k`."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

from bot.tempo import Tempo
from sandbox.company.generated import generated_company
from tests.bench.documents import TODAY
from tests.bench.imports import QUICKLY, everybody, start_both
from tests.bench.whole import whole
from tests.journeys.deeds import look_at
from tests.journeys.stage import renkei

EVENTS_A_SECOND = 50
SECONDS = 10
ROWS = 300
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

    Many arrive while two imports run, at what the systems allow, in the one process that does everything.
    """
    with whole(everybody(2 * ROWS), more=QUICKLY) as it, ThreadPoolExecutor(EVENTS_A_SECOND) as people:
        start_both(it.stage, ROWS)
        begun = time.monotonic()
        pressed = []
        for number in range(EVENTS_A_SECOND * SECONDS):
            time.sleep(max(begun + number / EVENTS_A_SECOND - time.monotonic(), 0))
            pressed.append(people.submit(it.stage.hr.person.command, "/renkei help"))
        if any("完了" in each for each in it.stage.reports()):
            raise ValueError("an import ended too early")
        acks = [each.result().ack_ms or float("inf") for each in pressed]
    return quantiles(acks, n=100)[98]


if __name__ == "__main__":
    sys.stdout.write(f"{ {'ack_p99': ack_p99, 'preview_3k': preview_3k}[sys.argv[1]]() }\n")
