"""A Slack that refuses messages, and hands that press twice: each result arrives, each press counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

from sqlmodel import SQLModel, func, select

from sandbox.remote.system import System
from sandbox.slack.demo import ADMIN_CHANNEL
from storage.database import open_database
from storage.run_records import RunState
from storage.tables import PlanTable, RunTable
from tests.journeys.deeds import choose, look_at
from tests.journeys.middle import leave, press_run, wait_until, writes
from tests.journeys.stage import PATIENCE, Stage, renkei

BOTH_HANDS = 2
A_LITTLE_LATER = timedelta(minutes=2)
"""A result that Slack has refused is not tried before a minute has passed."""


def test_what_slack_refuses_while_a_run_goes_on_and_ends_arrives_once_it_takes_messages_again() -> None:
    with renkei() as stage:
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017")
        stage.hr.submit()
        refuse_messages(stage, "internal_error")
        press_run(stage)
        wait_until(lambda: states(stage) == [RunState.FINISHED], "the end of the run")
        assert len(writes(stage, System.SMARTHR)) == 2
        assert stage.reports() == []

        refuse_messages(stage, None)
        for _ in range(2):
            later(stage)
            stage.hr.wait_for(lambda _: len(stage.reports()) == 2, PATIENCE)
        assert "2名の取り込みが完了しました" in stage.reports()[-1]


def test_pressed_with_both_hands_a_run_begins_once_ends_early_once_and_is_tried_again_once() -> None:
    with renkei() as stage:
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017", "0018", "0019")
        stage.hr.submit()
        stage.hr.wait_for("連携内容の確認")
        stage.sandbox.faults.set(System.SMARTHR, slow=0.3, reject_numbers=["0016"])
        confirm = stage.hr.modal()
        assert confirm is not None
        with_both_hands(lambda: stage.hr.person.submit(confirm["id"]))
        wait_until(lambda: writes(stage, System.SMARTHR), "the first write")
        assert len(states(stage)) == 1

        with_both_hands(lambda: stage.hr.press("中止", channel_id=ADMIN_CHANNEL))
        stage.hr.wait_for(lambda _: len(stage.reports()) == 2, PATIENCE)
        stage.sandbox.faults.clear()
        assert "🛑 取り込みを中止しました" in stage.reports()[-1]
        assert states(stage) == [RunState.CANCELLED]
        leave(stage)

        with_both_hands(lambda: stage.hr.press("直したので再実行", channel_id=ADMIN_CHANNEL))
        stage.hr.wait_for("取り込む従業員の選択", PATIENCE)
        assert count(stage, PlanTable) == 2
        assert len(stage.reports()) == 2


def refuse_messages(stage: Stage, error: str | None) -> None:
    """Let Slack refuse every message, or take them again."""
    for method in ("chat.postMessage", "chat.update"):
        stage.sandbox.slack.workspace.faults.refuse(method, error)


def later(stage: Stage) -> None:
    """Let the time pass after which a message is tried again."""
    stage.sandbox.clock.set(stage.sandbox.clock.now() + A_LITTLE_LATER)


def with_both_hands(deed: Callable[[], object]) -> None:
    """Do something twice at once."""
    with ThreadPoolExecutor(BOTH_HANDS) as hands:
        for done in [hands.submit(deed) for _ in range(BOTH_HANDS)]:
            done.result()


def states(stage: Stage) -> list[str]:
    """Give how each run stands."""
    with closing(open_database(stage.settings.database_url)) as database, database.reading() as session:
        return list(session.exec(select(RunTable.state)))


def count(stage: Stage, table: type[SQLModel]) -> int:
    """Give how many rows there are."""
    with closing(open_database(stage.settings.database_url)) as database, database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()
