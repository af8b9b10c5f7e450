"""The soak in short: killed again and again while answers are lost, a run still does what it says, once."""

from pathlib import Path

import pytest

from tests.soak.trial import Plan, try_out


def test_a_run_survives_kills_on_sqlite(tmp_path: Path) -> None:
    tally = try_out(plan(None, "run", kills=2), tmp_path / "log")
    assert not tally.breaches
    assert tally.rows == 60
    assert tally.kills


@pytest.mark.postgres
def test_a_run_survives_kills_of_any_of_its_processes_on_postgresql(
    empty_postgresql: str, tmp_path: Path
) -> None:
    tally = try_out(plan(empty_postgresql, "web", "worker", "worker", kills=2), tmp_path / "log")
    assert not tally.breaches
    assert tally.rows == 60
    assert tally.kills


def plan(database_url: str | None, *commands: str, kills: int) -> Plan:
    return Plan(
        name="short",
        database_url=database_url,
        commands=commands,
        seed=4,
        runs=1,
        new=30,
        changed=30,
        kills=kills,
        presses=False,
    )
