"""What a command needs of the settings together: the first thing that is missing or contradictory."""

from collections.abc import Iterator

from bot.settings import Settings, SettingsError, is_loopback


def raise_if_unusable(settings: Settings) -> None:
    """Raise SettingsError for what no command can work with."""
    _raise_first(_common(settings))


def raise_if_cannot_serve(settings: Settings) -> None:
    """Raise SettingsError for what keeps Renkei from talking to Slack."""
    _raise_first(_common(settings))
    _raise_first(_slack(settings))


def raise_if_sqlite(settings: Settings, command: str) -> None:
    """Raise SettingsError where several processes would share one SQLite file."""
    if settings.sqlite_file:
        raise SettingsError(
            f"`{command}` needs PostgreSQL in DATABASE_URL: SQLite serves one process only, which is `run`."
        )


def _raise_first(sentences: Iterator[str]) -> None:
    if sentence := next(sentences, None):
        raise SettingsError(sentence)


def _common(settings: Settings) -> Iterator[str]:
    if settings.sqlite_file is None and settings.secret_keys is None:
        yield (
            "RENKEI_SECRET_KEYS is missing: with PostgreSQL the keys live outside the database, "
            "and without them nothing stored can be read."
        )
    if settings.demo_clock and not is_loopback(settings.slack_api_url):
        yield (
            "RENKEI_DEMO_CLOCK works only with the demo's Slack on this machine: "
            "a shifted clock would call 勤革時 in its closed hours."
        )


def _slack(settings: Settings) -> Iterator[str]:
    if settings.slack_bot_token and settings.is_oauth:
        yield (
            "SLACK_BOT_TOKEN (one workspace) and SLACK_CLIENT_ID (many workspaces) contradict each other: "
            "keep one of them."
        )
    if settings.is_oauth and not settings.slack_client_secret:
        yield "SLACK_CLIENT_SECRET is missing: SLACK_CLIENT_ID alone can't finish an installation."
    if settings.slack_client_secret and not settings.is_oauth:
        yield "SLACK_CLIENT_ID is missing: SLACK_CLIENT_SECRET alone can't begin an installation."
    if not settings.slack_bot_token and not settings.is_oauth:
        yield _no_token(settings)
    if not settings.is_socket_mode and not settings.slack_signing_secret:
        yield (
            "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing: "
            "without either nothing that arrives can be trusted to come from Slack."
        )


def _no_token(settings: Settings) -> str:
    ways = "SLACK_BOT_TOKEN (one workspace), or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (many workspaces)"
    if settings.is_socket_mode:
        return f"SLACK_APP_TOKEN only opens the connection; to speak, Renkei also needs {ways}."
    return f"Renkei has no Slack token: set {ways}."
