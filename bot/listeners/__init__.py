"""What people do in Slack: one file a journey. A listener parses, calls one use case, and shows."""

import re
from functools import partial

from bot.access import Need
from bot.entrance import Entrance
from bot.listeners import (
    adding,
    exports,
    history,
    imports,
    integration,
    missing,
    modes,
    options,
    person,
    pick,
    placed,
    rules,
    runs,
    start,
    undo,
    who,
)
from bot.listeners.obsolete import say_obsolete, say_obsolete_in_place
from bot.services import Services

ANY = re.compile(".*")
JOURNEYS = (
    start,
    pick,
    person,
    options,
    exports,
    placed,
    imports,
    missing,
    history,
    runs,
    undo,
    who,
    integration,
    modes,
    rules,
    adding,
)


def register(entrance: Entrance, services: Services) -> None:
    """Register every listener; last the ones for screens of an older version."""
    for journey in JOURNEYS:
        journey.register(entrance, services)
    entrance.action(ANY, Need.NOTHING, partial(say_obsolete, services), repeatable=True)
    entrance.shortcut(ANY, Need.NOTHING, partial(say_obsolete, services))
    entrance.submission(ANY, Need.NOTHING, partial(say_obsolete_in_place, services))
    entrance.options(ANY, Need.NOTHING, lambda _press: [])
