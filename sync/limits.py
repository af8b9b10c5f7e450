"""How much may be written before somebody has to say why: a plan of unusual size is often a mistake.

The figures of what was written earlier on the same day count, so that splitting a plan gets around nothing.
The floor and the share of the target are those of octoDNS and Okta, adapted to employees.
"""

from dataclasses import dataclass
from enum import StrEnum

from sync.errors import IdentityChange, TooManyCreates, TooManyUpdates, UnsafePlan


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be written in a day without a reason."""

    update_share: float = 0.30
    """Of the people whom the target has."""
    create_share: float = 0.20
    create_most: int = 100
    floor: int = 10
    """So many are always allowed: of three people one is a third."""

    def updates(self, target_size: int) -> int:
        """Give how many people may be changed."""
        return max(self.floor, int(self.update_share * target_size))

    def creates(self, target_size: int) -> int:
        """Give how many people may be created."""
        return min(self.create_most, max(self.floor, int(self.create_share * target_size)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people are written, and in which way."""

    creates: int = 0
    updates: int = 0
    identities: int = 0
    """Of the updates: people whose record was decided on by a person."""

    def __add__(self, other: "Tally") -> "Tally":
        """Add two up."""
        return Tally(
            self.creates + other.creates, self.updates + other.updates, self.identities + other.identities
        )


class ExcessKind(StrEnum):
    """What there is too much of."""

    UPDATES = "updates"
    CREATES = "creates"
    IDENTITIES = "identities"


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that is passed, with its numbers."""

    kind: ExcessKind
    count: int
    """Of the day, this plan included."""
    allowed: int
    target_size: int


def excesses(
    chosen: Tally, earlier_today: Tally, target_size: int, limits: Limits | None = None
) -> tuple[Excess, ...]:
    """Give every limit that carrying out the choice would pass; none when it does not add to the excess."""
    limits, day = limits or Limits(), chosen + earlier_today
    found = (
        (chosen.updates, Excess(ExcessKind.UPDATES, day.updates, limits.updates(target_size), target_size)),
        (chosen.creates, Excess(ExcessKind.CREATES, day.creates, limits.creates(target_size), target_size)),
        (chosen.identities, Excess(ExcessKind.IDENTITIES, chosen.identities, 0, target_size)),
    )
    return tuple(excess for added, excess in found if added and excess.count > excess.allowed)


def raise_if_unsafe(found: tuple[Excess, ...], reason: str | None) -> None:
    """Raise UnsafePlan's child for the first excess, unless somebody has said why it is meant."""
    if found and not (reason or "").strip():
        raise _ERRORS[found[0].kind](found[0].count, found[0].allowed)


_ERRORS: dict[ExcessKind, type[UnsafePlan]] = {
    ExcessKind.UPDATES: TooManyUpdates,
    ExcessKind.CREATES: TooManyCreates,
    ExcessKind.IDENTITIES: IdentityChange,
}
