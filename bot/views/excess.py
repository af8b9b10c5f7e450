"""The limits that a choice passes, with their numbers: the same sentences in the list and before the run."""

from collections.abc import Mapping, Sequence

from bot.texts import Texts, joined
from bot.views.blocks import Json, alert
from bot.views.labels import system_label
from storage.plan_records import PlanHead
from sync.diff import Status
from sync.limits import Excess, ExcessKind, Limits
from sync.model import System

_LIMITS = Limits()


def excess_blocks(
    t: Texts, head: PlanHead, passed: Sequence[Excess], chosen: Mapping[Status, int]
) -> list[Json]:
    """Show every limit that is passed; nothing when none is. `chosen`: the ticked people by status."""
    return [alert(_text(t, each, chosen, head.direction.target), "warning") for each in passed]


def _text(t: Texts, excess: Excess, chosen: Mapping[Status, int], target: System) -> str:
    """Say what there is too much of, against which limit, and how much of it is of other runs today."""
    if excess.kind is ExcessKind.IDENTITIES:
        return t.plural(
            "{n} person among the chosen is who they are because somebody decided so.",
            "{n} people among the chosen are who they are because somebody decided so.",
            excess.count,
        )
    return joined(
        _passed(t, excess, target), _today(t, excess.kind, excess.count - _of_kind(excess.kind, chosen))
    )


def _passed(t: Texts, excess: Excess, target: System) -> str:
    values = {
        "allowed": f"{excess.allowed:,}",
        "size": f"{excess.target_size:,}",
        "target": system_label(t, target),
        "floor": _LIMITS.floor,
    }
    if excess.kind is ExcessKind.UPDATES:
        return t.plural(
            "{n} update is more than the {allowed} that are usual in a day: "
            "{share} of the {size} people in {target}, at least {floor}.",
            "{n} updates are more than the {allowed} that are usual in a day: "
            "{share} of the {size} people in {target}, at least {floor}.",
            excess.count,
            share=f"{_LIMITS.update_share:.0%}",
            **values,
        )
    return t.plural(
        "{n} new person is more than the {allowed} that are usual in a day: "
        "{share} of the {size} people in {target}, at least {floor} and at most {most}.",
        "{n} new people are more than the {allowed} that are usual in a day: "
        "{share} of the {size} people in {target}, at least {floor} and at most {most}.",
        excess.count,
        share=f"{_LIMITS.create_share:.0%}",
        most=_LIMITS.create_most,
        **values,
    )


def _today(t: Texts, kind: ExcessKind, n: int) -> str:
    """Say how many belong to other runs of the day: written, or still to be, undos among them."""
    if n <= 0:
        return ""
    if kind is ExcessKind.CREATES:
        return t.plural(
            "It includes {n} other new person of today, runs under way included.",
            "It includes {n} other new people of today, runs under way included.",
            n,
        )
    return t.plural(
        "It includes {n} other update of today, runs under way and undos included.",
        "It includes {n} other updates of today, runs under way and undos included.",
        n,
    )


def _of_kind(kind: ExcessKind, chosen: Mapping[Status, int]) -> int:
    creates = chosen.get(Status.CREATE, 0)
    return creates if kind is ExcessKind.CREATES else sum(chosen.values()) - creates
