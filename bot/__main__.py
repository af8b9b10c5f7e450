"""The command line: run · web · worker · migrate · admin · doctor.

What is wrong with the settings or the surroundings is told in one sentence, with exit code 1.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from slack_sdk.errors import SlackApiError

from bot.administration import Change, change_administrators, reseal
from bot.doctor import examine
from bot.logs import configure_logs
from bot.preflight import raise_if_cannot_serve, raise_if_sqlite, raise_if_unusable
from bot.schema import migrate_all
from bot.serving import serve, serve_work
from bot.settings import Settings, SettingsError, load_settings
from storage.database import raise_if_unreachable
from storage.errors import AlreadyRunning, ClocksApart, DatabaseError, LastAdministrator, SealBroken
from storage.locks import lock_file

Command = Callable[[Settings, argparse.Namespace], int]
FORESEEN = (
    SettingsError,
    LastAdministrator,
    DatabaseError,
    SealBroken,
    AlreadyRunning,
    ClocksApart,
    SlackApiError,
    OSError,
)
"""What is told in a sentence; anything else is a defect and keeps its traceback."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line and give its exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        configure_logs(settings.log)
        raise_if_unusable(settings)
        command: Command = chosen.command
        return command(settings, chosen)
    except FORESEEN as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        return 1


def run(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Do everything in one process."""
    raise_if_cannot_serve(settings)
    with lock_file(settings.database_url):
        migrate_all(settings)
        serve(settings, works=True)


def web(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Talk to Slack; a `worker` carries the work out."""
    raise_if_sqlite(settings, "web")
    raise_if_cannot_serve(settings)
    raise_if_unreachable(settings.database_url)
    serve(settings, works=False)


def worker(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Carry the work out that `web` is asked for."""
    raise_if_sqlite(settings, "worker")
    raise_if_cannot_serve(settings)
    raise_if_unreachable(settings.database_url)
    serve_work(settings)


def migrate(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Bring the database's tables up to date."""
    migrate_all(settings)
    return _tell("The database is up to date.")


def admin(settings: Settings, chosen: argparse.Namespace) -> int:
    """Name administrators from outside Slack, the way back when nobody can open 連携設定; change keys."""
    if chosen.what == "reseal":
        return _tell(f"Sealed {reseal(settings)} values with the newest key.")
    change = Change(chosen.what, tuple(chosen.users))
    for line in change_administrators(settings, change, chosen.team, chosen.enterprise):
        _tell(line)
    return 0


def doctor(settings: Settings, chosen: argparse.Namespace) -> int:
    """Examine settings, database, Slack and the two systems; give 1 when something is broken."""
    code = 0
    for finding in examine(settings, chosen.team, chosen.enterprise):
        _print(str(finding))
        code = max(code, int(finding.is_broken))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (run, web, worker, migrate, admin, doctor):
        added = commands.add_parser(command.__name__, help=(command.__doc__ or "").partition("\n")[0])
        added.set_defaults(command=command)
        if command in {admin, doctor}:
            added.add_argument("--team", default="", metavar="T…", help="the workspace's id")
            added.add_argument("--enterprise", default="", metavar="E…", help="its organisation's id, if any")
        if command is admin:
            added.add_argument("what", choices=["add", "list", "remove", "reseal"])
            added.add_argument("users", nargs="*", metavar="U…", help="Slack member ids")
    return parser


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(line: str) -> int:
    _print(line)
    return 0


def _sentence(error: Exception) -> str:
    match error:
        case DatabaseError():
            return f"The database in DATABASE_URL does not serve: {error}."
        case SealBroken():
            return f"RENKEI_SECRET_KEYS lacks the key that it was stored with: {error}."
        case AlreadyRunning():
            return f"Renkei runs already: {error}. SQLite serves one process only."
        case SlackApiError():
            return f"Slack refused a token: {error.response['error']}. `python -m bot doctor` tells which."
        case OSError():
            return f"{type(error).__name__}: {error}."
        case _:
            return str(error)


if __name__ == "__main__":
    sys.exit(main())
