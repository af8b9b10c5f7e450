"""`python -m tests.journeys.quick run | web | worker`: `python -m bot` at the pace of the tests."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Never

from bot.logs import configure_logs
from bot.serving import serve, serve_work
from bot.settings import load_settings
from bot.tempo import Tempo
from storage.locks import lock_file
from tests.journeys.stage import TEMPO

QUICK = replace(TEMPO, beat=0.3, dead_after=timedelta(seconds=3), reap=0.5)
"""Not quicker: on a busy machine, somebody who lives has to get his word in before he is taken for dead."""


def main(command: str, tempo: Tempo = QUICK) -> Never:
    settings = load_settings()
    configure_logs(settings.log)
    with lock_file(settings.database_url):
        if command == "worker":
            serve_work(settings, tempo)
        serve(settings, works=command == "run", tempo=tempo)


if __name__ == "__main__":
    main(sys.argv[1])
