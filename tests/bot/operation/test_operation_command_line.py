"""The command line: what it does, and the one sentence with which it refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.__main__ import main
from bot.clock import system_clock
from bot.keys import keyring
from bot.settings import Settings, load_settings
from storage.records import Credentials, Integration, Scope
from storage.store import Store
from tests.journeys.processes import ROOT

SCOPE = Scope("", "T1")
NOWHERE = "http://127.0.0.1:1/"
"""A port at which nobody listens."""
SERVING = {
    "RENKEI_SECRET_KEYS": Fernet.generate_key().decode(),
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(errors: str) -> list[str]:
    """Give what was said to whoever typed, without log lines: a thread of an earlier test may write one."""
    return [line for line in errors.splitlines() if not line.startswith("{")]


def test_an_administrator_is_added_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "add", "U1", "U2", "--team", "T1"]) == 0
    assert main(["admin", "remove", "U1", "--team", "T1"]) == 0
    capsys.readouterr()
    assert main(["admin", "list", "--team", "T1"]) == 0
    assert capsys.readouterr().out == "U2\n"


def test_the_last_administrator_stays(capsys: pytest.CaptureFixture[str]) -> None:
    main(["admin", "add", "U1", "--team", "T1"])
    assert main(["admin", "remove", "U1", "--team", "T1"]) == 1
    assert said(capsys.readouterr().err) == [
        "The last administrator can't be removed: add another one first."
    ]


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["run"], "Renkei has no Slack token"),
        (["web"], "`web` needs PostgreSQL"),
        (["worker"], "`worker` needs PostgreSQL"),
        (["admin", "list"], "Without SLACK_BOT_TOKEN nothing says which workspace is meant"),
        (["admin", "list", "--team", "T1"], "There is no database at "),
        (["admin", "reseal"], "There is no database at "),
        (["admin", "add", "--team", "T1"], "`admin add` needs the ids of members"),
        (["admin", "add", "taro", "--team", "T1"], "taro is no member id"),
    ],
)
def test_it_refuses_in_one_line(
    in_an_empty_folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], beginning: str
) -> None:
    assert main(arguments) == 1
    (sentence,) = said(capsys.readouterr().err)
    assert sentence.startswith(beginning)
    assert not [*in_an_empty_folder.glob("renkei*")], "an empty database would look like Renkei's own"


def test_where_many_workspaces_can_install_one_has_to_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    assert main(["admin", "list"]) == 1
    (sentence,) = said(capsys.readouterr().err)
    assert sentence.startswith("Many workspaces can use this Renkei")


@pytest.mark.parametrize("command", ["list", "remove U1"])
def test_a_workspace_that_nobody_knows_is_named_as_unknown(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["admin", "add", "U1", "--team", "T1"]) == 0
    assert capsys.readouterr().out.startswith("No workspace T1 was known here before")
    assert main(["admin", "add", "U2", "--team", "T1"]) == 0
    assert capsys.readouterr().out == "U1\nU2\n"
    assert main(["admin", *command.split(), "--team", "T9"]) == 1
    (sentence,) = said(capsys.readouterr().err)
    assert sentence.startswith("No workspace T9 is known here")


def test_a_workspace_whose_settings_are_kept_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    keep_a_token(load_settings())
    capsys.readouterr()
    assert main(["admin", "list", "--team", "T1"]) == 0
    assert capsys.readouterr().out == "There is no administrator yet.\n"


def test_where_slack_is_not_reached_that_is_said_in_a_line_of_its_own(in_an_empty_folder: Path) -> None:
    ended = alone(in_an_empty_folder, "admin", "list")
    assert ended.returncode == 1
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith("Slack was not reached (URLError)")
    assert "--team" in sentence


@pytest.mark.parametrize("command", ["migrate", "run", "web", "worker", "admin list --team T1", "doctor"])
@pytest.mark.parametrize(
    "url", ["postgresql://renkei:made-up-password@127.0.0.1:1/renkei", "sqlite:////no/such/folder/renkei.db"]
)
def test_a_database_that_is_not_there_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, command: str
) -> None:
    for name, value in {**SERVING, "DATABASE_URL": url}.items():
        monkeypatch.setenv(name, value)
    assert main(command.split()) == 1
    told = capsys.readouterr()
    sentences = said(told.err)
    assert len(sentences) <= 1
    assert "DATABASE_URL" in (sentences or told.out.splitlines())[-1]
    assert "made-up-password" not in told.out + told.err


def test_after_resealing_the_older_key_is_not_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older, newer = (Fernet.generate_key().decode() for _ in range(2))
    monkeypatch.setenv("RENKEI_SECRET_KEYS", older)
    settings = load_settings()
    main(["migrate"])
    keep_a_token(settings)
    monkeypatch.setenv("RENKEI_SECRET_KEYS", f"{newer},{older}")
    capsys.readouterr()
    assert main(["admin", "reseal"]) == 0
    assert capsys.readouterr().out == "Sealed 1 values with the newest key.\n"
    monkeypatch.setenv("RENKEI_SECRET_KEYS", newer)
    assert kept_token(load_settings()) == "kot-made-up"


def keep_a_token(settings: Settings) -> None:
    store = a_store(settings)
    store.integrations.save(Integration(scope=SCOPE, kinkakuji=Credentials(token="kot-made-up")))
    store.close()


def kept_token(settings: Settings) -> str:
    store = a_store(settings)
    kept = store.integrations.load(SCOPE).kinkakuji
    store.close()
    return kept.token if kept else ""


def a_store(settings: Settings) -> Store:
    return Store.open(settings.database_url, keyring(settings), system_clock)


def test_migrating_twice_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["migrate"]), main(["migrate"])] == [0, 0]
    assert capsys.readouterr().out.splitlines() == ["The database is up to date."] * 2


def test_the_keys_are_made_for_the_owner_alone(in_an_empty_folder: Path) -> None:
    main(["admin", "add", "U1", "--team", "T1"])
    assert (in_an_empty_folder / "renkei.keys").stat().st_mode & 0o777 == 0o600


def test_doctor_says_what_is_broken_examines_what_does_not_rest_on_it_and_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("BROKEN  settings: Renkei has no Slack token")
    assert "ok      keys: seal and open." in said
    assert "ok      database: SQLite, tables up to date." in said
    assert "ok      work: 0 under way, 0 waiting for a worker." in said
    assert said[-1].startswith("note    Slack: not examined, nor are SmartHR and 勤革時")


def test_beside_doctors_findings_nothing_else_is_said_of_a_slack_that_is_not_reached(
    in_an_empty_folder: Path,
) -> None:
    ended = alone(in_an_empty_folder, "doctor")
    assert ended.returncode == 1
    assert "BROKEN  bot token: Slack was not reached (URLError)" in ended.stdout
    assert "BROKEN  workspace: Slack was not reached (URLError)" in ended.stdout
    assert ended.stderr == ""


def alone(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Call `python -m bot` in a process of its own, in whose words no other test's threads join."""
    given = {**SERVING, "SLACK_API_URL": NOWHERE, "DATABASE_URL": f"sqlite:///{folder / 'renkei.db'}"}
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "bot", *command],
        env={"PATH": os.defpath, **given},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
