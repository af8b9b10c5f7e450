"""A plan that could not be made: what was wrong with the numbers, and the ways on."""

from collections.abc import Iterator

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, button, modal, section
from bot.views.loading import message_view
from bot.views.metadata import dump_metadata
from bot.views.reason import reason_input
from bot.views.sentences import failure_text
from storage.plan_records import PlanHead

MISSING = "people_missing"
_CAN_BE_READ_AGAIN = {
    MISSING,
    "list_empty",
    "incomplete_fetch",
    "unavailable",
    "too_many_requests",
    "closed_now",
    "closed_unannounced",
}


def failed_plan_view(t: Texts, head: PlanHead) -> Json:
    """Say why there is no plan; offer to read again or, where people are missing, to go on without them."""
    happened, remedy = failure_text(t, head.failure or head.id, head.failure_detail)
    said = "\n".join([*_numbers(t, head), remedy])
    # Not「従業員情報を取り込む」: here it would read like importing in spite of it.
    to_the_start = button(Action.OPEN_START, t("Back to the first screen"))
    buttons = (*_ways_on(t, head), to_the_start)
    return message_view(t, t("Import employees"), happened, said, buttons=buttons)


def accept_missing_view(t: Texts, head: PlanHead) -> Json:
    """Ask why people are missing. `metadata`: {"plan"}."""
    happened, _ = failure_text(t, head.failure or head.id, head.failure_detail)
    hint = t("For example: 12 people were moved to a subsidiary's contract. It is kept with the list.")
    blocks = [
        alert(happened, "warning"),
        section(
            t("Whoever is missing and still in the source will be shown as new. Check before you go on.")
        ),
        reason_input(t, t("Why are they missing?"), hint),
    ]
    return modal(
        t("Go on with a reason"),
        blocks,
        callback=Callback.ACCEPT_MISSING,
        submit=t("Read again and go on"),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id),
    )


def _numbers(t: Texts, head: PlanHead) -> Iterator[str]:
    detail = head.failure_detail
    if "expected" in detail:
        yield t(
            "Expected: {expected} people; received: {received}.",
            expected=detail["expected"],
            received=detail["received"],
        )


def _ways_on(t: Texts, head: PlanHead) -> Iterator[Json]:
    if head.failure in _CAN_BE_READ_AGAIN:
        yield button(Action.READ_AGAIN, t("Read again"), head.id, style="primary")
    if head.failure == MISSING:
        yield button(Action.OPEN_ACCEPT_MISSING, t("Go on with a reason"), head.id)
