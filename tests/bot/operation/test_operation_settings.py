"""What Renkei says when its settings make no sense: one sentence, naming the variable, quoting no secret."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.fernet import Fernet

from bot.preflight import raise_if_cannot_serve, raise_if_sqlite, raise_if_unusable
from bot.settings import Settings, SettingsError, load_settings

ONE_WORKSPACE = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
POSTGRES = {
    "DATABASE_URL": "postgresql://db.example/renkei",
    "RENKEI_SECRET_KEYS": Fernet.generate_key().decode(),
}


def settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "mysql://db/x",
            "DATABASE_URL must be sqlite:///a-file or postgresql://a-server/a-database.",
        ),
        (
            "DATABASE_URL",
            "sqlite://",
            "DATABASE_URL must be sqlite:///a-file or postgresql://a-server/a-database.",
        ),
        (
            "DATABASE_URL",
            "sqlite:///:memory:",
            "DATABASE_URL must be sqlite:///a-file or postgresql://a-server/a-database.",
        ),
        ("SLACK_BOT_TOKEN", "xapp-secret", "SLACK_BOT_TOKEN must begin with xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-secret", "SLACK_APP_TOKEN must begin with xapp-."),
        (
            "SLACK_API_URL",
            "http://slack.example/api/",
            "SLACK_API_URL must begin with https://, since tokens travel there.",
        ),
        (
            "RENKEI_SMARTHR_URL",
            "https://smarthr.example",
            "RENKEI_SMARTHR_URL must contain {subdomain} once.",
        ),
        ("RENKEI_KINKAKUJI_URL", "api.example", "RENKEI_KINKAKUJI_URL must be an https:// address."),
        ("PORT", "0", "PORT must be greater than or equal to 1."),
        ("RENKEI_LOG", "xml", "RENKEI_LOG must be 'json' or 'pretty'."),
    ],
)
def test_a_malformed_value_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as told:
        settings(monkeypatch, **{name: value})
    assert str(told.value) == sentence


def test_a_bad_key_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        SettingsError, match="RENKEI_SECRET_KEYS holds something that is no Fernet key"
    ) as told:
        settings(monkeypatch, RENKEI_SECRET_KEYS="hunter2")
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("environment", "beginning"),
    [
        ({}, "Renkei has no Slack token: set SLACK_BOT_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN only opens the connection"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing",
        ),
        (ONE_WORKSPACE | {"SLACK_CLIENT_ID": "1.2"}, "SLACK_BOT_TOKEN (one workspace) and SLACK_CLIENT_ID"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET is missing"),
        ({"SLACK_CLIENT_SECRET": "s"}, "SLACK_CLIENT_ID is missing"),
    ],
)
def test_what_is_missing_or_contradictory_towards_slack_is_told(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], beginning: str
) -> None:
    given = settings(monkeypatch, **environment)
    with pytest.raises(SettingsError) as told:
        raise_if_cannot_serve(given)
    assert str(told.value).startswith(beginning)


@pytest.mark.parametrize(
    "environment",
    [
        ONE_WORKSPACE,
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"},
        {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"},
        ONE_WORKSPACE | POSTGRES,
    ],
)
def test_each_documented_way_to_run_is_accepted(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    raise_if_cannot_serve(settings(monkeypatch, **environment))


def test_postgresql_needs_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, DATABASE_URL=POSTGRES["DATABASE_URL"])
    with pytest.raises(SettingsError, match="RENKEI_SECRET_KEYS is missing"):
        raise_if_unusable(given)


def test_the_demo_clock_is_refused_with_the_real_slack(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = settings(monkeypatch, RENKEI_DEMO_CLOCK=str(tmp_path / "offset"))
    with pytest.raises(SettingsError, match="RENKEI_DEMO_CLOCK works only with the demo's Slack"):
        raise_if_unusable(given)
    raise_if_unusable(settings(monkeypatch, SLACK_API_URL="http://127.0.0.1:1/api"))


def test_several_processes_refuse_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="`web` needs PostgreSQL"):
        raise_if_sqlite(settings(monkeypatch), "web")
    raise_if_sqlite(settings(monkeypatch, **POSTGRES), "web")


def test_a_hosts_postgres_address_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, DATABASE_URL="postgres://u:p@db.example/renkei")
    assert given.database_url.partition("?")[0] == "postgresql+psycopg://u:p@db.example/renkei"


@pytest.mark.parametrize("said", ["", "?sslmode=require", "?tcp_user_timeout=5"])
def test_a_server_that_falls_silent_is_noticed_unless_the_address_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    given = settings(monkeypatch, DATABASE_URL=f"postgresql://u:p@db.example/renkei{said}")
    query = dict(parse_qsl(urlsplit(given.database_url).query))
    assert {"keepalives_idle", "keepalives_interval", "keepalives_count"} <= query.keys()
    assert query["tcp_user_timeout"] == ("5" if "timeout" in said else "25000")
    assert query.get("sslmode") == ("require" if "sslmode" in said else None)


def test_an_empty_variable_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, SLACK_BOT_TOKEN="", PORT="", RENKEI_ADMINS="")
    assert (given.slack_bot_token, given.port, given.admins) == (None, 3000, frozenset())


def test_ids_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, RENKEI_ADMINS="U1, U2,").admins == {"U1", "U2"}


def test_no_secret_stands_in_a_printed_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ONE_WORKSPACE | {
        "SLACK_SIGNING_SECRET": "s1gn",
        "DATABASE_URL": "postgresql://u:password@db.example/renkei",
        "RENKEI_SECRET_KEYS": POSTGRES["RENKEI_SECRET_KEYS"],
    }
    printed = repr(settings(monkeypatch, **secrets))
    assert not [
        secret
        for secret in ("xoxb-1", "xapp-1", "s1gn", "password", POSTGRES["RENKEI_SECRET_KEYS"])
        if secret in printed
    ]


def test_the_keys_lie_beside_the_sqlite_file(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch, DATABASE_URL="sqlite:////data/renkei.db")
    assert given.key_file == Path("/data/renkei.keys")
