"""Who is this? Both records side by side, and what somebody can decide about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, alert, clip, context, input_block, modal, option, plain, section
from bot.views.labels import field_label, system_label, value_text
from bot.views.notices import notice_text
from bot.views.people import name_text
from bot.views.person import Whom, back_to_person, dump_whom, parse_whom, title_block
from bot.views.reason import parse_reason, reason_input
from bot.views.row_sentences import blocked_text
from bot.views.spelling import written_out
from bot.views.state import chosen
from bot.views.verdicts import DECIDED, Verdict, is_taken_back, verdicts
from sync.diff import Blocked, BlockReason, Create, Difference
from sync.fields import Field
from sync.model import Direction, Employee

VALUE_MOST = 60
_SHOWN = (Field.GENDER, Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON)


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
    Verdict.HEED: mark("Take the decision back"),
}
_MEANINGS = {
    Verdict.SAME_NUMBER: mark("From now on its values are compared with, and overwritten by, this person's."),
    Verdict.OTHER_RECORD: mark("From now on it is compared with this person. Its number is not changed."),
    Verdict.AS_NEW: mark("They are listed as a new registration. Nothing is written before you import."),
    Verdict.IGNORE: mark("Nothing of them is compared or written, until you take it back."),
    Verdict.HEED: mark("They are compared and listed as if nothing had been decided."),
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
    BlockReason.RECORD_GONE: mark(
        "The record with this number is not the one that this person had. If you call it this person's and "
        "it is not, an import overwrites the record of somebody else."
    ),
    BlockReason.REHIRED: mark(
        "The record is from an earlier employment. If you call it this person's, an import overwrites its "
        "hire and resignation dates with today's."
    ),
}


def decide_view(t: Texts, whom: Whom, difference: Difference, direction: Direction) -> Json:
    """Show the records and ask. `metadata`: the plan and the row's position."""
    records = list(_records(t, difference, direction))
    blocks = [
        title_block(t, difference.desired),
        section(_happened(t, difference, direction)),
        {"type": "section", "fields": records},
        *([_legend(t, direction)] if len(records) > 1 else []),
        *_warnings(t, difference),
        input_block(Action.DECISION, t("Decision"), _choices(t, difference)),
        reason_input(t),
        back_to_person(t),
    ]
    return modal(
        t("Take the decision back") if is_taken_back(difference) else t("Decide who this is"),
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


def _happened(t: Texts, difference: Difference, direction: Direction) -> str:
    """Say why there is something to decide or to take back."""
    if isinstance(difference, Blocked):
        return blocked_text(t, difference, direction).happened
    said = [notice for notice in difference.notices if notice in DECIDED]
    return "\n".join(notice_text(t, notice, direction) for notice in said)


def _records(t: Texts, difference: Difference, direction: Direction) -> Iterator[Json]:
    source, person = system_label(t, direction.source), difference.desired
    yield _record(t, t("{source} (source)", source=source), person, person)
    for title, record in _found(t, difference, system_label(t, direction.target)):
        yield _record(t, title, record, person)


def _found(t: Texts, difference: Difference, target: str) -> Iterator[tuple[str, Employee]]:
    """Give the records of the target that it is about, each with its title."""
    match difference:
        case Create():
            return
        case Blocked(existing=numbered, other=other):
            if numbered is not None:
                yield t("{target}: the record with the same number", target=target), numbered
            if other is not None:
                yield t("{target}: the record that seems to be theirs", target=target), other
        case _:
            yield t("{target}: the record that is compared", target=target), difference.existing


def _legend(t: Texts, direction: Direction) -> Json:
    return context(t("≠ marks what differs from {source}.", source=system_label(t, direction.source)))


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
    yield field_label(t, Field.NUMBER), written_out(person.number or "") or empty
    for field in _SHOWN:
        yield field_label(t, field), value_text(t, field, field.of(person))


def _warnings(t: Texts, difference: Difference) -> Iterator[Json]:
    """Say what the wrong choice would do."""
    if not isinstance(difference, Blocked):
        return
    is_rehired = difference.reason is BlockReason.REHIRED
    if difference.reason in _WARNINGS and (is_rehired or difference.existing is not None):
        yield alert(t(_WARNINGS[difference.reason]), "warning" if is_rehired else "error")
    if Verdict.AS_NEW in verdicts(difference):
        two = t(
            "If you register this person as new and a record of theirs exists after all, they will have two "
            "records."
        )
        yield alert(two, "warning")


def _choices(t: Texts, difference: Difference) -> Json:
    offered = verdicts(difference)
    options = [option(t(_CHOICES[each]), each, t(_MEANINGS[each])) for each in offered]
    element: Json = {"type": "radio_buttons", "action_id": Action.DECISION, "options": options}
    return element | ({"initial_option": options[0]} if is_taken_back(difference) else {})
