"""The bot, faster than in production: `python -m tests.soak.bot run|web|worker`."""

import sys
from datetime import timedelta

from bot.tempo import Tempo
from tests.journeys.quick import main

SETTLES = timedelta(seconds=2)
TEMPO = Tempo(
    smarthr_spacing=0.01,
    smarthr_hourly=10_000_000,
    kinkakuji_spacing=0.01,
    kinkakuji_widened=0.02,
    progress=0.5,
    nap=0.2,
    away_pause=0.3,
    settle_after=SETTLES,
    tick=1.0,
    beat=0.2,
    dead_after=timedelta(seconds=4),
    reap=0.5,
)


if __name__ == "__main__":
    main(sys.argv[1], TEMPO)
