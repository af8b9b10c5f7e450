"""Which rows of a plan are listed."""

from dataclasses import dataclass

from sync.diff import Status

EVERYBODY, CHOSEN = "everybody", "chosen"
"""What the menu offers beside every status."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are listed."""

    status: Status | None = None
    """None: of any status."""
    query: str = ""
    """As typed; "" matches everybody."""
    chosen: bool = False
    """Only those that are ticked."""

    @property
    def entry(self) -> str:
        """The menu's entry, without what is searched for."""
        return CHOSEN if self.chosen else self.status or EVERYBODY


def parse_filter(entry: str | None, query: str = "") -> Filter:
    """Read the menu's entry."""
    if entry == CHOSEN:
        return Filter(query=query, chosen=True)
    return Filter(None if entry in {None, "", EVERYBODY} else Status(entry), query)
