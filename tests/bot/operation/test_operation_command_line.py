"""The command line: what it does, and the one sentence with which it refuses."""

from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_administrator_is_added_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "add", "U1", "U2", "--team", "T1"]) == 0
    assert main(["admin", "remove", "U1", "--team", "T1"]) == 0
    capsys.readouterr()
    assert main(["admin", "list", "--team", "T1"]) == 0
    assert capsys.readouterr().out == "U2\n"


def test_the_last_administrator_stays(capsys: pytest.CaptureFixture[str]) -> None:
    main(["admin", "add", "U1", "--team", "T1"])
    assert main(["admin", "remove", "U1", "--team", "T1"]) == 1
    assert capsys.readouterr().err == "The last administrator can't be removed: add another one first.\n"


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["run"], "Renkei has no Slack token"),
        (["web"], "`web` needs PostgreSQL"),
        (["worker"], "`worker` needs PostgreSQL"),
        (["admin", "list"], "Many workspaces can use this Renkei"),
        (["admin", "add", "--team", "T1"], "`admin add` needs the ids of members"),
        (["admin", "add", "taro", "--team", "T1"], "taro is no member id"),
    ],
)
def test_it_refuses_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], beginning: str
) -> None:
    assert main(arguments) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith(beginning)


def test_migrating_twice_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["migrate"]), main(["migrate"])] == [0, 0]
    assert capsys.readouterr().out.splitlines() == ["The database is up to date."] * 2


def test_the_keys_are_made_for_the_owner_alone(in_an_empty_folder: Path) -> None:
    main(["admin", "add", "U1", "--team", "T1"])
    assert (in_an_empty_folder / "renkei.keys").stat().st_mode & 0o777 == 0o600


def test_doctor_says_what_is_broken_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert capsys.readouterr().out.startswith("BROKEN  settings: Renkei has no Slack token")
