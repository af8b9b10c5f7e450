"""The two systems by name, and the shape of what crosses their borders."""

from enum import StrEnum
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object as it travels. The stand-ins are border all the way through: a record is its JSON."""


class System(StrEnum):
    """A system that a stand-in stands in for."""

    SMARTHR = "smarthr"
    KINKAKUJI = "kinkakuji"
