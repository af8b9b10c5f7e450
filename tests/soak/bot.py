"""The bot, faster than in production: `python -m tests.soak.bot run|web|worker`."""

import sys
from datetime import timedelta
from typing import Never

from bot.logs import configure_logs
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
    dead_after=timedelta(seconds=4),
    reap=0.5,
)


def main(command: str) -> Never:
    """Do what `python -m bot` does for a command, once the tables are made."""
    settings = load_settings()
    configure_logs(settings.log)
    with lock_file(settings.database_url):
        if command == "worker":
            serve_work(settings, TEMPO)
        serve(settings, works=command == "run", tempo=TEMPO)


if __name__ == "__main__":
    main(sys.argv[1])
