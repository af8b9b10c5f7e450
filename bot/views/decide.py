"""Who is this? Both records side by side, and what somebody can decide about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, alert, clip, context, input_block, modal, option, plain, section
from bot.views.labels import field_label, system_label, value_text
from bot.views.people import name_text
from bot.views.person import Whom, back_to_person, dump_whom, parse_whom, title_block
from bot.views.reason import parse_reason, reason_input
from bot.views.row_sentences import blocked_text
from bot.views.state import chosen
from sync.diff import Blocked, BlockReason
from sync.fields import Field
from sync.model import Direction, Employee

VALUE_MOST = 60
_SHOWN = (Field.NUMBER, Field.GENDER, Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON)


class Verdict(StrEnum):
    """What somebody can decide about a person of the source."""

    SAME_NUMBER = "same_number"
    """The target's record with their number is theirs."""
    OTHER_RECORD = "other_record"
    """The target's record that seems to be theirs is."""
    AS_NEW = "as_new"
    """Nobody of the target is they."""
    IGNORE = "ignore"
    HEED = "heed"


@dataclass(frozen=True, slots=True)
class DecideForm:
    """What was decided, of whom, and why."""

    whom: Whom
    verdict: Verdict | None
    reason: str


_CHOICES = {
    Verdict.SAME_NUMBER: mark("The record with the same number is this person's"),
    Verdict.OTHER_RECORD: mark("The record with another number is this person's"),
    Verdict.AS_NEW: mark("Register this person as new"),
    Verdict.IGNORE: mark("Do not link this person"),
    Verdict.HEED: mark("Link this person again"),
}
_MEANINGS = {
    Verdict.SAME_NUMBER: mark("From now on its values are compared with, and overwritten by, this person's."),
    Verdict.OTHER_RECORD: mark("From now on it is compared with this person. Its number is not changed."),
    Verdict.AS_NEW: mark("They are listed as a new registration. Nothing is written before you import."),
    Verdict.IGNORE: mark("Nothing of them is compared or written, until you take it back."),
    Verdict.HEED: mark("They are compared and listed as everybody else."),
}
_WARNINGS = {
    BlockReason.NUMBER_REUSED: mark(
        "The record with this number seems to be of somebody else, who has left. If you call it this "
        "person's, an import overwrites the record of somebody else."
    ),
    BlockReason.ANOTHER_PERSON: mark(
        "Name and birth date both differ. If you call it the same person and it is not, an import overwrites "
        "the record of somebody else."
    ),
    BlockReason.NUMBERS_SWAPPED: mark(
        "Two people's numbers seem to be swapped. If you call the record with the same number this person's, "
        "an import overwrites the other person's record."
    ),
    BlockReason.NUMBERS_ROTATED: mark(
        "The record with this number seems to be somebody else's. If you call it this person's, an import "
        "overwrites the record of somebody else."
    ),
    BlockReason.REHIRED: mark(
        "The record is from an earlier employment. If you call it this person's, an import overwrites its "
        "hire and resignation dates with today's."
    ),
}


def verdicts(difference: Blocked) -> tuple[Verdict, ...]:
    """Give what can be decided about a row; nothing where a decision mends nothing."""
    if difference.reason is BlockReason.IGNORED:
        return (Verdict.HEED,)
    if not difference.is_doubt:
        return ()
    return (
        *([Verdict.SAME_NUMBER] if difference.existing is not None else []),
        *([Verdict.OTHER_RECORD] if difference.other is not None else []),
        *([Verdict.AS_NEW] if difference.existing is None else []),
        Verdict.IGNORE,
    )


def decide_view(t: Texts, whom: Whom, difference: Blocked, direction: Direction) -> Json:
    """Show the records and ask. `metadata`: the plan and the row's position."""
    happened, _ = blocked_text(t, difference, direction)
    blocks = [
        title_block(t, difference.desired),
        section(happened),
        {"type": "section", "fields": list(_records(t, difference, direction))},
        *_legend(t, difference, direction),
        *_warnings(t, difference),
        input_block(Action.DECISION, t("Decision"), _choices(t, difference)),
        reason_input(t),
        back_to_person(t),
    ]
    return modal(
        t("Decide who this is"),
        blocks,
        callback=Callback.DECIDE,
        submit=t("Decide"),
        close=t("Cancel"),
        metadata=dump_whom(whom),
    )


def parse_decision(view: Mapping[str, Any]) -> DecideForm:
    """Read what was decided."""
    verdict = chosen(view, Action.DECISION)
    return DecideForm(parse_whom(view), Verdict(verdict) if verdict else None, parse_reason(view))


def _records(t: Texts, difference: Blocked, direction: Direction) -> Iterator[Json]:
    source, target = system_label(t, direction.source), system_label(t, direction.target)
    person = difference.desired
    yield _record(t, t("{source} (source)", source=source), person, person)
    if difference.existing is not None:
        title = t("{target}: the record with the same number", target=target)
        yield _record(t, title, difference.existing, person)
    if difference.other is not None:
        title = t("{target}: the record that seems to be theirs", target=target)
        yield _record(t, title, difference.other, person)


def _legend(t: Texts, difference: Blocked, direction: Direction) -> Iterator[Json]:
    if difference.existing is not None or difference.other is not None:
        yield context(t("≠ marks what differs from {source}.", source=system_label(t, direction.source)))


def _record(t: Texts, title: str, record: Employee, person: Employee) -> Json:
    lines = [t("[{title}]", title=title)]
    for (label, value), (_, own) in zip(_facts(t, record), _facts(t, person), strict=True):
        sign = "" if value == own else " ≠"
        lines.append(t("{label}: ", label=label) + clip(value, VALUE_MOST) + sign)
    return plain("\n".join(lines), 2000)


def _facts(t: Texts, person: Employee) -> Iterator[tuple[str, str]]:
    empty = t("(empty)")
    yield t("Name"), name_text(person) or empty
    kana = " ".join(filter(None, (person.last_name_kana, person.first_name_kana)))
    yield t("Kana"), kana or empty
    for field in _SHOWN:
        yield field_label(t, field), value_text(t, field, field.of(person))


def _warnings(t: Texts, difference: Blocked) -> Iterator[Json]:
    """Say what the wrong choice would do."""
    is_rehired = difference.reason is BlockReason.REHIRED
    if difference.reason in _WARNINGS and (is_rehired or difference.existing is not None):
        yield alert(t(_WARNINGS[difference.reason]), "warning" if is_rehired else "error")
    if Verdict.AS_NEW in verdicts(difference):
        two = t(
            "If you register this person as new and a record of theirs exists after all, they will have two "
            "records."
        )
        yield alert(two, "warning")


def _choices(t: Texts, difference: Blocked) -> Json:
    offered = verdicts(difference)
    options = [option(t(_CHOICES[each]), each, t(_MEANINGS[each])) for each in offered]
    element: Json = {"type": "radio_buttons", "action_id": Action.DECISION, "options": options}
    return element | ({"initial_option": options[0]} if offered == (Verdict.HEED,) else {})
