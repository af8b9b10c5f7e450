"""A new version takes the place of the one before, in the middle of two paused runs."""

from collections import Counter
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from bot import engine
from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from tests.journeys.deeds import read_history
from tests.journeys.middle import writes
from tests.journeys.recording import PULLED, PUSHED
from tests.journeys.releases_kept import left_by, unpacked
from tests.journeys.stage import PATIENCE, Stage, running

BEFORE = "0002"
DONE = "6名の取り込みが完了しました"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'renkei.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """In the middle of 勤革時's closed hours: two people of each run are written, the third was being."""
    with left_by(BEFORE, database_url) as stage:
        yield stage


def test_paused_runs_go_on_and_end_with_everybody_written_once(stage: Stage) -> None:
    paused = stamps(stage)
    assert all("10:00に自動で再開します" in each for each in stage.reports())
    with running(stage.settings):
        stage.sandbox.clock.jump_to(time(9, 59, 58))
        stage.hr.wait_for(lambda _: len(stage.reports()) == 4, PATIENCE)

        assert stamps(stage)[:2] == paused, "the messages that were there are edited"
        assert all("完了しました" in each for each in stage.reports()[:2])
        assert all(DONE in each and "✅ 成功 6" in each for each in stage.reports()[2:])
        assert "✅ 成功 6" in read_history(stage), "whoever looks back finds it"
        assert len(writes(stage, System.KINKAKUJI)) == 3, (
            "who was created without an answer is not created again"
        )
        assert len(writes(stage, System.SMARTHR)) == 4, "and whose request never arrived is"
    raise_unless_everybody_is_there_once(stage)
    assert min(call.moment.time() for call in stage.sandbox.calls.calls(System.KINKAKUJI)) >= time(10)


def raise_unless_everybody_is_there_once(stage: Stage) -> None:
    crews, employees = stage.sandbox.smarthr.stored(), stage.sandbox.kinkakuji.stored()
    everybody = dict.fromkeys(PUSHED + PULLED, 1)
    assert Counter(each["emp_code"] for each in crews) == everybody
    assert Counter(each["code"] for each in employees) == everybody
    assert {each["entered_at"] for each in crews} == {"2020-04-01"}
    assert {each["hiredDate"] for each in employees} == {"2020-04-01"}


def stamps(stage: Stage) -> list[str]:
    workspace = stage.sandbox.slack.workspace
    return [message.ts for message in workspace.messages.seen_by(workspace.bot.id, ADMIN_CHANNEL)]


def test_the_engine_keeps_the_version_under_which_runs_were_left() -> None:
    """With another one, DBOS would leave them where they are for ever."""
    with unpacked(BEFORE) as database, database.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT DISTINCT application_version FROM workflow_status WHERE status = 'PENDING'"
        )
        assert left.scalars().all() == [engine.VERSION]
