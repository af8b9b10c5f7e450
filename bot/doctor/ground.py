"""Examines what Renkei stands on: settings, keys, database."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, broken, note, ok
from bot.installations import ANY_WORKSPACE
from bot.keys import keyring
from bot.preflight import raise_if_cannot_serve
from bot.schema import migrate_all
from bot.settings import Settings, SettingsError
from storage.errors import DatabaseError
from storage.secrets import Keyring


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Examine the environment."""
    try:
        raise_if_cannot_serve(settings)
    except SettingsError as error:
        yield broken("settings", str(error))
        return
    yield ok("settings", f"complete, {'Socket Mode' if settings.is_socket_mode else 'HTTP'}.")
    if settings.is_oauth and not settings.workspaces:
        yield note("settings", "nobody can install: RENKEI_WORKSPACES names no workspace.")
    if ANY_WORKSPACE in settings.workspaces:
        yield note("settings", "any workspace in the world can install: RENKEI_WORKSPACES is *.")
    if settings.demo_clock:
        yield note("settings", "the clock is the demo's.")


def examine_keys(settings: Settings) -> Iterator[Finding]:
    """Examine whether the keys can be had, and where they lie."""
    try:
        keys = keyring(settings)
    except SettingsError as error:
        yield broken("keys", str(error))
        return
    yield _sealing(keys)
    if settings.secret_keys is None and settings.key_file:
        yield note(
            "keys",
            f"{settings.key_file} lies beside the database: a backup of both together is not encrypted. "
            "Keep them apart, or give the keys in RENKEI_SECRET_KEYS.",
        )
        if settings.key_file.stat().st_mode & 0o077:
            yield broken("keys", f"others on this machine can read them: chmod 600 {settings.key_file}")


def examine_database(settings: Settings) -> Iterator[Finding]:
    """Examine whether the database answers, and bring its tables up to date as every start does."""
    try:
        migrate_all(settings)
    except DatabaseError as error:
        yield broken("database", f"{error}. Is DATABASE_URL right, and the server up?")
        return
    except Exception as error:  # noqa: BLE001 - the drivers have no common error; its kind is told
        yield broken("database", f"{type(error).__name__} while its tables were brought up to date.")
        return
    yield ok("database", f"{'SQLite' if settings.sqlite_file else 'PostgreSQL'}, tables up to date.")


def _sealing(keys: Keyring) -> Finding:
    return (
        ok("keys", "seal and open.")
        if keys.open(keys.seal(b"renkei")) == b"renkei"
        else broken("keys", "don't.")
    )
