"""取り消し: how a list, a run and what is said of it show that they take an earlier run back."""

from collections.abc import Iterable, Iterator

from bot.ids import Action
from bot.texts import Texts
from bot.views.blocks import Json, alert, button, context, line, words
from bot.views.facts import fact
from bot.views.labels import direction_label, system_label
from bot.views.loading import loading_view
from bot.views.when import day_text, moment_text
from storage.events import PersonEvent
from storage.plan_records import PlanHead
from storage.run_records import ENDED, RunHead, RunState
from sync.diff import Status
from sync.outcome import OutcomeKind

_OF_AN_UNDO = (Status.UPDATE, Status.BLOCKED, Status.UNCHANGED)


def deed_label(t: Texts, deed: PlanHead | RunHead | PersonEvent) -> str:
    """「勤革時からSmartHRに取り込む」, or 「取り消し（元の取り込み：2026/11/22 14:05）」."""
    if deed.original_at is not None:
        return t("Undo (of the import of {moment})", moment=moment_text(t, deed.original_at))
    return direction_label(t, deed.direction) if deed.direction is not None else ""


def deed_noun(t: Texts, run: RunHead) -> str:
    """「勤革時からSmartHRへの取り込み」, or 「取り消し（元の取り込み：2026/11/22 14:05）」."""
    if run.original_at is not None:
        return deed_label(t, run)
    source, target = (system_label(t, system) for system in (run.direction.source, run.direction.target))
    return t("The import from {source} into {target}", source=source, target=target)


def statuses(head: PlanHead) -> tuple[Status, ...]:
    """Give the statuses that a row of a list can have."""
    return tuple(Status) if head.undo_of is None else _OF_AN_UNDO


def deed_facts(t: Texts, head: PlanHead | RunHead) -> Iterator[Json]:
    """Say the direction and, of a list of differences, the as-of date; else which import is taken back."""
    direction = direction_label(t, head.direction)
    if head.original_at is None:
        yield fact(t, t("Direction"), direction)
        yield fact(t, t("As-of date"), day_text(t, head.as_of))
    else:
        yield fact(t, t("Takes back the import of"), moment_text(t, head.original_at))
        yield fact(t, t("Direction of that import"), direction)


def undone_facts(t: Texts, run: RunHead, undos: Iterable[RunHead]) -> Iterator[Json]:
    """Say when a run was taken back, and how many of its people were put back; or that this goes on."""
    for undo in undos:
        put_back = undo.counts.get(OutcomeKind.SUCCEEDED, 0)
        if undo.state not in ENDED:
            moment = moment_text(t, undo.created_at)
            yield line(words(t("The undo of {moment} is under way", moment=moment), "bold"))
        elif put_back:
            moment = moment_text(t, undo.finished_at or undo.created_at)
            undone = t(
                "Undone at {moment} ({done} of {total} people)",
                moment=moment,
                done=f"{put_back:,}",
                total=f"{run.total:,}",
            )
            yield line(words(undone, "bold"))


def undo_buttons(t: Texts, run: RunHead, *, is_possible: bool) -> list[Json]:
    """Offer to take a run back, once there is something to take back."""
    return [button(Action.UNDO_RUN, t("Undo this import"), run.id)] if is_possible else []


def undo_notes(t: Texts, head: PlanHead, *, is_busy: bool) -> list[Json]:
    """Say above a list that takes a run back what it does, and what can't be undone.

    `is_busy`: another run into the same target is under way.
    """
    if head.undo_of is None:
        return []
    target = system_label(t, head.direction.target)
    busy = t(
        "Another import into {target} is under way. What it has yet to write is not in this list.",
        target=target,
    )
    return [
        *([alert(busy, "info")] if is_busy else ()),
        context(t("What the import has written is put back, where it has not been changed since.")),
        context(
            t(
                "New people stay, where they were placed, too; a mail that was sent can't be taken back. "
                "The source stays as it is: the differences will be listed again."
            )
        ),
    ]


def undo_waiting_view(t: Texts) -> Json:
    """Say that the target is being read."""
    reading = t("Reading the people whom the import has written. This can take a while.")
    return loading_view(t, t("Undo"), reading)


def undo_begun(t: Texts, people: int, *, is_queued: bool) -> tuple[str, str]:
    """Give title and sentence for an undo that has begun or, queued, begins by itself later."""
    if is_queued:
        queued = t.plural("The undo for {n} person is queued.", "The undo for {n} people is queued.", people)
        return t("Undo queued"), queued
    started = t.plural("The undo for {n} person has started.", "The undo for {n} people has started.", people)
    return t("Undo started"), started


def undo_resumed(t: Texts, people: int) -> tuple[str, str]:
    """Give title and sentence for an undo that is taken up again, with so many people left."""
    resumed = t.plural(
        "The undo goes on with the {n} person left.", "The undo goes on with the {n} people left.", people
    )
    return t("Undo resumed"), resumed


def undo_verdict(t: Texts, run: RunHead, left: int) -> str:
    """Say in a line how the undo of a run has ended; `left` people were not put back."""
    if run.state is RunState.STOPPED:
        return t("⛔ The undo stopped before the end")
    if run.state is RunState.CANCELLED:
        return t("🛑 The undo was cancelled")
    if left == 0:
        return t.plural("✅ {n} person was put back", "✅ All {n} people were put back", run.total)
    return t.plural("⚠️ {n} person was not put back", "⚠️ {n} people were not put back", left)
