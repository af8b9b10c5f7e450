"""The last things that happened to one person: outcomes of runs, and decisions."""

from collections.abc import Iterator, Sequence

from bot.texts import Texts, mark
from bot.views.blocks import Json, bullets, clip, header, line, rich, section, words
from bot.views.blocks import person as user
from bot.views.labels import outcome_label, status_label
from bot.views.one_way import fields_text
from bot.views.reason import MOST
from bot.views.row_sentences import outcome_text
from bot.views.undo import deed_label
from bot.views.when import day_text, moment_text
from storage.events import PersonEvent, PersonEventKind

SHOWN = 5
_DECISIONS = {
    PersonEventKind.CONFIRMED: mark("Confirmed: these two records are one person"),
    PersonEventKind.IGNORED: mark("Decided not to link this person"),
    PersonEventKind.APART: mark("Decided to register this person as new"),
    PersonEventKind.HEEDED: mark("Took the decision back"),
    PersonEventKind.SUPPRESSED: mark("Left as they are from then on: {fields}"),
    PersonEventKind.UNSUPPRESSED: mark("Compared again: {fields}"),
}


def event_blocks(t: Texts, events: Sequence[PersonEvent]) -> list[Json]:
    """List events, the newest first."""
    title = header(t("The last {n} events", n=SHOWN))
    if not events:
        return [title, section(t("Nothing has been imported or decided for this number yet."))]
    return [title, rich(bullets(line(*_event(t, event)) for event in events[:SHOWN]))]


def _event(t: Texts, event: PersonEvent) -> Iterator[Json]:
    yield words(f"{moment_text(t, event.at)}\u3000", "bold")
    yield user(event.by)
    if event.direction is not None:
        yield words(f"\u3000{deed_label(t, event)}")
    yield words("\n" + (_outcome(t, event) if event.decision is None else _decision(t, event)))
    if event.decision is not None and event.decision.reason:
        yield words("\n" + clip(event.decision.reason, MOST), "italic")


def _outcome(t: Texts, event: PersonEvent) -> str:
    status = status_label(t, event.status) if event.status else ""
    if event.outcome is None or event.direction is None:
        return status
    happened, _ = outcome_text(t, event.outcome, event.direction, undoes=event.original_at is not None)
    return f"{status} → {outcome_label(t, event.outcome.kind)}\u3000{happened}"


def _decision(t: Texts, event: PersonEvent) -> str:
    decision = event.decision
    if decision is None:
        return ""
    said = t(_DECISIONS[event.kind], fields=fields_text(t, decision.fields))
    return said + (t(" (until {day})", day=day_text(t, decision.until)) if decision.until else "")
