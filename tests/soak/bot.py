"""The bot, faster than in production: `python -m tests.soak.bot run|web|worker`."""

import sys
from datetime import timedelta

from bot.logs import configure_logs
from bot.schema import migrate_all
from bot.serving import serve, serve_work
from bot.settings import load_settings
from bot.tempo import Tempo
from storage.locks import lock_file

SETTLES = timedelta(seconds=2)
TEMPO = Tempo(
    smarthr_spacing=0.01,
    smarthr_hourly=10_000_000,
    kinkakuji_spacing=0.01,
    progress=0.5,
    nap=0.2,
    away_pause=0.3,
    settle_after=SETTLES,
    tick=1.0,
    beat=0.2,
    dead_after=timedelta(seconds=2),
    reap=0.5,
)


def main(command: str) -> None:
    """Do what `python -m bot` does for the same command."""
    settings = load_settings()
    configure_logs(settings.log)
    if command == "run":
        with lock_file(settings.database_url):
            migrate_all(settings)
            serve(settings, works=True, tempo=TEMPO)
    if command == "web":
        serve(settings, works=False, tempo=TEMPO)
    serve_work(settings, TEMPO)


if __name__ == "__main__":
    main(sys.argv[1])
