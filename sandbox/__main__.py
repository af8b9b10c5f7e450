"""`python -m sandbox`, which is `make demo`."""

import signal
import sys
from pathlib import Path

from sandbox.bot_process import BotDidNotStartError
from sandbox.demo import Demo
from sandbox.environment import BadPortError, demo_port
from sandbox.server import PortTakenError
from sandbox.slack.screen import NotSeenError

FOLDER = Path(".demo").resolve()


class _StopError(Exception):
    """Somebody asked the demo to end while it was coming up."""


def main() -> int:
    """Run the demo until Ctrl-C or SIGTERM; 0 when it was asked to end, 1 when something failed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with Demo(demo_port(), FOLDER) as demo:
            demo.bring_up()
            _say(f"Renkei demo: {demo.sandbox.url}  (Ctrl-C で終了)")
            demo.run()
    except _StopError:
        return 0
    except (BadPortError, PortTakenError, BotDidNotStartError) as error:
        _say(f"{error} Choose a port with DEMO_PORT." if isinstance(error, PortTakenError) else str(error))
        return 1
    except NotSeenError as error:
        _say(f"The demo could not connect itself with the two systems: {error}")
        return 1
    _say("The bot ended by itself; see above.")
    return 1


def _stop(*_: object) -> None:
    # A second signal must not break off the tidying up.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise _StopError


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
