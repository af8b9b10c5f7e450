"""Types of columns: sealed texts, moments, and small values as JSON."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from sync.calendar import TOKYO

T = TypeVar("T")
FERNET_MARK = "gAAAA"
"""How every Fernet token begins: version 0x80 and the high bytes of its time (the Fernet specification)."""


class SealedText(TypeDecorator[str]):
    """Text that a Keyring has sealed; anything else is refused: nobody stores a secret in the clear."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what is not sealed."""
        del dialect
        if value is not None and not value.startswith(FERNET_MARK):
            raise ValueError("this column takes sealed values only")
        return value


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware or refused, kept in UTC, given back in Asia/Tokyo. SQLite itself forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime says nothing about when")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - a driver's value
        """Give the moment in Tokyo."""
        del dialect
        if value is None:
            return None
        moment: datetime = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.astimezone(TOKYO)


class Json(TypeDecorator[T], Generic[T]):
    """A value as JSON text; a subclass says of which type."""

    impl = Text
    cache_ok = True
    adapter: ClassVar[TypeAdapter[Any]]

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        """Write JSON."""
        del dialect
        return None if value is None else self.adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        """Read JSON."""
        del dialect
        return None if value is None else self._parsed(value)

    def _parsed(self, text: str) -> T:
        value: T = self.adapter.validate_json(text)
        return value
