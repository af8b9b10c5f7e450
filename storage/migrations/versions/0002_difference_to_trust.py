"""Rules of placement, options, terms and reasons; links, rosters, suppressions and events of people."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
PARTS = ("establishment", "division", "category")
NEW_TABLES = (
    "identity_links",
    "unlinked_people",
    "rosters",
    "suppressions",
    "placement_rules",
    "person_events",
)


def upgrade() -> None:
    op.add_column("integrations", _needed("repertoire", sa.String(), server_default="unicode"))
    _extend_plans()
    _extend_rows()
    _extend_runs()
    _make_identities()
    _make_decisions()


def downgrade() -> None:
    for table in NEW_TABLES:
        op.drop_table(table)
    op.drop_index("ix_ledger_rows_person", "ledger_rows")
    _drop("ledger_rows", "person")
    _drop("plan_rows", "person", "identity")
    op.add_column("plans", sa.Column("placement", sa.Text(), nullable=True))
    op.add_column("runs", _needed("placement", sa.Text(), server_default="{}"))
    _drop("plans", "revises", "options", "accepted", "terms", "rules")
    _drop("runs", "rules", "justification", "companies")
    _drop("integrations", "repertoire")


def _extend_plans() -> None:
    for name in ("revises", "terms"):
        op.add_column("plans", sa.Column(name, sa.String(), nullable=True))
    op.add_column("plans", sa.Column("accepted", sa.Text(), nullable=True))
    op.add_column("plans", _needed("options", sa.Text(), server_default="{}"))
    op.add_column("plans", _needed("rules", sa.Text(), server_default="[]"))
    _turn_placements_into_rules("plans")
    _drop("plans", "placement")


def _extend_rows() -> None:
    op.add_column("plan_rows", sa.Column("person", sa.String(), nullable=True))
    op.add_column("plan_rows", _needed("identity", sa.Boolean(), server_default=sa.false()))
    op.add_column("ledger_rows", sa.Column("person", sa.String(), nullable=True))
    op.create_index("ix_ledger_rows_person", "ledger_rows", ["person"])


def _extend_runs() -> None:
    op.add_column("runs", sa.Column("justification", sa.Text(), nullable=True))
    op.add_column("runs", sa.Column("companies", sa.String(), nullable=True))
    op.add_column("runs", _needed("rules", sa.Text(), server_default="[]"))
    _turn_placements_into_rules("runs")
    _drop("runs", "placement")


def _turn_placements_into_rules(table: str) -> None:
    """A placement was for everybody: a rule without a basis says the same of each of its parts."""
    rows = sa.table(table, sa.column("id"), sa.column("placement"), sa.column("rules"))
    connection = op.get_bind()
    for key, placement in connection.execute(sa.select(rows.c.id, rows.c.placement)).all():
        rules = json.dumps(_rules(json.loads(placement or "{}")), ensure_ascii=False)
        connection.execute(rows.update().where(rows.c.id == key).values(rules=rules))


def _rules(placement: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"part": part, "choice": placement[part]} for part in PARTS if placement.get(part)]


def _make_identities() -> None:
    op.create_table(
        "identity_links",
        *_scope(),
        _needed("smarthr_id", sa.String()),
        _needed("kinkakuji_key", sa.String()),
        _needed("confirmed", sa.Boolean()),
        _needed("linked_at", MOMENT),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "smarthr_id", name="pk_identity_links"),
        sa.UniqueConstraint(
            "enterprise_id",
            "team_id",
            "kinkakuji_key",
            name="uq_identity_links_enterprise_id_team_id_kinkakuji_key",
        ),
    )
    op.create_table(
        "unlinked_people",
        *_scope(),
        _needed("system", sa.String()),
        _needed("remote_id", sa.String()),
        _needed("kind", sa.String()),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "system", "remote_id", name="pk_unlinked_people"),
    )
    op.create_table(
        "rosters",
        *_scope(),
        _needed("system", sa.String()),
        _needed("saved_at", MOMENT),
        _needed("content", sa.Text()),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "system", name="pk_rosters"),
    )


def _make_decisions() -> None:
    op.create_table(
        "suppressions",
        *_scope(),
        _needed("direction", sa.String()),
        _needed("remote_id", sa.String()),
        _needed("field", sa.String()),
        sa.Column("until", sa.Date(), nullable=True),
        _needed("by", sa.String()),
        _needed("added_at", MOMENT),
        _needed("reason", sa.Text()),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "team_id", "direction", "remote_id", "field", name="pk_suppressions"
        ),
    )
    op.create_index("ix_suppressions_until", "suppressions", ["until"])
    op.create_table(
        "placement_rules",
        *_scope(),
        _needed("direction", sa.String()),
        _needed("rules", sa.Text()),
        _needed("revision", sa.Integer()),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "direction", name="pk_placement_rules"),
    )
    op.create_table(
        "person_events",
        *_scope(),
        _needed("id", sa.String()),
        sa.Column("person", sa.String(), nullable=True),
        _needed("kind", sa.String()),
        _needed("by", sa.String()),
        _needed("at", MOMENT),
        _needed("payload", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_person_events"),
    )
    op.create_index("ix_person_events_person", "person_events", ["person"])


def _drop(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.drop_column(column)


def _scope() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return _needed("enterprise_id", sa.String()), _needed("team_id", sa.String())


def _needed(name: str, kind: sa.types.TypeEngine[Any], **options: Any) -> sa.Column[Any]:  # noqa: ANN401
    return sa.Column(name, kind, nullable=False, **options)
