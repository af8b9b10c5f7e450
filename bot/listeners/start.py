"""/renkei and the shortcut: choose the direction and the day, then wait for the differences."""

from functools import partial

from bot.access import Need
from bot.answer import Answer, point_out, replace
from bot.entrance import Entrance
from bot.ids import COMMAND, Action, Callback
from bot.listeners.history import open_history
from bot.listeners.integration import open_settings
from bot.listeners.who import open_who
from bot.press import Press
from bot.remotes import NotIntegrated
from bot.services import Services
from bot.texts import Texts
from bot.version import VERSION
from bot.views.blocks import Json
from bot.views.buttons import settings_button
from bot.views.failures import error_text
from bot.views.help import help_view
from bot.views.loading import message_view, waiting_view
from bot.views.start import StartForm, parse_start, start_view
from sync.calendar import raise_if_closed, raise_if_out_of_range
from sync.errors import ClosedNow, OutOfRange
from sync.model import Direction


def register(entrance: Entrance, services: Services) -> None:
    """Register the beginning of the journey."""
    entrance.command(
        COMMAND,
        {
            "": (Need.ADMINISTRATOR, partial(open_start, services)),
            "pull": (Need.ADMINISTRATOR, partial(open_start, services, direction=Direction.PULL)),
            "push": (Need.ADMINISTRATOR, partial(open_start, services, direction=Direction.PUSH)),
            "history": (Need.ADMINISTRATOR, partial(open_history, services)),
            "who": (Need.ADMINISTRATOR, partial(open_who, services)),
            "settings": (Need.SETTINGS, partial(open_settings, services)),
        },
        otherwise=(Need.NOTHING, partial(open_help, services)),
    )
    entrance.shortcut(Callback.SHORTCUT, Need.ADMINISTRATOR, partial(open_start, services))
    entrance.action(Action.OPEN_START, Need.ADMINISTRATOR, partial(open_start, services), repeatable=True)
    entrance.submission(Callback.START, Need.ADMINISTRATOR, partial(begin_plan, services))


def open_help(services: Services, press: Press) -> None:
    """Open the help; where something else was typed, say that it is not known."""
    unknown = "" if press.word in {"", "help"} else press.word
    press.show(help_view(services.texts(press), VERSION, unknown))


def open_start(services: Services, press: Press, direction: Direction | None = None) -> None:
    """Open the first screen, or say that the systems are not connected yet."""
    t, day = services.texts(press), services.today()
    if services.store.integrations.load(press.scope).is_ready:
        press.show(start_view(t, direction=direction, as_of=day))
    else:
        sentence = error_text(t, NotIntegrated())
        press.show(message_view(t, t("Import employees"), *sentence, buttons=(settings_button(t),)))


def begin_plan(services: Services, press: Press) -> Answer:
    """Fix direction and day, say that the differences are being looked for, and have them looked for."""
    t, form = services.texts(press), parse_start(press.modal)
    problems = _problems(services, t, form)
    if form.direction is None or form.as_of is None or problems:
        return point_out(problems)
    try:
        raise_if_closed(services.clock(), services.store.integrations.load(press.scope).closed_hours)
    except ClosedNow as error:
        return replace(_again(services, t, form, error_text(t, error).together))
    head = services.store.plans.begin(
        press.scope, press.user_id, form.direction, form.as_of, press.view_id, press=press.name
    )
    return replace(waiting_view(t), then=partial(services.background.prepare_plan, head.id))


def _problems(services: Services, t: Texts, form: StartForm) -> dict[str, str]:
    if form.direction is None:
        return {Action.DIRECTION: t("Choose a direction.")}
    if form.as_of is None:
        return {Action.AS_OF: t("Choose a date.")}
    try:
        raise_if_out_of_range(form.as_of, services.today())
    except OutOfRange as error:
        return {Action.AS_OF: error_text(t, error).together}
    return {}


def _again(services: Services, t: Texts, form: StartForm, problem: str) -> Json:
    as_of = form.as_of or services.today()
    return start_view(t, direction=form.direction, as_of=as_of, problem=problem)
