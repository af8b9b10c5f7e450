"""Why a row can't be imported, and why it ended as it did: in our own words, without a personal value."""

from bot.texts import Texts, mark
from bot.views.labels import field_label, system_label
from bot.views.sentences import Sentence
from sync.diff import BlockReason
from sync.model import Direction, System
from sync.outcome import Outcome, Reason

_BLOCKED = {
    BlockReason.NO_NUMBER: Sentence(
        mark("There is no employee number in {source}."),
        mark("Enter the employee number in {source}."),
    ),
    BlockReason.NUMBER_TWICE_IN_SOURCE: Sentence(
        mark("Several people have this employee number in {source}."),
        mark("Give each of them a number of their own in {source}."),
    ),
    BlockReason.NUMBER_TWICE_IN_TARGET: Sentence(
        mark("Several people have this employee number in {target}."),
        mark("Give each of them a number of their own in {target}."),
    ),
    BlockReason.NUMBER_SPELLED_OTHERWISE: Sentence(
        mark("{target} has this employee number in another spelling (width, spaces or letter case)."),
        mark("Make the two spellings the same."),
    ),
    BlockReason.NAME_MISSING: Sentence(
        mark("A name that {target} needs is missing in {source}."),
        mark("Enter last name and first name in {source}."),
    ),
    BlockReason.GENDER_MISSING: Sentence(
        mark("The gender is missing in {source}; {target} needs it for new people."),
        mark("Enter the gender in {source}."),
    ),
}
_ENDED = {
    Reason.WRITTEN: Sentence(mark("Written to {target}."), ""),
    Reason.ALREADY_THERE: Sentence(mark("{target} had these values already; nothing was sent."), ""),
    Reason.CONFIRMED_BY_READING: Sentence(
        mark("The answer was lost; reading {target} again confirmed the write."), ""
    ),
    Reason.REJECTED: Sentence(
        mark("{target} did not accept the values."),
        mark("See the details for {target}'s own message, correct the values in {source} and try again."),
    ),
    Reason.WRITTEN_OTHERWISE: Sentence(
        mark("{target} took the write but holds other values than were sent ({fields})."),
        mark("Look at the person in {target}."),
    ),
    Reason.SOURCE_MOVED: Sentence(
        mark("Values changed in {source} after they were shown ({fields}); nothing was written."),
        mark("Look at the new difference, then import again."),
    ),
    Reason.TARGET_MOVED: Sentence(
        mark("Values changed in {target} after they were shown ({fields}); nothing was written."),
        mark("Look at the new difference, then import again."),
    ),
    Reason.SOURCE_GONE: Sentence(
        mark("The person is no longer among those listed in {source}."),
        mark("Check enrolment and dates in {source}."),
    ),
    Reason.TARGET_GONE: Sentence(
        mark("The person is no longer in {target}, or has another employee number there."),
        mark("Look at the person in {target}, then make a new list of differences."),
    ),
    Reason.NUMBER_TAKEN: Sentence(
        mark("Somebody in {target} has come to have this employee number."),
        mark("Make a new list of differences: it will show both."),
    ),
    Reason.ANSWER_LOST: Sentence(
        mark("{target}'s answer was lost, and reading did not tell whether the write arrived."),
        mark("Look at the person in {target}, then try again."),
    ),
    Reason.CREDENTIALS_REJECTED: Sentence(
        mark("Not reached: a system refused the connection."),
        mark("Check the integration settings, then try again."),
    ),
    Reason.INTERNAL: Sentence(
        mark("Not reached: something went wrong in Renkei."),
        mark("Try again. If it happens again, tell whoever runs Renkei."),
    ),
    Reason.UNAVAILABLE: Sentence(
        mark("Not reached: a system did not answer."),
        mark("Try again when both systems can be reached."),
    ),
}

_PLACEMENT_GONE = {
    System.SMARTHR: Sentence(
        mark("The chosen establishment no longer exists in {target}."),
        mark("Try again and choose another establishment."),
    ),
    System.KINKAKUJI: Sentence(
        mark("The chosen division or employment category no longer exists in {target}."),
        mark("Try again and choose another division or employment category."),
    ),
}
"""A placement is something else in each system."""


def block_text(t: Texts, reason: BlockReason, direction: Direction) -> Sentence:
    """Say why a row can't be imported, and what to mend where."""
    sentence, values = _BLOCKED[reason], _systems(t, direction)
    return Sentence(t(sentence.happened, **values), t(sentence.remedy, **values))


def outcome_text(t: Texts, outcome: Outcome, direction: Direction) -> Sentence:
    """Say why a row ended as it did. The remedy is "" when there is nothing to mend."""
    sentence, values = _ended(outcome.reason, direction), _systems(t, direction)
    names = t(", ").join(field_label(t, field) for field in outcome.fields)
    remedy = t(sentence.remedy, **values) if sentence.remedy else ""
    return Sentence(t(sentence.happened, fields=names, **values), remedy)


def _ended(reason: Reason, direction: Direction) -> Sentence:
    return _PLACEMENT_GONE[direction.target] if reason is Reason.PLACEMENT_GONE else _ENDED[reason]


def _systems(t: Texts, direction: Direction) -> dict[str, str]:
    return {"source": system_label(t, direction.source), "target": system_label(t, direction.target)}
