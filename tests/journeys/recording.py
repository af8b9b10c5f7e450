"""Records what a release leaves behind in the middle of two paused runs, for its successors to go on with.

What is kept in `releases/`, by the version of its tables, was written by the code of that release, not by
today's: in a work tree of its last commit, with this file copied into it.

    git worktree add ../before f846666 && cp tests/journeys/recording.py ../before/tests/journeys/
    cd ../before && python -m tests.journeys.recording ../renkei/tests/journeys/releases/0002

`database.sql` is the whole database, the engine's tables included; `company.json` and `slack.json` are what
the stand-ins hold. A run in each direction is under way at 07:50, its third write, a creation, without an
answer, when 勤革時 closes. Towards 勤革時 it was carried out nevertheless, towards SmartHR it never arrives.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from bot.settings import Settings
from bot.tempo import Tempo
from sandbox.clock import TOKYO
from sandbox.company import Company
from sandbox.remote.system import JsonObject, System
from sandbox.slack.screen import Screen
from tests.journeys.deeds import choose
from tests.journeys.middle import place, wait_until, writes
from tests.journeys.others import second_administrator
from tests.journeys.stage import PATIENCE, TEMPO, Stage, connect, renkei, running
from tests.sandbox.remote.service import a_company, a_crew, an_employee

MORNING = datetime(2026, 11, 20, 7, 50, tzinfo=TOKYO)
CLOSED = time(7, 59, 45)
SLOW = 0.3
"""Seconds that each call takes, to act in between."""
HANGS = 5.0
"""Seconds that the lost answer is waited for."""
PUSHED = ("0001", "0002", "0003", "0004", "0005", "0006")
PULLED = ("1001", "1002", "1003", "1004", "1005", "1006")
CREATED = frozenset({"0001", "0003", "0005", "1001", "1003", "1005"})
SURNAMES = ("青木", "井上", "上田", "江口", "岡本", "加藤", "木村", "久保", "小林", "佐藤", "清水", "鈴木")


def the_company() -> Company:
    """Give six people whom SmartHR knows better and six whom 勤革時 does; every second one is new."""
    crews, employees = [], []
    for index, number in enumerate(PUSHED + PULLED):
        newer = number in PUSHED
        if newer or number not in CREATED:
            crews.append(_crew(index, number, "2020-04-01" if newer else "2019-04-01"))
        if not newer or number not in CREATED:
            employees.append(_employee(index, number, "2019-04-01" if newer else "2020-04-01"))
    return a_company(crews=crews, employees=employees)


def record(folder: Path) -> None:
    """Write the three files."""
    folder.mkdir(parents=True, exist_ok=True)
    company = the_company()
    with tempfile.TemporaryDirectory() as kept:
        file = Path(kept) / "renkei.db"
        url = f"sqlite:///{file}"
        with renkei(
            company=company, at=MORNING, over_http=True, connected=False, database_url=url, bot=nobody
        ) as stage:
            with running(stage.settings, replace(TEMPO, nap=2.0)):
                connect(stage.hr)
                pause_two_runs(stage)
            company.with_records(
                crews=stage.sandbox.smarthr.stored(), employees=stage.sandbox.kinkakuji.stored()
            ).save(folder / "company.json")
            stage.sandbox.slack.save(folder / "slack.json")
        with closing(sqlite3.connect(file)) as database:
            text = "\n".join(database.iterdump())
        (folder / "database.sql").write_text(text + "\n", encoding="utf-8")


def pause_two_runs(stage: Stage) -> None:
    """Start a run in each direction, lose the third answer of both, and let 勤革時 close."""
    second = second_administrator(stage)
    faults = stage.sandbox.faults
    prepare(stage, stage.hr, "push", PUSHED)
    prepare(stage, second, "pull", PULLED)
    for system in System:
        faults.set(system, slow=SLOW, lost_answer_hangs=HANGS)
    for screen in (stage.hr, second):
        screen.submit()
        screen.wait_for("取り込みを開始しました")
        screen.close()
    losing = {System.KINKAKUJI: "lose_answer_after_commit", System.SMARTHR: "commits_late"}
    faults.set(System.SMARTHR, commits_late_by=3600.0)
    for system, fault in losing.items():
        wait_for_writes(stage, system, 2)
        faults.set(system, **{fault: 1})
    for system in System:
        wait_for_writes(stage, system, 3)
    faults.set(System.SMARTHR, down=True)
    stage.sandbox.clock.jump_to(CLOSED)
    wait_until(lambda: all("10:00に自動で再開します" in each for each in stage.reports()[-2:]), "two pauses")


def wait_for_writes(stage: Stage, system: System, number: int) -> None:
    """Wait until so many have arrived."""
    wait_until(lambda: len(writes(stage, system)) >= number, f"write {number}")


def prepare(stage: Stage, screen: Screen, way: str, numbers: tuple[str, ...]) -> None:
    """Go as far as the last button."""
    screen.person.command(f"/renkei {way}")
    screen.wait_for("従業員情報取得基準日")
    screen.submit()
    screen.wait_for("選択中 0名", PATIENCE)
    choose(screen, *numbers)
    screen.submit()
    place(Stage(stage.sandbox, stage.settings, screen), way)
    screen.wait_for("連携内容の確認")


@contextmanager
def nobody(_settings: Settings, _tempo: Tempo) -> Iterator[None]:
    """Have no bot yet."""
    yield


def _crew(index: int, number: str, since: str) -> JsonObject:
    return a_crew(
        number,
        last_name=SURNAMES[index],
        last_name_yomi="アオ",
        first_name_yomi="アオイ",
        gender="female",
        birth_at=_birthday(index),
        entered_at=since,
    )


def _employee(index: int, number: str, since: str) -> JsonObject:
    return an_employee(
        number,
        lastName=SURNAMES[index],
        lastNamePhonetics="アオ",
        firstNamePhonetics="アオイ",
        birthDate=_birthday(index),
        hiredDate=since,
    )


def _birthday(index: int) -> str:
    return f"19{70 + index}-05-17"


if __name__ == "__main__":
    record(Path(sys.argv[1]))
