"""The tables of the first release."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
# Children after their parents.
TABLES = (
    "integrations",
    "accesses",
    "drafts",
    "administrators",
    "users",
    "plans",
    "plan_indexes",
    "plan_rows",
    "selections",
    "runs",
    "ledger_rows",
    "installations",
    "oauth_states",
    "paces",
)


def upgrade() -> None:
    _make_workspaces()
    _make_plans()
    _make_plan_rows()
    _make_runs()
    _make_ledger()
    _make_installations()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_workspaces() -> None:
    op.create_table(
        "integrations",
        *_scope(),
        sa.Column("admin_channel", sa.String(), nullable=True),
        _needed("closed_hours", sa.Text()),
        _needed("prefer_business_name", sa.Boolean()),
        _needed("policies", sa.Text()),
        _needed("language", sa.String()),
        _needed("revision", sa.Integer()),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", name="pk_integrations"),
    )
    op.create_table(
        "accesses",
        *_scope(),
        _needed("system", sa.String()),
        _needed("subdomain", sa.String()),
        _needed("token", sa.Text()),
        _needed("state", sa.String()),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "system", name="pk_accesses"),
    )
    op.create_table(
        "drafts",
        *_scope(),
        _needed("id", sa.String()),
        _needed("user_id", sa.String()),
        _needed("created_at", MOMENT),
        _needed("content", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_table(
        "administrators",
        *_scope(),
        _needed("user_id", sa.String()),
        _needed("added_by", sa.String()),
        _needed("added_at", MOMENT),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "user_id", name="pk_administrators"),
    )
    op.create_table(
        "users",
        *_scope(),
        _needed("user_id", sa.String()),
        _needed("language", sa.String()),
        _needed("saved_at", MOMENT),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "user_id", name="pk_users"),
    )


def _make_plans() -> None:
    op.create_table(
        "plans",
        *_scope(),
        _needed("id", sa.String()),
        _needed("user_id", sa.String()),
        _needed("direction", sa.String()),
        _needed("as_of", sa.Date()),
        _needed("state", sa.String()),
        _needed("counts", sa.Text()),
        _needed("target_size", sa.Integer()),
        _needed("created_at", MOMENT),
        sa.Column("made_at", MOMENT, nullable=True),
        _needed("expires_at", MOMENT),
        _needed("view_id", sa.String()),
        _needed("revision", sa.Integer()),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failure_detail", sa.Text(), nullable=True),
        sa.Column("retry_of", sa.String(), nullable=True),
        sa.Column("placement", sa.Text(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_expires_at", "plans", ["expires_at"])
    op.create_index("ix_plans_state", "plans", ["state"])


def _make_plan_rows() -> None:
    op.create_table(
        "plan_indexes",
        *_scope(),
        _needed("plan_id", sa.String()),
        _needed("content", sa.Text()),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name="fk_plan_indexes_plan_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", name="pk_plan_indexes"),
    )
    op.create_table(
        "plan_rows",
        *_scope(),
        _needed("plan_id", sa.String()),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        _needed("status", sa.String()),
        _needed("content", sa.Text()),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_rows_plan_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_plan_rows"),
    )
    op.create_table(
        "selections",
        *_scope(),
        _needed("plan_id", sa.String()),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "position"],
            ["plan_rows.plan_id", "plan_rows.position"],
            name="fk_selections_plan_id_position",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_selections"),
    )


def _make_runs() -> None:
    op.create_table(
        "runs",
        *_scope(),
        _needed("id", sa.String()),
        _needed("plan_id", sa.String()),
        _needed("user_id", sa.String()),
        _needed("direction", sa.String()),
        _needed("as_of", sa.Date()),
        _needed("state", sa.String()),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("wakes_at", MOMENT, nullable=True),
        sa.Column("waiting_since", MOMENT, nullable=True),
        _needed("waited_seconds", sa.Float()),
        _needed("total", sa.Integer()),
        _needed("placement", sa.Text()),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.Column("result_ts", sa.String(), nullable=True),
        _needed("created_at", MOMENT),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("retry_of", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_runs_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("plan_id", name="uq_runs_plan_id"),
    )
    op.create_index(
        "ix_runs_enterprise_id_team_id_created_at", "runs", ["enterprise_id", "team_id", "created_at"]
    )
    op.create_index("ix_runs_state", "runs", ["state"])


def _make_ledger() -> None:
    op.create_table(
        "ledger_rows",
        *_scope(),
        _needed("run_id", sa.String()),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        _needed("status", sa.String()),
        _needed("content", sa.Text()),
        _needed("state", sa.String()),
        _needed("attempts", sa.Integer()),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_ledger_rows_run_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_ledger_rows"),
    )
    op.create_index("ix_ledger_rows_run_id_state_kind", "ledger_rows", ["run_id", "state", "kind"])


def _make_installations() -> None:
    op.create_table(
        "installations",
        *_scope(),
        _needed("is_enterprise_install", sa.Boolean()),
        _needed("user_id", sa.String()),
        _needed("saved_at", MOMENT),
        _needed("content", sa.Text()),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "team_id", "is_enterprise_install", "user_id", name="pk_installations"
        ),
    )
    op.create_table(
        "oauth_states",
        _needed("digest", sa.String()),
        _needed("expires_at", MOMENT),
        sa.PrimaryKeyConstraint("digest", name="pk_oauth_states"),
    )
    op.create_table(
        "paces",
        _needed("key", sa.String()),
        _needed("next_ms", sa.BigInteger()),
        _needed("blocked_until_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name="pk_paces"),
    )


def _scope() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return _needed("enterprise_id", sa.String()), _needed("team_id", sa.String())


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
