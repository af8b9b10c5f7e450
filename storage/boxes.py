"""What is sealed, by type."""

from typing import Annotated

from pydantic import BeforeValidator, Discriminator, TypeAdapter

from storage.secrets import Box
from sync.diff import BlockReason, Change, Difference, Writable
from sync.outcome import Outcome


def _still_known(difference: object) -> object:
    """Read a row of the first release, for which a number in another spelling was in the way."""
    if isinstance(difference, dict) and difference.get("reason") == "number_spelled_otherwise":
        return {**difference, "reason": BlockReason.NUMBER_CHANGED}
    return difference


DIFFERENCE: Box[Difference] = Box(
    TypeAdapter(Annotated[Difference, Discriminator("status"), BeforeValidator(_still_known)])
)
WRITABLE: Box[Writable] = Box(TypeAdapter(Annotated[Writable, Discriminator("status")]))
INTENT: Box[tuple[Change, ...]] = Box(TypeAdapter(tuple[Change, ...]))
"""What was meant to be written into a record, with the values that it had."""
OUTCOME = Box(TypeAdapter(Outcome))
DETAIL: Box[dict[str, str]] = Box(TypeAdapter(dict[str, str]))
TEXT = Box(TypeAdapter(str))
