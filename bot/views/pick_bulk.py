"""The buttons that choose many people at once."""

from bot.ids import Action
from bot.texts import Texts
from bot.views.blocks import Json, actions, ask, button
from bot.views.filter import Filter
from sync.diff import Status

REAL = frozenset({Status.CREATE, Status.UPDATE})
SPELLED = frozenset({Status.VARIANT, Status.COSMETIC})


def in_bulk(wanted: Filter, *, lacks_people: bool) -> frozenset[Status | None]:
    """Say whom "this page" and "all that match" choose: other spellings only where they alone are listed.

    Where a list was made although people are missing, nobody is chosen as new but one by one.
    """
    if wanted.status in SPELLED:
        return frozenset({wanted.status})
    return REAL - {Status.CREATE} if lacks_people else REAL


def bulk_buttons(
    t: Texts, matching: int, selected: int, *, on_page: bool, undoes: bool = False
) -> list[Json]:
    """Offer what has an effect: this page, all `matching` that can be ticked, none of those `selected`."""
    buttons = [
        *([button(Action.TICK_PAGE, t("Choose this page"))] if on_page else []),
        *([_all_matching(t, matching, undoes=undoes)] if matching else []),
        *([_none(t, selected)] if selected else []),
    ]
    return [actions(*buttons)] if buttons else []


def _all_matching(t: Texts, n: int, *, undoes: bool) -> Json:
    question = ask(
        t("Choose all that match?"),
        t.plural(
            "{n} person, on every page, will be chosen. Nothing is written yet.",
            "{n} people, on all pages, will be chosen. Nothing is written yet.",
            n,
        ),
        t("Choose"),
        t("Cancel"),
    )
    label = t.plural("Choose the {n} to import", "Choose all {n} to import", n)
    if undoes:
        label = t.plural("Choose the {n} to put back", "Choose all {n} to put back", n)
    return button(Action.TICK_MATCHING, label, confirm=question)


def _none(t: Texts, n: int) -> Json:
    question = ask(
        t("Clear the choice?"),
        t.plural("{n} person will no longer be chosen.", "{n} people will no longer be chosen.", n),
        t("Clear"),
        t("Cancel"),
    )
    return button(Action.UNTICK_ALL, t("Clear the choice"), confirm=question)
