"""Examines Slack: its tokens, what they allow, and whether both clocks agree."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.doctor.finding import Finding, broken, note, ok
from bot.installations import SCOPES
from bot.settings import Settings
from bot.slack_clients import silent_client
from sync.calendar import Clock

TOLERABLE_SKEW = timedelta(seconds=10)
"""A third of the 30 s before 勤革時 closes in which no call starts (`sync.calendar.GUARD`)."""


def examine_slack(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Examine the tokens that the environment gives; with OAuth each workspace has its own."""
    if settings.slack_bot_token:
        yield from _examine_bot_token(settings, settings.slack_bot_token.get_secret_value(), clock)
    if settings.slack_app_token:
        yield _app_token(settings, settings.slack_app_token.get_secret_value())


def _examine_bot_token(settings: Settings, token: str, clock: Clock) -> Iterator[Finding]:
    try:
        answer = silent_client(settings, token).auth_test()
    except (SlackClientError, OSError) as error:
        yield broken("bot token", _refusal(error, "SLACK_BOT_TOKEN"))
        return
    yield ok("bot token", f"speaks as {answer['user']} in {answer['team']} ({answer['team_id']}).")
    yield _scopes(answer)
    if not settings.demo_clock:
        yield from _skew(answer, clock())


def _app_token(settings: Settings, token: str) -> Finding:
    try:
        silent_client(settings).apps_connections_open(app_token=token)
    except (SlackClientError, OSError) as error:
        return broken("app token", _refusal(error, "SLACK_APP_TOKEN"))
    return ok("app token", "opens connections.")


def _scopes(answer: SlackResponse) -> Finding:
    granted = {scope.strip() for scope in _header(answer, "x-oauth-scopes").split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        return broken(
            "scopes",
            f"{', '.join(missing)} missing: take over app_manifest.yml, then reinstall the app in Slack.",
        )
    more = sorted(granted.difference(SCOPES, {""}))
    if more:
        return note("scopes", f"more than Renkei needs: {', '.join(more)}. They can be taken away.")
    return ok("scopes", "exactly what the manifest asks for.")


def _skew(answer: SlackResponse, now: datetime) -> Iterator[Finding]:
    told = _header(answer, "date")
    if not told:
        return
    skew = abs(now - parsedate_to_datetime(told))
    if skew > TOLERABLE_SKEW:
        yield broken(
            "clock",
            f"{skew.total_seconds():.0f} s off: switch NTP on, or 勤革時 is called in its closed hours.",
        )
    else:
        yield ok("clock", "agrees with Slack's.")


def _refusal(error: Exception, variable: str) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack says {error.response['error']}: put a new one into {variable}."
    return f"Slack was not reached ({type(error).__name__}): are outgoing HTTPS connections allowed?"


def _header(answer: SlackResponse, name: str) -> str:
    """Read a header by its name in any case; urllib keeps whichever case the server sent."""
    found = {key.lower(): value for key, value in (answer.headers or {}).items()}.get(name, "")
    return ",".join(found) if isinstance(found, list) else str(found)
