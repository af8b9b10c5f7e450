"""What all tables share."""

from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel):
    """A row of ours."""

    metadata: ClassVar[MetaData] = METADATA


class Scoped(Base):
    """A row of one workspace. Both are "" where Slack gives none."""

    enterprise_id: str = Field(primary_key=True)
    team_id: str = Field(primary_key=True)


class Owned(Base):
    """A row with an id of its own, of one workspace."""

    enterprise_id: str
    team_id: str
