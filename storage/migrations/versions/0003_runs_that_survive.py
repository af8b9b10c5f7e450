"""Whose turn a run is, what each row was to write, and who of the working processes lives."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
TEXTS_OF_RUNS = (
    "tenant",
    "holder",
    "resumed_by",
    "cancelled_by",
    "undo_of",
    "stop_rows",
    "stop_about",
    "result_channel",
)
MOMENTS_OF_RUNS = ("cancelled_at", "reporting_at", "original_at", "away_since")


def upgrade() -> None:
    op.add_column("plans", sa.Column("undo_of", sa.String(), nullable=True))
    op.add_column("plans", sa.Column("original_at", MOMENT, nullable=True))
    op.add_column("plans", sa.Column("making", sa.String(), nullable=True))
    _extend_runs()
    op.add_column("ledger_rows", sa.Column("intent", sa.Text(), nullable=True))
    op.add_column("ledger_rows", sa.Column("sent_at", MOMENT, nullable=True))
    op.execute("UPDATE ledger_rows SET sent_at = claimed_at WHERE state <> 'pending'")
    # By another name: a process of the release before that still runs fails before it can take a row.
    _rename("ledger_rows", "claimed_at", "intended_at")
    op.add_column("paces", _needed("widened_until_ms", sa.BigInteger(), server_default="0"))
    _make_tables()


def downgrade() -> None:
    for table in ("workers", "pace_minutes", "presses"):
        op.drop_table(table)
    _drop("paces", "widened_until_ms")
    _rename("ledger_rows", "intended_at", "claimed_at")
    _drop("ledger_rows", "intent", "sent_at")
    op.drop_index("ix_runs_tenant", "runs")
    _drop("runs", *TEXTS_OF_RUNS, *MOMENTS_OF_RUNS, "queued_at", "leg")
    _drop("plans", "undo_of", "original_at", "making")


def _extend_runs() -> None:
    for name in TEXTS_OF_RUNS:
        op.add_column("runs", sa.Column(name, sa.String(), nullable=True))
    for name in MOMENTS_OF_RUNS:
        op.add_column("runs", sa.Column(name, MOMENT, nullable=True))
    op.add_column("runs", _needed("leg", sa.Integer(), server_default="0"))
    op.add_column("runs", sa.Column("queued_at", MOMENT, nullable=True))
    op.execute("UPDATE runs SET queued_at = created_at")
    with op.batch_alter_table("runs") as runs:
        runs.alter_column("queued_at", nullable=False)
    op.create_index("ix_runs_tenant", "runs", ["tenant"])


def _make_tables() -> None:
    op.create_table(
        "workers",
        _needed("executor_id", sa.String(), primary_key=True),
        _needed("host", sa.String()),
        _needed("version", sa.String()),
        _needed("started_ms", sa.BigInteger()),
        _needed("seen_ms", sa.BigInteger()),
    )
    op.create_table(
        "pace_minutes",
        _needed("key", sa.String(), primary_key=True),
        _needed("minute", sa.BigInteger(), primary_key=True, autoincrement=False),
        _needed("calls", sa.Integer()),
    )
    op.create_table(
        "presses",
        _needed("key", sa.String(), primary_key=True),
        _needed("claimed_at", MOMENT),
        sa.Column("answer", sa.Text(), nullable=True),
    )
    op.create_index("ix_presses_claimed_at", "presses", ["claimed_at"])


def _needed(name: str, kind: sa.types.TypeEngine[Any], **more: Any) -> sa.Column[Any]:  # noqa: ANN401 - options
    """Give a column that is never empty; an old row gets the server's default."""
    return sa.Column(name, kind, nullable=False, **more)


def _drop(table: str, *names: str) -> None:
    with op.batch_alter_table(table) as altered:
        for name in names:
            altered.drop_column(name)


def _rename(table: str, name: str, becomes: str) -> None:
    with op.batch_alter_table(table) as altered:
        altered.alter_column(name, new_column_name=becomes)
