"""One person of the list: why, who this is, and which fields stay as they are."""

from collections.abc import Callable
from functools import partial

from bot.access import Need
from bot.anew import make_anew
from bot.answer import Answer, close, point_out, replace
from bot.bases import terms_now
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.listeners.pick import keep_ticks
from bot.persons import person_screen
from bot.press import Press
from bot.services import Services
from bot.views.blocks import Json
from bot.views.confirm import anew_view
from bot.views.decide import DecideForm, decide_view, parse_decision
from bot.views.failures import error_text
from bot.views.field_lines import change_text
from bot.views.loading import message_view
from bot.views.people import name_text, number_text
from bot.views.person import PersonScreen, Whom, back_to_person, dump_whom, parse_whom, person_view
from bot.views.reason import reason_problem
from bot.views.suppress import SuppressScreen, last_day, parse_suppress, suppress_view, term_problem
from bot.views.verdicts import Verdict, verdicts
from storage.errors import NotFound, TermsMoved
from storage.identities import Said
from storage.plan_records import PlanHead
from storage.records import Scope
from sync.diff import Blocked, Difference
from sync.fields import Field
from sync.identity import Link
from sync.model import Employee


def register(entrance: Entrance, services: Services) -> None:
    """Register the window above the list and what it leads to."""
    need = Need.ADMINISTRATOR
    entrance.action(Action.OPEN_PERSON, need, partial(open_person, services), repeatable=True)
    entrance.action(Action.BACK_TO_PERSON, need, partial(show_person, services), repeatable=True)
    entrance.action(Action.OPEN_DECISION, need, partial(ask_decision, services), repeatable=True)
    entrance.action(Action.OPEN_SUPPRESSION, need, partial(ask_suppression, services), repeatable=True)
    entrance.action(Action.LIFT_SUPPRESSION, need, partial(lift_suppression, services))
    entrance.submission(Callback.DECIDE, need, partial(decide, services))
    entrance.submission(Callback.SUPPRESS, need, partial(suppress, services))


def open_person(services: Services, press: Press) -> None:
    """Show a person above the list."""
    whom = Whom(keep_ticks(services, press).plan_id, int(press.value))
    view = person_view(services.texts(press), _screen(services, press, whom))
    press.client.views_push(trigger_id=press.trigger_id, view=view)


def show_person(services: Services, press: Press) -> None:
    """Show the person again, in the place of a form."""
    press.show(person_view(services.texts(press), _screen(services, press, parse_whom(press.modal))))


def ask_decision(services: Services, press: Press) -> None:
    """Show both records and ask who this is."""
    screen = _screen(services, press, parse_whom(press.modal))
    view = decide_view(services.texts(press), screen.whom, screen.row.difference, screen.head.direction)
    press.show(view)


def ask_suppression(services: Services, press: Press) -> None:
    """Ask which fields stay as they are."""
    t, screen = services.texts(press), _screen(services, press, parse_whom(press.modal))
    person, differing = screen.row.difference.desired, screen.way.differing
    form = SuppressScreen(
        callback=Callback.SUPPRESS,
        title=f"{number_text(t, person.number)}\u3000{name_text(person)}",
        direction=screen.head.direction,
        fields=[each.change.field for each in differing],
        notes={each.change.field: change_text(t, each) for each in differing},
        metadata=dump_whom(screen.whom),
        back=[back_to_person(t)],
    )
    press.show(suppress_view(t, form))


def decide(services: Services, press: Press) -> Answer:
    """Keep what was decided, and have the list made anew."""
    t, form = services.texts(press), parse_decision(press.modal)
    problems = reason_problem(t, form.reason)
    if form.verdict is None:
        problems[Action.DECISION] = t("Choose one of the entries.")
    if problems:
        return point_out(problems)
    screen = _screen(services, press, form.whom)
    if _has_moved(services, screen.head):
        return replace(_moved_view(services, press, screen.head))
    _keep_verdict(services, press, form, screen)
    return close(then=partial(_make_anew, services, press, screen.head))


def suppress(services: Services, press: Press) -> Answer:
    """Leave the fields as they are from now on, and have the list made anew."""
    t, form = services.texts(press), parse_suppress(press.modal)
    problems = reason_problem(t, form.reason) | term_problem(t, form, services.today())
    if problems:
        return point_out(problems)
    screen = _screen(services, press, parse_whom(press.modal))
    if _has_moved(services, screen.head):
        return replace(_moved_view(services, press, screen.head))
    person = screen.row.difference.desired
    services.store.suppressions.add(
        press.scope,
        screen.head.direction,
        person.remote_id,
        form.fields,
        last_day(form, services.today()),
        press.user_id,
        form.reason,
        number=person.number,
    )
    return close(then=partial(_make_anew, services, press, screen.head))


def lift_suppression(services: Services, press: Press) -> None:
    """Have a field compared again, and the list made anew below this window."""
    t, screen = services.texts(press), _screen(services, press, parse_whom(press.modal))
    if _has_moved(services, screen.head):
        press.show(_moved_view(services, press, screen.head))
        return
    person = screen.row.difference.desired
    services.store.suppressions.remove(
        press.scope,
        screen.head.direction,
        person.remote_id,
        [Field(press.value)],
        press.user_id,
        number=person.number,
    )
    done = t("The field is compared again. The list is being made anew.")
    press.show(message_view(t, t("Details and decisions"), done, t("Close this window."), level="success"))
    _make_anew(services, press, screen.head)


def _screen(services: Services, press: Press, whom: Whom) -> PersonScreen:
    head = services.store.plans.load_ready(press.scope, whom.plan_id)
    return person_screen(services.store, head, whom, services.today())


def _has_moved(services: Services, head: PlanHead) -> bool:
    """Tell whether the list is no longer what would be compared: somebody else may have decided meanwhile."""
    return head.terms != terms_now(services.store, head, services.today())


def _moved_view(services: Services, press: Press, head: PlanHead) -> Json:
    t = services.texts(press)
    return anew_view(t, head.id, error_text(t, TermsMoved()))


def _keep_verdict(services: Services, press: Press, form: DecideForm, screen: PersonScreen) -> None:
    difference, direction = screen.row.difference, screen.head.direction
    if form.verdict not in verdicts(difference):
        raise NotFound  # there is no button that leads here
    identities, person = services.store.identities, difference.desired
    by, reason = press.user_id, form.reason
    said_alone: dict[Verdict | None, Callable[[Scope, Said], None]] = {
        Verdict.AS_NEW: identities.set_apart,
        Verdict.IGNORE: identities.ignore,
        Verdict.HEED: partial(identities.heed, records=_records(difference)),
    }
    if form.verdict in said_alone:
        keep = said_alone[form.verdict]
        keep(press.scope, Said(direction.source, person.remote_id, by, reason, person.number))
        return
    record = _record(difference, form.verdict)
    link = Link.between(person.remote_id, record.remote_id, direction)
    identities.confirm(press.scope, link, by, reason, number=person.number)


def _records(difference: Difference) -> list[str]:
    """Give the ids of the target's records that it is about."""
    found = (difference.existing, difference.other) if isinstance(difference, Blocked) else ()
    return [each.remote_id for each in found if each is not None]


def _record(difference: Difference, verdict: Verdict | None) -> Employee:
    record = None
    if isinstance(difference, Blocked):
        record = difference.other if verdict is Verdict.OTHER_RECORD else difference.existing
    if record is None:
        raise NotFound  # it was not offered
    return record


def _make_anew(services: Services, press: Press, head: PlanHead) -> None:
    below: str = press.modal["root_view_id"]
    make_anew(services, press, head, below)
