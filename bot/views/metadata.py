"""What a view remembers for itself: ids and page numbers, never anything about a person."""

import json
from collections.abc import Mapping
from typing import Any


def dump_metadata(**values: str | int) -> str:
    """Write a view's `private_metadata`."""
    return json.dumps(values, separators=(",", ":"))


def metadata(view: Mapping[str, Any]) -> dict[str, str]:
    """Read a view's `private_metadata`; a view without any has an empty one."""
    text = view.get("private_metadata") or "{}"
    return {key: str(value) for key, value in json.loads(text).items()}
