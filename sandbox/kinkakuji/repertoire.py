"""What becomes of a value in a store that can't hold every character."""

from typing import Any


def storable(value: Any, encoding: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value as it is read back from a store of this encoding; "unicode" holds everything."""
    if encoding == "unicode":
        return value
    if isinstance(value, list):
        return [storable(each, encoding) for each in value]
    return value.encode(encoding, "replace").decode(encoding) if isinstance(value, str) else value
