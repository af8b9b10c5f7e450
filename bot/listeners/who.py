"""`/renkei who 0012`: explain one person, and leave fields of theirs as they are."""

from collections.abc import Callable
from functools import partial

from bot.access import Need
from bot.answer import Answer, close, point_out, replace
from bot.bases import basis_of
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.persons import one_way, unlisted
from bot.press import Press
from bot.services import Services
from bot.texts import Texts
from bot.views.blocks import Json
from bot.views.failures import error_text
from bot.views.loading import loading_view
from bot.views.metadata import dump_metadata, metadata
from bot.views.reason import reason_problem
from bot.views.suppress import (
    SuppressForm,
    SuppressScreen,
    last_day,
    parse_suppress,
    suppress_view,
    term_problem,
)
from bot.views.who import Ask, WhoScreen, parse_who, shown_number, who_view, whom
from storage.errors import NotFound
from storage.plan_records import PlanOptions
from storage.records import Integration
from sync.calendar import raise_if_closed, today
from sync.errors import RenkeiError
from sync.explain import LookUp, look_up
from sync.model import Direction, Employee, System
from sync.remote import RemoteSystem
from sync.text import number_key

Deed = Callable[[LookUp], None]
"""What is done with whom has been looked up, before it is explained."""


def register(entrance: Entrance, services: Services) -> None:
    """Register the explanation; `open_who` is a form of the slash command."""
    need = Need.ADMINISTRATOR
    entrance.submission(Callback.WHO, need, partial(look_for, services))
    entrance.action(Action.OPEN_WHO_SUPPRESSION, need, partial(ask_suppression, services), repeatable=True)
    entrance.submission(Callback.WHO_SUPPRESS, need, partial(suppress, services))
    entrance.action(Action.LIFT_WHO_SUPPRESSION, need, partial(lift_suppression, services))


def open_who(services: Services, press: Press) -> None:
    """Explain the person with the number behind the command; without one, ask for it."""
    t = services.texts(press)
    if not press.rest:
        press.show(who_view(t, ""))
        return
    view_id = press.show(_waiting_view(t))
    _explain(services, press, view_id, press.rest)


def look_for(services: Services, press: Press) -> Answer:
    """Explain the person with the number that was typed."""
    t, number = services.texts(press), parse_who(press.modal)
    if not number:
        return point_out({Action.WHO_NUMBER: t("Enter an employee number.")})
    try:
        _systems(services, services.store.integrations.load(press.scope))
    except RenkeiError as error:  # at once: shown a moment later, the answer to Slack could paint it over
        return replace(who_view(t, number, problem=error_text(t, error).together))
    return replace(_waiting_view(t), then=partial(_explain, services, press, press.view_id, number))


def ask_suppression(services: Services, press: Press) -> None:
    """Ask, above the explanation, which fields stay as they are."""
    t, ask = services.texts(press), Ask.parse(press.value)
    form = SuppressScreen(
        callback=Callback.WHO_SUPPRESS,
        title=shown_number(press.modal),
        direction=ask.direction,
        fields=ask.fields,
        notes={},
        metadata=dump_metadata(ask=ask.dump()),
    )
    press.client.views_push(trigger_id=press.trigger_id, view=suppress_view(t, form))


def suppress(services: Services, press: Press) -> Answer:
    """Leave the fields as they are from now on, and explain anew."""
    t, form = services.texts(press), parse_suppress(press.modal)
    problems = reason_problem(t, form.reason) | term_problem(t, form, services.today())
    if problems:
        return point_out(problems)
    deed = partial(_suppress, services, press, form, Ask.parse(metadata(press.modal)["ask"]))
    return close(then=partial(_explain_below, services, press, deed))


def lift_suppression(services: Services, press: Press) -> None:
    """Have a field compared again, and explain anew."""
    number = shown_number(press.modal)
    press.show(_waiting_view(services.texts(press)))
    _explain(services, press, press.view_id, number, partial(_lift, services, press, Ask.parse(press.value)))


def _explain_below(services: Services, press: Press, deed: Deed) -> None:
    below: str = press.modal["previous_view_id"]
    press.client.views_update(view_id=below, view=_waiting_view(services.texts(press)))
    _explain(services, press, below, shown_number(press.modal), deed)


def _explain(
    services: Services, press: Press, view_id: str, number: str, deed: Deed = lambda _look: None
) -> None:
    """Look a number up, do what is to be done with the person, and show everything; or show why not.

    What goes wrong is shown in the same window, where it can be tried again.
    """
    t = services.texts(press)
    try:
        integration = services.store.integrations.load(press.scope)
        look = look_up(number, _systems(services, integration), services.clock())
        deed(look)
        view = who_view(t, number, _screen(services, integration, look))
    except RenkeiError as error:
        view = who_view(t, number, problem=error_text(t, error).together)
    press.client.views_update(view_id=view_id, view=view)


def _systems(services: Services, integration: Integration) -> dict[System, RemoteSystem]:
    """Give both systems. Raises ClosedNow or NotIntegrated."""
    raise_if_closed(services.clock(), integration.closed_hours)
    return {system: services.remotes.of(integration, system) for system in System}


def _screen(services: Services, integration: Integration, look: LookUp) -> WhoScreen:
    store, day = services.store, today(look.at)
    bases = {way: basis_of(store, integration, way, day, PlanOptions(), day) for way in Direction}
    explanation = look.explained(bases, store.rosters.known(integration.scope))
    return WhoScreen(
        explanation=explanation,
        ways=[
            unlisted(way.direction)
            if way.difference is None
            else one_way(store, integration.scope, way.difference, bases[way.direction])
            for way in explanation.ways
        ],
        events=store.events.of_person(integration.scope, look.number) if number_key(look.number) else (),
    )


def _suppress(services: Services, press: Press, form: SuppressForm, ask: Ask, look: LookUp) -> None:
    person = _person(look, ask)
    until = last_day(form, services.today())
    services.store.suppressions.add(
        press.scope,
        ask.direction,
        person.remote_id,
        form.fields,
        until,
        press.user_id,
        form.reason,
        number=person.number,
    )


def _lift(services: Services, press: Press, ask: Ask, look: LookUp) -> None:
    person = _person(look, ask)
    services.store.suppressions.remove(
        press.scope, ask.direction, person.remote_id, ask.fields, press.user_id, number=person.number
    )


def _person(look: LookUp, ask: Ask) -> Employee:
    """Find whoever was shown, by the digest that the window holds. Raises NotFound."""
    for person in look.people[ask.direction.source]:
        if whom(person) == ask.person:
            return person
    raise NotFound


def _waiting_view(t: Texts) -> Json:
    return loading_view(t, t("Explain one person"), t("Reading both systems. This can take a while."))
