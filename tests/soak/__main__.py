"""Kills the bot again and again while it writes, on both databases: `make soak`.

Prints a table, writes it to .soak/results.json, and fails when anything is not as it must be. The same seed
chooses the same people, losses and moments; how the processes race is not in its hands.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from secrets import randbelow

from tests.journeys.processes import ROOT
from tests.postgres import postgresql
from tests.soak.trial import Plan, Tally, try_out

RESULTS = ROOT / ".soak"
COLUMNS = (
    "kills",
    "stops",
    "freezes",
    "troubles",
    "rows",
    "writes",
    "committed",
    "sent_again",
    "unknown",
    "told_again",
    "ended",
    "seconds",
)
PROCESSES = {"sqlite": ("run",), "postgresql": ("web", "worker", "worker")}
ENOUGH = 1.5
"""Strikes for each kill: some ask a process to end, and some meet one that has just ended."""
SHOWN = 40
"""Breaches that are printed; the file holds all."""


def main() -> None:
    """Try out what was asked for, and fail when anything is not as it must be."""
    chosen = _parser().parse_args()
    sys.stdout.write(f"seed {chosen.seed}\n{'':<12}{''.join(f'{name:>11}' for name in COLUMNS)}\n")
    RESULTS.mkdir(exist_ok=True)
    tallies = []
    for database in chosen.on:
        tallies.append(try_out_on(database, chosen))
        tell(tallies[-1])
    results = {"seed": chosen.seed, "tallies": [asdict(tally) for tally in tallies]}
    (RESULTS / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(tally.breaches for tally in tallies))


def try_out_on(database: str, chosen: argparse.Namespace) -> Tally:
    """Try it out on a new database."""
    with _url(database) as url:
        plan = Plan(
            name=database,
            database_url=url,
            commands=PROCESSES[database],
            seed=chosen.seed,
            runs=chosen.runs,
            new=chosen.people // 2,
            changed=chosen.people // 2,
            kills=round(ENOUGH * chosen.kills),
            freezes=chosen.freezes if url else 0,
            troubles=chosen.troubles,
        )
        tally = try_out(plan, RESULTS / f"{database}.log", sys.stderr.write)
    if tally.kills < chosen.kills:
        tally.breaches.append(f"{tally.kills} kills are too few to tell")
    return tally


def tell(tally: Tally) -> None:
    """Print a line of the table, and what is not as it must be."""
    figures = asdict(tally)
    line = "".join(f"{figures[name]:>11,.0f}" for name in COLUMNS)
    breaches = "".join(f"  {breach}\n" for breach in tally.breaches[:SHOWN])
    sys.stdout.write(f"{tally.name:<12}{line}\n{breaches}")
    sys.stdout.flush()


@contextmanager
def _url(database: str) -> Iterator[str | None]:
    if database == "sqlite":
        yield None
    else:
        with postgresql() as url:
            yield url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=randbelow(10_000))
    parser.add_argument("--on", nargs="+", choices=[*PROCESSES], default=[*PROCESSES])
    parser.add_argument("--runs", type=int, default=5, help="on each database")
    parser.add_argument("--people", type=int, default=1_010, help="in each run")
    parser.add_argument("--kills", type=int, default=100, help="on each database, at least")
    parser.add_argument("--freezes", type=int, default=6, help="beside them, on PostgreSQL, about")
    parser.add_argument("--troubles", type=int, default=40, help="on each database, about")
    return parser


if __name__ == "__main__":
    main()
