"""The settings: what the environment may say, and what Renkei says when it makes no sense.

This is the only reader of the environment. Each value is checked by itself here; what a command needs of them
together is in `bot.preflight`. Whatever is wrong is told in one sentence, which never quotes a secret.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SLACK_API_URL = "https://slack.com/api/"
"""Slack's Web API (docs.slack.dev/apis/web-api)."""
SMARTHR_URL = "https://{subdomain}.smarthr.jp/api/v1"
"""SmartHR's API, one host a tenant (developer.smarthr.jp)."""
KINKAKUJI_URL = "https://api.kingtime.jp/v1.0"
"""KING OF TIME's Web API, which 勤革時 shares (developer.kingoftime.jp)."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """A setting is missing, malformed or at odds with another; the text is one sentence for the operator."""


SILENCE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""How soon a server that has fallen silent is given up, in libpq's words; seconds, the last in milliseconds.

25 s in all: a process that is not heard of is taken for dead after 45 (`bot.tempo`).
"""


def _split(text: object) -> object:
    return frozenset(filter(None, map(str.strip, text.split(",")))) if isinstance(text, str) else text


def _empty_is_unset(text: object) -> object:
    return None if text == "" else text


def _starting(prefix: str) -> Callable[[SecretStr], SecretStr]:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix):
            raise ValueError(f"must begin with {prefix}")
        return token

    return check


def is_loopback(url: str) -> bool:
    """Tell whether a URL stays on this machine."""
    return urlsplit(url).hostname in _LOOPBACK


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an https:// address")
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError("must begin with https://, since tokens travel there")
    return url


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _with_subdomain(url: str) -> str:
    if url.count("{subdomain}") != 1:
        raise ValueError("must contain {subdomain} once")
    _secure(url.replace("{subdomain}", "example"))
    return url


def _database(url: str) -> str:
    """Take what hosts hand out (`postgres://`) and name the driver that Renkei brings."""
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{_noticing_silence(rest)}"
    if separator and scheme == "sqlite" and rest.startswith("/") and rest not in {"/", "/:memory:"}:
        return url
    raise ValueError("must be sqlite:///a-file or postgresql://a-server/a-database")


def _noticing_silence(address: str) -> str:
    """Add what the address does not say itself of how soon a server that has fallen silent is given up.

    By the machine's own settings it takes up to two hours, in which a process hangs that asks it something.
    """
    server, _, said = address.partition("?")
    more = [f"{name}={value}" for name, value in SILENCE.items() if f"{name}=" not in said]
    return f"{server}?{'&'.join(filter(None, (said, *more)))}"


def _fernet_keys(keys: SecretStr) -> SecretStr:
    for key in filter(None, map(str.strip, keys.get_secret_value().split(","))):
        try:
            Fernet(key)
        except ValueError:
            raise ValueError("holds something that is no Fernet key (32 bytes in url-safe base64)") from None
    return keys


_Ids = Annotated[frozenset[str], NoDecode, BeforeValidator(_split)]
_Secret = Annotated[SecretStr | None, BeforeValidator(_empty_is_unset)]
_BotToken = Annotated[SecretStr, AfterValidator(_starting("xoxb-"))]
_AppToken = Annotated[SecretStr, AfterValidator(_starting("xapp-"))]
_Keys = Annotated[SecretStr, AfterValidator(_fernet_keys)]


class Settings(BaseSettings):
    """Every variable that Renkei knows. An empty one counts as not given."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///renkei.db", validation_alias="DATABASE_URL", repr=False
    )
    secret_keys: _Keys | None = Field(None, validation_alias="RENKEI_SECRET_KEYS")
    """Comma-separated Fernet keys, newest first."""
    admins: _Ids = Field(frozenset(), validation_alias="RENKEI_ADMINS")
    """Slack user ids that may always open 連携設定."""
    workspaces: _Ids = Field(frozenset(), validation_alias="RENKEI_WORKSPACES")
    """Workspace or organisation ids that may install by OAuth; `*` is any."""
    slack_bot_token: _BotToken | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: _AppToken | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: Annotated[str, AfterValidator(_secure), AfterValidator(_with_slash)] = Field(
        SLACK_API_URL, validation_alias="SLACK_API_URL"
    )
    smarthr_url: Annotated[str, AfterValidator(_with_subdomain)] = Field(
        SMARTHR_URL, validation_alias="RENKEI_SMARTHR_URL"
    )
    kinkakuji_url: Annotated[str, AfterValidator(_secure)] = Field(
        KINKAKUJI_URL, validation_alias="RENKEI_KINKAKUJI_URL"
    )
    kinkakuji_spacing: float | None = Field(None, ge=0.01, le=60, validation_alias="RENKEI_KINKAKUJI_SPACING")
    """Seconds between two calls to 勤革時 with one token: 0.62 unless given. It allows 500 in 5 minutes; its
    guide asks for about a second between two, and so far apart they are for an hour after a refusal."""
    smarthr_hourly: int | None = Field(None, ge=1, validation_alias="RENKEI_SMARTHR_HOURLY")
    """Calls an hour with one token of SmartHR: 5,000 unless given, which is what it allows. Less when another
    program uses the same token. Imports use up nine tenths of them at the most."""
    port: int = Field(3000, ge=1, le=65535, validation_alias="PORT")
    log: Literal["json", "pretty"] | None = Field(None, validation_alias="RENKEI_LOG")
    demo_clock: Path | None = Field(None, validation_alias="RENKEI_DEMO_CLOCK")
    """A file with the seconds that the demo's clock runs ahead; refused where Slack is the real one."""

    @property
    def is_socket_mode(self) -> bool:
        """Whether Slack is reached over a websocket of ours; else Slack calls us over HTTP."""
        return self.slack_app_token is not None

    @property
    def is_oauth(self) -> bool:
        """Whether many workspaces install Renkei, each with a token of its own."""
        return self.slack_client_id is not None

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, None with PostgreSQL."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path.partition("?")[0]) if scheme == "sqlite" else None

    @property
    def key_file(self) -> Path | None:
        """Where the keys are kept when the environment gives none; None with PostgreSQL."""
        return self.sqlite_file.with_suffix(".keys") if self.sqlite_file else None


def load_settings() -> Settings:
    """Read the environment. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        reason = first["msg"].removeprefix("Value error, ").replace("Input should", "must")
        raise SettingsError(f"{first['loc'][0]} {reason}.") from None
