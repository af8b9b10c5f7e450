"""ビジネスネーム: of a person's two names that one is written which the list has shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import TermsMoved
from sync.model import Direction
from sync.outcome import OutcomeKind, Reason
from tests.journeys.office import Office, office
from tests.storage.builders import SCOPE

NUMBER = "2000"


def name_alike(here: Office) -> None:
    """Have somebody's legal and business name read the same, and 勤革時 know another one."""
    here.there.smarthr.edit(NUMBER, last_name="青木", business_last_name="青木", business_first_name="葵")
    here.there.kinkakuji.edit(NUMBER, lastName="赤木")


def prefer_business_names(here: Office, *, chosen: bool) -> None:
    kept = here.store.integrations.load(SCOPE)
    here.store.integrations.save(replace(kept, prefer_business_name=chosen))


def names(here: Office) -> tuple[str, str]:
    crew = here.there.smarthr.crew(NUMBER)
    return crew["last_name"], crew["business_last_name"]


@pytest.mark.parametrize("shown", [True, False])
def test_a_name_that_reads_the_same_is_not_written_into_the_other_field(
    tmp_path: Path, *, shown: bool
) -> None:
    with office(tmp_path, 1) as here:
        name_alike(here)
        prefer_business_names(here, chosen=shown)
        run = here.start(Direction.PULL)
        prefer_business_names(here, chosen=not shown)
        ended = here.finish(run)
        assert names(here) == ("青木", "青木")
        assert ended.counts[OutcomeKind.HELD] == ended.total == 1
        (row,) = here.store.runs.outcomes(run, None, 0, 20)
        assert row.outcome is not None
        assert row.outcome.reason is Reason.TARGET_MOVED


def test_a_business_name_that_somebody_has_entered_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with office(tmp_path, 1) as here:
        here.there.kinkakuji.edit(NUMBER, lastName="赤木")
        prefer_business_names(here, chosen=True)
        run = here.start(Direction.PULL)
        name_alike(here)
        assert here.finish(run).counts[OutcomeKind.HELD] == 1
        assert names(here) == ("青木", "青木")


def test_a_list_does_not_start_once_other_names_are_read(tmp_path: Path) -> None:
    with office(tmp_path, 1) as here:
        name_alike(here)
        plan = here.preview()
        prefer_business_names(here, chosen=True)
        with pytest.raises(TermsMoved):
            here.press(plan, Direction.PULL)
