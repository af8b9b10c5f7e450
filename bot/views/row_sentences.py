"""Why a row can't be imported, and why it ended as it did: in our own words, without a personal value."""

from bot.texts import Texts, mark
from bot.views.labels import field_label, system_label
from bot.views.sentences import Sentence
from bot.views.spelling import code_points
from sync.diff import Blocked, BlockReason
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
    BlockReason.NAME_MISSING: Sentence(
        mark("A name that {target} needs is missing in {source}."),
        mark("Enter last name and first name in {source}."),
    ),
    BlockReason.GENDER_MISSING: Sentence(
        mark("The gender is missing in {source}; {target} needs it for new people."),
        mark("Enter the gender in {source}."),
    ),
    BlockReason.UNSTORABLE: Sentence(
        mark("{target} can't hold a character of this person's values."),
        mark("Write it with another character in {source}, or have the field left as it is."),
    ),
    BlockReason.CONTRADICTORY: Sentence(
        mark("{source} says both that the person is employed and that they have left; {target} has nobody."),
        mark("Correct the employment standing or the resignation date in {source}."),
    ),
    BlockReason.IGNORED: Sentence(
        mark("Somebody decided that this person is not linked."),
        mark("To link the person again, open “Details and decisions”."),
    ),
    BlockReason.NUMBERS_SWAPPED: Sentence(
        mark("This person's number and somebody else's seem to be swapped between {source} and {target}."),
        mark("Correct the numbers, or say in “Details and decisions” who is who."),
    ),
    BlockReason.NUMBERS_ROTATED: Sentence(
        mark("The numbers of several people seem to have changed places between {source} and {target}."),
        mark("Correct the numbers, or say in “Details and decisions” who is who."),
    ),
    BlockReason.NUMBER_REUSED: Sentence(
        mark("In {target} this number belongs to somebody who has left."),
        mark("Give the record in {target} another number, or decide in “Details and decisions”."),
    ),
    BlockReason.NUMBER_CHANGED: Sentence(
        mark("{target} seems to have this person under another employee number."),
        mark("Make the numbers the same, or decide in “Details and decisions”."),
    ),
    BlockReason.REHIRED: Sentence(
        mark("{target} seems to have a record of this person from an earlier employment."),
        mark("Say in “Details and decisions” whether that record is to be used."),
    ),
    BlockReason.ANOTHER_PERSON: Sentence(
        mark("{target} has another name and another date of birth under this number."),
        mark("Check whose number it is, or say in “Details and decisions” that it is the same person."),
    ),
    BlockReason.RECORD_GONE: Sentence(
        mark("{target} had a record of this person and has none now."),
        mark("Look in {target} whether it was deleted, or decide in “Details and decisions”."),
    ),
    BlockReason.CREATED: Sentence(
        mark("The import registered this person as new in {target}; that can't be undone."),
        mark("Nobody is deleted, and where they were placed stays. If need be, change it in {target}."),
    ),
    BlockReason.TARGET_GONE: Sentence(
        mark("{target} has this person no longer."),
        mark("Look in {target} whether the record was deleted."),
    ),
    BlockReason.EDITED_SINCE: Sentence(
        mark("{target}'s values were changed after the import, or a later one wrote them: they stay."),
        mark("If the old values are wanted, enter them in {target}."),
    ),
    BlockReason.NOT_CLEARABLE: Sentence(
        mark("It was empty before the import, and {target} does not let it be emptied."),
        mark("If the value is wrong, correct it in {target}."),
    ),
    BlockReason.NOT_KEPT: Sentence(
        mark("What {target} had before is not known: the import is from before that was kept."),
        mark("If the old values are wanted, enter them in {target}."),
    ),
}
_REPLACED = Sentence(
    mark("In {target} another record than the one that this person had has their number now."),
    mark("Look in {target} whose record it is, or decide in “Details and decisions”."),
)
"""A record is gone, and there is another in its place."""
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
    Reason.PLACED_OTHERWISE: Sentence(
        mark("{target} has registered the person, but in another place than was chosen."),
        mark("Correct the place in {target}. Nothing has to be imported again."),
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
    Reason.IGNORED_SINCE: Sentence(
        mark("Somebody decided after the start that this person is not linked; nothing was written."),
        mark("If the person is to be linked, take that back in “Details and decisions”."),
    ),
    Reason.SUPPRESSED_SINCE: Sentence(
        mark(
            "Somebody decided after the start that fields stay as they are ({fields}); nothing was written."
        ),
        mark("Look at the new difference, then import again."),
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
    Reason.COMPANY_CHANGED: Sentence(
        mark("Not reached: the connection to SmartHR or Kinkakuji was changed after the start."),
        mark("Check the integration settings, then make a new list of differences."),
    ),
    Reason.CANCELLED: Sentence(
        mark("Not reached: the import was cancelled."),
        mark("Go on with the rest from the import history, or make a new list of differences."),
    ),
    Reason.CANARY: Sentence(
        mark("Not reached: one of the first people was not written as meant."),
        mark("Look at the first people in {target}, then make a new list of differences."),
    ),
    Reason.UNAVAILABLE: Sentence(
        mark("Not reached: a system did not answer."),
        mark("Try again when both systems can be reached."),
    ),
}

_CHARACTER_MOST = 4
"""Code points of one character that are shown: a letter has a mark or two, unless somebody piles them up."""
_REJECTED_QUOTED = Sentence(
    mark("{target} did not accept the values."),
    mark("Correct the values in {source} and try again."),
)
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
    return _filled_in(t, _BLOCKED[reason], direction)


def blocked_text(t: Texts, blocked: Blocked, direction: Direction) -> Sentence:
    """Say the same of one person, with the character that the target can't hold: for administrators only."""
    if blocked.reason is BlockReason.RECORD_GONE and blocked.existing is not None:
        return _filled_in(t, _REPLACED, direction)
    sentence = block_text(t, blocked.reason, direction)
    if blocked.field is None or not blocked.character:
        return sentence
    character = blocked.character[:_CHARACTER_MOST]
    more = "…" if character != blocked.character else ""
    happened = t(
        "{target} can't hold the character “{character}” ({codes}) in {field}.",
        target=system_label(t, direction.target),
        character=character if character.isprintable() else "\ufffd",
        codes=code_points(character) + more,
        field=field_label(t, blocked.field),
    )
    return sentence._replace(happened=happened)


def outcome_text(
    t: Texts, outcome: Outcome, direction: Direction, *, quoted: bool = False, undoes: bool = False
) -> Sentence:
    """Say why a row ended as it did. The remedy is "" when there is nothing to mend.

    `quoted`: the remote's own message stands beside it, so nobody is sent to look for it. `undoes`: it is a
    row of a run that takes back another one.
    """
    is_quoted = quoted and outcome.reason is Reason.REJECTED
    sentence = _REJECTED_QUOTED if is_quoted else _ended(outcome.reason, direction)
    if undoes:
        sentence = _ENDED_UNDO.get(outcome.reason, sentence)
    values = _systems(t, direction)
    names = t(", ").join(field_label(t, field) for field in outcome.fields)
    remedy = t(sentence.remedy, **values) if sentence.remedy else ""
    return Sentence(t(sentence.happened, fields=names, **values), remedy)


_ENDED_UNDO = {
    Reason.TARGET_MOVED: Sentence(
        mark("{target}'s values were changed meanwhile ({fields}): they stay as they are."),
        mark("If the old values are wanted, enter them in {target}."),
    ),
    Reason.CANCELLED: Sentence(
        mark("Not reached: the undo was cancelled."),
        mark("Go on with the rest from the import history, or undo the import once more."),
    ),
    Reason.SUPPRESSED_SINCE: Sentence(
        mark(
            "Somebody decided after the start that fields stay as they are ({fields}); nothing was put back."
        ),
        "",
    ),
}
"""Where an undo ends for another reason, or with another remedy, than an import."""


def _filled_in(t: Texts, sentence: Sentence, direction: Direction) -> Sentence:
    values = _systems(t, direction)
    return Sentence(t(sentence.happened, **values), t(sentence.remedy, **values))


def _ended(reason: Reason, direction: Direction) -> Sentence:
    return _PLACEMENT_GONE[direction.target] if reason is Reason.PLACEMENT_GONE else _ENDED[reason]


def _systems(t: Texts, direction: Direction) -> dict[str, str]:
    return {"source": system_label(t, direction.source), "target": system_label(t, direction.target)}
