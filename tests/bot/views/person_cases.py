"""Every window about one person × {none, one, many, longest, hostile}, each a function of the texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.decide import decide_view
from bot.views.one_way import OneWay
from bot.views.person import PersonScreen, Whom, back_to_person, dump_whom, person_view
from bot.views.suppress import SuppressScreen, suppress_view
from bot.views.who import WhoScreen, who_view
from storage.events import Decision, PersonEvent, PersonEventKind
from storage.suppressions import Suppression
from sync.diff import DOUBTS, Blocked, BlockReason, Create, Difference, Notice, diff
from sync.errors import PeopleMissing
from sync.explain import Explanation, lines_of
from sync.fields import COMPARED, Field, default_policies
from sync.identity import Link, Ties
from sync.model import Direction, Employee, System
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.plan import Basis
from sync.terms import Terms
from tests.bot.views.view_builders import HOSTILE, LONGEST, NOON, TODAY, employee, head, rows

Json = dict[str, Any]
Named = Iterator[tuple[str, Callable[[Texts], Json]]]
WHOM = Whom("b" * 32, 9999)


def basis(direction: Direction = Direction.PUSH, **terms: Any) -> Basis:
    known: dict[str, Any] = {"policies": default_policies(direction)}
    return Basis(direction=direction, as_of=TODAY, terms=Terms(**(known | terms)), ties=Ties())


def one_way(difference: Difference | None = None, by: Basis | None = None, **more: Any) -> OneWay:
    by = by or basis()
    lines = () if difference is None else lines_of(difference, by)
    known: dict[str, Any] = {"direction": by.direction, "difference": difference, "lines": lines}
    return OneWay(**(known | {"ties": by.ties} | more))


def compared(by: Basis | None = None, existing: Employee | None = None, **changed: Any) -> Difference:
    """Compare a person with the same person, in whom something has changed."""
    by = by or basis()
    return diff(employee(**changed), existing or employee(remote_id="k-1"), by.direction.target, by.terms)


def suppression(field: Field = Field.EMAIL, reason: str = "本人の希望による", **more: Any) -> Suppression:
    known: dict[str, Any] = {"until": None, "by": "U1", "at": NOON}
    return Suppression(field=field, reason=reason, **(known | more))


def person_screen(difference: Difference, events: tuple[PersonEvent, ...] = (), **more: Any) -> PersonScreen:
    (row,) = rows(difference)
    return PersonScreen(head=head(), row=row, way=one_way(difference, **more), events=events, today=TODAY)


def decided(kind: PersonEventKind, reason: str = "戸籍を確認した", **more: Any) -> PersonEvent:
    fields = (Field.EMAIL, Field.BIRTH_DATE)
    decision = Decision(number="0012", reason=reason, fields=fields, until=TODAY)
    return PersonEvent(at=NOON, by="U1", kind=kind, decision=decision, **more)


def ended(kind: OutcomeKind = OutcomeKind.SUCCEEDED, reason: Reason = Reason.WRITTEN) -> PersonEvent:
    outcome = Outcome(kind, reason)
    return PersonEvent(
        at=NOON,
        by="U1",
        kind=PersonEventKind.OUTCOME,
        direction=Direction.PUSH,
        status=compared(last_name="林").status,
        outcome=outcome,
        run_id="c" * 32,
    )


EVERY_EVENT = tuple(decided(kind) for kind in PersonEventKind if kind is not PersonEventKind.OUTCOME)


def longest(text: str = LONGEST) -> Difference:
    """Every text of both records is as long as it can be, and all of it differs."""
    names: Json = {str(field): text + "1" for field in COMPARED if field not in _NO_TEXT}
    others: Json = {str(field): text + "2" for field in COMPARED if field not in _NO_TEXT}
    return compared(existing=employee(text, remote_id="k-1", **others), number=text, **names)


_NO_TEXT = {Field.GENDER, Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON}
OLD = employee(remote_id="k-1", last_name="旧姓", hired_on=date(2001, 4, 1), resigned_on=date(2020, 3, 31))
OTHER = employee("0099", remote_id="k-2")


def doubtful(reason: BlockReason, **more: Any) -> Blocked:
    known: dict[str, Any] = {"desired": employee(), "existing": OLD, "other": OTHER}
    return Blocked(reason=reason, **(known | more))


def people() -> Named:
    yield "person, equal", partial(person_view, screen=person_screen(compared()))
    update = compared(last_name="林")
    locked = [suppression(field, LONGEST[:300], until=TODAY + timedelta(days=90)) for field in COMPARED]
    busy = person_screen(update, (*EVERY_EVENT, ended()), suppressions=locked)
    yield "person, everything suppressed", partial(person_view, screen=busy)
    yield "person, longest", partial(person_view, screen=person_screen(longest()))
    yield "person, hostile", partial(person_view, screen=person_screen(longest(HOSTILE)))
    for reason in BlockReason:
        yield f"person, {reason}", partial(person_view, screen=person_screen(doubtful(reason)))
    for event in (*EVERY_EVENT, ended(), ended(OutcomeKind.HELD, Reason.TARGET_MOVED)):
        yield f"person, {event.kind}", partial(person_view, screen=person_screen(compared(), (event,)))
    yield "person, every notice", partial(person_view, screen=person_screen(noticed(compared(), *Notice)))


def noticed(difference: Difference, *notices: Notice) -> Difference:
    assert not isinstance(difference, Blocked)
    return replace(difference, notices=notices)


def decisions() -> Named:
    for reason in (*sorted(DOUBTS), BlockReason.IGNORED):
        asked = partial(decide_view, whom=WHOM, direction=Direction.PUSH)
        yield f"decide, {reason}", partial(asked, difference=doubtful(reason))
        yield f"decide, {reason}, no record", partial(asked, difference=doubtful(reason, existing=None))
    gone = doubtful(BlockReason.RECORD_GONE, existing=None, other=None)
    yield (
        "decide, no record at all",
        partial(decide_view, whom=WHOM, direction=Direction.PUSH, difference=gone),
    )
    long = employee(LONGEST, last_name=LONGEST, first_name=HOSTILE, last_name_kana=LONGEST)
    blocked = doubtful(BlockReason.ANOTHER_PERSON, desired=long, existing=long, other=long)
    yield "decide, longest", partial(decide_view, whom=WHOM, direction=Direction.PULL, difference=blocked)
    for difference in (longest(), longest(HOSTILE), created()):
        decided_on = noticed(difference, *Notice)
        yield (
            f"decide, taken back, {difference.status}",
            partial(decide_view, whom=WHOM, direction=Direction.PUSH, difference=decided_on),
        )


def suppress_screen(t: Texts, **more: Any) -> SuppressScreen:
    known: dict[str, Any] = {
        "callback": Callback.SUPPRESS,
        "title": LONGEST,
        "direction": Direction.PUSH,
        "fields": COMPARED,
        "notes": dict.fromkeys(COMPARED, LONGEST),
        "metadata": dump_whom(WHOM),
        "back": [back_to_person(t)],
    }
    return SuppressScreen(**(known | more))


def suppressions() -> Named:
    yield "suppress, everything", lambda t: suppress_view(t, suppress_screen(t))
    yield (
        "suppress, one field from an explanation",
        lambda t: suppress_view(t, suppress_screen(t, fields=[Field.EMAIL], notes={}, back=[])),
    )


def explanation(number: str = "0012", near: tuple[str, ...] = (), *found: Employee) -> Explanation:
    return Explanation(number, dict.fromkeys(System, found), (), near)


def who_screen(*ways: OneWay, said: Explanation | None = None, events: Any = ()) -> WhoScreen:
    return WhoScreen(explanation=said or explanation("0012", (), employee()), ways=ways, events=events)


def explanations() -> Named:
    yield "who, asking", partial(who_view, number="")
    yield "who, closed", partial(who_view, number=LONGEST, problem=LONGEST)
    nobody = who_screen(said=explanation(LONGEST, (LONGEST,) * 9))
    yield "who, nobody", partial(who_view, number=LONGEST, screen=nobody)
    unlisted = OneWay(direction=Direction.PULL, difference=None)
    both = who_screen(one_way(compared(last_name="林")), unlisted)
    yield "who, listed one way", partial(who_view, number="0012", screen=both)
    locked = [suppression(field, LONGEST[:300]) for field in COMPARED]
    pull = basis(Direction.PULL)
    much = [one_way(longest(), by, suppressions=locked) for by in (basis(), pull)]
    crowd = explanation(LONGEST, (), *[employee(LONGEST, last_name=LONGEST)] * 30)
    full = who_screen(*much, said=crowd, events=EVERY_EVENT)
    yield "who, the most there is", partial(who_view, number=LONGEST, screen=full)
    doubt = who_screen(one_way(doubtful(BlockReason.REHIRED)))
    yield "who, in doubt", partial(who_view, number="0012", screen=doubt)
    hostile = who_screen(one_way(longest(HOSTILE)), said=explanation(HOSTILE, (), employee(HOSTILE)))
    twin = one_way(doubtful(BlockReason.NUMBER_TWICE_IN_SOURCE, desired=employee(LONGEST, last_name=LONGEST)))
    missing = tuple(PeopleMissing(system, 9_999, 9_998) for system in System)
    crowded = who_screen(*[twin] * 30, said=replace(crowd, doubted=missing), events=EVERY_EVENT)
    yield "who, many with one number", partial(who_view, number=LONGEST, screen=crowded)
    yield "who, hostile", partial(who_view, number=HOSTILE, screen=hostile)


def created(**more: Any) -> Create:
    difference = diff(employee(**more), None, System.KINKAKUJI, basis().terms)
    assert isinstance(difference, Create)
    return difference


def linked(*, confirmed: bool) -> Ties:
    return Ties((Link("id-1", "k-1", confirmed),))


def person_views() -> Named:
    for family in (people, decisions, suppressions, explanations):
        yield from family()
